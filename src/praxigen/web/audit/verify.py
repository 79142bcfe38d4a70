"""Examines the whole trail: each event against its hash and the one before it, the checkpoints, and what is stored."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from praxigen.web.audit.actions import Action
from praxigen.web.audit.chain import START, event_hash
from praxigen.web.audit.checkpoints import genuine, read_checkpoints, signed_practices
from praxigen.web.audit.models import Event

# What is never there without an event that tells of its beginning.
WITNESSED = {
    "accounts.member": (Action.MEMBER_JOINED,),
    "cases.case": (Action.CASE_OPENED,),
    "cases.chartfile": (Action.FILE_ADDED,),
    "cases.check": (Action.CHECK_MADE,),
    "cases.letter": (Action.LETTER_DRAFTED,),
    "cases.submission": (Action.SUBMISSION_NOTED,),
    "api.apikey": (Action.API_KEY_MADE,),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a practice's trail, and the first event where it shows (0 where it is about no event)."""

    practice: uuid.UUID
    sequence: int
    what: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What was looked at, and the first fault of each practice."""

    practices: int
    events: int
    checkpoints: int
    faults: tuple[Fault, ...]


def verify_all() -> Examined:
    """Examine every trail."""
    known = set(Event.objects.order_by().values_list("practice", flat=True).distinct())
    practices = sorted(known | set(signed_practices()) | _practices())
    faults: list[Fault] = []
    events = checkpoints = 0
    for practice in practices:
        heads = _Heads()
        fault = _chain(practice, heads)
        signed, signature_fault = _signatures(practice, heads)
        events += heads.last
        checkpoints += signed
        first = fault or signature_fault or next(_unwitnessed(practice), None)
        if first is not None:
            faults.append(first)
    return Examined(len(practices), events, checkpoints, tuple(faults))


class _Heads:
    """The hashes at the places that checkpoints speak of."""

    def __init__(self) -> None:
        self.last = 0
        self.at: dict[int, str] = {}


def _chain(practice: uuid.UUID, heads: _Heads) -> Fault | None:
    wanted = _signed_places(practice)
    previous = START
    for event in Event.objects.filter(practice=practice).order_by("sequence").iterator(chunk_size=2_000):
        place = heads.last + 1
        if event.sequence != place:
            return Fault(practice, place, f"event {place} is missing")
        if event.previous != previous:
            return Fault(practice, place, "does not follow the event before it")
        if event_hash(event) != event.hash:
            return Fault(practice, place, "was changed")
        previous, heads.last = event.hash, place
        if place in wanted:
            heads.at[place] = event.hash
    return None


def _signed_places(practice: uuid.UUID) -> set[int]:
    places: set[int] = set()
    try:
        for checkpoint in read_checkpoints(practice):
            places.add(checkpoint.sequence)
    except ValueError:  # told by _signatures
        pass
    return places


def _signatures(practice: uuid.UUID, heads: _Heads) -> tuple[int, Fault | None]:
    count, before = 0, 0
    try:
        for checkpoint in read_checkpoints(practice):
            count += 1
            place = checkpoint.sequence
            if not genuine(checkpoint) or checkpoint.practice != str(practice):
                return count, Fault(practice, place, f"checkpoint {count} bears no signature of ours")
            if place < before:
                return count, Fault(practice, place, f"checkpoint {count} lies before the one above it")
            if place > heads.last:
                return count, Fault(
                    practice, heads.last + 1, f"the end is cut: a checkpoint saw event {place} at {checkpoint.at}"
                )
            if heads.at.get(place) != checkpoint.head:
                return count, Fault(practice, place, f"is not the event that a checkpoint saw at {checkpoint.at}")
            before = place
    except ValueError:
        return count, Fault(practice, 0, f"line {count + 1} of the checkpoints cannot be read")
    return count, None


def _unwitnessed(practice: uuid.UUID) -> Iterator[Fault]:
    """Rows that no event speaks of: they came, or their practice went, behind the application's back."""
    for label, actions in WITNESSED.items():
        model: Any = apps.get_model(label)
        name, rows = model._meta.model_name, model._base_manager.filter(practice=practice)  # noqa: SLF001  Django's
        told = set(
            Event.objects.filter(
                practice=practice, object_type=name, action__in=[action.value for action in actions]
            ).values_list("object_id", flat=True)
        )
        for row in rows.order_by("pk").values_list("pk", flat=True):
            if str(row) not in told:
                yield Fault(practice, 0, f"{name} {row} is stored, but no event tells how it came")


def _practices() -> set[uuid.UUID]:
    model: Any = apps.get_model("accounts.practice")
    return set(model.objects.values_list("pk", flat=True))
