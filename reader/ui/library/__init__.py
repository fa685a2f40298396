"""The library in the window: texts with their covers, notes, and what a search finds in them."""
