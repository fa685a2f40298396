"""Tests of the ground the app stands on: contracts, set-up, packaging and the pages about it."""
