"""From the words of a page to its passages: lines, columns, paragraphs, tables."""
