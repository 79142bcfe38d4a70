"""Two trees of criteria: which criteria appeared, went, tightened or loosened.

Criteria are paired by id, then by what they ask for. Inside an exclusion or a condition a stricter criterion makes the
whole easier to meet, so the direction turns around there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from praxigen.library.diff.changes import Change, Effect, quoted
from praxigen.library.diff.evidence import compare_patterns
from praxigen.model.criterion import Criterion, Op, Prefer

_COUNTED = frozenset({Op.ALL, Op.ANY, Op.AT_LEAST})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A criterion where it stands. `role` is child, unless or applies_if; `turned` inside exclusions and conditions."""

    node: Criterion
    parent: Criterion | None
    role: str
    turned: bool


def compare_trees(old: Criterion, new: Criterion, part: str) -> tuple[Change, ...]:
    """The changes from one tree to the other. A part that is used several times is told once."""
    before, after = list(_placed(old)), list(_placed(new))
    pairs = _pairs(before, after)
    paired_old = {id(was.node) for was, _ in pairs}
    paired_new = {id(now.node): was for was, now in pairs}
    found: dict[tuple[int, int, str], Change] = {}

    def note(effect: Effect, was: Criterion | None, now: Criterion | None, says: str) -> None:
        node = now or was
        assert node is not None  # noqa: S101  one of the two is always given
        key = (was.line if was else 0, now.line if now else 0, says.replace(node.id, ""))
        found.setdefault(key, Change(effect, part, node.id, f"{node.id} ({node.says.rstrip('.')}) {says}"))

    for now in after:
        was = paired_new.get(id(now.node))
        if was is None:
            if now.parent is None or id(now.parent) in paired_new:
                note(_of_new(now), None, now.node, f"appeared{_place(now)}{_below(now.node)}")
            continue
        home = paired_new.get(id(now.parent))
        moved = was.role != now.role or (home.node if home else None) is not was.parent
        for effect, says in _own(was, now, moved=moved):
            note(effect.opposite if now.turned else effect, was.node, now.node, says)
    for was in before:
        if id(was.node) not in paired_old and (was.parent is None or id(was.parent) in paired_old):
            note(_of_new(was).opposite, was.node, None, f"went{_place(was)}{_below(was.node)}")
    return tuple(found.values())


def _placed(
    node: Criterion, parent: Criterion | None = None, role: str = "child", turned: bool = False
) -> Iterator[_Placed]:
    yield _Placed(node, parent, role, turned)
    if node.applies_if is not None:
        yield from _placed(node.applies_if, node, "applies_if", not turned)
    if node.unless is not None:
        yield from _placed(node.unless, node, "unless", turned)
    for child in node.children:
        yield from _placed(child, node, "child", turned != (node.op is Op.NONE))


def _pairs(before: list[_Placed], after: list[_Placed]) -> list[tuple[_Placed, _Placed]]:
    """Each criterion with its later self: the roots, then by id, then by what is asked where that is unambiguous."""
    new_by_id = {placed.node.id: placed for placed in after}
    pairs = [(before[0], after[0])]
    taken = {id(after[0].node)}
    left: list[_Placed] = []
    for was in before[1:]:
        now = new_by_id.get(was.node.id)
        if now is None or id(now.node) in taken:
            left.append(was)
        else:
            pairs.append((was, now))
            taken.add(id(now.node))
    for was in left:
        alike = [now for now in after if id(now.node) not in taken and _asks(now) == _asks(was) != ()]
        if len(alike) == 1:
            pairs.append((was, alike[0]))
            taken.add(id(alike[0].node))
    return pairs


def _asks(placed: _Placed) -> tuple[str, ...]:
    """What a leaf asks for, without its limits; a group asks for nothing of its own."""
    node = placed.node
    if node.op is Op.EVIDENCE:
        return (placed.role, *sorted({pattern.concept for pattern in node.shown_by}))
    if node.op is Op.ATTEST:
        return (placed.role, "attest", node.attest_by, node.says)
    if node.condition is not None:
        return (placed.role, "request", node.condition.field, *node.condition.values)
    return ()


def _of_new(placed: _Placed) -> Effect:
    """What one criterion more means for the whole."""
    if placed.parent is None:
        return Effect.CHANGED
    loosens = placed.role != "child" or placed.parent.op in {Op.ANY, Op.AT_LEAST}
    effect = Effect.LOOSENED if loosens else Effect.TIGHTENED
    # `turned` of a child of an exclusion already counts that exclusion, whose further member tightens.
    turned = placed.turned
    if placed.role == "applies_if" or (placed.role == "child" and placed.parent.op is Op.NONE):
        turned = not turned
    return effect.opposite if turned else effect


def _place(placed: _Placed) -> str:
    if placed.parent is None:
        return ""
    if placed.role == "unless":
        return f" as a waiver of {placed.parent.id}"
    if placed.role == "applies_if":
        return f" as a condition of {placed.parent.id}"
    return {
        Op.ALL: f" among all that {placed.parent.id} asks for",
        Op.NONE: f" among the exclusions of {placed.parent.id}",
    }.get(placed.parent.op, f" among the alternatives of {placed.parent.id}")


def _below(node: Criterion) -> str:
    number = len(node.children)
    return f", with {number} {'criterion' if number == 1 else 'criteria'} of its own" if number else ""


def _own(was: _Placed, now: _Placed, *, moved: bool) -> Iterator[tuple[Effect, str]]:
    """What differs in one criterion itself."""
    old, new = was.node, now.node
    found = [*_renamed(old, new), *_combination(old, new), *_leaf(old, new)]
    if moved:
        found.append((Effect.MOVED, f"stands now{_place(now)}, stood{_place(was)}"))
    if old.says != new.says and not found:
        found.append((Effect.REWORDED, f"said{quoted(old.says)}"))
    if old.citation and new.citation and old.citation.label != new.citation.label:
        found.append((Effect.CHANGED, f"is known as {new.citation.label}, was {old.citation.label}"))
    yield from found


def _renamed(old: Criterion, new: Criterion) -> Iterator[tuple[Effect, str]]:
    if old.id != new.id:
        yield Effect.REWORDED, f"was called {old.id}"


def _combination(old: Criterion, new: Criterion) -> Iterator[tuple[Effect, str]]:
    if old.op in _COUNTED and new.op in _COUNTED:
        if (old.op, old.count) != (new.op, new.count):
            need, needed = _needs(new), _needs(old)
            effect = Effect.TIGHTENED if need > needed else Effect.LOOSENED if need < needed else Effect.CHANGED
            yield effect, f"asks for {_how_many(new)}, asked for {_how_many(old)}"
    elif old.op is not new.op:
        yield Effect.CHANGED, f"is answered by {new.op.value}, was by {old.op.value}"


def _needs(node: Criterion) -> int:
    return {Op.ALL: len(node.children), Op.ANY: 1}.get(node.op, node.count)


def _how_many(node: Criterion) -> str:
    number = len(node.children)
    if node.op is Op.AT_LEAST:
        return f"at least {node.count} of {number}"
    return f"all of {number}" if node.op is Op.ALL else f"one of {number}"


def _leaf(old: Criterion, new: Criterion) -> Iterator[tuple[Effect, str]]:
    if old.op is new.op is Op.EVIDENCE:
        yield from compare_patterns(old.shown_by, new.shown_by)
        for effect, says in compare_patterns(old.refuted_by, new.refuted_by):
            yield effect.opposite, f"as evidence against it: {says}"
        if old.absent_refutes is not new.absent_refutes:
            effect = Effect.TIGHTENED if new.absent_refutes else Effect.LOOSENED
            yield effect, f"that it is absent {'refutes' if new.absent_refutes else 'no longer refutes'} it"
    if old.prefer is not new.prefer:
        effect = {Prefer.SHOWN: Effect.LOOSENED, Prefer.REFUTED: Effect.TIGHTENED}.get(new.prefer, Effect.CHANGED)
        yield effect, f"where the chart shows both sides, {new.prefer.value} wins, was {old.prefer.value}"
    if old.on_silence is not new.on_silence:
        yield Effect.CHANGED, f"silence means {new.on_silence.value}, meant {old.on_silence.value}"
    if old.attest_by != new.attest_by and old.op is new.op:
        yield Effect.CHANGED, f"is attested by {new.attest_by}, was by {old.attest_by}"
    if old.condition and new.condition and old.condition != new.condition:
        fewer = set(new.condition.values) < set(old.condition.values)
        more = set(old.condition.values) < set(new.condition.values)
        effect = Effect.TIGHTENED if fewer else Effect.LOOSENED if more else Effect.CHANGED
        yield effect, f"holds for {', '.join(new.condition.values)}, held for {', '.join(old.condition.values)}"
