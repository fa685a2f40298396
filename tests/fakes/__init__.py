"""Small real fakes, for where a test needs a fault or a clock."""
