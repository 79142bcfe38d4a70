"""Numbers a criteria tree and decides how each line reads: what text and HTML both show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from praxigen.exports import words
from praxigen.model.answer import Answer, Reason
from praxigen.model.criterion import Criterion, Op
from praxigen.model.document import Quote
from praxigen.model.frozen import frozen
from praxigen.model.provenance import Citation
from praxigen.model.report import CriterionResult, NearMiss, Report

_CONDITION, _WAIVER = "c", "w"
_SETTLED = (Answer.MET, Answer.WAIVED, Answer.NOT_APPLICABLE)


class Role(StrEnum):
    """The part that a node plays in the tree above it."""

    CRITERION = "criterion"
    EXCLUSION = "exclusion"
    WAIVER = "waiver"
    CONDITION = "condition"


class Tone(StrEnum):
    """Whether an answer helps the request, whatever its words are."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"
    ASIDE = "aside"
    QUIET = "quiet"


@frozen
class Row:
    """One criterion as shown. `number` is its place ("2.1"; "2w" is the waiver of 2, "2c" its condition).

    `moot`: nothing hangs on it any more, because another branch, a waiver or a condition has settled what it is for.
    `folded`: its parts say nothing that a person would miss. `source` is set where it differs from the row above,
    and so are `passages`, the words of the source that the row encodes.
    `quotes` and `near` leave out what a row below shows.
    """

    number: str
    depth: int
    role: Role
    result: CriterionResult
    tone: Tone
    moot: bool
    folded: bool
    source: Citation | None
    passages: tuple[str, ...]
    quotes: tuple[Quote, ...]
    near: tuple[NearMiss, ...]
    children: tuple[Row, ...]

    @property
    def criterion(self) -> Criterion:
        """The criterion that the row shows."""
        return self.result.criterion

    @property
    def label(self) -> str:
        """The answer in words."""
        if self.moot and self.tone is not Tone.GOOD:
            return "Not needed"
        if self._unmentioned:
            return "Not mentioned"
        return (words.ANSWERS if self.role is Role.CRITERION else words.ASIDES)[self.result.answer]

    @property
    def group(self) -> str:
        """How its parts are combined; empty for a single criterion."""
        return words.group(self.criterion)

    @property
    def reason(self) -> str:
        """Why it has its answer, in plain words; empty where its parts, its near misses or its answer say it."""
        said = any(miss.reason is self.result.reason for miss in self.near)
        if self.result.reason in (Reason.PARTS, Reason.OPEN_PARTS) or said or self._unmentioned:
            return ""
        return words.because(self.criterion, self.result.reason)

    @property
    def caveat(self) -> str:
        """What keeps an answer from settling its criterion; empty where nothing does."""
        citation = self.criterion.citation
        settled = self.result.answer is not Answer.MET or self.criterion.children or self.role is not Role.CRITERION
        return "" if settled or citation is None or citation.settles else words.PORTAL_CAVEAT

    @property
    def _unmentioned(self) -> bool:
        """Whether an exclusion, waiver or condition does not hold because the note is silent about all of it."""
        aside = self.role is not Role.CRITERION and self.result.answer is not Answer.MET
        return aside and (self.folded or self.result.reason is Reason.SILENT)

    def walk(self) -> Iterator[Row]:
        """This row and all below it, in the order shown."""
        yield self
        for child in self.children:
            yield from child.walk()


@frozen
class _Place:
    """Where a node stands: what the rows above it have settled."""

    number: str = ""
    depth: int = 0
    role: Role = Role.CRITERION
    moot: bool = False
    source: Citation | None = None


def outline(report: Report) -> tuple[Row | None, ...]:
    """For every determination the root of its rows, or None where no criteria are public."""
    lettered = sum(determination.result is not None for determination in report.determinations) > 1
    rows: list[Row | None] = []
    for index, determination in enumerate(report.determinations):
        letter = chr(ord("A") + index) if lettered else ""
        rows.append(_row(determination.result, _Place(letter)) if determination.result else None)
    return tuple(rows)


def numbered(criterion: Criterion, number: str = "") -> Iterator[tuple[str, Criterion]]:
    """Every criterion of a tree with the number that it has in a report."""
    yield number, criterion
    for letter, part in ((_CONDITION, criterion.applies_if), (_WAIVER, criterion.unless)):
        if part is not None:
            yield from numbered(part, f"{number}{letter}")
    for index, child in enumerate(criterion.children, start=1):
        yield from numbered(child, _part(number, index))


def tally(root: Row) -> dict[Answer, int]:
    """How many criteria have each answer, groups and what is no longer needed left out."""
    counts = dict.fromkeys(Answer, 0)
    for row in _counted(root):
        counts[row.result.answer] += 1
    return counts


def unmentioned(root: Row) -> int:
    """How many exclusions are counted as met only because nothing in the note speaks of them."""
    return sum(
        row.result.answer is Answer.MET and row.result.reason is Reason.NONE_FOUND and not _speaks(row)
        for row in _counted(root)
    )


def deciding(root: Row) -> Iterator[Row]:
    """The rows whose answers the request hangs on: no groups, and nothing that is settled without them."""
    return (row for row in _counted(root) if row.result.answer is not Answer.NOT_APPLICABLE)


def _counted(root: Row) -> Iterator[Row]:
    for row in root.walk():
        closed = row.result.answer in (Answer.WAIVED, Answer.NOT_APPLICABLE)
        leaf = not row.criterion.children or closed or row.criterion.op is Op.NONE
        if row.role is Role.CRITERION and leaf and not row.moot:
            yield row


def _row(result: CriterionResult, place: _Place) -> Row:
    criterion = result.criterion
    moot = place.moot and place.role is Role.CRITERION
    source = criterion.citation if _place_of(criterion.citation) != _place_of(place.source) else None
    children = tuple(row for child, below in _below(result, place, moot) if _asked(result, row := _row(child, below)))
    inner = {quote for child in children for row in child.walk() for quote in row.quotes}
    inner_near = {miss for child in children for row in child.walk() for miss in row.near}
    return Row(
        number=place.number,
        depth=place.depth,
        role=place.role,
        result=result,
        tone=_tone(result.answer, place.role, moot),
        moot=moot,
        folded=bool(children) and not any(map(_speaks, children)) and (moot or place.role is not Role.CRITERION),
        source=source if result.quotes or result.near or place.role is Role.CRITERION else None,
        passages=_passages(criterion, place),
        quotes=tuple(quote for quote in result.quotes if quote not in inner),
        near=_by_reason(miss for miss in result.near if miss not in inner_near),
        children=children,
    )


def _passages(criterion: Criterion, place: _Place) -> tuple[str, ...]:
    own = criterion.citation.words if criterion.citation else ()
    above = place.source.words if place.source else ()
    return own if own != above else ()


def _asked(parent: CriterionResult, row: Row) -> bool:
    """Whether a part is shown: of a criterion that does not apply only its condition."""
    return parent.answer is not Answer.NOT_APPLICABLE or row.role is Role.CONDITION


def _speaks(row: Row) -> bool:
    return any(each.quotes or each.near for each in row.walk())


def _by_reason(near: Iterable[NearMiss]) -> tuple[NearMiss, ...]:
    """Near misses with the same reason as one, each quote once."""
    found: dict[Reason, dict[Quote, None]] = {}
    for miss in near:
        found.setdefault(miss.reason, {}).update(dict.fromkeys(miss.quotes))
    return tuple(NearMiss(reason, tuple(quotes)) for reason, quotes in found.items())


def _below(result: CriterionResult, place: _Place, moot: bool) -> Iterator[tuple[CriterionResult, _Place]]:
    source = result.criterion.citation or place.source
    depth = place.depth + 1
    if result.condition is not None:
        yield result.condition, _Place(f"{place.number}{_CONDITION}", depth, Role.CONDITION, moot, source)
    if result.waiver is not None:
        yield result.waiver, _Place(f"{place.number}{_WAIVER}", depth, Role.WAIVER, moot, source)
    role = Role.EXCLUSION if result.criterion.op is Op.NONE else place.role
    for index, child in enumerate(result.children, start=1):
        number = _part(place.number, index)
        yield child, _Place(number, depth, role, moot or _needless(result, child), source)


def _part(number: str, index: int) -> str:
    dot = "." if number and not number.isalpha() else ""
    return f"{number}{dot}{index}"


def _needless(parent: CriterionResult, child: CriterionResult) -> bool:
    """Whether the parent is settled without this child."""
    if child.answer in _SETTLED and parent.answer is Answer.MET:
        return False
    if parent.answer in (Answer.WAIVED, Answer.NOT_APPLICABLE):
        return True
    return parent.answer is Answer.MET and parent.criterion.op in (Op.ANY, Op.AT_LEAST)


def _tone(answer: Answer, role: Role, moot: bool) -> Tone:
    if answer is Answer.NOT_APPLICABLE or (moot and answer is not Answer.MET):
        return Tone.QUIET
    if answer is Answer.WAIVED:
        return Tone.ASIDE
    if answer is Answer.NOT_DOCUMENTED:
        return Tone.OPEN if role in (Role.CRITERION, Role.EXCLUSION) else Tone.QUIET
    met = answer is Answer.MET
    return {
        Role.CRITERION: Tone.GOOD if met else Tone.BAD,
        Role.EXCLUSION: Tone.BAD if met else Tone.QUIET,
        Role.WAIVER: Tone.ASIDE if met else Tone.QUIET,
        Role.CONDITION: Tone.ASIDE if met else Tone.QUIET,
    }[role]


def _place_of(citation: Citation | None) -> tuple[str, str, str, str] | None:
    return (citation.source.id, citation.at, citation.read, citation.trust) if citation else None
