"""The desktop around the window: its media controls, and that it stays awake."""
