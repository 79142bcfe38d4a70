"""What changed between two checks of one case: answers and words, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from praxigen.exports import words
from praxigen.model.answer import Answer

_TONES = {"met": "good", "not_met": "bad", "not_documented": "open", "waived": "aside", "not_applicable": "quiet"}


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion whose answer or words differ. An answer is "" where the criterion was not asked."""

    says: str
    before: str
    after: str
    tone: str
    new_words: tuple[str, ...]
    lost_words: tuple[str, ...]


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every single criterion that differs, in the order of the newer check; groups follow from their parts."""
    old, new = criteria_of(before), criteria_of(after)
    found = []
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        if _is_group(one) or _is_group(other):
            continue
        was, now = _words(one), _words(other)
        if (one and "quotes" not in one) or (other and "quotes" not in other):
            was = now = ()  # words of one of them were destroyed: only the answers are compared
        told = _answer(one), _answer(other)
        if told[0] != told[1] or was != now:
            found.append(
                Change(
                    (other or one or {})["text"],
                    *told,
                    _TONES.get((other or {}).get("answer", ""), "quiet"),
                    tuple(text for text in now if text not in was),
                    tuple(text for text in was if text not in now),
                )
            )
    return tuple(found)


def criteria_of(report: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every criterion of a stored report by its id."""
    found: dict[str, dict[str, Any]] = {}
    for root in report.get("criteria", ()):
        for node in _walk(root):
            found.setdefault(node["id"], node)
    return found


def _walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in (node.get("condition"), node.get("waiver"), *node.get("children", ())):
        if part:
            yield from _walk(part)


def _is_group(node: Mapping[str, Any] | None) -> bool:
    return bool(node and node["children"])


def _answer(node: Mapping[str, Any] | None) -> str:
    return words.ANSWERS[Answer(node["answer"])] if node else ""


def _words(node: Mapping[str, Any] | None) -> tuple[str, ...]:
    return tuple(quote["text"] for quote in node.get("quotes", ())) if node else ()
