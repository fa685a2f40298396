"""Tests of reader.ui.pages."""
