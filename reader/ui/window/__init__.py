"""The window around the text: its bars, messages, commands and panels."""
