"""The notes beside the text: cards, their writing, and what keeps them."""
