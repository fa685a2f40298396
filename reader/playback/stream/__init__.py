"""The stream of sound that goes to the device: stretched, counted, never empty."""
