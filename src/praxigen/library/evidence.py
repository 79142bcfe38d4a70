"""Evidence patterns: what a fact of the chart must be to show a criterion."""

from __future__ import annotations

from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, ListNode, Node
from praxigen.model.criterion import Evidence
from praxigen.model.fact import State, Who

_OPTIONAL = (
    "state",
    "who",
    "where",
    "unless_where",
    "duration",
    "value",
    "outcome",
    "contrary_outcome",
    "within",
    "ended",
)


def read_evidence(owner: Fields, key: str) -> tuple[Evidence, ...]:
    """One pattern, or a list of alternatives, under `key` of a criterion."""
    node = owner.node(key)
    if node is None:
        return ()
    if not isinstance(node, ListNode):
        return (_pattern(node, owner.faults),)
    if not node.items:
        owner.faults.add(node, f"{key!r} is an empty list", "Write: '{concept: ...}'.")
    return tuple(_pattern(item, owner.faults) for item in node.items)


def _pattern(node: Node, faults: Faults) -> Evidence:
    fields = Fields(node, faults, "evidence", required=("concept",), optional=_OPTIONAL)
    return Evidence(
        concept=fields.text("concept"),
        states=tuple(State(word) for word in fields.words("state", tuple(State))),
        who=fields.choice("who", Who, Who.PATIENT),
        where=MappingProxyType(fields.lists("where")),
        unless_where=MappingProxyType(fields.lists("unless_where")),
        duration=fields.time_bound("duration"),
        value=fields.bound("value"),
        outcome=fields.texts("outcome"),
        contrary_outcome=fields.texts("contrary_outcome"),
        within=fields.span("within"),
        ended=fields.time_bound("ended"),
        line=fields.line,
    )
