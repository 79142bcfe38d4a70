"""Letters from payers in: what was decided, why, and how it stands to the policy. `composing`: letters out."""

from praxigen.letters.denial import read_denials
from praxigen.letters.hints import Hints
from praxigen.letters.source import read_answer

__all__ = ["Hints", "read_answer", "read_denials"]
