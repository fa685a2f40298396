"""The parts of an OpenDocument text (ODT): styles, lists and the body."""
