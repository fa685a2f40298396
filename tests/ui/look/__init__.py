"""Tests of reader.ui.look."""
