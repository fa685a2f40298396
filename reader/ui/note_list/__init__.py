"""The list of notes, of one text or of all."""
