"""The text as screen readers are told of it."""
