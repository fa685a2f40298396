"""The real program, in a real window, with real sound."""
