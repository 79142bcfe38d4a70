"""The version of praxigen: in every receipt, so that a check can be replayed with the engine that made it."""

__version__ = "0.1.0"
