"""One mention of a treatment on its way to a fact, and the lists that such mentions form."""

from __future__ import annotations

from dataclasses import dataclass, field

from praxigen.model.amount import Duration
from praxigen.model.document import Quote
from praxigen.model.fact import State, Who
from praxigen.reading.context import Context
from praxigen.reading.page import Mention, Sentence
from praxigen.reading.times import TimeMention

_LIST_GAP = 9

BODY_OTHER = "other"


@dataclass(slots=True)
class Course:
    """One mention of a treatment, before the document as a whole has been weighed."""

    mention: Mention
    sentence: Sentence
    state: State
    who: Who
    rule: str
    outcome: str | None = None
    duration: Duration | None = None
    time: TimeMention | None = None
    basis: list[Quote] = field(default_factory=list)
    sentence_quote: Quote = field(default=Quote("", 0, 0, ""))
    qualities: dict[str, tuple[str, ...]] = field(default_factory=dict)


def in_lists(context: Context, courses: list[Course]) -> list[list[Course]]:
    """Treatments that stand in one list ("PT, chiropractic and NSAIDs") share what is said of the list."""
    groups: list[list[Course]] = []
    for course in courses:
        if groups and _same_list(context, groups[-1][-1].mention, course.mention):
            groups[-1].append(course)
        else:
            groups.append([course])
    return groups


_JOINERS = frozenset(
    {
        ",",
        "and",
        "or",
        "as",
        "well",
        "including",
        "(",
        ")",
        "/",
        "&",
        "plus",
        "with",
        "then",
        "also",
        "multiple",
        "several",
        "of",
        "along",
        "such",
        "like",
        "both",
        "formal",
        "oral",
        "various",
        "-",
        "the",
        "a",
        "prescription",
        "trial",
        "lumbar",
        "cervical",
        "courses",
        "course",
        "series",
        "followed",
        "by",
        "combination",
        "in",
        "addition",
        "to",
        "supervised",
        "prescribed",
        "rx",
        "superv",
        "repeated",
        "at",
        "home",
        "topical",
        "nor",
        "either",
        "two",
        "three",
        "one",
        "mg",
        "daily",
        "tid",
        "bid",
        "muscle",
        "consisting",
        "x",
        "steroid",
        "rounds",
        "sets",
        "different",
        "no",
        "+",
        ".",
        "injection",
        "treatment",
        "therapy",
        "some",
        "per",
        "week",
    }
)


def _same_list(context: Context, left: Mention, right: Mention) -> bool:
    if right.first < left.last:
        return True
    between = context.tokens.words[left.last : right.first]
    if len(between) > _LIST_GAP:
        return False
    return all(word in _JOINERS or word.isdigit() or (word[0].isdigit()) for word in between)
