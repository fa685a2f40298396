"""Benchmarks: every figure that Sottovoce promises, measured on this machine (`make bench`)."""
