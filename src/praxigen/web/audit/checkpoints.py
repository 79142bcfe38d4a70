"""Signed checkpoints of the trail, written where they outlive the database: they find a cut or rewritten tail.

One file for each practice, one line for each checkpoint, only ever added to. The folder may lie on another machine
and refuse this account to change what is there (docs/security/keys.md).
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from praxigen.errors import UsageError
from praxigen.web.audit.chain import canonical, time_text
from praxigen.web.audit.models import Event
from praxigen.web.crypto.keyring import MasterKey

EVERY_EVENTS = 1_000
EVERY = timedelta(minutes=10)
_VERSION = "praxigen.checkpoint/1"
_TAIL = 4_096  # bytes; a line has about 400


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """That the trail of a practice had this event at this place at this time. `key` names the master key."""

    practice: str
    sequence: int
    head: str
    at: str
    key: str
    signature: str = ""

    def content(self) -> bytes:
        """What is signed."""
        return canonical([_VERSION, self.practice, self.sequence, self.head, self.at, self.key])


def sign_due(now: datetime | None = None) -> int:
    """Write a checkpoint for each practice where a thousand events or ten minutes have passed; say how many."""
    at = now or datetime.now(UTC)
    written = 0
    for practice in Event.objects.order_by().values_list("practice", flat=True).distinct():
        event = newest_event(practice)
        last = newest_checkpoint(practice)
        if event is not None and _due(event, last, at):
            sign(event, at)
            written += 1
    return written


def sign(event: Event, at: datetime) -> Checkpoint:
    """Write a checkpoint at an event. It is on the disk when this returns."""
    master = settings.KEYRING.current
    plain = Checkpoint(str(event.practice), event.sequence, event.hash, time_text(at), master.id)
    signed = Checkpoint(**{**asdict(plain), "signature": _private(master).sign(plain.content()).hex()})
    settings.CHECKPOINTS.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(_file(event.practice), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, canonical(asdict(signed)) + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    return signed


def read_checkpoints(practice: uuid.UUID) -> Iterator[Checkpoint]:
    """The checkpoints of a practice in their order. Raises ValueError for a line that is none."""
    path = _file(practice)
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                yield Checkpoint(**json.loads(line))
            except TypeError:
                raise ValueError("a line is no checkpoint") from None


def signed_practices() -> list[uuid.UUID]:
    """The practices that have a file of checkpoints, whether or not the database knows them."""
    if not settings.CHECKPOINTS.is_dir():
        return []
    return sorted(uuid.UUID(path.stem) for path in settings.CHECKPOINTS.glob("*-*-*-*-*.jsonl"))


def genuine(checkpoint: Checkpoint) -> bool:
    """Whether the checkpoint was signed with one of our keys and not changed since."""
    try:
        master = settings.KEYRING.find(checkpoint.key)
        _private(master).public_key().verify(bytes.fromhex(checkpoint.signature), checkpoint.content())
    except (UsageError, InvalidSignature, ValueError):
        return False
    return True


def newest_checkpoint(practice: uuid.UUID) -> Checkpoint | None:
    """The last line of the practice's file."""
    try:
        with _file(practice).open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL))
            lines = file.read().splitlines()
        return Checkpoint(**json.loads(lines[-1])) if lines else None
    except (FileNotFoundError, ValueError, TypeError):
        return None


def newest_event(practice: uuid.UUID) -> Event | None:
    """The end of the practice's trail."""
    event: Event | None = Event.objects.filter(practice=practice).order_by("-sequence").first()
    return event


def short(checkpoint: Checkpoint) -> str:
    """A fingerprint that people can read out or write down."""
    digest = hashlib.sha256(checkpoint.content()).hexdigest()[:16]
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4))


def _due(event: Event, last: Checkpoint | None, at: datetime) -> bool:
    if last is None:
        return True
    if event.sequence - last.sequence >= EVERY_EVENTS:
        return True
    return event.sequence != last.sequence and at - datetime.fromisoformat(last.at) >= EVERY


def _private(master: MasterKey) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(master.derive("checkpoints"))


def _file(practice: uuid.UUID) -> Path:
    folder: Path = settings.CHECKPOINTS
    return folder / f"{practice}.jsonl"
