"""Evidence in, a Draft out: statements with the sources that prove them."""
