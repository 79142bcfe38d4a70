"""Payers' answers in: what was decided, why in whose words, and how each reason stands to the policy that decides."""

from praxigen.letters.denial import read_denials
from praxigen.letters.hints import Hints
from praxigen.letters.source import read_answer

__all__ = ["Hints", "read_answer", "read_denials"]
