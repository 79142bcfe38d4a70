"""The JSON Schemas for editors and the loader: neither knows a key, a type or a word that the other does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from praxigen.cli.main import run
from praxigen.datafiles import (
    FaultyFileError,
    Fields,
    ListNode,
    MapNode,
    Node,
    TextNode,
    parse_yaml,
    plain_values,
    read_yaml,
    shipped,
)
from praxigen.library.directory import read_payers, read_procedures
from praxigen.library.guidelines import read_guideline
from praxigen.library.index import FileKind, list_files
from praxigen.library.literature import read_literature
from praxigen.library.requirements import read_requirement
from praxigen.library.rules import read_rule
from praxigen.library.schema import SCHEMA_KINDS, schema_of
from support.policy_files import GUIDELINE, PAYERS, PROCEDURES, REQUIREMENT, swap

PUBLISHED = Path(__file__).parents[2] / "docs" / "schemas"
READERS: dict[str, Callable[[Node, str], object]] = {
    "guideline": read_guideline,
    "requirement": read_requirement,
    "rule": read_rule,
    "literature": read_literature,
    "payers": read_payers,
    "procedures": read_procedures,
}
SCHEMAS = {kind: schema_of(kind) for kind in SCHEMA_KINDS}
VALIDATORS = {kind: Draft7Validator(schema) for kind, schema in SCHEMAS.items()}
KINDS = {kind: FileKind(kind) for kind in SCHEMA_KINDS}
SHIPPED = [
    pytest.param(kind, file.path, id=file.name)
    for kind, file_kind in KINDS.items()
    for file in list_files(shipped("policies"))
    if file.kind is file_kind
]

# Small files in which every key of their kind stands at least once.
SNAPSHOT = f'    snapshot: {{file: cms/l1@1.txt, sha256: "{"0" * 64}"}}\n'
WHOLE_GUIDELINE = swap(GUIDELINE, "    note: Read in full.\n", f"    note: Read in full.\n{SNAPSHOT}")
WHOLE_GUIDELINE = swap(WHOLE_GUIDELINE, "\nsources:\n", "\nset_aside: [{words: [w, v], why: Billing}]\nsources:\n")
WHOLE_REQUIREMENT = swap(REQUIREMENT, "code: M48.062,", "code: M48.062, label: stenosis,")
WHOLE_REQUIREMENT = swap(WHOLE_REQUIREMENT, "portal: eviCore,", "portal: eviCore, phone: 800-555-0100, fax: unknown,")
WHOLE_REQUIREMENT = swap(
    WHOLE_REQUIREMENT,
    "turnaround: Not stated.",
    'turnaround: {says: Three days, days: "3", source: {from: page, at: p}}\n'
    'corrections:\n  - {id: a, page_says: A, we_say: B, why: C, codes: ["63047"], source: {from: page, at: p}}',
)
WHOLE_REQUIREMENT = swap(WHOLE_REQUIREMENT, "label: thoracic,", "label: thoracic, add_on: yes,")
RULE = """\
schema: praxigen.rule/1
id: list
title: A list
kind: authorization
law: 42 CFR 419.83
plans: [medicare]
states: [NJ]
places: [hospital_outpatient]
payers: [medicare]
funding: [self_funded]
prior_authorization: required
whole_list: yes
effective: {from: "2026-01-01", to: unknown}
last_verified: "2026-06-26"
review_every: 180 days
sources:
  law: {title: The law, publisher: CMS, trust: binding, read: full_text}
groups:
  - id: stimulators
    label: Stimulators
    codes: ["63650"]
    since: "2026-01-01"
    only_with: ["63685"]
    removed: {"63655": "2026-02-01"}
    note: N.
    source: {from: law, at: a}
turnaround: [{id: t, says: T, source: {from: law, at: a}}]
says: [{id: s, says: S, source: {from: law, at: a}}]
conflicts: [{id: c, says: C, source: {from: law, at: a}}]
tests:
  - {name: n, code: "63650", plan: medicare, expect: listed, state: NJ, place: hospital_outpatient, date: "2026-08-03"}
"""
WORKS = """\
schema: praxigen.literature/1
works:
  - id: a
    shows: S
    read: abstract
    verified: {by: B, on: "2026-01-01"}
    authors: [A, B]
    title: T
    journal: J
    year: "2020"
    doi: 10.1234/abc
    pmid: "12345"
    url: U
    open: O
"""
WHOLE = {
    "guideline": WHOLE_GUIDELINE,
    "requirement": WHOLE_REQUIREMENT,
    "rule": RULE,
    "literature": WORKS,
    "payers": PAYERS,
    "procedures": PROCEDURES,
}


def node(text: str) -> Node:
    return parse_yaml(text.encode(), "f.yaml")


def problems(kind: str, value: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in VALIDATORS[kind].iter_errors(value)]


def as_node(value: Any) -> Node:
    """The value as the strict reader would give it, without the way through a file."""
    if isinstance(value, dict):
        return MapNode(tuple((TextNode(key, 1, 1), as_node(inner)) for key, inner in value.items()), 1, 1)
    if isinstance(value, list):
        return ListNode(tuple(map(as_node, value)), 1, 1)
    return TextNode(value, 1, 1)


def refused(kind: str, value: Any) -> list[str]:
    """What the loader says of a value."""
    try:
        READERS[kind](as_node(value), "f.yaml")
    except FaultyFileError as error:
        return [fault.message for fault in error.faults]
    return []


@pytest.mark.parametrize("kind", SCHEMA_KINDS)
def test_the_published_schema_is_the_one_of_the_loader(kind: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[kind])
    published = (PUBLISHED / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == SCHEMAS[kind], (
        f"write it anew: praxigen library schema {kind} > docs/schemas/{kind}.schema.json"
    )


def test_the_command_prints_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "schema", "payers"]) == 0
    assert capsys.readouterr().out == (PUBLISHED / "payers.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "path"), SHIPPED)
def test_every_shipped_file_fits_its_schema(kind: str, path: Path) -> None:
    assert problems(kind, plain_values(read_yaml(path, path.name))) == []


def test_an_unquoted_code_is_no_fault_in_an_editor() -> None:
    value = plain_values(node(REQUIREMENT))
    value["codes"][0]["code"] = 63047  # as an editor takes it; the loader reads the text
    assert problems("requirement", value) == []


# --- The same keys ----------------------------------------------------------------------------------------------------


def recorded(
    kind: str, root: Node, monkeypatch: pytest.MonkeyPatch
) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """For every map that the loader reads with known keys: which it must have, and which it may have."""
    found: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
    plain = Fields.__init__

    def record(self: Fields, value: Any, faults: Any, what: str, required: Any = (), optional: Any = ()) -> None:
        required, optional = tuple(required), tuple(optional)
        plain(self, value, faults, what, required, optional)
        if isinstance(value, MapNode):
            found[id(value)] = (frozenset(required), frozenset((*required, *optional)))

    with monkeypatch.context() as patched:
        patched.setattr(Fields, "__init__", record)
        READERS[kind](root, "f.yaml")
    return found


def resolved(schema: Any, value: Any, whole: Any) -> dict[str, Any]:
    """The record that a schema asks for of this very value."""
    if "$ref" in schema:
        return resolved(whole["definitions"][schema["$ref"].rpartition("/")[2]], value, whole)
    if "properties" in schema:
        return dict(schema)
    if "if" in schema:
        fits = all(key in value for key in schema["if"].get("required", ()))
        return resolved(schema["then" if fits else "else"], value, whole)
    for option in schema.get("oneOf", ()):
        if Draft7Validator({**option, "definitions": whole["definitions"]}).is_valid(value):
            return resolved(option, value, whole)
    return dict(schema)


def pairs(value: Node, schema: Any, whole: Any) -> Iterator[tuple[MapNode, dict[str, Any]]]:
    """Every map of a file with the record that the schema asks for there."""
    found = resolved(schema, plain_values(value), whole)
    if isinstance(value, MapNode):
        yield value, found
        for key, inner in value.entries:
            below = found.get("properties", {}).get(key.text, found.get("additionalProperties"))
            if isinstance(below, dict):
                yield from pairs(inner, below, whole)
    elif found.get("type") == "array":
        for item in getattr(value, "items", ()):
            yield from pairs(item, found["items"], whole)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(pytest.param(kind, text, id=f"whole {kind}") for kind, text in WHOLE.items()),
        *(pytest.param(*each.values, id=str(each.id)) for each in SHIPPED),
    ],
)
def test_the_schema_knows_the_keys_that_the_loader_knows(
    kind: str, text: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = read_yaml(text, text.name) if isinstance(text, Path) else node(text)
    loader = recorded(kind, root, monkeypatch)
    compared = 0
    for value, record in pairs(root, SCHEMAS[kind], SCHEMAS[kind]):
        if id(value) in loader and "properties" in record:
            required, known = loader[id(value)]
            where = f"line {value.line} of {kind}; add what is missing in src/praxigen/library/schema/"
            assert set(record["properties"]) == known, where
            assert set(record["required"]) == required, where
            compared += 1
    assert compared >= {"procedures": 1, "literature": 2}.get(kind, 3)


# --- The same refusals ------------------------------------------------------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def with_value(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    changed = deepcopy(value)
    if not path:
        return new
    at(changed, path[:-1])[path[-1]] = new
    return changed


def broken(value: Any) -> Iterator[tuple[str, Any]]:
    """The file with one thing broken in its shape, for every place."""
    for path in places(value):
        here = at(value, path)
        if isinstance(here, dict):
            yield f"{path} as a text", with_value(value, path, "x")
            yield f"{path} as a list", with_value(value, path, [])
            for key in here:
                yield f"{path} without {key}", with_value(value, path, {k: v for k, v in here.items() if k != key})
            yield f"{path} with a stranger", with_value(value, path, {**here, "stranger": "x"})
        elif isinstance(here, list):
            yield f"{path} as a map", with_value(value, path, {"stranger": "x"})
            yield f"{path} twice", with_value(value, path, [*here, *here]) if here else value
        elif path:
            yield f"{path} as a map", with_value(value, path, {"stranger": "x"})
            yield f"{path} empty", with_value(value, path, "")
            yield f"{path} as nonsense", with_value(value, path, "?? nonsense")


# What only the loader can know: what one place says of another.
_ONLY_LOADER = (
    *("no source is called", "no part is called", "no criterion", "is not in 'codes'", "stands twice", "says 'schema"),
    *("is never used", "has no snapshot", "claims more", "outside 'none'", "cannot both stand", "needs 'source'"),
    *("'route' cannot be", "'indication' cannot be", "an id of two parts", "more than", "Write a number from"),
    *("is no day", "before it begins", "asks for one thing", "'at_least' is"),
    *("is called verified, but", "needs 'open' here"),
)


@pytest.mark.parametrize("kind", WHOLE)
def test_what_one_refuses_the_other_refuses(kind: str) -> None:
    whole = plain_values(node(WHOLE[kind]))
    assert problems(kind, whole) == []
    assert refused(kind, whole) == []
    tried = 0
    for what, value in broken(whole):
        by_schema, by_loader = not VALIDATORS[kind].is_valid(value), refused(kind, value)
        only_loader = all(any(words in message for words in _ONLY_LOADER) for message in by_loader)
        assert by_loader or not by_schema, f"only the schema refuses {what}: {problems(kind, value)}"
        assert by_schema or only_loader, f"only the loader refuses {what}: {by_loader}"
        tried += 1
    assert tried > 25
