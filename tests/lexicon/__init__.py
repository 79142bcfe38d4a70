"""What the lexicon's files may say, and the copy that opens faster."""
