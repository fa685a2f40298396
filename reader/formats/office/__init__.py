"""What the word processors' formats share: the tree they are read into, lists, packages."""
