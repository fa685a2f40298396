"""Tests of reader.ui.library."""
