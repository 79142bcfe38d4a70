"""What the reader finds in a note, as text and as JSON (schema praxigen.findings/1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TextIO

from rich.text import Text

from praxigen.engine.timeline import treatment_timeline
from praxigen.exports import words
from praxigen.exports.places import place_dict
from praxigen.exports.sheet import Sheet, terminal
from praxigen.exports.sources import iso
from praxigen.exports.text_tree import quote_text
from praxigen.exports.timeline import timeline_dict
from praxigen.exports.timeline_text import write_timeline
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
        "timeline": timeline_dict(treatment_timeline(document, facts), partial(_quote, document)),
        "facts": [_fact(document, fact) for fact in _in_order(facts)],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def write_text(document: Document, facts: Sequence[Fact], stream: TextIO, *, explain: bool) -> None:
    """Write the findings for people, with the rule and the reading behind each where asked."""
    sheet = Sheet(terminal(stream))
    for warning in document.warnings:
        sheet.item(warning, "yellow")
    found = merged(facts)
    for finding in found:
        body = Text.assemble((finding.concept, "bold"), f"  {', '.join((finding.state, *finding.details))}")
        sheet.hanging(body, 4)
        for quote in finding.quotes if explain else finding.quotes[:1]:
            sheet.block(quote_text(document, quote), 2)
        for line in finding.rules if explain else ():
            sheet.line(line, "dim", indent=2)
    sheet.line(total(found, facts), "bold")
    if explain:
        write_timeline(sheet, treatment_timeline(document, facts))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person is shown of the facts that say the same of the same words.

    `state` names another person where it is about one; `quotes` are the words, then what they rest on.
    """

    concept: str
    state: str
    fact: Fact
    details: tuple[str, ...]
    quotes: tuple[Quote, ...]
    rules: tuple[str, ...]


def merged(facts: Sequence[Fact]) -> tuple[Finding, ...]:
    """The findings in the order of the note, those with the same concept, state and words as one."""
    groups: dict[tuple[Quote, str, str, str], list[Fact]] = {}
    for fact in _in_order(facts):
        groups.setdefault((fact.quote, fact.concept, fact.state, fact.who), []).append(fact)
    return tuple(_finding(group) for group in groups.values())


def total(found: Sequence[Finding], facts: Sequence[Fact]) -> str:
    """How many findings there are, and how many of them are shown as one with another."""
    more = f"; {words.count(len(facts), 'fact')} in JSON, which keeps repeats apart" if len(facts) > len(found) else ""
    return f"{words.count(len(found), 'finding')}{more}"


def _finding(group: Sequence[Fact]) -> Finding:
    first = group[0]
    return Finding(
        concept=first.concept,
        state=f"{first.state}, another person" if first.who is Who.OTHER else first.state.value,
        fact=first,
        details=tuple(dict.fromkeys(part for fact in group for part in _details(fact))),
        quotes=tuple(dict.fromkeys(quote for fact in group for quote in fact.quotes())),
        rules=tuple(dict.fromkeys(_rule(fact) for fact in group)),
    )


def _rule(fact: Fact) -> str:
    return f"rule {fact.rule}; section {fact.section or 'none'}{', in a template' if fact.template else ''}"


def _in_order(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.quote, fact.concept, fact.state, fact.rule))


def _details(fact: Fact) -> list[str]:
    parts = [f"{name}: {' or '.join(values)}" for name, values in sorted(fact.qualities.items())]
    if fact.duration:
        parts.append(f"lasting {_between(fact.duration)}")
    if fact.quantity:
        parts.append(f"value {_between(fact.quantity)}{fact.quantity.unit}")
    parts.extend(f"{name} {day.isoformat()}" for name, day in (("from", fact.began), ("to", fact.ended)) if day)
    return parts


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
    return {
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "line": document.line_of(quote.start),
        **place_dict(document, quote.start, quote.end),
    }
