"""Tests of reader.ui.view."""
