"""Benchmarks of notes: found again, shown, changed, kept."""
