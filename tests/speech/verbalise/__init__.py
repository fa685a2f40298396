"""Tests of reader.speech.verbalise."""
