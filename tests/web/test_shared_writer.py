"""Events of requests that come at the same time share a turn; a turn that fails is told to those it concerns."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from praxigen.web.audit.models import Event
from praxigen.web.audit.shared_writer import SharedWriter, WriterStoppedError

pytestmark = pytest.mark.django_db


def event(name: str) -> Event:
    return Event(action=name)


def test_what_comes_while_the_disk_is_written_to_goes_together() -> None:
    turns: list[list[str]] = []
    began, go_on = threading.Event(), threading.Event()

    def append(events: Sequence[Event]) -> None:
        turns.append([each.action for each in events])
        began.set()
        assert go_on.wait(10)

    writer = SharedWriter(append)
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(writer.write, event("first"))
        assert began.wait(10)
        others = [pool.submit(writer.write, event(f"other {number}")) for number in range(4)]
        while writer._queue.qsize() < 4:
            pass
        go_on.set()
        for each in (first, *others):
            each.result(10)
    assert turns[0] == ["first"]
    assert sorted(turns[1]) == [f"other {number}" for number in range(4)]
    assert len(turns) == 2


def test_an_event_that_cannot_be_written_is_told_to_its_own_request_only() -> None:
    written: list[str] = []
    began, go_on = threading.Event(), threading.Event()

    def append(events: Sequence[Event]) -> None:
        began.set()
        assert go_on.wait(10)
        if any(each.action == "bad" for each in events):
            raise OSError("no room on the disk")
        written.extend(each.action for each in events)

    writer = SharedWriter(append)

    def write(name: str) -> Any:
        try:
            writer.write(event(name))
        except OSError as error:
            return str(error)
        return "written"

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(write, "first")
        assert began.wait(10)
        others = {name: pool.submit(write, name) for name in ("good", "bad", "fine")}
        while writer._queue.qsize() < 3:
            pass
        go_on.set()
        assert first.result(10) == "written"
        told = {name: each.result(10) for name, each in others.items()}
    assert told == {"good": "written", "bad": "no room on the disk", "fine": "written"}
    assert sorted(written) == ["fine", "first", "good"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_that_died_is_started_again() -> None:
    written: list[str] = []

    def append(events: Sequence[Event]) -> None:
        if events[0].action == "lost":
            raise SystemExit
        written.extend(each.action for each in events)

    writer = SharedWriter(append, patience=0.2)
    with pytest.raises(WriterStoppedError):
        writer.write(event("lost"))
    writer.write(event("next"))
    assert written == ["next"]
