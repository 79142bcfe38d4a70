"""One compact form for what a payer's answer says, so that two labellers and the reader can be compared.

`of_denial` makes it of a reading; labels are written in it by hand. `facts` turns it into single facts, each of which
is right or wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from praxigen.letters.tables import REMEDIES
from praxigen.model.denial import Denial

Answer = Mapping[str, Any]
Facts = dict[str, frozenset[str]]

FLAGS = ("appealable", "correctable", "specific", "criteria_cited")
_STATED = [
    "payer",
    "administrator",
    "plan_name",
    "patient",
    "member_id",
    "group_number",
    "provider",
    "service",
]  # a value with its words
_PLAIN = ("form", "outcome", "payer_id", "plan", "funding")
_DAYS = ("birth", "date_of_service", "request_date", "decision_date")
_PERSONS = frozenset({"patient", "provider"})
_TITLES = frozenset(["dr", "mr", "mrs", "ms", "md", "do", "np", "pa", "rn"])


def of_denial(denial: Denial) -> dict[str, Any]:
    """The compact form of one answer that the reader found."""
    answer: dict[str, Any] = {name: str(value) for name in _PLAIN if (value := getattr(denial, name))}
    answer |= {name: stated.value for name in _STATED if (stated := getattr(denial, name))}
    for name in _DAYS:
        if day := getattr(denial, name):
            answer[name] = _days(day.day.isoformat(), day.last.isoformat() if day.last else "")
    reviewer = denial.reviewer
    return answer | {
        "references": [f"{each.kind} {each.value}" for each in denial.references],
        "codes": [_code(each.code, each.units, each.outcome) for each in denial.codes],
        "diagnoses": [each.value for each in denial.diagnoses],
        "policies": [
            _row(each.number or each.title, each.edition, each.effective.isoformat() if each.effective else "")
            for each in denial.policies
        ],
        "peer_to_peer": denial.peer_to_peer is not None,
        "reviewer": reviewer
        and _row("human" if reviewer.human else "none", reviewer.name, reviewer.credentials, reviewer.specialty),
        "deadlines": [
            _limit(each.remedy, each.within and str(each.within), each.business, each.by and each.by.isoformat())
            for each in denial.deadlines
        ],
        "contacts": [f"{each.kind} {each.value} {each.remedy}".strip() for each in denial.contacts],
        "reasons": [
            {
                "words": " ".join(each.quote.text.split()),
                "category": each.category.value,
                "flags": [name for name in FLAGS if getattr(each, name)],
                "codes": [f"{code.group}-{code.code}" if code.group else code.code for code in each.codes],
            }
            for each in denial.reasons
        ],
    }


def facts(answer: Answer) -> Facts:
    """The facts of one answer by field, reasons left out. Spelling that means nothing is evened out."""
    found: dict[str, set[str]] = {}
    for field, value in _facts(answer):
        if value is not None and value != "":
            found.setdefault(field, set()).add(str(value))
    return {field: frozenset(values) for field, values in found.items()}


def _facts(answer: Answer) -> Iterator[tuple[str, object]]:
    for name in (*_PLAIN, *_STATED):
        if answer.get(name):
            yield name, _person(answer[name]) if name in _PERSONS else _even(answer[name])
    for name in _DAYS:
        yield name, answer.get(name)
    for field in ("references", "diagnoses"):
        for value in answer.get(field) or ():
            yield field, _even(value)
    yield from _of_codes(answer)
    who, name, credentials, specialty = _cells(answer.get("reviewer") or "", 4)
    yield "human review stated", who == "human"
    yield "reviewer", _person(name)
    yield "credentials", re.sub(r"\W", "", credentials).lower()
    yield "specialty", _even(specialty)
    yield "peer-to-peer offered", bool(answer.get("peer_to_peer"))
    yield "deadline on the letter", bool(answer.get("deadlines"))
    for limit in answer.get("deadlines") or ():
        yield "deadlines", limit
    for contact in answer.get("contacts") or ():
        value, remedy = _contact(contact)
        yield "contacts", value
        yield "what a contact is for", remedy and f"{value} {remedy}"


def _of_codes(answer: Answer) -> Iterator[tuple[str, object]]:
    for code in answer.get("codes") or ():
        number, *more = str(code).split()
        yield "codes", number
        for word in more:
            yield "units" if word[0] == "x" else "outcome of a code", f"{number} {word}"
    for policy in answer.get("policies") or ():
        number, edition, effective = _cells(policy, 3)
        number = _number(number)
        yield "policies", number
        yield "edition", edition and f"{number} {_number(edition)}"
        yield "effective", effective and f"{number} {effective}"


def reason_facts(reason: Answer | None) -> Facts:
    """The facts of one reason but its words."""
    if reason is None:
        return {}
    flags = {name: str(name in reason["flags"]) for name in FLAGS}
    codes = frozenset(str(code) for code in reason.get("codes") or ())
    return {
        "category": frozenset({reason["category"]}),
        **{name: frozenset({value}) for name, value in flags.items()},
        **({"reason codes": codes} if codes else {}),
    }


def likeness(one: Answer, other: Answer) -> float:
    """How alike the words of two reasons are: twice the shared words over all words."""
    first, second = (re.findall(r"\w+", each["words"].lower()) for each in (one, other))
    left = list(second)
    shared = 0
    for word in first:
        if word in left:
            left.remove(word)
            shared += 1
    return 2 * shared / max(len(first) + len(second), 1)


def _days(first: str, last: str) -> str:
    return f"{first} to {last}" if last and last != first else first


def _code(code: str, units: int | None, outcome: object) -> str:
    return " ".join([code, *([f"x{units}"] if units else []), *([str(outcome)] if outcome else [])])


def _row(*cells: str) -> str:
    return " | ".join(cells)


def _cells(row: str, number: int) -> list[str]:
    return ([cell.strip() for cell in row.split("|")] + [""] * number)[:number]


def _limit(remedy: str, within: str | None, business: bool | None, by: str | None) -> str:
    if not within:
        return f"{remedy} by {by}"
    amount, unit = within.split()[:2]
    return f"{remedy} {amount} {'business ' if business else ''}{unit.rstrip('s')}s"


def _even(value: object) -> str:
    return " ".join(re.findall(r"[\w.&/+-]*\w", str(value).lower()))


def _person(value: str) -> str:
    words = re.findall(r"[\w'-]+", re.sub(r"\b([A-Z])\.(?=[A-Z]\b)", r"\1", value).lower())
    return " ".join(sorted(word for word in words if word not in _TITLES))


def _number(value: str) -> str:
    """The number of a policy without the name of its series ("CPB 0743")."""
    value = re.sub(r"^(?:revision|rev\.?|version|edition)\s+", "", value, flags=re.IGNORECASE)
    numbered = [word for word in value.lower().split() if re.search(r"\d", word)]
    return numbered[-1].lstrip("vr.") if numbered and len(numbered[-1]) > 1 else _even(value)


def _contact(value: str) -> tuple[str, str]:
    kind, rest = value.split(" ", 1)
    words = rest.split()
    remedy = words.pop() if words and re.fullmatch(r"[a-z]+(?:_[a-z]+)*", words[-1]) and words[-1] in _REMEDIES else ""
    text = " ".join(words)
    if kind in ("phone", "fax"):
        return f"{kind} {re.sub(r'[^0-9]', '', text).removeprefix('1')}", remedy
    return f"{kind} {_even(text)}", remedy


_REMEDIES = frozenset(REMEDIES)
