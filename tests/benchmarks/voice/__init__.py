"""Benchmarks of the voice: when it is heard, how well, and in step with what is lit."""
