"""A reading of a payer's answer as plain values, for the labels beside the letters: everything but the places."""

from __future__ import annotations

from datetime import date
from typing import Any

from praxigen.model.amount import Span
from praxigen.model.denial import DenialReading, StatedReason
from praxigen.model.document import Quote

_LEFT_OUT = frozenset({"document", "start", "end", "warnings"})


def plain_reading(reading: DenialReading) -> list[dict[str, Any]]:
    """Every answer of a reading, without what is empty."""
    return [
        {
            name: value
            for name in denial.__dataclass_fields__
            if name not in _LEFT_OUT and (value := _plain(getattr(denial, name))) not in (None, [], "")
        }
        | ({"reasons": [_reason(reason) for reason in denial.reasons]} if denial.reasons else {})
        for denial in reading.denials
    ]


def _reason(reason: StatedReason) -> dict[str, Any]:
    return {
        "quote": _plain(reason.quote),
        "category": reason.category.value,
        "remedy": reason.remedy.value,
        "flags": [
            name for name in ("appealable", "correctable", "specific", "criteria_cited") if getattr(reason, name)
        ],
        "codes": [f"{code.system} {code.group}{'-' if code.group else ''}{code.code}" for code in reason.codes],
        "alignments": [
            {
                "kind": each.kind.value,
                "certain": each.certain,
                "quote": _plain(each.quote),
                "guideline": each.guideline.id if each.guideline else None,
                "criteria": [criterion.id for criterion in each.criteria],
            }
            for each in reason.alignments
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Quote):
        return " ".join(value.text.split())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Span):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        fields = {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
        return {name: each for name, each in fields.items() if each not in (None, [], "")}
    return value.value if hasattr(value, "value") else value
