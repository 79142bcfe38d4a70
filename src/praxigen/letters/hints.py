"""What a person says of an answer beside what it says itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Hints:
    """It decides with which policy the reasons are compared, never what was read. `payer` is a library id."""

    payer: str | None = None
    codes: tuple[str, ...] = ()
    plan: str | None = None
    date_of_service: date | None = None
    stage: str | None = None
