"""Refuses passwords that are made of words which anybody who knows the practice would try first."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

# docs/security/rules.md shows them; a test compares.
WORDS = (
    "praxigen", "workspace", "authorization", "prior", "practice", "clinic", "hospital", "spine", "surgery", "medical",
    "doctor", "patient", "insurance", "payer", "owner", "specialist", "clinician", "viewer", "admin", "password",
    "welcome",
)  # fmt: skip
BESIDE = 6  # characters that must be left when the words are taken out
_SHORTEST = 3  # letters of a word of the practice's name that counts


class WordsOfTheContextValidator:
    """Of a password that holds such words, or words of the practice's name, enough must be left without them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a password that is little more than such words."""
        practice = getattr(user, "practice", None)
        name = re.findall(r"\w+", practice.name.casefold()) if practice is not None else []
        words = {*WORDS, *(word for word in name if len(word) >= _SHORTEST)}
        typed = password.casefold()
        rest = re.sub("|".join(map(re.escape, sorted(words, key=len, reverse=True))), "", typed)
        if rest != typed and len("".join(rest.split())) < BESIDE:
            raise ValidationError("This password is made of words that are easy to guess here.", code="context_words")

    def get_help_text(self) -> str:
        """What is asked, in a sentence."""
        return "Your password should not be made of the names of your practice, your work or this program."
