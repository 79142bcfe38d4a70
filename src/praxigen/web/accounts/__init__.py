"""Practices, their members, what each may do, and the keys of each practice's data."""
