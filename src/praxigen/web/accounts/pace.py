"""How often a member and a practice may ask. Counted in a small file that all processes of this machine share.

A request costs a few microseconds and no write to the database. A place that was quiet for a minute may ask a minute's
share at once, then one at a time as its share comes back. Machines beside each other count each for itself.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import struct
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record

View = Callable[..., HttpResponse]

PRACTICE_TIMES = 10  # what one member may, a practice may so many times
_MINUTE = 60.0  # seconds
_ENTRY = struct.Struct("=Qd")  # whom it is about, and until when the share is used up (seconds since 1970)
_BESIDE = 8  # entries that one place of the table holds
_PLACES = 2_048
_PLACE_BYTES = _ENTRY.size * _BESIDE

_LOG = logging.getLogger("praxigen.web")
_turn = threading.Lock()  # POSIX locks keep processes apart, not threads
_opened: dict[str, int] = {}


class TooOftenError(Exception):
    """Somebody asks faster than a person does. `seconds` from now the next request will be answered."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too often")
        self.seconds = seconds


def keep_pace(actor: Actor) -> None:
    """Count a request of a member. Raises TooOftenError where the member or the practice asks too often."""
    _take_both(actor, "page", settings.PAGES_A_MINUTE)


def costly(*methods: str) -> Callable[[View], View]:
    """Count a view that reads files, checks or makes documents against a share of its own, asked by these methods.

    Stands under gate, which says who asks.
    """

    def counted(view: View) -> View:
        @wraps(view)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods:
                _take_both(cast("Any", request).actor, "costly", settings.COSTLY_A_MINUTE)
            return view(request, *args, **kwargs)

        ask.costly = methods  # type: ignore[attr-defined]  # what tests read
        return ask

    return counted


def take(subject: str, a_minute: int) -> float:
    """Take one of a subject's share of a minute. Returns 0, or the seconds until there is one; then none was taken."""
    key = int.from_bytes(hashlib.blake2b(subject.encode(), digest_size=8).digest(), "big")
    now = _now()
    try:
        with _turn:
            return _take(_table(), key, now, _MINUTE / a_minute)
    except OSError:  # a disk that takes nothing more stops work of its own accord; it must not stop reading
        return 0.0


def _take_both(actor: Actor, kind: str, a_minute: int) -> None:
    for whose, name, share in (
        ("member", actor.member, a_minute),
        ("practice", actor.practice, a_minute * PRACTICE_TIMES),
    ):
        wait = take(f"{kind}/{name}", share)
        if wait:
            _tell(actor, kind, whose)
            raise TooOftenError(wait)


def _tell(actor: Actor, kind: str, whose: str) -> None:
    """Into the log and the trail, once a minute: a flood must not become one of writes."""
    if take(f"told/{kind}/{actor.member}", 1):
        return
    _LOG.warning("refused: a %s asks too often for %s", whose, kind)
    record(actor, Action.REFUSED, outcome="refused", too_often=kind, share=whose)


def _now() -> float:
    return time.time()  # of the wall: all processes share it


def _table() -> int:
    """The file of this data folder, opened once in each process."""
    folder = settings.CONFIGURATION.data / "locks"
    name = str(folder / f"pace-{_PLACES}")
    if name not in _opened:
        folder.mkdir(mode=0o700, exist_ok=True)
        _opened[name] = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
    return _opened[name]


def _take(table: int, key: int, now: float, apart: float) -> float:
    """One entry's turn. The entry says when its share would be whole again; a minute ahead means that none is left."""
    start = key % _PLACES * _PLACE_BYTES
    fcntl.lockf(table, fcntl.LOCK_EX, _PLACE_BYTES, start)
    try:
        held = os.pread(table, _PLACE_BYTES, start).ljust(_PLACE_BYTES, b"\0")
        entries = list(_ENTRY.iter_unpack(held))
        keys = [each for each, _ in entries]
        place = keys.index(key) if key in keys else min(range(_BESIDE), key=lambda one: entries[one][1])
        until = entries[place][1] if key in keys else 0.0
        if until > now + 2 * _MINUTE:  # the clock was set back
            until = 0.0
        until = max(until, now) + apart
        if until > now + _MINUTE:
            return until - now - _MINUTE
        os.pwrite(table, _ENTRY.pack(key, until), start + place * _ENTRY.size)
    finally:
        fcntl.lockf(table, fcntl.LOCK_UN, _PLACE_BYTES, start)
    return 0.0
