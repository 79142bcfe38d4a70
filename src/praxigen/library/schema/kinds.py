"""One schema for each kind of file."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from praxigen.library import directory, guidelines, literature, requirements, rules
from praxigen.library.schema.parts import (
    CODE,
    DAY,
    DAYS,
    DOTTED_NAME,
    FLAG,
    KNOWN_DAY,
    NAME,
    PASSAGES,
    SOURCES,
    STAGE,
    STATEMENTS,
    STATUS,
    TEXT,
    Schema,
    definitions,
    list_of,
    map_of,
    pattern,
    record,
    ref,
    words,
)
from praxigen.library.words import AUTHORIZATION, FUNDING, PLACES, PLANS, RULE_AUTHORIZATION, STATES
from praxigen.model.answer import Answer
from praxigen.model.literature import WorkRead
from praxigen.model.request import STAGES
from praxigen.model.rule import Listing, RuleKind

_PLANS = list_of(words(PLANS))
_CODES = list_of(CODE)
_PHONE = pattern(r"unknown|(1-)?[2-9][0-9]{2}-[0-9]{3}-[0-9]{4}")


def schema_of(kind: str) -> Schema:
    """The JSON Schema (draft 7, which editors know best) of a kind of file: one of SCHEMA_KINDS."""
    name, title, head = SCHEMA_KINDS[kind]
    return whole_schema(name, title, head())


def whole_schema(name: str, title: str, body: Schema) -> Schema:
    """The schema of a file whose map is `body`, and which says under `schema` what it is."""
    body["properties"] = {"schema": {"const": name}, **body["properties"]}
    body["required"] = ["schema", *body["required"]]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:praxigen:schema:{name}",
        "title": title,
        **body,
        "definitions": definitions(),
    }


def _guideline() -> Schema:
    test = record(
        {"name": TEXT, "indication": TEXT, "note": TEXT, "expect": map_of(words(Answer))},
        {"date": KNOWN_DAY, "attest": list_of(TEXT), "stage": STAGE},
        "A synthetic note with the answers that it must get.",
    )
    return record(
        {
            "id": DOTTED_NAME,
            "title": TEXT,
            "publisher": NAME,
            "edition": TEXT,
            "effective": record({"from": DAY}, {"to": KNOWN_DAY}),
            "last_verified": DAY,
            "review_every": DAYS,
            "status": STATUS,
            "sources": SOURCES,
            "main_source": TEXT,
            "indications": {
                **map_of(record({"title": TEXT, "criteria": ref("criterion")}), NAME),
                "minProperties": 1,
            },
        },
        {
            "definitions": STATEMENTS,
            "not_covered": STATEMENTS,
            "notes": STATEMENTS,
            "set_aside": list_of(record({"words": PASSAGES, "why": TEXT}), distinct=False),
            "parts": map_of(ref("criterion"), NAME),
            "tests": list_of(test),
        },
    )


def _requirement() -> Schema:
    cited = {"source": ref("citation")}
    code = record(
        {"code": CODE, "label": TEXT, **cited},
        {"prior_authorization": words(AUTHORIZATION), "listed": FLAG, "note": TEXT, "add_on": FLAG},
    )
    route = record(
        {"id": NAME, "codes": _CODES, "guideline": TEXT, **cited},
        {"stages": list_of(STAGE), "indication": NAME, "why": TEXT, "upload": list_of(TEXT)},
        "Which guideline decides which codes. 'guideline: none' needs 'why', any other 'indication'.",
    )
    route |= {
        "if": {"properties": {"guideline": {"const": "none"}}},
        "then": {"required": ["why"]},
        "else": {"required": ["indication"], "properties": {"guideline": DOTTED_NAME}},
    }
    correction = record({"id": NAME, "page_says": TEXT, "we_say": TEXT, "why": TEXT, **cited}, {"codes": _CODES})
    test = record(
        {
            "name": TEXT,
            "codes": _CODES,
            "date": DAY,
            "expect": record(
                {},
                {
                    "route": TEXT,
                    "guideline": TEXT,
                    "indication": TEXT,
                    "prior_authorization": words(AUTHORIZATION),
                },
            ),
        },
        {"stage": STAGE},
    )
    return record(
        {
            "id": DOTTED_NAME,
            "payer": NAME,
            "procedure": NAME,
            "title": TEXT,
            "plans": _PLANS,
            "prior_authorization": words(AUTHORIZATION),
            "administrator": TEXT,
            "effective": record({"from": KNOWN_DAY}),
            "last_verified": DAY,
            "review_every": DAYS,
            "sources": SOURCES,
            "codes": list_of(code),
            "routes": list_of(route),
        },
        {
            "stages": map_of(list_of(STAGE), CODE),
            "stage_concepts": map_of(list_of(TEXT), words(STAGES)),
            "submit": list_of(
                record({"method": TEXT, **cited}, {"portal": TEXT, "url": TEXT, "phone": _PHONE, "fax": _PHONE}),
                distinct=False,
            ),
            "turnaround": {
                "oneOf": [TEXT, record({"says": TEXT, **cited}, {"days": pattern("[1-9][0-9]{0,2}")})],
            },
            "diagnoses": list_of(record({"code": TEXT, **cited}, {"label": TEXT})),
            "documents": list_of(record({"id": NAME, "says": TEXT, "needed": TEXT})),
            "page_criteria": STATEMENTS,
            "questions": list_of(record({"ask": TEXT, "answer": TEXT, **cited}), distinct=False),
            "cautions": STATEMENTS,
            "corrections": list_of(correction),
            "tests": list_of(test),
        },
    )


def _rule() -> Schema:
    group = record(
        {"id": NAME, "label": TEXT, "codes": list_of(CODE, least=1), "source": ref("citation")},
        {"since": KNOWN_DAY, "only_with": _CODES, "removed": map_of(DAY, CODE), "note": TEXT},
    )
    test = record(
        {"name": TEXT, "code": TEXT, "plan": words(PLANS), "expect": words((*Listing, "out_of_reach"))},
        {"state": words(STATES), "place": words(PLACES), "date": KNOWN_DAY},
    )
    rule = record(
        {
            "id": NAME,
            "title": TEXT,
            "kind": words(RuleKind),
            "law": TEXT,
            "plans": _PLANS,
            "effective": record({"from": KNOWN_DAY}, {"to": KNOWN_DAY}),
            "last_verified": DAY,
            "review_every": DAYS,
            "sources": SOURCES,
        },
        {
            "states": list_of(words(STATES)),
            "places": list_of(words(PLACES)),
            "payers": list_of(TEXT),
            "funding": list_of(words(FUNDING)),
            "prior_authorization": words(RULE_AUTHORIZATION),
            "whole_list": FLAG,
            "groups": list_of(group),
            "turnaround": STATEMENTS,
            "says": STATEMENTS,
            "conflicts": STATEMENTS,
            "tests": list_of(test),
        },
    )
    return rule | {
        "if": {"properties": {"kind": {"const": RuleKind.AUTHORIZATION.value}}, "required": ["kind"]},
        "then": {"required": ["groups", "prior_authorization"]},
    }


def _payers() -> Schema:
    payer = record(
        {"id": NAME, "name": TEXT, "plans": _PLANS}, {"also": list_of(TEXT), "nature": TEXT, "sources": SOURCES}
    )
    return record({"payers": list_of(payer, least=1)})


def _procedures() -> Schema:
    return record({"procedures": list_of(record({"id": NAME, "label": TEXT}, {"also": list_of(TEXT)}), least=1)})


def _literature() -> Schema:
    verified = {"oneOf": [words(("no",)), record({"by": TEXT, "on": DAY})]}
    work = record(
        {"id": NAME, "shows": TEXT, "read": words(WorkRead), "verified": verified},
        {
            "authors": list_of(TEXT),
            "title": TEXT,
            "journal": TEXT,
            "year": pattern("(19|20)[0-9]{2}|unknown"),
            "doi": pattern(r"10\.[0-9]{4,9}/\S+|unknown"),
            "pmid": pattern("[1-9][0-9]{0,7}|unknown"),
            "url": TEXT,
            "open": TEXT,
        },
        "A published work. 'verified: no' needs 'open': what is missing.",
    )
    return record({"works": list_of(work, least=1)})


# Kind of file: the name that it carries under `schema`, a title, and what builds its schema.
SCHEMA_KINDS: MappingProxyType[str, tuple[str, str, Callable[[], Schema]]] = MappingProxyType(
    {
        "guideline": (guidelines.SCHEMA, "A guideline: policies/guidelines/<publisher>/<number>.yaml", _guideline),
        "requirement": (requirements.SCHEMA, "A requirement: policies/requirements/<payer>/<name>.yaml", _requirement),
        "rule": (rules.SCHEMA, "A rule above the payers: policies/national/<id>.yaml", _rule),
        "literature": (literature.SCHEMA, "Published works that criteria cite: policies/literature.yaml", _literature),
        "payers": (directory.PAYERS_SCHEMA, "The payers: policies/payers.yaml", _payers),
        "procedures": (directory.PROCEDURES_SCHEMA, "The procedures: policies/procedures.yaml", _procedures),
    }
)
