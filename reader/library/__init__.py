"""The texts this reader knows, and where the reader was in each."""
