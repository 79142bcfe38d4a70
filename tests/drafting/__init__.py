"""Drafting a guideline from the text of a policy."""
