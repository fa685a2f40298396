"""Tests of reader.ui.wayfinding."""
