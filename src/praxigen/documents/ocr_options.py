"""How scanned pages are read, and where recognized ones may be kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from praxigen.model.frozen import frozen

Progress = Callable[[int, int], None]  # pages done, pages in all


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


@frozen
class Recognition:
    """How scanned pages are read. `cache` keeps recognized pages in a folder: they hold the patient's words.

    `on` False leaves scanned pages unread. `progress` is told before the first page and after each, perhaps from
    another thread; what it raises stops the reading and reaches the caller. `workers` is the number of children at
    once, by default one for each core that this process may use.
    """

    on: bool = True
    cache: Path | None = None
    progress: Progress | None = None
    workers: int = field(default_factory=_cores)


def cache_folder() -> Path:
    """Where recognized pages are kept for this user, if they are kept."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "praxigen" / "ocr"
