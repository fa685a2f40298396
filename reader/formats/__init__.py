"""Files of every format become a Document here."""
