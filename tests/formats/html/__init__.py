"""Tests of reader.formats.html."""
