"""What is different between two editions, two files or two libraries, in words and with its direction."""

from praxigen.library.diff.changes import Change, Comparison, Effect
from praxigen.library.diff.guidelines import compare_guidelines
from praxigen.library.diff.libraries import compare_libraries, edition_history, users_of
from praxigen.library.diff.requirements import compare_requirements

__all__ = [
    "Change",
    "Comparison",
    "Effect",
    "compare_guidelines",
    "compare_libraries",
    "compare_requirements",
    "edition_history",
    "users_of",
]
