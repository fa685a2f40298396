"""Cards: what they say, where they stand, how they look, how one is written."""
