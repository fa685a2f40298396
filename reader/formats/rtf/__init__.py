"""The parts of an RTF file: its tokens, what they define, and the text between them."""
