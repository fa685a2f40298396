"""What makes sections of the pages of a PDF, in a process of its own."""
