"""What the desk does with notes, beyond writing them in the margin."""
