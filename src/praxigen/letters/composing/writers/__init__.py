"""A letter out: text, web page, Word, PDF. Each shows the same sentences in the same order."""
