"""Paths, settings, session, wiring and crash reports."""
