"""The player's state machine, the word clock and time-stretch."""
