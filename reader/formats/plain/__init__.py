"""Plain text: what of its lines are headings, paragraphs, and the header of an e-book."""
