"""Tests of reader.library."""
