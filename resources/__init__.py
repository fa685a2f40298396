"""Texts, icons and data that come with the app."""
