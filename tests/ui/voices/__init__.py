"""Tests of reader.ui.voices."""
