"""Finding one's way in a text: search, jumps and the way back, links and what they lead to."""
