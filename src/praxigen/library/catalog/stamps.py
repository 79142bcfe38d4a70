"""What the files of a library look like from outside, and whether an index was made from exactly these.

A file is taken to be the same while its size and its time of change are the same. Two changes within one tick of the
disk's clock could look alike, so a file that changed less than two seconds before the index was written is compared by
its bytes. Every file that an answer rests on is compared by its bytes as well (`Catalog.find`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from praxigen.library.index import walk

_TICK = 2_000_000_000  # nanoseconds: the coarsest clock of a disk in use (FAT)


@dataclass(frozen=True, slots=True)
class Stamp:
    """One requirement file from outside: its size in bytes, and when it was changed, in nanoseconds."""

    path: Path
    size: int
    mtime: int

    def recent(self, written: int) -> bool:
        """Whether the file changed so shortly before `written`, or after it, that its stamp proves nothing."""
        return self.mtime > written - _TICK


Stamps = Mapping[tuple[int, str], Stamp]


def stamps_of(folders: Iterable[Path]) -> Stamps:
    """Every requirement file by the number of its folder and its place there. Opens none."""
    found: dict[tuple[int, str], Stamp] = {}
    for number, folder in enumerate(folders):
        root = folder.resolve()
        for place, entry in walk(root, "requirements"):
            if place.endswith(".yaml") and place.count("/") == 2:
                seen = entry.stat()
                found[number, place] = Stamp(Path(entry.path), seen.st_size, seen.st_mtime_ns)
    return found


def digest(stamps: Stamps) -> str:
    """One hash of all stamps."""
    lines = sorted(f"{folder} {place} {each.size} {each.mtime}" for (folder, place), each in stamps.items())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
