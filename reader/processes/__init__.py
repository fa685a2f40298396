"""Processes of our own that work for the program: how they are started and spoken to."""
