"""Tests of reader.ui.desk."""
