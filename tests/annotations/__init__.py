"""Tests of reader.annotations."""
