"""Tests of reader.storage."""
