"""Tests of the player, its clock and its stream of frames."""
