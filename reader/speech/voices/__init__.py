"""Which voices there are: listed, fetched, installed, checked, and how fast they speak here."""
