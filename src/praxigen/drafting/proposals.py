"""What the words of a criterion name that the reader knows: one concept, and the limits on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from praxigen.model.document import Document
from praxigen.reading.page import Page, Terms

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "twelve": 12}
_LEAST = r"(?:at least|(?:a )?minimum(?: of)?|no less than|not less than|more than|greater than|>=|≥|for)\s*(?:a )?"
_DURATION = re.compile(
    rf"{_LEAST}(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})(?:\s*\(\d+\))?[\s-]*(?:consecutive |full )?"
    r"(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"{_LEAST}(?P<number>\d{{1,3}})\s*(?:%|percent)|(?P<above>\d{{1,3}})\s*(?:%|percent) or (?:more|greater)",
    re.IGNORECASE,
)
# Mentions that only describe others: a part of a plan or of the request says nothing of what the chart must show.
_NOT_ASKED = ("plan.", "request.", "word.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be computed from a criterion's words. `concept` is empty where they name none or several."""

    concept: str
    named: tuple[str, ...]
    duration: str = ""
    value: str = ""


def propose(words: str, terms: Terms) -> Proposal:
    """The one concept that the words name, with a least duration or percentage where they state exactly one."""
    named = _named(words, terms)
    durations = {f">= {_number(found['number'])} {found['unit'].lower()}s" for found in _DURATION.finditer(words)}
    percents = {f">= {found['number'] or found['above']} %" for found in _PERCENT.finditer(words)}
    return Proposal(
        concept=named[0] if len(named) == 1 else "",
        named=named,
        duration=durations.pop() if len(durations) == 1 else "",
        value=percents.pop() if len(percents) == 1 else "",
    )


def _named(words: str, terms: Terms) -> tuple[str, ...]:
    page = Page(Document("policy", words), terms)
    mentions = [mention for sentence in page.sentences for mention in sentence.concepts]
    return tuple(dict.fromkeys(each.name for each in mentions if not each.name.startswith(_NOT_ASKED)))


def _number(text: str) -> int:
    return _NUMBERS[text.lower()] if text.lower() in _NUMBERS else int(text)
