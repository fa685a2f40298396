"""Tests of reader.formats.office."""
