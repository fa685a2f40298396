"""What a text is once it has been read: sections, blocks, spans, sentences and words."""
