"""Criteria: a map of a guideline file in, a tree of Criterion out, with parts copied in and citations inherited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypedDict

from praxigen.datafiles import Faults, Fields, MapNode, Node, did_you_mean
from praxigen.datafiles.faults import Place
from praxigen.library.codes import check_code
from praxigen.library.evidence import read_evidence
from praxigen.library.sources import read_citation
from praxigen.model.answer import Answer
from praxigen.model.criterion import Condition, Criterion, Evidence, Op, Prefer
from praxigen.model.frozen import frozen
from praxigen.model.provenance import Citation, Source
from praxigen.model.request import STAGES

# Parts that use parts twice double at every level; no policy comes near this many criteria in one indication.
MAX_CRITERIA = 1000
# The file itself cannot be deeper than this; parts within parts must not be either.
MAX_LEVELS = 40

_KINDS = ("all", "any", "none", "at_least", "evidence", "attest", "request", "use")
_COMMON = ("ask", "documents", "source", "unless", "applies_if", "on_silence", "literature")
_BESIDE_EVIDENCE = ("refuted_by", "prefer", "absent_refutes")
_STUB = Criterion("", "", Op.ALL, None)


@frozen
class _Where:
    """Where in the tree a node is read: what it inherits, and what may stand there."""

    citation: Citation | None
    silence_may_answer: bool = False  # inside none, unless or applies_if
    suffix: str = ""  # of the ids of a second or later copy of a part
    copying: tuple[str, ...] = ()  # the parts that are being copied, outermost first
    level: int = 0


@frozen
class _Overlay:
    """What a `use` says about the root of the part that it copies."""

    id: str = ""
    id_place: Place | None = None
    citation: Citation | None = None
    unless: Criterion | None = None
    applies_if: Criterion | None = None


class _Operation(TypedDict, total=False):
    children: tuple[Criterion, ...]
    count: int
    shown_by: tuple[Evidence, ...]
    refuted_by: tuple[Evidence, ...]
    prefer: Prefer
    absent_refutes: bool
    condition: Condition
    attest_by: str


@dataclass(slots=True)
class TreeReader:
    """Reads the criteria of one indication, in which ids are unique."""

    faults: Faults
    sources: Mapping[str, Source]
    parts: Mapping[str, Node]
    _lines: dict[str, int] = field(default_factory=dict)
    _copies: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    @property
    def used_parts(self) -> frozenset[str]:
        """The parts that were copied into this indication."""
        return frozenset(self._copies)

    def read(self, node: Node) -> Criterion:
        """The tree whose root is `node`."""
        root = self._node(node, _Where(None), _Overlay())
        if root.citation is None and root is not _STUB:
            self.faults.add(node, "the outermost criterion needs 'source'", "Write: 'source: {from: ..., at: ...}'.")
        return root

    def _node(self, node: Node, where: _Where, overlay: _Overlay) -> Criterion:
        if self._too_much(node, where):
            return _STUB
        where = replace(where, level=where.level + 1)
        kind = _kind(node, self.faults)
        if kind == "use":
            return self._use(node, where, overlay)
        fields = Fields(node, self.faults, "a criterion", *_keys(kind))
        return self._criterion(fields, kind, where, overlay)

    def _too_much(self, node: Node, where: _Where) -> bool:
        self._count += 1
        if self._count == MAX_CRITERIA + 1:
            hint = "Parts that use other parts several times multiply."
            self.faults.add(node, f"more than {MAX_CRITERIA} criteria in one indication", hint)
        elif where.level == MAX_LEVELS:
            self.faults.add(node, f"more than {MAX_LEVELS} criteria inside each other", "Parts add their own levels.")
        return self._count > MAX_CRITERIA or where.level == MAX_LEVELS

    def _use(self, node: Node, where: _Where, overlay: _Overlay) -> Criterion:
        use = Fields(node, self.faults, "a use", ("use",), ("id", "unless", "applies_if", "source"))
        part = self._part(use, where)
        if part is None:
            return _STUB
        name = use.text("use")
        own_id = use.name("id")
        if not overlay.id and own_id:
            overlay = replace(overlay, id=own_id + where.suffix, id_place=use.place("id"))
        if overlay.citation is None and use.has("source"):
            overlay = replace(overlay, citation=read_citation(use, self.sources))
        here = replace(where, citation=overlay.citation or where.citation)
        overlay = self._waiver_and_condition(use, here, overlay)
        count = self._copies[name] = self._copies.get(name, 0) + 1
        suffix = f"-{count}" if count > 1 else ""
        return self._node(part, replace(here, suffix=suffix, copying=(*where.copying, name)), overlay)

    def _part(self, use: Fields, where: _Where) -> Node | None:
        name = use.text("use")
        if name in where.copying:
            chain = " -> ".join([*where.copying[where.copying.index(name) :], name])
            self.faults.add(use.place("use"), f"a part uses itself: {chain}", "Break the circle.", code="cycle")
            return None
        part = self.parts.get(name)
        if part is None and name:
            hint = did_you_mean(name, self.parts) or f"Parts of this file: {', '.join(self.parts) or 'none'}."
            self.faults.add(use.place("use"), f"no part is called {name!r}", hint, code="unknown-part")
        return part

    def _waiver_and_condition(self, fields: Fields, where: _Where, overlay: _Overlay) -> _Overlay:
        applies_if = self._beside(fields, "applies_if", where, overlay.applies_if)
        unless = self._beside(fields, "unless", where, overlay.unless)
        return replace(overlay, applies_if=applies_if, unless=unless)

    def _beside(self, fields: Fields, key: str, where: _Where, given: Criterion | None) -> Criterion | None:
        node = fields.node(key)
        if node is None:
            return given
        if given is not None:
            message = f"this {key!r} and the one on the 'use' of this part cannot both stand"
            self.faults.add(node, message, "Keep one of them.")
            return given
        return self._node(node, replace(where, silence_may_answer=True), _Overlay())

    def _criterion(self, fields: Fields, kind: str, where: _Where, overlay: _Overlay) -> Criterion:
        criterion_id = self._id(fields, where, overlay)
        citation = overlay.citation
        if citation is None and fields.has("source"):
            citation = read_citation(fields, self.sources)
        here = replace(where, citation=citation or where.citation)
        overlay = self._waiver_and_condition(fields, here, overlay)
        return Criterion(
            id=criterion_id,
            says=fields.text("says"),
            op=Op(kind) if kind else Op.ALL,
            citation=here.citation,
            ask=fields.text("ask"),
            would_document=fields.text("documents"),
            unless=overlay.unless,
            applies_if=overlay.applies_if,
            literature=fields.texts("literature"),
            on_silence=self._on_silence(fields, where),
            file=self.faults.file,
            line=fields.line,
            **self._operation(fields, kind, here),
        )

    def _id(self, fields: Fields, where: _Where, overlay: _Overlay) -> str:
        own_id = fields.name("id") + where.suffix
        criterion_id = overlay.id or own_id
        place = overlay.id_place or fields.place("id")
        if criterion_id in self._lines:
            self.faults.add(
                place,
                f"the id {criterion_id!r} stands twice in this indication, first on line {self._lines[criterion_id]}",
                "Give each criterion its own id.",
                code="repeated-id",
            )
        elif fields.has("id"):
            self._lines[criterion_id] = place.line
        return criterion_id

    def _on_silence(self, fields: Fields, where: _Where) -> Answer:
        word = fields.word("on_silence", ("not_met",))
        if word and not where.silence_may_answer:
            self.faults.add(
                fields.place("on_silence"),
                "'on_silence' outside 'none', 'unless' and 'applies_if'",
                "Remove it: silence about a criterion is not an answer.",
                code="on-silence",
            )
        return Answer(word) if word else Answer.NOT_DOCUMENTED

    def _operation(self, fields: Fields, kind: str, where: _Where) -> _Operation:
        if kind in {"all", "any"}:
            return {"children": self._children(fields, kind, where)}
        if kind == "none":
            return {"children": self._children(fields, kind, replace(where, silence_may_answer=True))}
        if kind == "at_least":
            children = self._children(fields, "of", where)
            return {"children": children, "count": _count_of(fields, len(children))}
        if kind == "evidence":
            return {
                "shown_by": read_evidence(fields, "evidence"),
                "refuted_by": read_evidence(fields, "refuted_by"),
                "prefer": _prefer(fields),
                "absent_refutes": fields.flag("absent_refutes", default=True),
            }
        if kind == "attest":
            return {"attest_by": fields.text("attest")}
        return {"condition": _condition(fields)} if kind == "request" else {}

    def _children(self, fields: Fields, key: str, where: _Where) -> tuple[Criterion, ...]:
        items = fields.items(key)
        if not items and fields.has(key):
            hint = "Write: '- {id: ..., says: ...}'."
            self.faults.add(fields.place(key), f"{key!r} needs at least one criterion", hint)
        return tuple(self._node(item, where, _Overlay()) for item in items)


def _kind(node: Node, faults: Faults) -> str:
    if not isinstance(node, MapNode):
        return ""
    kinds = [key for key, _ in node.entries if key.text in _KINDS]
    if len(kinds) == 1:
        return kinds[0].text
    if kinds:
        faults.add(kinds[1], f"a criterion has both {kinds[0].text!r} and {kinds[1].text!r}", "Nest one in the other.")
    else:
        hint = f"Write one of: {', '.join(_KINDS)}."
        faults.add(node, "a criterion does not say how it is answered", hint, code="missing-key")
    return ""


def _keys(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that a criterion of this kind must and may have. All pass without a kind: that is noted already."""
    if not kind:
        return ("id", "says"), (*_COMMON, *_KINDS, "of", *_BESIDE_EVIDENCE)
    if kind == "at_least":
        return ("id", "says", kind, "of"), _COMMON
    return ("id", "says", kind), (*_COMMON, *_BESIDE_EVIDENCE) if kind == "evidence" else _COMMON


def _count_of(fields: Fields, children: int) -> int:
    text = fields.text("at_least")
    if text.isascii() and text.isdigit() and 1 <= int(text) <= children:
        return int(text)
    fields.faults.add(fields.place("at_least"), f"'at_least' is {text!r}", f"Write a number from 1 to {children}.")
    return 1


def _prefer(fields: Fields) -> Prefer:
    word = fields.word("prefer", (Prefer.SHOWN.value, Prefer.REFUTED.value, Prefer.NEWEST.value))
    return Prefer(word) if word else Prefer.NEITHER


def _condition(fields: Fields) -> Condition:
    node = fields.node("request")
    inner = Fields(node, fields.faults, "'request'", optional=("stage", "codes"))
    if len(inner.map.entries) != 1:
        inner.faults.add(inner, "'request' asks for one thing", "Write: '{stage: [...]}' or '{codes: [...]}'.")
    if inner.has("stage"):
        return Condition("stage", inner.words("stage", STAGES))
    for code in inner.text_nodes("codes"):
        check_code(code, inner.faults)
    return Condition("codes", inner.texts("codes"))
