"""The API under /api/v1: the same functions as the command line, for programs of the practice."""
