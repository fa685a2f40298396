"""Tests of reader.annotations.exchange."""
