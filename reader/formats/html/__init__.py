"""HTML of every origin: parsed, its main text found, walked into a section."""
