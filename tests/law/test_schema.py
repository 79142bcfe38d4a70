"""The JSON Schema of law files and their loader: neither accepts by its shape what the other refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from library.test_schema import as_node, broken
from praxigen.cli.main import run
from praxigen.datafiles import FaultyFileError, parse_yaml, plain_values, read_yaml, shipped
from praxigen.law import Law
from praxigen.law.books import read_book
from praxigen.law.schema import law_schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "schemas" / "law.schema.json"
TERMS = Law.open().terms
SCHEMA = law_schema(TERMS)
VALIDATOR = Draft7Validator(SCHEMA)
BOOKS = sorted(path for path in (shipped("policies") / "law").glob("*.yaml") if path.stem not in ("plans", "terms"))

# A small law in which every key stands at least once.
WHOLE = """\
schema: praxigen.law/1
id: a
title: A law
state: NJ
last_verified: "2026-11-21"
review_every: 180 days
sources:
  s: {title: A law, publisher: A state, trust: binding, read: transcription}
clocks:
  - id: c
    plan: p
    stage: initial
    urgency: standard
    actor: plan
    starts: request_received
    within: 20 business days
    effective: {from: "2026-01-01", says: rating periods}
    law: Section 1
    confidence: A
    source: {from: s, at: "1"}
    extension: {kind: more_time, by: 14 calendar days, each: 15 calendar days}
    tolled: yes
    answer_within: 45 calendar days
    on_miss: gone
    note: N
    verify: V
consequences:
  - {id: gone, says: S, law: Section 2, confidence: A, source: {from: s, at: "2"}}
reviewers:
  - id: r
    stage: appeal
    says: S
    limit: L
    same_specialty: required
    law: Section 3
    confidence: A
    source: {from: s, at: "3"}
    effective: {from: unknown, says: x}
    plans: [p]
    verify: V
notices:
  - {id: n, stage: initial, says: S, law: Section 4, confidence: A, source: {from: s, at: "4"}, plans: [p], verify: V}
rights:
  - {id: x, stage: appeal, says: S, law: Section 5, confidence: A, source: {from: s, at: "5"}}
"""
# What only the loader can know: what one place says of another.
_ONLY_LOADER = (
    "no source is called",
    "stands twice",
    "says 'schema",
    "'on_miss' cannot be",
    "' here",
)


def refused(value: Any) -> list[str]:
    try:
        read_book(as_node(value), "f.yaml", TERMS, {})
    except FaultyFileError as error:
        return [fault.message for fault in error.faults]
    return []


def test_the_published_schema_is_the_one_of_the_loader(capsys: pytest.CaptureFixture[str]) -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == SCHEMA, "run: make docs"
    assert run(["library", "schema", "law"]) == 0
    assert capsys.readouterr().out == PUBLISHED.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_every_shipped_law_fits_its_schema(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(plain_values(read_yaml(path, path.name)))] == []


def test_what_one_refuses_the_other_refuses() -> None:
    whole = plain_values(parse_yaml(WHOLE.encode(), "f.yaml"))
    assert [error.message for error in VALIDATOR.iter_errors(whole)] == []
    assert refused(whole) == []
    tried = 0
    for what, value in broken(whole):
        by_schema, by_loader = not VALIDATOR.is_valid(value), refused(value)
        only_loader = all(any(words in message for words in _ONLY_LOADER) for message in by_loader)
        assert by_loader or not by_schema, f"only the schema refuses {what}"
        assert by_schema or only_loader, f"only the loader refuses {what}: {by_loader}"
        tried += 1
    assert tried > 200
