"""The answer to a case's deadlines as a page for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from praxigen.exports import words
from praxigen.exports.blocks import Blocks
from praxigen.law import Answer, Case, Deadline, Kind, Provision, State, overview
from praxigen.law.clock import Confidence

SCHEMA = "praxigen.deadlines/1"
OVERVIEW_SCHEMA = "praxigen.open-cases/1"

DISCLAIMER = (
    "This counts from what was told and is no legal advice. Read the notice and the law that it names before you rely "
    "on a day."
)
_SPECIALTY = {
    "required": "same or similar specialty required",
    "not_required": "same specialty not required",
    "not_stated": "same specialty not demanded by the text",
}
_STATES = {
    State.OPEN: "open",
    State.DEPENDS: "holds only if this was the kind of request",
    State.STOPPED: "the clock stands still",
    State.MAY_BE_EXTENDED: "the day has passed, unless more time was taken",
    State.PASSED: "the day has passed",
    State.KEPT: "done in time",
    State.LATE: "done late",
}


def to_page(found: Answer, today: date | None = None, name: str = "") -> Blocks:
    """The answer to one case."""
    page = Blocks()
    regime = found.regime
    title = regime.title if regime else "Whose law holds is not known yet"
    page.title(f"{name}: {title}" if name else title)
    page.subtitle(_asked(found.case, today))
    page.field("Law", ", ".join(regime.laws) if regime else "")
    for question in found.questions:
        page.field("Ask", question)
    for note in found.notes:
        page.field("Mind", note)
    if regime is None:
        page.line("No date is given." if found.questions else "The library gives no date.")
        return page
    for deadline in found.deadlines:
        _deadline(page, deadline)
    if not found.case.events:
        page.line("No event was told, so nothing is counted.")
    _provisions(page, "Who must review", regime.reviewers)
    _provisions(page, "What a notice of denial holds", regime.notices)
    _provisions(page, "What may be asked for", regime.rights)
    page.statements("Cautions", regime.cautions)
    if today is None:
        page.line("Give --today to see which days have passed.")
    page.line(DISCLAIMER)
    return page


def overview_page(answers: Mapping[str, Answer], today: date | None = None) -> Blocks:
    """What is open in several cases, by the day on which it runs out."""
    page = Blocks()
    rows = overview(answers)
    page.title(f"{words.count(len(rows), 'open step')} in {words.count(len(answers), 'case')}")
    page.subtitle(f"today {today.isoformat()}" if today else "no day was given as today")
    for name, each in rows:
        page.item(f"{_day(each)}  {name}: {_head(each)}")
        page.remark(_state(each), 1)
        if each.missed and each.consequence:
            page.remark(each.consequence, 1)
    asked = [(name, line) for name, found in answers.items() for line in (*found.questions, *found.notes)]
    if asked:
        page.heading("To settle first")
    for name, line in asked:
        page.item(f"{name}: {line}")
    page.line(DISCLAIMER)
    return page


def to_json(found: Answer, today: date | None = None) -> str:
    """The answer to one case as JSON of schema praxigen.deadlines/1."""
    return _dump({"schema": SCHEMA, "today": _iso(today), **_answer(found)})


def overview_to_json(answers: Mapping[str, Answer], today: date | None = None) -> str:
    """The cases as JSON of schema praxigen.open-cases/1; `open` is in the order of the days."""
    rows = [{"case": name, "deadline": each.id, "day": _iso(each.day)} for name, each in overview(answers)]
    cases = {name: _answer(found) for name, found in answers.items()}
    return _dump({"schema": OVERVIEW_SCHEMA, "today": _iso(today), "open": rows, "cases": cases})


def _deadline(page: Blocks, each: Deadline) -> None:
    page.heading(f"{_day(each)}: {_head(each)}")
    page.field("State", _state(each))
    page.field("Who", each.actor)
    if each.letter_due and each.rule_due:
        page.field("By the law", each.rule_due.date().isoformat())
        page.field("By the letter", each.letter_due.isoformat())
    page.field("Counted", f"{each.counted}; {each.start}" if each.law else each.counted)
    page.field("If missed", _consequence(each))
    page.field("Law", each.law)
    if each.citation is not None:
        page.field("Known", f"{Confidence(each.confidence).says} ({each.confidence}); {_dates(each)}")
        page.field("Source", words.cite(each.citation))
    for warning in each.warnings:
        page.field("Mind", warning)


def _head(each: Deadline) -> str:
    return f"{each.says}, {each.condition}" if each.condition else each.says


def _day(each: Deadline) -> str:
    if each.due is None:
        return "No day"
    if each.exact:
        return f"{each.due:%A}, {each.due:%Y-%m-%d %H:%M %Z}"
    return f"{each.due:%A}, {each.due:%Y-%m-%d}"


def _state(each: Deadline) -> str:
    state = _STATES[each.state]
    if each.done is not None:
        return f"{state}, on {each.done.isoformat()}"
    if each.state is State.PASSED and each.kind is Kind.DECIDE:
        return f"{state}: if nothing came until then, it was missed"
    return state


def _consequence(each: Deadline) -> str:
    if not each.consequence:
        return ""
    return f"{each.consequence} ({each.consequence_law})" if each.consequence_law else each.consequence


def _dates(each: Deadline) -> str:
    effective = f"in force from {each.effective.isoformat()}" if each.effective else "first day in force not known"
    read = f"read on {each.retrieved_on.isoformat()}" if each.retrieved_on else "day of reading not kept"
    return f"{effective}; {read}"


def _provisions(page: Blocks, title: str, rows: tuple[Provision, ...]) -> None:
    if rows:
        page.heading(title)
    for row in rows:
        specialty = f" ({_SPECIALTY[row.same_specialty]})" if row.same_specialty else ""
        page.item(f"{row.stage.capitalize()}: {f'{row.says} {row.limit}'.strip()}{specialty}")
        page.remark(f"{row.law}; {row.confidence.says} ({row.confidence.value}); {words.cite(row.citation)}", 1)


def _asked(case: Case, today: date | None) -> str:
    told = [case.plan or "plan not told"]
    told += [f"funding {case.funding}"] if case.funding else []
    told += [case.state] if case.state else []
    told += [f"payer {case.payer}"] if case.payer else []
    told += [case.urgency] if case.urgency else []
    told += [f"today {today.isoformat()}"] if today else []
    return "; ".join([*told, f"time zone {case.time_zone}"])


def _answer(found: Answer) -> dict[str, Any]:
    regime = found.regime
    return {
        "plan": regime.plan if regime else None,
        "title": regime.title if regime else None,
        "asked": {
            "plan": found.case.plan,
            "funding": found.case.funding,
            "state": found.case.state,
            "payer": found.case.payer,
            "urgency": found.case.urgency,
            "stage": found.case.stage,
            "time_zone": found.case.time_zone,
            "letter_deadline": _iso(found.case.letter_deadline),
            "events": {event.name: (event.at or event.day).isoformat() for event in found.case.events},
        },
        "questions": list(found.questions),
        "notes": list(found.notes),
        "deadlines": [_row(each) for each in found.deadlines],
        "reviewers": [_provision(each) for each in regime.reviewers] if regime else [],
        "notices": [_provision(each) for each in regime.notices] if regime else [],
        "rights": [_provision(each) for each in regime.rights] if regime else [],
        "cautions": [each.says for each in regime.cautions] if regime else [],
    }


def _row(each: Deadline) -> dict[str, Any]:
    return {
        "id": each.id,
        "says": each.says,
        "kind": each.kind.value,
        "stage": each.stage,
        "who": each.actor,
        "condition": each.condition or None,
        "state": each.state.value,
        "due": _iso(each.due),
        "rule_due": _iso(each.rule_due),
        "letter_due": _iso(each.letter_due),
        "latest": _iso(each.latest),
        "started": each.started.isoformat(),
        "counted": each.counted,
        "done": _iso(each.done),
        "if_missed": each.consequence or None,
        "if_missed_law": each.consequence_law or None,
        "law": each.law or None,
        "verify": each.verify or None,
        "source": words.cite(each.citation) if each.citation else None,
        "effective": _iso(each.effective),
        "confidence": each.confidence or None,
        "retrieved_on": _iso(each.retrieved_on),
        "warnings": list(each.warnings),
    }


def _provision(each: Provision) -> dict[str, Any]:
    return {
        "id": each.id,
        "stage": each.stage,
        "says": each.says,
        "limit": each.limit or None,
        "same_specialty": each.same_specialty or None,
        "law": each.law,
        "verify": each.verify or None,
        "source": words.cite(each.citation),
        "effective": _iso(each.effective),
        "confidence": each.confidence.value,
        "retrieved_on": _iso(each.retrieved_on),
    }


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None


def _dump(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
