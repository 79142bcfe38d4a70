"""What all kinds of files share: texts, dates, codes, sources, statements, criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from praxigen.library.words import STATUSES
from praxigen.model.answer import Answer
from praxigen.model.criterion import Prefer
from praxigen.model.fact import State, Who
from praxigen.model.provenance import Read, Trust
from praxigen.model.request import STAGES

Schema = dict[str, Any]

_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_NUMBER = r"[0-9]{1,6}(\.[0-9]{1,6})?"
_SPAN = rf"{_NUMBER} ?(hour|day|week|month|year)s?"
_KINDS = ("use", "all", "any", "none", "at_least", "evidence", "attest", "request")


def pattern(regex: str) -> Schema:
    """A text of a certain look. An editor may take an unquoted one for a number; the loader reads text."""
    return {"type": ["string", "number"], "pattern": rf"^\s*({regex})\s*$"}


def words(allowed: Iterable[str]) -> Schema:
    """One of a closed list."""
    return {"enum": [str(word) for word in allowed]}


def list_of(item: Schema, least: int = 0, *, distinct: bool = True) -> Schema:
    """A list, in which nothing repeats unless its items have neither id nor name."""
    schema: Schema = {"type": "array", "items": item}
    return schema | ({"uniqueItems": True} if distinct else {}) | ({"minItems": least} if least else {})


def map_of(value: Schema, keys: Schema | None = None) -> Schema:
    """A map whose keys are free, or from a closed list."""
    return {"type": "object", "additionalProperties": value, **({"propertyNames": keys} if keys else {})}


def record(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None, says: str = "") -> Schema:
    """A map of known keys."""
    return {
        **({"description": says} if says else {}),
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def ref(name: str) -> Schema:
    """A definition by its name."""
    return {"$ref": f"#/definitions/{name}"}


TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
NAME = pattern(_NAME)
DOTTED_NAME = pattern(rf"{_NAME}(\.{_NAME})+")
DAY = pattern(_DATE)
KNOWN_DAY = pattern(rf"{_DATE}|unknown")
CODE = pattern(r"[0-9]{5}|[0-9]{4}[AFMTU]|[A-Z][0-9]{4}")
DAYS = pattern(r"[0-9]{1,6} ?days?")
STAGE = words(STAGES)
FLAG = words(("yes", "no"))
STATUS = words(STATUSES)
_TIME_BOUND = pattern(rf"(>=|<=|>|<) ?{_SPAN}")
_BOUND = pattern(rf"(>=|<=|>|<) ?{_NUMBER} ?(%|/[0-9]{{1,4}}|[A-Za-z][A-Za-z0-9/.-]*)")
_TEXTS = list_of(TEXT)
PASSAGES: Schema = {"oneOf": [TEXT, _TEXTS]}

SOURCES = map_of(ref("source"))
STATEMENTS = list_of(ref("statement"))


def _criterion() -> Schema:
    common = {
        "ask": TEXT,
        "documents": TEXT,
        "source": ref("citation"),
        "unless": ref("criterion"),
        "applies_if": ref("criterion"),
        "on_silence": words((Answer.NOT_MET,)),
        "literature": list_of(TEXT),
    }
    children: Schema = {"type": "array", "items": ref("criterion"), "minItems": 1}
    patterns: Schema = {"oneOf": [ref("evidence"), {"type": "array", "items": ref("evidence"), "minItems": 1}]}
    head = {"id": NAME, "says": TEXT}
    beside = {
        "refuted_by": patterns,
        "prefer": words((Prefer.SHOWN, Prefer.REFUTED, Prefer.NEWEST)),
        "absent_refutes": FLAG,
    }
    request = {
        **record({}, {"stage": list_of(STAGE), "codes": list_of(CODE)}),
        "minProperties": 1,
        "maxProperties": 1,
    }
    kinds: dict[str, Schema] = {
        "use": record({"use": TEXT}, {"id": NAME, **{key: common[key] for key in ("unless", "applies_if", "source")}}),
        "all": record({**head, "all": children}, common),
        "any": record({**head, "any": children}, common),
        "none": record({**head, "none": children}, common),
        "at_least": record({**head, "at_least": pattern("[1-9][0-9]*"), "of": children}, common),
        "evidence": record({**head, "evidence": patterns}, {**common, **beside}),
        "attest": record({**head, "attest": TEXT}, common),
        "request": record({**head, "request": request}, common),
    }
    # One branch for each kind, so that an editor names what is wrong in it and not in all of them.
    schema: Schema = {"description": f"A criterion is answered by one of: {', '.join(_KINDS)}.", "not": {}}
    for kind in reversed(_KINDS):
        schema = {"if": {"required": [kind]}, "then": kinds[kind], "else": schema}
    return {"type": "object", **schema}


def definitions() -> dict[str, Schema]:
    """The definitions that the schemas refer to."""
    return {
        "snapshot": record(
            {"file": pattern(r"[a-z0-9-]+/[a-z0-9.-]+@[A-Za-z0-9.-]+\.txt"), "sha256": pattern("[0-9a-f]{64}")},
            says="The kept text of a source: a file under snapshots/, and the hash of its bytes.",
        ),
        "source": record(
            {"title": TEXT, "publisher": TEXT, "trust": words(Trust), "read": words(Read)},
            {
                "number": TEXT,
                "edition": TEXT,
                "effective": KNOWN_DAY,
                "retrieved": KNOWN_DAY,
                "url": TEXT,
                "note": TEXT,
                "snapshot": ref("snapshot"),
            },
            "A document that the file rests on, what kind of authority it has, and how much of it was read.",
        ),
        "citation": record(
            {"from": TEXT, "at": TEXT},
            {"read": words(Read), "trust": words(Trust), "note": TEXT, "words": PASSAGES},
            "Which source says this, where in it, and its exact words where the library keeps the text.",
        ),
        "statement": record({"id": NAME, "says": TEXT, "source": ref("citation")}),
        "evidence": record(
            {"concept": TEXT},
            {
                "state": list_of(words(State)),
                "who": words(Who),
                "where": map_of(_TEXTS),
                "unless_where": map_of(_TEXTS),
                "duration": _TIME_BOUND,
                "value": _BOUND,
                "outcome": _TEXTS,
                "contrary_outcome": _TEXTS,
                "within": pattern(_SPAN),
                "ended": _TIME_BOUND,
            },
            "What a fact of the chart must be: a concept of the lexicon, and limits on it.",
        ),
        "criterion": _criterion(),
    }
