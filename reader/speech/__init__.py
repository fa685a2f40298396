"""Text becomes audio with word marks, in a process of its own."""
