"""Short made-up notes and what the reader finds in them, in a few words."""

from __future__ import annotations

from datetime import date

from praxigen.api import find_facts
from praxigen.lexicon import open_lexicon
from praxigen.lexicon.words import tokenize
from praxigen.model.document import Document
from praxigen.model.fact import Fact
from praxigen.reading.sections import find_sections
from praxigen.reading.sentences import sentence_bounds
from praxigen.reading.times import TimeMention, find_times

NOTE_DATE = date(2025, 11, 1)


def found(text: str, concept: str) -> list[Fact]:
    """The facts of one concept in a note."""
    return [fact for fact in find_facts(Document("note.txt", text)) if fact.concept == concept]


def one(text: str, concept: str) -> Fact:
    """The one fact of a concept in a note."""
    (fact,) = found(text, concept)
    return fact


def treated(sentences: str, treatment: str = "physical_therapy") -> Fact:
    """The one fact about a treatment, in the history of a patient with low back pain."""
    return one(f"HPI: Low back pain. {sentences}", f"treatment.{treatment}")


def days(fact: Fact) -> tuple[int | None, int | None]:
    """The fewest and the most days that something lasted, as far as the note says."""
    if fact.duration is None:
        return None, None
    low, high = fact.duration.low, fact.duration.high
    return None if low is None else int(low.fewest_days), None if high is None else int(high.most_days)


def times(text: str) -> list[TimeMention]:
    """Every expression of time in a sentence of a note that was written on 1 November 2025."""
    return find_times(text, NOTE_DATE)


def time(text: str, kind: str) -> TimeMention:
    """The one expression of a kind in a sentence."""
    (mention,) = [mention for mention in times(text) if mention.kind == kind]
    return mention


def sections(text: str) -> list[tuple[str, str]]:
    """The sections of a note that hold text: kind and what stands under the heading."""
    parts = find_sections(text, open_lexicon().headings)
    pairs = [(part.kind, text[part.body : part.end].strip()) for part in parts]
    return [pair for pair in pairs if pair[1]]


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    tokens = tokenize(text)
    bounds = sentence_bounds(text, tokens, frozenset())
    return [text[tokens.starts[first] : tokens.ends[last - 1]] for first, last in bounds]
