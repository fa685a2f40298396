"""The text in the window: laid out, painted, scrolled, selected, read by screen readers."""
