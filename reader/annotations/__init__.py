"""Highlights, notes and bookmarks: model, anchoring, store, exchange."""
