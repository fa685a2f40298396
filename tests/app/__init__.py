"""Tests of reader.app."""
