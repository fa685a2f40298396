"""The tests, which mirror the package; a test's name is a promise."""
