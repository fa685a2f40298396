"""Tests of reader.ui.listening.listening."""
