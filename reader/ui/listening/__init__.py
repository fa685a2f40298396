"""Reading aloud in the window: the sound, what is heard lit, marks, timers and media keys."""
