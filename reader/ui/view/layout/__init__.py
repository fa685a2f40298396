"""A document laid out: from blocks to items, paragraphs and lines with their heights."""
