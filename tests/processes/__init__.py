"""Tests of reader.processes."""
