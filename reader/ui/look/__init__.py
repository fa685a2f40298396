"""How everything looks: colours, typefaces, icons and the controls drawn with them."""
