"""A guideline file in, a Guideline out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, Node, did_you_mean
from praxigen.library.criteria import TreeReader
from praxigen.library.dates import read_review_every, read_validity
from praxigen.library.sources import find_source, read_sources, read_words
from praxigen.library.statements import check_place, check_schema, read_list, read_statements
from praxigen.library.words import STATUSES
from praxigen.model.answer import Answer
from praxigen.model.criterion import Criterion, Op
from praxigen.model.guideline import Example, Guideline, Indication, SetAside
from praxigen.model.provenance import Source
from praxigen.model.request import STAGES

SCHEMA = "praxigen.guideline/1"

_NOWHERE: Mapping[str, str] = MappingProxyType({})
_REQUIRED = (
    "schema",
    "id",
    "title",
    "publisher",
    "edition",
    "effective",
    "last_verified",
    "review_every",
    "status",
    "sources",
    "main_source",
    "indications",
)
_OPTIONAL = ("definitions", "not_covered", "notes", "set_aside", "parts", "tests")


def read_guideline(root: Node, file: str, sha256: str = "", expects: Mapping[str, str] = _NOWHERE) -> Guideline:
    """The guideline that a file holds. Raises FaultyFileError with everything that is wrong in it.

    `expects` is what the place of the file says of it: {"id": "..."}.
    """
    faults = Faults(file)
    head = Fields(root, faults, "a guideline", _REQUIRED, _OPTIONAL)
    check_schema(head, SCHEMA)
    check_place(head, expects)
    sources = read_sources(head)
    valid = read_validity(head)
    if valid.first is None:
        hint = "Write: 'effective: {from: \"2026-01-31\"}'."
        faults.add(head.place("effective"), "an edition needs the day from which it holds", hint)
    parts = {head.check_name(name, "a part's name"): node for name, node in head.entries("parts")}
    indications, used = _indications(head, sources, parts)
    main_source = find_source(head.node("main_source"), sources, faults)
    guideline = Guideline(
        id=head.dotted_name("id"),
        title=head.text("title"),
        publisher=head.name("publisher"),
        edition=head.text("edition"),
        effective_from=valid.first or date.min,
        effective_to=valid.last,
        last_verified=head.day("last_verified"),
        review_every_days=read_review_every(head),
        status=head.word("status", STATUSES),
        sources=sources,
        main_source=main_source,
        indications=MappingProxyType(indications),
        definitions=read_statements(head, "definitions", sources),
        not_covered=read_statements(head, "not_covered", sources),
        notes=read_statements(head, "notes", sources),
        set_aside=_set_aside(head, main_source),
        examples=_examples(head, indications),
        file=file,
        sha256=sha256,
    )
    faults.raise_any()
    for name, _ in head.entries("parts"):
        if name.text not in used:
            faults.add(name, f"the part {name.text!r} is never used", "Use it, or remove it.", code="unused-part")
    faults.raise_any()
    return guideline


def _indications(
    head: Fields, sources: Mapping[str, Source], parts: Mapping[str, Node]
) -> tuple[dict[str, Indication], set[str]]:
    found: dict[str, Indication] = {}
    used: set[str] = set()
    entries = head.entries("indications")
    if not entries and head.has("indications"):
        head.faults.add(head.place("indications"), "a guideline needs at least one indication", "Write its criteria.")
    for key, node in entries:
        name = head.check_name(key, "an indication's name")
        fields = Fields(node, head.faults, f"indication {name!r}", required=("title", "criteria"))
        reader = TreeReader(head.faults, sources, parts)
        criteria = fields.node("criteria")
        if criteria is not None:
            found[name] = Indication(name, fields.text("title"), reader.read(criteria))
        used |= reader.used_parts
    return found, used


def _set_aside(head: Fields, main_source: Source) -> tuple[SetAside, ...]:
    def read(fields: Fields) -> SetAside:
        return SetAside(read_words(fields, main_source), fields.text("why"), fields.line)

    return read_list(head, "set_aside", read, ("words", "why"))


def _examples(head: Fields, indications: Mapping[str, Indication]) -> tuple[Example, ...]:
    def read(fields: Fields) -> Example:
        name = fields.word("indication", tuple(indications))
        indication = indications.get(name)
        nodes = {node.id: node for node in indication.criteria.walk()} if indication else None
        return Example(
            name=fields.text("name"),
            indication=name,
            note=fields.verbatim("note"),
            expect=MappingProxyType(_expect(fields, nodes)),
            attest=_attest(fields, nodes),
            stage=fields.word("stage", STAGES) or None,
            date=fields.known_day("date"),
            line=fields.line,
        )

    required = ("name", "indication", "note", "expect")
    return read_list(head, "tests", read, required, ("date", "attest", "stage"), unique="name")


def _expect(fields: Fields, nodes: Mapping[str, Criterion] | None) -> dict[str, str]:
    expected: dict[str, str] = {}
    for key, node in fields.entries("expect"):
        answer = fields.check_word(node, f"the answer for {key.text!r}", tuple(Answer))
        if nodes is not None and key.text not in nodes:
            hint = did_you_mean(key.text, nodes) or "Write the id of a criterion of this indication, or remove it."
            message = f"no criterion of this indication has the id {key.text!r}"
            fields.faults.add(key, message, hint, code="unknown-criterion")
        expected[key.text] = answer
    return expected


def _attest(fields: Fields, nodes: Mapping[str, Criterion] | None) -> tuple[str, ...]:
    attested = fields.text_nodes("attest")
    if nodes is not None:
        can_be = [node.id for node in nodes.values() if node.op is Op.ATTEST]
        for name in attested:
            if name.text not in can_be:
                hint = did_you_mean(name.text, can_be) or "Write the id of a criterion with 'attest', or remove it."
                message = f"no criterion with the id {name.text!r} is answered by a person"
                fields.faults.add(name, message, hint, code="unknown-criterion")
    return tuple(name.text for name in attested)
