"""Tests of what comes with the app."""
