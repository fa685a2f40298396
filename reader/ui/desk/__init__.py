"""What connects it all: a text on the desk, with its notes and its voice."""
