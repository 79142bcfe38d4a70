"""The JSON Schema of the law files, so that an editor checks them while somebody types."""

from __future__ import annotations

from praxigen.law.books import EXTENSIONS, SAME_SPECIALTY, SCHEMA
from praxigen.law.clock import Confidence
from praxigen.law.terms import Terms
from praxigen.library.schema.kinds import whole_schema
from praxigen.library.schema.parts import (
    DAY,
    DAYS,
    FLAG,
    KNOWN_DAY,
    NAME,
    SOURCES,
    TEXT,
    Schema,
    list_of,
    pattern,
    record,
    ref,
    words,
)
from praxigen.library.words import STATES

_LENGTH = pattern(r"[1-9][0-9]{0,3} (hour|calendar day|business day|month)s?")
_MORE_TIME = pattern(r"[1-9][0-9]{0,3} calendar days?")
_KNOWN = {"law": TEXT, "confidence": words(Confidence), "source": ref("citation")}


def law_schema(terms: Terms) -> Schema:
    """The schema of a file under `law/` that holds clocks. `terms` are the words of `law/terms.yaml`."""
    steps = dict.fromkeys(stage.step for stage in terms.stages.values())
    extension = record(
        {"kind": words(EXTENSIONS)},
        {"by": _MORE_TIME, "each": _LENGTH},
        "How it may run longer. 'more_time' needs 'by', 'two_levels' needs 'each'.",
    )
    clock = record(
        {
            "id": NAME,
            "plan": TEXT,
            "stage": words(terms.stages),
            "urgency": words(terms.urgencies),
            "actor": words(terms.actors),
            "starts": words(terms.events),
            "within": _LENGTH,
            "effective": record({"from": KNOWN_DAY}, {"says": TEXT}),
            **_KNOWN,
        },
        {
            "extension": extension,
            "tolled": FLAG,
            "answer_within": _LENGTH,
            "on_miss": TEXT,
            "note": TEXT,
            "verify": TEXT,
        },
        "A time limit: under this plan, this step ends so long after that event.",
    )
    provision = {"id": NAME, "stage": words(steps), "says": TEXT, **_KNOWN}
    may = {"effective": record({"from": KNOWN_DAY}, {"says": TEXT}), "plans": list_of(TEXT), "verify": TEXT}
    reviewer = record({**provision, "same_specialty": words(SAME_SPECIALTY)}, {**may, "limit": TEXT})
    body = record(
        {
            "id": NAME,
            "title": TEXT,
            "last_verified": DAY,
            "review_every": DAYS,
            "sources": SOURCES,
            "clocks": list_of(clock),
        },
        {
            "state": words(STATES),
            "consequences": list_of(record({"id": TEXT, "says": TEXT, **_KNOWN})),
            "reviewers": list_of(reviewer),
            "notices": list_of(record(provision, may)),
            "rights": list_of(record(provision, may)),
        },
    )
    return whole_schema(SCHEMA, "The clocks of a law: policies/law/<id>.yaml", body)
