"""Tests of reader.speech.engines, with the real voices."""
