"""The limits that a tree sets, leaf by leaf: what is asked, how long, how much, how recent, with what result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from praxigen.library.compare.families import family_of
from praxigen.model.amount import Span
from praxigen.model.criterion import Bound, Criterion, Evidence, Op, TimeBound
from praxigen.model.fact import State
from praxigen.model.provenance import Citation, Trust


class Role(StrEnum):
    """What a leaf does in its tree."""

    NEEDED = "needed"
    OPTION = "option"  # one of several ways
    EXCLUDED = "excluded"  # may not be
    WAIVES = "waives"
    CONDITION = "condition"  # without it another criterion is not asked


class Measure(StrEnum):
    """What a limit is about. The order is that of the rows of one family."""

    WHAT = "what"
    LENGTH = "how long"
    AMOUNT = "how much"
    RECENT = "how recent"
    RESULT = "with what result"


@dataclass(frozen=True, slots=True)
class Item:
    """One limit in words, and where it stands: the id of its criterion, its concepts and its citation.

    `branch` is the id of the alternative that it belongs to, where the tree offers several: one condition of four, say.
    """

    family: str
    measure: Measure
    role: Role
    text: str
    criterion: str
    concepts: tuple[str, ...]
    citation: Citation
    branch: str = ""

    @property
    def portal_only(self) -> bool:
        """Whether the binding words are only in a portal."""
        return self.citation.trust is Trust.PORTAL_ONLY


ATTESTED = "attested"
EXCLUSIONS = "exclusions"
WAIVERS = "waivers"

_OPS = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}
_ASIDE = {Role.EXCLUDED, Role.WAIVES, Role.CONDITION}
_PREFIXES = {"trial": "trial of ", "history": "earlier "}  # where the bare name would say too little
_ABBREVIATIONS = frozenset(
    ["crps", "csf", "ct", "drg", "emg", "fbss", "mri", "nsaid", "odi", "phn", "scs", "snri", "tens", "xray"]
)
_NAMES = 3  # concepts that are named before "or more"


def items_of(root: Criterion) -> Iterator[Item]:
    """Every limit of a tree, in the order of its leaves. Limits on the request itself are no criteria to compare."""
    yield from _walk(root, Role.NEEDED, "")


def _walk(node: Criterion, role: Role, branch: str) -> Iterator[Item]:
    if node.op is Op.EVIDENCE:
        for item in _evidence(node, role):
            yield replace(item, branch=branch)
    elif node.op is Op.ATTEST and node.citation is not None and role not in _ASIDE:
        text = f"{node.id.replace('-', ' ')} (by the {node.attest_by})"
        yield Item(ATTESTED, Measure.WHAT, role, text, node.id, (), node.citation, branch)
    several = node.op in {Op.ANY, Op.AT_LEAST} and len(node.children) > 1
    for child in node.children:
        inner = role
        if role not in _ASIDE:
            inner = Role.EXCLUDED if node.op is Op.NONE else Role.OPTION if several else role
        yield from _walk(child, inner, branch or (child.id if several and child.children else ""))
    for part, aside in ((node.unless, Role.WAIVES), (node.applies_if, Role.CONDITION)):
        if part is not None:
            yield from _walk(part, role if role in _ASIDE else aside, branch)


def _evidence(node: Criterion, role: Role) -> Iterator[Item]:
    if node.citation is None:
        return
    if role in {Role.EXCLUDED, Role.WAIVES}:
        family = EXCLUSIONS if role is Role.EXCLUDED else WAIVERS
        concepts = tuple(dict.fromkeys(pattern.concept for pattern in node.shown_by))
        text = _either([_named(pattern) + _limits(pattern) for pattern in node.shown_by])
        yield Item(family, Measure.WHAT, role, text, node.id, concepts, node.citation)
        return
    by_family: dict[str, list[Evidence]] = {}
    for pattern in node.shown_by:
        by_family.setdefault(family_of(pattern.concept).id, []).append(pattern)
    for family, patterns in by_family.items():
        for measure, text, having in _measures(patterns):
            concepts = tuple(dict.fromkeys(pattern.concept for pattern in having))
            # A leaf that evidence of another family shows as well does not ask for this one.
            if measure is Measure.WHAT and len(by_family) > 1:
                text += f" (one way to show {node.id.replace('-', ' ')})"
            yield Item(family, measure, role, text, node.id, concepts, node.citation)


def _measures(patterns: list[Evidence]) -> Iterator[tuple[Measure, str, list[Evidence]]]:
    yield Measure.WHAT, _either([_named(pattern) for pattern in patterns]), patterns
    for measure, limit in (
        (Measure.LENGTH, _length),
        (Measure.AMOUNT, _amount),
        (Measure.RECENT, _recent),
        (Measure.RESULT, _result),
    ):
        found: dict[str, list[Evidence]] = {}
        for pattern in patterns:
            text = limit(pattern)
            if text:
                found.setdefault(text, []).append(pattern)
        for text, having in found.items():
            whose = "" if len(having) == len(patterns) else f" ({_either([_concept(each) for each in having])})"
            yield measure, text + whose, having


def _named(pattern: Evidence) -> str:
    """A pattern in a few words: its concept, with what it must be and what it may not be."""
    name = _concept(pattern)
    if pattern.states == (State.ABSENT,):
        name = f"no {name}"
    elif pattern.states == (State.DECLINED,):
        name += " declined"
    qualities = [_quality(quality, values) for quality, values in _sorted(pattern.where)]
    return f"{name} ({'; '.join(qualities)})" if qualities else name


def _limits(pattern: Evidence) -> str:
    limits = [each for each in (_length(pattern), _amount(pattern), _recent(pattern)) if each]
    return f" ({', '.join(limits)})" if limits else ""


def _concept(pattern: Evidence) -> str:
    namespace, _, name = pattern.concept.partition(".")
    return _PREFIXES.get(namespace, "") + _words(name or namespace)


def _quality(name: str, values: tuple[str, ...]) -> str:
    return f"{_words(name)}: {' or '.join(map(_words, values))}"


def _words(name: str) -> str:
    return " ".join(word.upper() if word in _ABBREVIATIONS else word for word in name.split("_"))


def _sorted(where: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return sorted(where.items())


def _either(texts: list[str]) -> str:
    unique = list(dict.fromkeys(texts))
    if len(unique) > _NAMES + 1:
        return f"{', '.join(unique[:_NAMES])} or {len(unique) - _NAMES} more kinds"
    return " or ".join(unique)


def _length(pattern: Evidence) -> str:
    return _time(pattern.duration) if pattern.duration else ""


def _amount(pattern: Evidence) -> str:
    return _value(pattern.value) if pattern.value else ""


def _recent(pattern: Evidence) -> str:
    parts = [f"within {_span(pattern.within)}"] if pattern.within else []
    parts += [f"ended {_time(pattern.ended)} before"] if pattern.ended else []
    return ", ".join(parts)


def _result(pattern: Evidence) -> str:
    return " or ".join(map(_words, pattern.outcome))


def _time(bound: TimeBound) -> str:
    return f"{_OPS[bound.op]} {_span(bound.span)}"


def _span(span: Span) -> str:
    return str(span)


def _value(bound: Bound) -> str:
    number = str(bound.number.numerator) if bound.number.denominator == 1 else f"{float(bound.number):g}"
    space = "" if bound.unit.startswith(("/", "%")) else " "
    return f"{_OPS[bound.op]} {number}{space}{bound.unit}".rstrip()
