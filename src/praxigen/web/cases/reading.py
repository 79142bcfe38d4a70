"""Reads files whose pages are pictures, one after the other, while people go on working.

Several workers may run, in threads or processes: each claims a file before it reads, and says again and again that it
is still there. A file whose worker fell silent is claimed anew; one that was given up three times is refused.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from praxigen.errors import InputError
from praxigen.model.document import Document
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.intake import Given, keep, read_with, refuse, said
from praxigen.web.cases.models import ChartFile, FileState

SILENT = timedelta(seconds=60)  # after which a worker counts as gone; it speaks every half second
_MOST_ATTEMPTS = 3
_BEAT = 0.5  # seconds between two looks at how far the reading is
_LOG = logging.getLogger("praxigen.web.cases")

STOPPED = "Reading was stopped by a member of the practice."
GIVEN_UP = "Reading it failed three times. Send it in parts, or as text."
FAILED = "Reading it failed. Tell your administrator; the fault is in the log."


class _StoppedError(Exception):
    """Somebody stopped the reading, or another worker has taken the file over."""


def read_waiting(most: int = 1) -> int:
    """Read what waits, up to a number of files; for the background process. Returns how many were taken in hand."""
    done = 0
    while done < most and (claimed := claim()) is not None:
        _read(claimed)
        done += 1
    return done


def claim(now: datetime | None = None) -> ChartFile | None:
    """Take the file that has waited longest, so that no other worker takes it; None where nothing waits."""
    now = now or timezone.now()
    gone = Q(state=FileState.READING, claimed_at__lt=now - SILENT)
    free = Q(state=FileState.WAITING) | gone
    for name, attempts, state in _queue(free):
        if attempts >= _MOST_ATTEMPTS:
            _give_up(name, free)
            continue
        mine = uuid.uuid4()
        taken = ChartFile.every.filter(free, pk=name, attempts=attempts, state=state).update(
            state=FileState.READING, claim=mine, claimed_at=now, attempts=F("attempts") + 1, pages_done=0
        )
        if taken:
            return ChartFile.every.get(pk=name)
    return None


def stop_reading(row: ChartFile, actor: Actor) -> bool:
    """Stop the reading of a file that waits or is being read. Returns whether it was still under way."""
    with transaction.atomic():
        changed = (
            ChartFile.of(row.practice_id)
            .filter(pk=row.pk, state__in=(FileState.WAITING, FileState.READING))
            .update(state=FileState.REFUSED, reason=STOPPED, claim=None)
        )
        if changed:
            record(actor, Action.FILE_REFUSED, row, why="stopped")
    return bool(changed)


def _queue(free: Q) -> Iterator[tuple[uuid.UUID, int, str]]:
    return iter(list(ChartFile.every.filter(free).order_by("created_at").values_list("pk", "attempts", "state")[:20]))


def _give_up(name: uuid.UUID, free: Q) -> None:
    with transaction.atomic():
        if ChartFile.every.filter(free, pk=name).update(state=FileState.REFUSED, reason=GIVEN_UP, claim=None):
            row = ChartFile.every.get(pk=name)
            record(Actor(row.practice_id), Action.FILE_REFUSED, row, why="given up")


@dataclass(slots=True)
class _Reading:
    """One reading in a thread of its own: only the worker's thread speaks with the database."""

    given: Given
    done: int = 0
    stop: bool = False
    outcome: Document | BaseException | None = field(default=None)

    def run(self) -> None:
        """Read; whatever comes of it is the outcome."""
        try:
            self.outcome = read_with(self.given, self.told)
        except BaseException as fault:  # noqa: BLE001  it is raised again by the worker
            self.outcome = fault

    def told(self, done: int, _total: int) -> None:
        """A page was read."""
        self.done = done
        if self.stop:
            raise _StoppedError


def _read(row: ChartFile) -> None:
    """Read a claimed file and keep what was read, unless somebody stopped it or it was taken over."""
    reading = _Reading(Given(row.name, row.content))
    thread = threading.Thread(target=reading.run, name="reading", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_BEAT)
        if not _still_mine(row).update(pages_done=reading.done, claimed_at=timezone.now()):
            reading.stop = True
    outcome = reading.outcome
    if isinstance(outcome, _StoppedError):
        return
    with transaction.atomic():
        mine = _still_mine(row).select_for_update().first()
        if mine is None:
            return
        if isinstance(outcome, Document):
            keep(mine, outcome)
        elif isinstance(outcome, InputError):
            refuse(mine, said(outcome, reading.given.name))
        else:
            _LOG.error("a file could not be read: %s", type(outcome).__name__)
            refuse(mine, FAILED)
        mine.claim = None
        mine.save()
        action = Action.FILE_READ if mine.state == FileState.READ else Action.FILE_REFUSED
        record(Actor(mine.practice_id), action, mine, pages=mine.pages, kind=mine.kind)


def _still_mine(row: ChartFile) -> models.QuerySet[ChartFile]:
    return ChartFile.of(row.practice_id).filter(pk=row.pk, state=FileState.READING, claim=row.claim)
