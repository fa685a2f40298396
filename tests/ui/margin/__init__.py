"""Tests of reader.ui.margin.margin."""
