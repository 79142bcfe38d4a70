"""What the reader finds in a note, as text and as JSON (schema praxigen.findings/1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from rich.text import Text

from praxigen.exports import words
from praxigen.exports.sheet import Sheet, terminal
from praxigen.exports.sources import iso
from praxigen.exports.text_tree import quote_text
from praxigen.model.amount import Duration, Quantity
from praxigen.model.document import Document, Quote
from praxigen.model.fact import Fact, Who

SCHEMA = "praxigen.findings/1"


def to_json(document: Document, facts: Sequence[Fact]) -> str:
    """The findings as JSON text, in the order of the note."""
    answer = {
        "schema": SCHEMA,
        "document": {"name": document.name, "sha256": document.sha256},
        "warnings": list(document.warnings),
        "facts": [_fact(document, fact) for fact in _in_order(facts)],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def write_text(document: Document, facts: Sequence[Fact], stream: TextIO, *, explain: bool) -> None:
    """Write the findings for people, with the rule and the reading behind each where asked."""
    sheet = Sheet(terminal(stream))
    for warning in document.warnings:
        sheet.item(warning, "yellow")
    for fact in _in_order(facts):
        who = ", another person" if fact.who is Who.OTHER else ""
        sheet.block(Text.assemble((fact.concept, "bold"), f"  {fact.state}{who}{_details(fact)}"))
        for quote in fact.quotes() if explain else (fact.quote,):
            sheet.block(quote_text(document, quote), 2)
        if explain:
            template = ", in a template" if fact.template else ""
            sheet.line(f"rule {fact.rule}; section {fact.section or 'none'}{template}", "dim", indent=2)
    sheet.line(words.count(len(facts), "finding"), "bold")


def _in_order(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.quote, fact.concept, fact.state, fact.rule))


def _details(fact: Fact) -> str:
    parts = [f"{name}: {' or '.join(values)}" for name, values in sorted(fact.qualities.items())]
    if fact.duration:
        parts.append(f"lasting {_between(fact.duration)}")
    if fact.quantity:
        parts.append(f"value {_between(fact.quantity)}{fact.quantity.unit}")
    parts.extend(f"{name} {day.isoformat()}" for name, day in (("from", fact.began), ("to", fact.ended)) if day)
    return "".join(f", {part}" for part in parts)


def _between(amount: Duration | Quantity) -> str:
    if amount.low == amount.high:
        return str(amount.low)
    bounds = (("at least", amount.low), ("at most", amount.high))
    return " and ".join(f"{name} {bound}" for name, bound in bounds if bound is not None)


def _fact(document: Document, fact: Fact) -> dict[str, Any]:
    return {
        "concept": fact.concept,
        "kinds": list(fact.kinds),
        "state": fact.state.value,
        "who": fact.who.value,
        "section": fact.section,
        "template": fact.template,
        "qualities": {name: list(values) for name, values in sorted(fact.qualities.items())},
        "duration": _amount(fact.duration),
        "quantity": _amount(fact.quantity),
        "began": iso(fact.began),
        "ended": iso(fact.ended),
        "rule": fact.rule,
        "quote": _quote(document, fact.quote),
        "basis": [_quote(document, quote) for quote in fact.basis],
    }


def _amount(amount: Duration | Quantity | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    bounds = {
        "low": None if amount.low is None else str(amount.low),
        "high": None if amount.high is None else str(amount.high),
    }
    return bounds | ({"unit": amount.unit} if isinstance(amount, Quantity) else {})


def _quote(document: Document, quote: Quote) -> dict[str, Any]:
    document.prove(quote)
    return {"start": quote.start, "end": quote.end, "text": quote.text, "line": document.line_of(quote.start)}
