"""Two statements of a chart that cannot both be so.

Only kinds of statements of which a later one does not simply replace the earlier, and on which reviewers deny: what was
treated, operated, implanted, smoked, and what one and the same note both tells and denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from praxigen.engine.matching import PLACES, is_a, values
from praxigen.model.chart import ChartWarning, Trouble
from praxigen.model.document import Document
from praxigen.model.fact import Fact, State
from praxigen.model.frozen import frozen

_TOLD = (State.PRESENT, State.DONE)
_PAST = frozenset({"past_medical", "past_surgical", "family", "education", "consent", "goals"})


@frozen
class _Kind:
    """A concept that is told, the one whose absence denies it, and how a sentence calls it.

    `one_note`: only statements of one note deny each other, as the next visit may find something else.
    `elsewhere`: only statements under different headings; within one paragraph the second is often a part of the first.
    """

    told: str
    denied: str
    name: str
    one_note: bool = False
    elsewhere: bool = False


_KINDS = (
    _Kind("history.spine_surgery", "history.spine_surgery", "earlier spine surgery"),
    _Kind("device.cardiac", "device.cardiac", "a cardiac device"),
    _Kind("tobacco.use", "tobacco.never", "tobacco use", elsewhere=True),
    _Kind("tobacco.use", "tobacco.use", "tobacco use", one_note=True, elsewhere=True),
    _Kind("symptom.radicular", "symptom.radicular", "pain along a nerve root", one_note=True, elsewhere=True),
    _Kind("symptom.radicular", "symptom.limb_pain", "pain or numbness in a limb", one_note=True, elsewhere=True),
    _Kind("symptom.limb_pain", "symptom.limb_pain", "pain or numbness in a limb", one_note=True, elsewhere=True),
    _Kind("symptom.axial_pain", "symptom.axial_pain", "pain of the back or neck", one_note=True, elsewhere=True),
)
# A study that finds no damage to a root does not say that it does not hurt.
_BY_STUDY = re.compile(
    r"\b(?:EMG|NCS|NCV|electrodiagnos\w+|nerve conduction|MRI|study|studies|imaging)\b", re.IGNORECASE
)
_BY_EXAMINER = "sign.motor_weakness"


def contradictions(document: Document, facts: Sequence[Fact]) -> Iterator[ChartWarning]:
    """A warning for each kind of statement that the chart makes and denies, with the first of both."""
    for kind in _KINDS:
        pair = next(_pairs(document, facts, kind), None)
        if pair is not None:
            yield _warning(kind.name, *pair)
    yield from _treatments(document, facts)
    yield from _strength(document, facts)


def _pairs(document: Document, facts: Sequence[Fact], kind: _Kind) -> Iterator[tuple[Fact, Fact]]:
    told = _distinct(document, (fact for fact in facts if fact.state in _TOLD and is_a(fact, kind.told)))
    denied = _distinct(document, (fact for fact in facts if fact.state is State.ABSENT and fact.concept == kind.denied))
    for one in told:
        for other in denied:
            if kind.one_note and not _one_note(document, one, other):
                continue
            if kind.elsewhere and (one.section == other.section or not _reported(other, one)):
                continue
            if _same_place(one, other) and one.quote != other.quote:
                yield one, other


def _distinct(document: Document, facts: Iterable[Fact]) -> list[Fact]:
    """The first of the facts that say the same in one section of one note: a long chart repeats itself."""
    found: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        part = document.part_at(fact.quote.start)
        places = tuple(fact.quality(place) for place in (*PLACES, "extent"))
        found.setdefault((part.start if part is not None else None, fact.section, fact.concept, places), fact)
    return list(found.values())


def _reported(denied: Fact, told: Fact) -> bool:
    """Whether a symptom is denied where patients are asked for it: an examination or a conclusion denies less."""
    if not told.concept.startswith("symptom."):
        return True
    if _BY_STUDY.search(denied.quote.text):
        return False
    return denied.section in ("ros", "history") and told.section in ("history", "opening", "assessment", "diagnosis")


def _treatments(document: Document, facts: Sequence[Fact]) -> Iterator[ChartWarning]:
    """Care that one place tells of with its length or days, and that the same or a later note says was not given."""
    seen: set[str] = set()
    denied = _distinct(
        document,
        (
            fact
            for fact in facts
            if fact.state is State.ABSENT
            and _is_named(fact.concept)
            and fact.rule.startswith(("treatment.cue.", "treatment.phrase"))
            and fact.section not in _PAST
        ),
    )
    for one in facts if denied else ():
        told = one.state in _TOLD and _is_named(one.concept) and _dated(one)
        if not told or one.section in _PAST or one.concept in seen:
            continue
        for other in denied:
            if other.concept == one.concept and not _earlier_note(document, other, one) and _same_place(one, other):
                seen.add(one.concept)
                yield _warning(one.concept.split(".")[1].replace("_", " "), one, other)
                break


def _is_named(concept: str) -> bool:
    """Whether a concept is a treatment by its name: "nothing was tried" may be said of another complaint."""
    return concept.startswith("treatment.") and concept != "treatment.unspecified"


def _dated(fact: Fact) -> bool:
    return fact.duration is not None or fact.began is not None or fact.ended is not None


def _strength(document: Document, facts: Sequence[Fact]) -> Iterator[ChartWarning]:
    """A graded weakness beside "5/5 throughout" in the examination of one note."""
    graded = [fact for fact in facts if fact.concept == _BY_EXAMINER]
    whole = _distinct(document, (fact for fact in graded if fact.quality("extent")))
    weak = _distinct(document, (fact for fact in graded if fact.rule == "grade.weak"))
    for one in weak:
        for other in whole:
            everywhere = "all" in other.quality("extent") or set(other.quality("extent")) & set(one.quality("limb"))
            if everywhere and _one_note(document, one, other) and one.quote != other.quote:
                yield _warning("a weak muscle", one, other)
                return


def _warning(name: str, told: Fact, denied: Fact) -> ChartWarning:
    says = f"Conflict: the chart tells of {name}, and says elsewhere that there is none."
    if told.concept.startswith("treatment."):
        says = f"Conflict: the chart tells of {name}, and says elsewhere that it was not given."
    return ChartWarning(Trouble.CONFLICT, says, (told.quote, denied.quote))


def _one_note(document: Document, one: Fact, other: Fact) -> bool:
    return document.part_at(one.quote.start) == document.part_at(other.quote.start)


def _earlier_note(document: Document, one: Fact, other: Fact) -> bool:
    """Whether the first stands in a note of an earlier day than the second."""
    parts = document.part_at(one.quote.start), document.part_at(other.quote.start)
    if parts[0] == parts[1]:
        return False
    days = [part.date if part is not None else None for part in parts]
    return days[0] is None or days[1] is None or days[0] < days[1]


def _same_place(one: Fact, other: Fact) -> bool:
    return all(
        not values(one, place) or not values(other, place) or not values(one, place).isdisjoint(values(other, place))
        for place in PLACES
    )
