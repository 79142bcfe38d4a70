"""How clinicians say things: terms, their kinds, and the sequences that rules combine. Data in `lexicon/`, no code."""

from praxigen.lexicon.load import open_lexicon
from praxigen.lexicon.term import Compose, Lexicon, Term

__all__ = ["Compose", "Lexicon", "Term", "open_lexicon"]
