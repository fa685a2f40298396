"""Tests of reader.speech.verbalise.english."""
