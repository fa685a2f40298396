"""Full-text search over all texts and all notes."""
