"""ICD-10-CM by day of service: is a code billable, since or until when, what replaced it, which code names the side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from praxigen.codesets.editions import DatedChange, Edition, dated_changes, editions, history
from praxigen.codesets.table import children, leaves_under, title

_SHAPE = re.compile(r"[A-TV-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?", re.ASCII)
_WITHOUT_POINT = re.compile(r"([A-TV-Z][0-9][0-9AB])([0-9A-Z]{1,4})", re.ASCII)
_SIDE = re.compile(r"\b(right|left|bilateral)\b")
_OPEN = re.compile(r"\bunspecified (?:side|[a-z]+)\b|, unspecified\b|\bunspecified site\b|\bunspecified\b")
_MOST = 12  # codes that advice names; more help nobody


class DiagnosisState(StrEnum):
    """What a code is on a day of service."""

    BILLABLE = "billable"
    HEADING = "heading"  # in the table, but only codes under it can stand on a claim
    ABSENT = "absent"  # not in the table on that day, though in another edition
    UNCERTAIN = "uncertain"  # it changed between two releases that are held, and the day lies between them
    UNKNOWN = "unknown"  # in no edition that is held
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class DiagnosisCode:
    """One code on one day. `edition` is the release that answered; None for a code that no release could answer.

    `exact` is False where the day lies outside the release's fiscal year. `instead` are billable codes of the answering
    release under or in place of the code. `sides` are its neighbours that name a side or site which it leaves open.
    `says` tells in words what to know.
    """

    code: str
    on: date
    state: DiagnosisState
    title: str = ""
    edition: Edition | None = None
    exact: bool = True
    instead: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


def look_up_diagnosis(text: str, on: date) -> DiagnosisCode:
    """What a diagnosis code is on a day of service. Never raises: a text that is no code is MALFORMED."""
    code = _code(text)
    if code is None:
        return DiagnosisCode(text.strip(), on, DiagnosisState.MALFORMED, says=(_shape(text),))
    states = _states(code)
    if set(states.values()) == {DiagnosisState.ABSENT}:
        return DiagnosisCode(code, on, DiagnosisState.UNKNOWN, says=("It is in no edition of ICD-10-CM held here.",))
    edition, exact, state = _on(code, states, on)
    instead = _instead(code) if state is not DiagnosisState.BILLABLE else ()
    sides = _sides(code) if state is DiagnosisState.BILLABLE else ()
    says = (*_in_words(code, state, states, on, instead), *_side_words(sides), *_edition_words(edition, exact))
    return DiagnosisCode(code, on, state, title(code), edition, exact, instead, sides, says)


def _code(text: str) -> str | None:
    plain = text.strip().upper()
    pointless = _WITHOUT_POINT.fullmatch(plain)
    if pointless is not None:
        plain = f"{pointless[1]}.{pointless[2]}"
    return plain if _SHAPE.fullmatch(plain) else None


def _shape(text: str) -> str:
    strange = next((character for character in text.strip() if not character.isascii()), None)
    if strange is not None:
        return f"The character U+{ord(strange):04X} only looks like one of a code. Type the code again."
    return "An ICD-10-CM code is a letter, two characters and, after a point, up to four more: M48.062."


@cache
def _states(code: str) -> Mapping[str, DiagnosisState]:
    """The state of a code in each release, oldest first."""
    changed = history().get(code)
    if changed is not None:
        return MappingProxyType({name: DiagnosisState(state) for name, state in changed.items()})
    now = DiagnosisState.ABSENT
    if title(code):
        now = DiagnosisState.HEADING if children(code) else DiagnosisState.BILLABLE
    return MappingProxyType({edition.id: now for edition in editions()})


def _on(code: str, states: Mapping[str, DiagnosisState], on: date) -> tuple[Edition, bool, DiagnosisState]:
    """The release that answers for a day, whether the day lies in it, and the state that it gives."""
    known = editions()
    for edition in known:
        if edition.first <= on <= edition.last:
            return edition, True, states[edition.id]
    before = [edition for edition in known if edition.last < on]
    after = [edition for edition in known if on < edition.first]
    if before and after:
        earlier, later = states[before[-1].id], states[after[0].id]
        change = _change(code)
        if earlier is not later and change is not None:
            return (after[0], False, later) if on >= change.first else (before[-1], False, earlier)
        return after[0], False, earlier if earlier is later else DiagnosisState.UNCERTAIN
    nearest = before[-1] if before else after[0]
    return nearest, False, states[nearest.id]


def _change(code: str) -> DatedChange | None:
    """The dated change of a code; a code that came when another was split shares that one's day."""
    return dated_changes().get(code) or dated_changes().get(code[:-1].rstrip("."))


def _instead(code: str) -> tuple[str, ...]:
    """The billable codes of the newest release under the code, or under the nearest heading above it."""
    above = code
    while above:
        found = tuple(leaf for leaf in leaves_under(above) if leaf != code)
        if found:
            return found[:_MOST]
        above = above[:-1].rstrip(".") if len(above) > len("A00") else ""
    return ()


def _sides(code: str) -> tuple[str, ...]:
    """The billable neighbours that name a side where the code's own title leaves it open."""
    own = title(code)
    if not _OPEN.search(own) or _SIDE.search(own):
        return ()
    return tuple(near for near in leaves_under(code[:-1].rstrip(".")) if near != code and _SIDE.search(title(near)))[
        :_MOST
    ]


def _in_words(
    code: str, state: DiagnosisState, states: Mapping[str, DiagnosisState], on: date, instead: Iterable[str]
) -> tuple[str, ...]:
    if state is DiagnosisState.BILLABLE:
        return ()
    use = f" Use {_listed(instead)}." if instead else ""
    if state is DiagnosisState.UNCERTAIN:
        return (f"Its state changed between two releases, and {on} lies between them: ask for that year's table.",)
    was = DiagnosisState.BILLABLE in states.values()
    change = _change(code)
    since = f" since fiscal year {_fiscal_year(change.first)}" if change is not None and on >= change.first else ""
    if state is DiagnosisState.HEADING:
        split = f"{code} is not billable{since}:" if was else f"{code} is a heading and never billable:"
        return (f"{split} only the codes under it are.{use}",)
    return (f"{code} is not in the table for this day.{use}",)


def _side_words(sides: tuple[str, ...]) -> tuple[str, ...]:
    if not sides:
        return ()
    return (f"It leaves the side open. If the chart names it: {_listed(f'{near} ({title(near)})' for near in sides)}.",)


def _edition_words(edition: Edition, exact: bool) -> tuple[str, ...]:
    if exact:
        return ()
    held = f"{edition.id} (fiscal year {edition.fiscal_year})"
    return (f"Answered by the release {held}: the release of this day is not held.",)


def _fiscal_year(first: date) -> int:
    return first.year + (first.month >= 10)


def _listed(codes: Iterable[str]) -> str:
    named = list(codes)
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
