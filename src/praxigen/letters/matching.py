"""Which criterion of a guideline some words of a letter are about: by concepts of the lexicon, and by shared words.

A concept or word weighs the more the fewer criteria have it. Nothing is learned and nothing is random.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log

from praxigen.letters.policy_words import concepts_in, lines_of
from praxigen.letters.tables import phrases
from praxigen.model.amount import Span
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline, Statement
from praxigen.reading.times import find_times

_WORD = re.compile(r"[a-z][a-z-]{2,}")
_EXACT, _RELATED, _SAID, _WORDS, _LENGTH = 3.0, 2.0, 1.2, 1.0, 1.5
_CLASS = 3.0  # "conservative care" beside a group of kinds of it
_ENOUGH = 3.0  # a match that may stand alone
_SOME = 2.2  # a match worth showing
_CLEARLY = 1.25  # times the next best
_MOST = 3
_SEVERAL = 2
# Families of the lexicon that hold too many different things for one to stand for another.
_WIDE = frozenset({"history", "care", "evaluation", "plan", "test"})


@dataclass(frozen=True, slots=True)
class Best:
    """The criteria that fit best: one with its equals where `certain`, else those that come near."""

    criteria: tuple[Criterion, ...]
    score: float
    certain: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    criterion: Criterion
    asked: frozenset[str]  # concepts of its evidence
    said: frozenset[str]  # concepts in its own words
    words: frozenset[str]
    below: frozenset[str]  # concepts of the evidence of what stands under a group
    lengths: frozenset[Span]
    themes: frozenset[str]  # what its own words are about, whatever they call it


class Matcher:
    """A guideline made ready to compare words with."""

    def __init__(self, guideline: Guideline, indications: tuple[str, ...]) -> None:
        wanted = [each for key, each in guideline.indications.items() if not indications or key in indications]
        nodes: dict[str, Criterion] = {}
        for indication in wanted or guideline.indications.values():
            for node in indication.criteria.walk():
                nodes.setdefault(node.says, node)
        self.guideline = guideline
        roots = {each.criteria.id for each in guideline.indications.values()}
        self._entries = [_entry(node) for node in nodes.values() if node.id not in roots]
        self._count = max(len(self._entries), 1)
        self._concepts = Counter(concept for entry in self._entries for concept in entry.asked | entry.said)
        self._words = Counter(word for entry in self._entries for word in entry.words)

    @staticmethod
    def of(guideline: Guideline, indications: tuple[str, ...]) -> Matcher:
        """The matcher of a guideline; each is made once."""
        return _matcher(_Key(guideline, indications))

    def best(self, text: str) -> Best:
        """The criteria that the text is about."""
        concepts, words, lengths = _specific(concepts_in(text)), words_of(text), lengths_of(text)
        scored = sorted(
            ((self._score(entry, concepts, words, lengths), -at, entry) for at, entry in enumerate(self._entries)),
            key=lambda each: each[:2],
            reverse=True,
        )
        if not scored or scored[0][0] < _SOME:
            if (themed := self._about_the_same(text, lengths)) is not None:
                return themed
            return Best((), scored[0][0] if scored else 0.0, certain=False)
        top = scored[0][0]
        second = scored[1][0] if len(scored) > 1 else 0.0
        if top >= _ENOUGH and top >= second * _CLEARLY:
            return Best((scored[0][2].criterion,), top, certain=True)
        if (themed := self._about_the_same(text, lengths)) is not None:
            return themed
        near = tuple(entry.criterion for score, _, entry in scored[:_MOST] if score >= max(_SOME, top / 2))
        return Best(near, top, certain=False)

    def _about_the_same(self, text: str, lengths: frozenset[Span]) -> Best | None:
        """The one criterion on what the text is about, under whatever name; else those that are, one of which is meant.

        A group stands for what is under it. None where the text, or no criterion, is about a thing with a theme.
        """
        kinds = {name for name, said in phrases().kinds.items() if said.search(text)}
        for theme in sorted(themes_of(text) | kinds):
            about = [entry for entry in self._entries if theme in entry.themes]
            within = {child.id for entry in about for node in entry.criterion.children for child in node.walk()}
            roots = [entry for entry in about if entry.criterion.id not in within]
            timed = [entry for entry in roots if lengths & entry.lengths]
            found = timed if len(timed) == 1 else roots
            if found:
                return Best(tuple(entry.criterion for entry in found[:_MOST]), _ENOUGH, certain=len(found) == 1)
        return None

    def _score(self, entry: _Entry, concepts: frozenset[str], words: frozenset[str], lengths: frozenset[Span]) -> float:
        total = 0.0
        for concept in sorted(concepts):
            if concept in entry.asked:
                total += _EXACT * self._weight(self._concepts[concept])
            elif any(concept in lines_of(other) or other in lines_of(concept) for other in entry.asked):
                total += _RELATED * self._weight(self._concepts[concept])
            elif _is_class_of(concept, entry.below) and not self._asked_for_itself(concept):
                total += _CLASS * self._weight(self._concepts[concept])
            elif concept in entry.said or concept in entry.below:
                total += _SAID * self._weight(self._concepts[concept])
        if total > 0 and lengths & entry.lengths:
            total += _LENGTH  # "six weeks" beside a criterion of six weeks
        return total + sum(_WORDS * self._weight(self._words[word]) for word in sorted(words & entry.words))

    def _asked_for_itself(self, concept: str) -> bool:
        """Whether some criterion asks for the class as such, and not for kinds of it one by one."""
        return any(concept in entry.asked or set(lines_of(concept)) & entry.asked for entry in self._entries)

    def _weight(self, count: int) -> float:
        return log(1 + self._count / max(count, 1)) / log(1 + self._count)

    def names_something(self, text: str) -> bool:
        """Whether the text names a thing of a kind of which no criterion asks anything.

        Care that is named otherwise than in the policy is no such thing: saying wrongly that a policy does not ask for
        something would lose the appeal.
        """
        asked = {concept for entry in self._entries for concept in entry.asked | entry.said | entry.below}
        kinds = {concept.partition(".")[0] for concept in asked}
        named = concepts_in(text)
        return bool(named) and not any(
            concept.partition(".")[0] in kinds - _WIDE or concept in asked for concept in named
        )

    def statement(self, text: str) -> Statement | None:
        """A line beside the criteria (a definition, an exclusion) that the text is about."""
        concepts, words = concepts_in(text), words_of(text)
        lines = (*self.guideline.not_covered, *self.guideline.definitions)
        scored = [
            (len(concepts & concepts_in(line.says)) * 2 + len(words & words_of(line.says)), -at, line)
            for at, line in enumerate(lines)
        ]
        top = max(scored, key=lambda each: each[:2], default=None)
        return top[2] if top is not None and top[0] >= 2 else None

    def stricter(self, text: str, criterion_id: str) -> tuple[int, int, Span] | None:
        """Where the text asks for a longer time than a criterion: its place in the text, and the criterion's length."""
        node = self.guideline.criterion(criterion_id)
        limits = [e.duration.span for e in node.shown_by if e.duration is not None] if node else []
        if not limits:
            return None
        asked = max(limits, key=lambda span: span.most_days)
        for time in find_times(text, None):
            low = time.duration.low if time.duration else None
            if time.kind == "duration" and low is not None and low.fewest_days > asked.most_days:
                return time.start, time.end, asked
        return None


@dataclass(frozen=True, slots=True)
class _Key:
    guideline: Guideline
    indications: tuple[str, ...]

    def __hash__(self) -> int:
        return hash((self.guideline.sha256, self.guideline.id, self.indications))


@lru_cache(maxsize=64)
def _matcher(key: _Key) -> Matcher:
    return Matcher(key.guideline, key.indications)


def _entry(node: Criterion) -> _Entry:
    asked = frozenset(pattern.concept for pattern in (*node.shown_by, *node.refuted_by))
    text = " ".join((node.says, node.ask, node.would_document))
    below = frozenset(pattern.concept for child in node.children for each in child.walk() for pattern in each.shown_by)
    spans = frozenset(pattern.duration.span for pattern in node.shown_by if pattern.duration is not None)
    return _Entry(
        node, asked, concepts_in(text), words_of(text), below, spans | lengths_of(node.says), themes_of(node.says)
    )


def themes_of(text: str) -> frozenset[str]:
    """What a text is about in the broad sense in which letters and policies use different words for one thing."""
    return frozenset(name for name, said in phrases().themes.items() if said.search(text))


def lengths_of(text: str) -> frozenset[Span]:
    """The lengths of time that a text names."""
    found = (time.duration.low for time in find_times(text, None) if time.kind == "duration" and time.duration)
    return frozenset(span for span in found if span is not None)


def words_of(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, without their endings."""
    stop = phrases().stop_words
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in stop)


def _stem(word: str) -> str:
    for ending in ("ically", "ations", "ation", "ical", "ings", "ing", "ies", "ed", "es", "al", "ly", "ic", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _is_class_of(concept: str, below: frozenset[str]) -> bool:
    """Whether a word that names a class alone stands for a group: each concept under it is of that class."""
    if not concept.endswith(".unspecified") or len(below) < _SEVERAL:
        return False
    above = set(lines_of(concept)) - {concept}
    return all(above & set(lines_of(each)) for each in below)


def _specific(concepts: Iterable[str]) -> frozenset[str]:
    """Without concepts of which a more exact one is named as well."""
    named = frozenset(concepts)
    return frozenset(each for each in named if not any(each != other and each in lines_of(other) for other in named))
