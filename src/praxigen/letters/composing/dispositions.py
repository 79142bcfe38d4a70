"""What a person decided about each criterion, as a small JSON file. Without it no letter is final."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from praxigen.errors import InputError
from praxigen.model.answer import Answer
from praxigen.model.document import Quote
from praxigen.model.report import CriterionResult

SCHEMA = "praxigen.dispositions/1"
_MOST = 2_000_000  # bytes
_HINT = "Write it with --blank-dispositions, and fill in state, by and on."


class DispositionState(StrEnum):
    """What the person says of praxigen's answer to a criterion."""

    CONFIRMED = "confirmed"  # the answer and its evidence stand
    CORRECTED = "corrected"  # the evidence says otherwise: what, stands in the disposition's answer
    REJECTED = "rejected"  # the evidence does not show it: the criterion is open


@dataclass(frozen=True, slots=True)
class Disposition:
    """One decision: on which criterion, what, by whom, and on which day.

    A correction may say which answer the person stands for, and the words of the chart that show it. Without them the
    criterion is not claimed.
    """

    criterion: str
    state: DispositionState
    by: str
    on: date
    note: str = ""
    answer: Answer | None = None
    quote: Quote | None = None

    @property
    def shown_by(self) -> Quote | None:
        """The words by which the person says that the criterion is met; None where the person does not say so."""
        corrected = self.state is DispositionState.CORRECTED and self.answer is Answer.MET
        return self.quote if corrected else None


@dataclass(frozen=True, slots=True)
class Dispositions:
    """All decisions about one chart. `document_sha256` is the chart that they were made on; empty where not said."""

    by_criterion: Mapping[str, Disposition] = field(default_factory=dict)
    document_sha256: str = ""

    def of(self, criterion: str) -> Disposition | None:
        """The decision about a criterion, or None."""
        return self.by_criterion.get(criterion)


def read_dispositions(path: Path) -> Dispositions:
    """The decisions in a file; an entry whose state is empty is not decided yet. Raises InputError."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST + 1)
        if len(data) > _MOST:
            raise InputError(f"{path} is too large for a list of dispositions", _HINT)
        told = json.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: could not be read: {error.strerror}", _HINT) from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is not JSON", _HINT) from None
    if not isinstance(told, dict) or told.get("schema") != SCHEMA or not isinstance(told.get("dispositions"), list):
        raise InputError(f"{path} is not a list of dispositions ({SCHEMA})", _HINT)
    found: dict[str, Disposition] = {}
    for number, entry in enumerate(told["dispositions"], start=1):
        decided = _entry(entry, f"{path}: disposition {number}")
        if decided is None:
            continue
        if decided.criterion in found:
            raise InputError(f"{path}: criterion {decided.criterion} is decided twice", "Keep one of the entries.")
        found[decided.criterion] = decided
    return Dispositions(found, str(told.get("document_sha256") or ""))


def _entry(entry: Any, where: str) -> Disposition | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("criterion"), str):
        raise InputError(f"{where} names no criterion", _HINT)
    if not entry.get("state"):
        return None
    states = [state.value for state in DispositionState]
    if entry["state"] not in states:
        raise InputError(f"{where} has the unknown state {entry['state']!r}", f"Write one of: {', '.join(states)}.")
    by = entry.get("by")
    if not isinstance(by, str) or not by.strip():
        raise InputError(f"{where} does not say who decided", "Fill in 'by' with a name.")
    try:
        day = date.fromisoformat(entry.get("on") or "")
    except (TypeError, ValueError):
        raise InputError(f"{where} does not say on which day", "Fill in 'on' as year-month-day.") from None
    return Disposition(
        entry["criterion"], DispositionState(entry["state"]), by.strip(), day, str(entry.get("note", ""))
    )


def blank(results: Iterable[CriterionResult], document_sha256: str) -> str:
    """A file to fill in: each criterion with its answer, and room for the decision."""
    entries = {
        each.criterion.id: {
            "criterion": each.criterion.id,
            "says": each.criterion.says,
            "answer": each.answer.value,
            "state": "",
            "by": "",
            "on": "",
            "note": "",
        }
        for each in results
    }
    told = {"schema": SCHEMA, "document_sha256": document_sha256, "dispositions": list(entries.values())}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
