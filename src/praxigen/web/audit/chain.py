"""The hash that ties an event to the one before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from praxigen.web.audit.models import Event

START = "0" * 64  # what the first event of a practice follows
_VERSION = "praxigen.audit/1"


def event_hash(event: Event) -> str:
    """SHA-256 over the event as canonical JSON, the hash before it included."""
    content = [
        _VERSION,
        str(event.practice),
        event.sequence,
        time_text(event.at),
        str(event.actor) if event.actor else None,
        event.session,
        event.action,
        event.object_type,
        event.object_id,
        event.outcome,
        event.fields,
        event.previous,
    ]
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(value: Any) -> bytes:
    """JSON with one way to write each value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode()


def time_text(at: datetime) -> str:
    """A time in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
