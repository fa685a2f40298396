"""What is said of a text: its sentences, their languages, what is passed over, how it is spoken."""
