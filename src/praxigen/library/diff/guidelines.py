"""Two editions of a guideline."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.library.diff.changes import Change, Effect, differing, listed, quoted
from praxigen.library.diff.trees import compare_trees
from praxigen.model.guideline import Guideline, Indication, Statement

# The last day of an edition mostly follows from the next one, and says nothing of its own.
_HEAD = {"title": "title", "status": "status", "effective_from": "first day"}


def compare_guidelines(old: Guideline, new: Guideline) -> tuple[Change, ...]:
    """The changes from one edition to the other, those of the criteria first."""
    return tuple(_all(old, new))


def _all(old: Guideline, new: Guideline) -> Iterator[Change]:
    for name, indication in new.indications.items():
        earlier = old.indications.get(name)
        if earlier is None:
            yield Change(Effect.APPEARED, name, name, f"the indication {name} appeared{_size(indication)}")
        else:
            yield from compare_trees(earlier.criteria, indication.criteria, name)
    for name, indication in old.indications.items():
        if name not in new.indications:
            yield Change(Effect.WENT, name, name, f"the indication {name} went{_size(indication)}")
    yield from _not_covered(old, new)
    yield from listed(_said(old.definitions), _said(new.definitions), "definitions", "the definition")
    yield from listed(_said(old.notes), _said(new.notes), "notes", "the note")
    yield from differing(old, new, _HEAD, "head")
    if old.main_source.read is not new.main_source.read:
        now, was = new.main_source.read.value, old.main_source.read.value
        yield Change(Effect.CHANGED, "head", "read", f"the text is known from {now}, was from {was}".replace("_", " "))


def _not_covered(old: Guideline, new: Guideline) -> Iterator[Change]:
    """What is never covered is not computed, but one line more of it asks for more all the same."""
    before, after = _said(old.not_covered), _said(new.not_covered)
    for change in listed(before, after, "not covered", "the exclusion"):
        effect = {Effect.APPEARED: Effect.TIGHTENED, Effect.WENT: Effect.LOOSENED}.get(change.effect, change.effect)
        yield Change(effect, change.part, change.item, change.says)


def _said(statements: tuple[Statement, ...]) -> dict[str, str]:
    return {statement.id: statement.says for statement in statements}


def _size(indication: Indication) -> str:
    number = sum(1 for _ in indication.criteria.walk())
    return f"{quoted(indication.title)}, {number} {'criterion' if number == 1 else 'criteria'}"
