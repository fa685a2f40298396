"""A whole text with its notes beside or on it: a web page, a Word document, a PDF."""
