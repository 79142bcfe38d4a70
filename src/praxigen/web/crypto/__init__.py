"""Encryption at rest: one data key for each practice, wrapped by a master key that lies elsewhere."""
