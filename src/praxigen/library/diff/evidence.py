"""Two evidence patterns: which of them asks for more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from praxigen.library.diff.changes import Effect, shown
from praxigen.model.amount import Span
from praxigen.model.criterion import Bound, Evidence, TimeBound

_OPS = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}

Found = tuple[Effect, str]


def compare_patterns(old: tuple[Evidence, ...], new: tuple[Evidence, ...]) -> Iterator[Found]:
    """How alternatives differ; one matching fact is enough, so a further alternative loosens."""
    before, after = _by_concept(old), _by_concept(new)
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    if len(gone) == len(come) == 1 and len(before) == len(after):
        yield Effect.CHANGED, f"asks for {come[0][0]} instead of {gone[0][0]}"
        yield from _compare(before[gone[0]], after[come[0]])
        gone, come = [], []
    for concept, _ in gone:
        yield Effect.TIGHTENED, f"{concept} is no longer enough"
    for concept, _ in come:
        yield Effect.LOOSENED, f"{concept} is enough now"
    for key in before:
        if key in after:
            yield from _compare(before[key], after[key])


def amount(bound: Bound | TimeBound) -> str:
    """A limit in words: at least 6 weeks, at most 3 /5."""
    if isinstance(bound, TimeBound):
        return f"{_OPS[bound.op]} {bound.span}"
    number = str(bound.number.numerator) if bound.number.denominator == 1 else f"{float(bound.number):g}"
    return f"{_OPS[bound.op]} {number} {bound.unit}"


def _by_concept(patterns: tuple[Evidence, ...]) -> dict[tuple[str, int], Evidence]:
    found: dict[tuple[str, int], Evidence] = {}
    for pattern in patterns:
        number = sum(concept == pattern.concept for concept, _ in found)
        found[pattern.concept, number] = pattern
    return found


def _compare(old: Evidence, new: Evidence) -> Iterator[Found]:
    yield from _limit("must last", old.duration, new.duration)
    yield from _limit("the value must be", old.value, new.value)
    yield from _limit("the time since then must be", old.ended, new.ended)
    yield from _window(old.within, new.within)
    yield from _accepted("the outcome", old.outcome, new.outcome)
    yield from _refused("the outcome", old.contrary_outcome, new.contrary_outcome)
    yield from _accepted("the state", tuple(map(str, old.states)), tuple(map(str, new.states)))
    for key in dict.fromkeys([*old.where, *new.where]):
        yield from _accepted(f"the {key}", old.where.get(key, ()), new.where.get(key, ()))
    for key in dict.fromkeys([*old.unless_where, *new.unless_where]):
        yield from _refused(f"the {key}", old.unless_where.get(key, ()), new.unless_where.get(key, ()))
    if old.who is not new.who:
        yield Effect.CHANGED, f"is asked of the {new.who}, was of the {old.who}"


def _limit(words: str, old: Bound | TimeBound | None, new: Bound | TimeBound | None) -> Iterator[Found]:
    if old is None and new is not None:
        yield Effect.TIGHTENED, f"{words} {amount(new)}, had no such limit"
    elif new is None and old is not None:
        yield Effect.LOOSENED, f"need no longer: {words} {amount(old)}"
    elif old is not None and new is not None and old != new:
        yield _direction(old, new), f"{words} {amount(new)}, was {amount(old)}"


def _direction(old: Bound | TimeBound, new: Bound | TimeBound) -> Effect:
    if isinstance(old, Bound) and isinstance(new, Bound) and old.unit != new.unit:
        return Effect.CHANGED
    if old.op[0] != new.op[0]:
        return Effect.CHANGED
    was, now = _size(old), _size(new)
    # Of two equal limits > asks for more than >=.
    stricter = len(new.op) < len(old.op) if was == now else (now > was) == (new.op[0] == ">")
    return Effect.TIGHTENED if stricter else Effect.LOOSENED


def _size(bound: Bound | TimeBound) -> Fraction:
    return bound.number if isinstance(bound, Bound) else bound.span.fewest_days


def _window(old: Span | None, new: Span | None) -> Iterator[Found]:
    if old == new:
        return
    if old is None:
        yield Effect.TIGHTENED, f"must lie within {new} before the service, had no such limit"
    elif new is None:
        yield Effect.LOOSENED, f"need no longer lie within {old} before the service"
    else:
        effect = Effect.TIGHTENED if new.fewest_days < old.fewest_days else Effect.LOOSENED
        yield effect, f"must lie within {new} before the service, was {old}"


def _accepted(words: str, old: Collection[str], new: Collection[str]) -> Iterator[Found]:
    """Values of which one must be stated; an empty list asks for none."""
    if set(old) == set(new):
        return
    if not old:
        yield Effect.TIGHTENED, f"{words} must be one of: {', '.join(new)}"
    elif not new:
        yield Effect.LOOSENED, f"{words} is no longer asked for, had to be one of: {', '.join(old)}"
    else:
        yield _narrowed(old, new), f"{words} must be one of: {', '.join(new)}; was: {', '.join(old)}"


def _refused(words: str, old: Collection[str], new: Collection[str]) -> Iterator[Found]:
    """Values that speak against it."""
    if set(old) != set(new):
        effect = _narrowed(new, old)
        yield effect, f"{words} must not be one of: {shown(tuple(new))}; was: {shown(tuple(old))}"


def _narrowed(old: Collection[str], new: Collection[str]) -> Effect:
    if set(new) < set(old):
        return Effect.TIGHTENED
    return Effect.LOOSENED if set(old) < set(new) else Effect.CHANGED
