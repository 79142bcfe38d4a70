"""How much of a source's words a guideline models: each requirement sentence of a snapshot, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from praxigen.library.snapshots import Passage, find_passages
from praxigen.model.guideline import Guideline, Statement
from praxigen.policytext import RequirementSentence, requirement_sentences

# A sentence is touched where a passage has this many characters of it in common, or half of a shorter sentence.
_ENOUGH = 20


class Modelled(StrEnum):
    """What became of a requirement sentence, best first."""

    COMPUTED = "computed"  # a criterion encodes it
    SHOWN = "shown"  # a definition, an exclusion or a note says it; nothing is computed from it
    SET_ASIDE = "set_aside"  # left out, with a reason
    NOT_MODELLED = "not_modelled"


@dataclass(frozen=True, slots=True)
class CoveredSentence:
    """One requirement sentence of a source: its span in the snapshot, its words, and what became of it.

    `ids` name the criteria or statements that cite it; `why` is the reason for which it was set aside.
    """

    start: int
    end: int
    text: str
    heading: str
    modelled: Modelled
    ids: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One criterion and a passage that it encodes."""

    criterion: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Coverage:
    """How one guideline models its main source. Counts are of requirement sentences."""

    guideline: str
    edition: str
    sentences: tuple[CoveredSentence, ...]
    anchors: tuple[Anchor, ...]

    @property
    def counts(self) -> Mapping[Modelled, int]:
        """How many sentences met each fate; every fate is named."""
        counted = Counter(sentence.modelled for sentence in self.sentences)
        return MappingProxyType({fate: counted[fate] for fate in Modelled})


def coverage(guideline: Guideline, text: str) -> Coverage:
    """What the guideline makes of `text`, the snapshot of its main source."""
    anchors = tuple(_anchors(guideline, text))
    marks = [_Mark(anchor.passage, Modelled.COMPUTED, anchor.criterion) for anchor in anchors]
    for statement in (*guideline.definitions, *guideline.not_covered, *guideline.notes):
        marks.extend(_Mark(passage, Modelled.SHOWN, statement.id) for passage in _passages(guideline, statement, text))
    for aside in guideline.set_aside:
        marks.extend(_Mark(each, Modelled.SET_ASIDE, why=aside.why) for each in find_passages(text, aside.words))
    sentences = requirement_sentences(text)
    judged = _introductions(sentences, list(_judged(sentences, marks, text)))
    return Coverage(guideline.id, guideline.edition, judged, anchors)


@dataclass(frozen=True, slots=True)
class _Mark:
    passage: Passage
    modelled: Modelled
    id: str = ""
    why: str = ""

    def touches(self, sentence: RequirementSentence) -> bool:
        common = min(self.passage.end, sentence.end) - max(self.passage.start, sentence.start)
        return common > 0 and (common >= _ENOUGH or 2 * common >= sentence.end - sentence.start)


def _anchors(guideline: Guideline, text: str) -> Iterator[Anchor]:
    seen: set[tuple[str, Passage]] = set()
    for indication in guideline.indications.values():
        for node in indication.criteria.walk():
            if node.citation is None or node.citation.source.id != guideline.main_source.id:
                continue
            for passage in find_passages(text, node.citation.words):
                if (node.id, passage) not in seen:
                    seen.add((node.id, passage))
                    yield Anchor(node.id, passage)


def _passages(guideline: Guideline, statement: Statement, text: str) -> tuple[Passage, ...]:
    own = statement.citation.source.id == guideline.main_source.id
    return find_passages(text, statement.citation.words) if own else ()


def _judged(sentences: Iterable[RequirementSentence], marks: list[_Mark], text: str) -> Iterator[CoveredSentence]:
    fates = list(Modelled)
    for sentence in sentences:
        touching = [mark for mark in marks if mark.touches(sentence)]
        fate = min((mark.modelled for mark in touching), key=fates.index, default=Modelled.NOT_MODELLED)
        deciding = [mark for mark in touching if mark.modelled is fate]
        ids = tuple(dict.fromkeys(mark.id for mark in deciding if mark.id))
        why = "; ".join(dict.fromkeys(mark.why for mark in deciding if mark.why))
        words = text[sentence.start : sentence.end]
        yield CoveredSentence(sentence.start, sentence.end, words, sentence.heading, fate, ids, why)


def _introductions(
    sentences: Sequence[RequirementSentence], judged: list[CoveredSentence]
) -> tuple[CoveredSentence, ...]:
    """The sentences with each introduction that nothing cites itself modelled as its items are, if they all are."""
    below: dict[int, list[int]] = {}
    for number, sentence in enumerate(sentences):
        if sentence.under is not None:
            below.setdefault(sentence.under, []).append(number)
    fates = list(Modelled)
    for lead in sorted(below, reverse=True):  # inner lists first
        own = [judged[item] for item in below[lead]]
        if judged[lead].modelled is Modelled.NOT_MODELLED and all(
            item.modelled is not Modelled.NOT_MODELLED for item in own
        ):
            best = min((item.modelled for item in own), key=fates.index)
            judged[lead] = replace(judged[lead], modelled=best)
    return tuple(judged)
