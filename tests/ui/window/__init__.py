"""Tests of reader.ui.window."""
