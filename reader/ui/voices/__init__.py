"""The window of voices: what there is, what can be fetched, how each sounds."""
