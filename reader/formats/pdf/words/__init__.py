"""The words of a page as the file has them: characters, places, fonts, directions."""
