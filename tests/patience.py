"""How long a test waits for what will come: it costs nothing where all is well."""

PATIENCE_S = 90.0
"""Seconds: on two loaded cores a test may take many times as long as on an idle machine."""

PATIENCE_MS = round(PATIENCE_S * 1000)
