"""The policy library: YAML in, guidelines and requirements out."""

from praxigen.library.library import Library

__all__ = ["Library"]
