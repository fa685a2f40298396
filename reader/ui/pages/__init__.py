"""The pages of a text as they look, in place of the text as it flows."""
