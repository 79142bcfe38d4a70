"""Which field a label stands for, by the words in it: labels are put together anew by every payer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from praxigen.datafiles import Faults, Fields, TextNode, read_yaml, shipped

_WORD = re.compile(r"[a-z][a-z0-9-]*")
_NUMBER_SIGN = re.compile(r"#|\bno\.|\bnos\.")
_FIELDS = (
    *("payer", "plan_name", "patient", "birth", "member_id", "group_number", "provider", "service", "codes", "units"),
    *("diagnoses", "date_of_service", "request_date", "decision_date", "reviewer", "policy", "reason", "nothing"),
    *("sender", "last_day", "none"),
    *(
        "reference.case",
        "reference.authorization",
        "reference.claim",
        "reference.appeal",
        "reference.reference",
        "reference.trace",
    ),
)
_ZONES = ("reason", "policy", "rights", "facts")
MOST_WORDS = 7  # a longer stretch before a colon is a sentence


@dataclass(frozen=True, slots=True)
class Family:
    """The labels of one field: groups of words of which each must be met, and words that may not or alone may stand."""

    field: str
    has: tuple[frozenset[str], ...]
    without: frozenset[str]
    only: frozenset[str]
    first: frozenset[str]

    def fits(self, words: frozenset[str], first: str, small: frozenset[str]) -> bool:
        """Whether a label of these words is one of the family."""
        if self.first and first not in self.first:
            return False
        if any(words.isdisjoint(group) for group in self.has) or not words.isdisjoint(self.without):
            return False
        return not self.only or words - small <= self.only


@dataclass(frozen=True, slots=True)
class Families:
    """The families of labels and of headings in order, and the words that count for nothing in a label."""

    labels: tuple[Family, ...]
    headings: tuple[Family, ...]
    small: frozenset[str]
    shortened: Mapping[str, str]


@cache
def families() -> Families:
    """The families of the file. Raises FaultyFileError with the place of what cannot be used."""
    folder = shipped("policies") / "denials"
    file = f"{folder.parent.name}/{folder.name}/labels.yaml"
    faults = Faults(file)
    top = Fields(
        read_yaml(Path(folder / "labels.yaml"), file),
        faults,
        "the file",
        ("schema", "small", "shortened", "families", "headings"),
    )
    top.word("schema", ("praxigen.denial-labels/1",))
    made = Families(
        _families(top, "families", _FIELDS),
        _families(top, "headings", _ZONES),
        frozenset(top.texts("small")),
        {word.text: full.text for word, full in top.entries("shortened") if isinstance(full, TextNode)},
    )
    faults.raise_any()
    return made


def _families(top: Fields, key: str, fields: tuple[str, ...]) -> tuple[Family, ...]:
    found = []
    for item in top.items(key):
        one = Fields(item, top.faults, "a family", ("field", "has"), ("not", "only", "first"))
        groups = tuple(frozenset(group.split()) for group in one.texts("has"))
        lists = (frozenset(one.text(name).split()) for name in ("not", "only", "first"))
        found.append(Family(one.word("field", fields), groups, *lists))
    return tuple(found)


@lru_cache(maxsize=4096)
def field_of(label: str) -> str | None:
    """The field of a label, "nothing" for one that is known to be of no use, None for words that are no label."""
    known = families()
    words = _words(label)
    if not words or len(words) > MOST_WORDS:
        return None
    found = _first(known.labels, words, known.small)
    return None if found == "none" else found


@lru_cache(maxsize=4096)
def zone_of(heading: str) -> str | None:
    """What a heading stands over: reason, policy, rights or facts; None where its words do not say."""
    known = families()
    words = _words(heading)
    return _first(known.headings, words, known.small) if words else None


def _words(text: str) -> list[str]:
    plain = re.sub(r"\([^()]*\)", " ", text.lower().replace("\u2019", "'").replace("'s", ""))
    short = families().shortened
    return [short.get(word, word) for word in _WORD.findall(_NUMBER_SIGN.sub(" number ", plain))]


def _first(known: tuple[Family, ...], words: list[str], small: frozenset[str]) -> str | None:
    held = frozenset(words)
    return next((family.field for family in known if family.fits(held, words[0], small)), None)
