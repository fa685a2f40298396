"""The command line, which works without Qt."""
