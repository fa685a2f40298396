"""The parts of a book (EPUB): its package, contents, pictures, locks and content documents."""
