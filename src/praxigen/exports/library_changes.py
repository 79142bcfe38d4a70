"""What changed in policies: as text, JSON, Markdown, and as a feed that readers of news can follow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TextIO
from urllib.parse import quote
from xml.etree import ElementTree as ET

from praxigen.exports.sheet import Sheet, terminal
from praxigen.exports.words import count
from praxigen.library.diff import Change, Comparison, Effect

DIFF_SCHEMA = "praxigen.library-diff/1"
CHANGES_SCHEMA = "praxigen.library-changes/1"

_ATOM = "http://www.w3.org/2005/Atom"
# Where no edition has a date there is nothing to follow; a feed still needs one, and the clock must not give it.
_NO_DAY = date(1970, 1, 1)
_STYLES = {Effect.TIGHTENED: "red", Effect.LOOSENED: "green"}
_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def heading(comparison: Comparison) -> str:
    """What is compared, in one line."""
    named = f"{comparison.kind} {comparison.id}: {comparison.title}"
    if comparison.old is None:
        return f"{named} - new, {comparison.new}"
    if comparison.new is None:
        return f"{named} - gone, was {comparison.old}"
    return f"{named} - {comparison.new}, was {comparison.old}"


def told(change: Change) -> str:
    """A change as a sentence; it may begin with an id, whose letters stay as they are."""
    return change.says if change.says.endswith((".", "?", "!")) else f"{change.says}."


def tally(comparison: Comparison) -> str:
    """How many changes of each kind, in one line."""
    counted = [(effect, sum(change.effect is effect for change in comparison.changes)) for effect in Effect]
    return ", ".join(f"{number} {effect.value}" for effect, number in counted if number)


def write_comparisons(comparisons: Sequence[Comparison], stream: TextIO) -> None:
    """Write each comparison with its changes, and which requirements use it."""
    sheet = Sheet(terminal(stream))
    for comparison in comparisons:
        sheet.wide(heading(comparison), "bold")
        for change in comparison.changes:
            sheet.wide(f"  {change.effect.value:<9} {change.part}: {told(change)}", _STYLES.get(change.effect, ""))
        if comparison.old is not None and comparison.new is not None:
            sheet.wide(f"  {tally(comparison) or 'No difference.'}")
        if comparison.used_by:
            sheet.wide(f"  Used by: {', '.join(comparison.used_by)}")
    if not comparisons:
        sheet.line("No difference.")


def comparisons_to_markdown(comparisons: Sequence[Comparison]) -> str:
    """The same as Markdown."""
    lines: list[str] = []
    for comparison in comparisons:
        lines += [f"## {_escaped(heading(comparison))}", ""]
        lines += [
            f"- **{change.effect.value}** ({_escaped(change.part)}): {_escaped(told(change))}"
            for change in comparison.changes
        ]
        if comparison.changes:
            lines.append("")
        if comparison.old is not None and comparison.new is not None:
            lines += [tally(comparison) or "No difference.", ""]
        if comparison.used_by:
            lines += [f"Used by: {_escaped(', '.join(comparison.used_by))}", ""]
    return "\n".join(lines or ["No difference.", ""])


def comparisons_to_json(comparisons: Sequence[Comparison]) -> str:
    """The same as JSON text."""
    return _json({"schema": DIFF_SCHEMA, "comparisons": [_plain(each) for each in comparisons]})


def newest_first(history: Iterable[Comparison], since: date | None = None) -> tuple[Comparison, ...]:
    """The entries of a feed: those with a first day (not before `since`), the newest first, of one day by id."""
    dated = [entry for entry in history if entry.day is not None and (since is None or entry.day >= since)]
    return tuple(sorted(dated, key=lambda entry: (-(entry.day or _NO_DAY).toordinal(), entry.id, entry.new or "")))


def feed_to_json(entries: Sequence[Comparison]) -> str:
    """The feed as JSON text."""
    return _json({"schema": CHANGES_SCHEMA, "entries": [_plain(each) for each in entries]})


def feed_to_atom(entries: Sequence[Comparison]) -> str:
    """The feed as Atom (RFC 4287). Every date is the first day of an edition; the clock takes no part."""
    feed = ET.Element("feed", xmlns=_ATOM)
    _add(feed, "id", "urn:praxigen:changes")
    _add(feed, "title", "Changes of payers' policies")
    _add(feed, "updated", _moment(max((entry.day or _NO_DAY for entry in entries), default=_NO_DAY)))
    _add(_add(feed, "author"), "name", "praxigen")
    for each in entries:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:praxigen:{each.kind}:{quote(each.id, safe='.')}:{quote(each.new or '', safe='.')}")
        _add(entry, "title", f"{each.title} ({each.id}), {each.new}")
        _add(entry, "updated", _moment(each.day or _NO_DAY))
        _add(entry, "category", term=each.kind)
        for user in each.used_by:
            _add(entry, "category", term=user)
        _add(entry, "content", "\n".join(_told(each)), type="text")
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _told(each: Comparison) -> Iterable[str]:
    yield f"Holds from {each.day}. " + (f"Before: {each.old}." if each.old else "The first edition in this library.")
    if each.old:
        yield f"{count(len(each.changes), 'change')}{': ' + tally(each) if each.changes else ''}."
    for change in each.changes:
        yield f"{change.effect.value}: {change.part}: {told(change)}"
    if each.used_by:
        yield f"Used by: {', '.join(each.used_by)}."


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    if text:
        element.text = text
    return element


def _plain(each: Comparison) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "id": each.id,
        "title": each.title,
        "old": each.old,
        "new": each.new,
        "day": each.day.isoformat() if each.day else None,
        "used_by": list(each.used_by),
        "changes": [_change(change) for change in each.changes],
    }


def _change(change: Change) -> dict[str, str]:
    return {"effect": change.effect.value, "part": change.part, "item": change.item, "says": change.says}


def _escaped(text: str) -> str:
    return text.translate(_MARKDOWN)


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
