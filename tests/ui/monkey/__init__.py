"""Uses the whole window at random, to find the order of events in which something breaks."""
