"""Tests of reader.library.search."""
