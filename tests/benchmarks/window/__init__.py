"""Benchmarks of the window: how soon it is there, and how smoothly it moves."""
