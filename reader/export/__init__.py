"""What leaves the app: audio with its word marks."""
