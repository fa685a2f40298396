"""What other reading apps keep of their readers' notes: calibre, Foliate, Kindle and the like."""
