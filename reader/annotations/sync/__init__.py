"""Notes in a folder that several machines share: one plain file a text, merged three ways."""
