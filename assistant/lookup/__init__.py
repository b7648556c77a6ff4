"""A Request in, evidence out: the items and passages an answer may rest on."""
