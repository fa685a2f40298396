"""Tests of texts and the places in them."""
