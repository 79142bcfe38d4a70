"""Two libraries, and the history that one library holds of itself in its editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from praxigen.library.diff.changes import Change, Comparison, Effect, differing, names_of_fields
from praxigen.library.diff.guidelines import compare_guidelines
from praxigen.library.diff.requirements import compare_requirements
from praxigen.library.library import Library
from praxigen.model.guideline import Guideline
from praxigen.model.requirement import Payer, Procedure
from praxigen.model.rule import Rule

_Entry = TypeVar("_Entry", Payer, Procedure, Rule)
# How a source is described and where in its file a test stands is not what a rule says.
_NOT_COMPARED = ("id", "sources", "examples", "file", "sha256", "groups", "turnaround", "says", "conflicts")


def compare_libraries(old: Library, new: Library) -> tuple[Comparison, ...]:
    """What is different, guidelines first; nothing for what is the same in both."""
    found = [*_guidelines(old, new), *_requirements(old, new)]
    found.extend(_entries("rule", old.rules(), new.rules(), "title"))
    found.extend(_entries("payer", old.payers(), new.payers(), "name"))
    found.extend(_entries("procedure", old.procedures(), new.procedures(), "label"))
    return tuple(found)


def edition_history(library: Library) -> tuple[Comparison, ...]:
    """Every edition of every guideline with what it changed, oldest first; the first edition changed nothing."""
    found: list[Comparison] = []
    for editions in _by_id(library).values():
        first = editions[0]
        used = users_of(library, first.id)
        found.append(
            Comparison("guideline", first.id, first.title, None, first.edition, (), first.effective_from, used)
        )
        found.extend(_compared(was, now, used) for was, now in pairwise(editions))
    return tuple(found)


def users_of(library: Library, guideline_id: str) -> tuple[str, ...]:
    """The requirements of which some route leads to a guideline, by id."""
    return tuple(
        requirement.id
        for requirement in library.requirements()
        if any(route.guideline == guideline_id for route in requirement.routes)
    )


def _compared(old: Guideline, new: Guideline, used: tuple[str, ...]) -> Comparison:
    changes = compare_guidelines(old, new)
    return Comparison("guideline", new.id, new.title, old.edition, new.edition, changes, new.effective_from, used)


def _by_id(library: Library) -> dict[str, list[Guideline]]:
    found: dict[str, list[Guideline]] = {}
    for edition in library.all_guidelines():
        found.setdefault(edition.id, []).append(edition)
    return found


def _guidelines(old: Library, new: Library) -> Iterator[Comparison]:
    before, after = _by_id(old), _by_id(new)
    for key in sorted({*before, *after}):
        had, has = before.get(key, []), after.get(key, [])
        users = users_of(new if has else old, key)
        if not has:
            yield Comparison("guideline", key, had[-1].title, had[-1].edition, None, (), None, users)
            continue
        known = {edition.edition: edition for edition in had}
        for number, edition in enumerate(has):
            same = known.pop(edition.edition, None)
            earlier = same or (has[number - 1] if number else had[-1] if had else None)
            if earlier is None:
                day = edition.effective_from
                yield Comparison("guideline", key, edition.title, None, edition.edition, (), day, users)
            else:
                comparison = _compared(earlier, edition, users)
                if comparison.changes or same is None:
                    yield comparison
        for gone in known.values():
            yield Comparison("guideline", key, gone.title, gone.edition, None, (), None, users)


def _requirements(old: Library, new: Library) -> Iterator[Comparison]:
    before = {requirement.id: requirement for requirement in old.requirements()}
    after = {requirement.id: requirement for requirement in new.requirements()}
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        changes = compare_requirements(was, now) if was and now else ()
        if changes or was is None or now is None:
            present = now or was
            assert present is not None  # noqa: S101  the key comes from one of the two
            old_name, new_name = _day(was and was.last_verified), _day(now and now.last_verified)
            yield Comparison("requirement", key, present.title, old_name, new_name, changes)


def _entries(kind: str, old: Iterable[_Entry], new: Iterable[_Entry], label: str) -> Iterator[Comparison]:
    before: dict[str, _Entry] = {entry.id: entry for entry in old}
    after: dict[str, _Entry] = {entry.id: entry for entry in new}
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        changes: tuple[Change, ...] = ()
        if was and now:
            changes = tuple(differing(was, now, names_of_fields(type(now), _NOT_COMPARED), kind))
            if isinstance(was, Rule) and isinstance(now, Rule):
                changes += tuple(_listings(was, now))
            if not changes:
                continue
        title = str(getattr(now or was, label))
        yield Comparison(kind, key, title, key if was else None, key if now else None, changes)


def _listings(old: Rule, new: Rule) -> Iterator[Change]:
    """Which codes came into the list of a rule, and which left it."""
    before, after = _standing(old), _standing(new)
    for code in sorted({*before, *after}):
        if code not in before:
            yield Change(Effect.APPEARED, "codes", code, f"the code {code} came into the list, under {after[code]}")
        elif code not in after:
            yield Change(
                Effect.WENT, "codes", code, f"the code {code} left the list, where it stood under {before[code]}"
            )


def _standing(rule: Rule) -> dict[str, str]:
    return {code: group.id for group in rule.groups for code in group.codes if code not in group.removed}


def _day(day: object) -> str | None:
    return f"as verified {day}" if day else None
