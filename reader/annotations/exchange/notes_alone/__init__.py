"""Notes without their text: pages of Markdown or plain words, Anki's cards, a book of notes."""
