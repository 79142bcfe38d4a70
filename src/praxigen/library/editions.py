"""The editions of a guideline by date. Only the head of each file is read until one of them is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from praxigen.datafiles import Fault, Faults, FaultyFileError, Fields, parse_head, read_bytes
from praxigen.library.dates import read_validity
from praxigen.library.guidelines import read_guideline
from praxigen.library.index import LibraryFile
from praxigen.library.loading import load
from praxigen.model.frozen import frozen
from praxigen.model.guideline import Guideline

_KEYS = ("edition", "effective")


@frozen
class Edition:
    """What the head of a guideline file says: the name of the edition, and the days on which it decides."""

    file: LibraryFile
    name: str
    effective_from: date
    effective_to: date | None

    @classmethod
    def of(cls, file: LibraryFile, whole: Guideline) -> Edition:
        """The head of an edition that was read already."""
        return cls(file, whole.edition, whole.effective_from, whole.effective_to)

    def load(self) -> Guideline:
        """The edition, ending where the next begins. Raises FaultyFileError."""
        return replace(load(self.file, read_guideline), effective_to=self.effective_to)


def in_order(found: Iterable[Edition]) -> tuple[Edition, ...]:
    """The editions by date. A later folder's edition replaces one of the same name or the same first day.

    Raises FaultyFileError where two of one folder have the same name or first day.
    """
    by_day: dict[date, Edition] = {}
    for edition in found:
        for day, earlier in list(by_day.items()):
            if edition.name == earlier.name or edition.effective_from == day:
                if edition.file.folder == earlier.file.folder:
                    message = f"this edition has the name or the first day of the one in {earlier.file.name}"
                    raise FaultyFileError(
                        [Fault(edition.file.name, 1, 1, "repeated-edition", message, "Keep one of them.")]
                    )
                del by_day[day]
        by_day[edition.effective_from] = edition
    editions = [by_day[day] for day in sorted(by_day)]
    for number, following in enumerate(editions[1:]):
        last = following.effective_from - timedelta(days=1)
        ended = editions[number].effective_to
        if ended is None or ended > last:
            editions[number] = replace(editions[number], effective_to=last)
    return tuple(editions)


def read_edition(file: LibraryFile) -> Edition:
    """The head of a guideline file; the whole file where its head does not say enough. Raises FaultyFileError."""
    root = parse_head(read_bytes(file.path, file.name), file.name, _KEYS)
    faults = Faults(file.name)
    if root is not None:
        head = Fields(root, faults, "a guideline", optional=_KEYS)
        valid, name = read_validity(head), head.text("edition")
        if not faults and valid.first is not None and name:
            return Edition(file, name, valid.first, valid.last)
    return Edition.of(file, load(file, read_guideline))
