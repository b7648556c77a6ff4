"""A language model beside the rules: it understands, words and translates; code checks all it says."""
