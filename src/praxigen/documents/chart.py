"""Puts the files of a chart together as one document: one text, with what stands where in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import TypeVar

from praxigen.documents.furniture import machine_lines, running_lines
from praxigen.documents.parsed import MOST_CHARACTERS, Parsed
from praxigen.documents.repeats import copied_forward, repeated_stretches
from praxigen.documents.seams import complete, find_parts
from praxigen.model.document import Document
from praxigen.model.frozen import frozen
from praxigen.model.layout import Page, Part, SourceFile, Unread, Unused, Word

_NAMED = 5  # places that a warning names
_TWICE = "Read once only"
_COPIED = "Text copied forward is read once, where it was first written"
FOUND_IN_WHOLE = (_TWICE, _COPIED)  # how warnings begin that compare all files
_Stretch = TypeVar("_Stretch", Page, Part, Unused)


@frozen
class FileRead:
    """One file that was read: its name in the chart, its kind, the hash of its bytes, what its parser found.

    `given` is what an outer file says of it. `ready` says that its parts are complete: it was in a chart before.
    """

    name: str
    kind: str
    sha256: str
    parsed: Parsed
    given: Part | None = None
    data: bytes = field(default=b"", repr=False)
    ready: bool = False


def assemble(name: str, files: Sequence[FileRead], unread: Sequence[Unread]) -> Document:
    """One document of the files, in their order. A single text keeps each of its characters at its place."""
    chart = _Chart()
    for file in files:
        chart.add(file)
    return chart.document(name, [*unread, *chart.unread], len(files) > 1 or bool(unread))


class _Chart:
    """The text so far, and what stands where."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._at = 0
        self._files: list[SourceFile] = []
        self._pages: list[Page] = []
        self._words: list[Word] = []
        self._parts: list[Part] = []
        self._unused: list[Unused] = []
        self._warnings: list[tuple[str, str]] = []
        self.unread: list[Unread] = []

    def add(self, file: FileRead) -> None:
        """Put a file behind those that are there."""
        parsed, text = file.parsed, file.parsed.text
        self.unread.extend(Unread(file.name, page, reason) for page, reason in parsed.unread)
        self._warnings.extend((file.name, warning) for warning in parsed.warnings)
        if not text.strip():
            return
        if self._at + len(text) > MOST_CHARACTERS and self._files:
            reason = f"the chart holds more than {MOST_CHARACTERS // 1_000_000} million characters; split it"
            self.unread.append(Unread(file.name, None, reason))
            return
        if self._files:
            self._add("\n" if self._pieces[-1].endswith("\n") else "\n\n")
        at, first = self._at, len(self._pages)
        self._files.append(SourceFile(file.name, file.kind, file.sha256, at, at + len(text), file.data))
        self._pages.extend(_moved(page, at) for page in parsed.pages)
        self._words.extend(
            word._replace(start=word.start + at, end=word.end + at, page=word.page + first) for word in parsed.words
        )
        self._unused.extend(_moved(span, at) for span in (*parsed.unused, *machine_lines(text, parsed.pages)))
        self._parts.extend(_moved(part, at) for part in _parts(file))
        self._add(text)

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._at += len(piece)

    def document(self, name: str, unread: Sequence[Unread], several: bool) -> Document:
        """The whole chart. In a chart of several files each warning names its file."""
        text = "".join(self._pieces)
        self._unused.sort(key=lambda span: (span.start, span.end))
        warnings = [f"{file}: {warning}" if several else warning for file, warning in self._warnings]
        warnings.extend(self._repeats(text, several))
        again = {span.start for span in self._unused if span.why == "duplicate"}
        for file in self._files:
            pages = [page for page in self._pages if file.start <= page.start < file.end and page.start not in again]
            self._unused.extend(running_lines(text, pages))
        warnings.extend(self._copies(text, several))
        warnings.extend(left_out(unread))
        return Document(
            name,
            text,
            tuple(dict.fromkeys(warnings)),
            tuple(self._pages),
            tuple(self._words),
            tuple(self._parts),
            tuple(_merged(self._unused)),
            tuple(self._files),
            tuple(unread),
        )

    def _repeats(self, text: str, several: bool) -> list[str]:
        """Mark pages that were sent twice, and files without pages that say the same as another."""
        paged = {file.start for file in self._files for page in self._pages if file.start <= page.start < file.end}
        stretches = sorted(
            [
                *((page.start, page.end) for page in self._pages),
                *((file.start, file.end) for file in self._files if file.start not in paged),
            ]
        )
        told = []
        for again, first in repeated_stretches(text, stretches, self._unused):
            self._unused.append(Unused(*stretches[again], "duplicate"))
            told.append((self._named(stretches[again][0], several), self._named(stretches[first][0], several)))
        if not told:
            return []
        named = "; ".join(f"{again} repeats {first}" for again, first in told[:_NAMED])
        return [f"{_TWICE}: {named}{' and more' if len(told) > _NAMED else ''}."]

    def _copies(self, text: str, several: bool) -> list[str]:
        told: dict[str, None] = {}
        skipped = [span for span in self._unused if span.why == "duplicate"]
        for span, part, source in copied_forward(text, self._parts):
            if any(other.start <= span.start and span.end <= other.end for other in skipped):
                continue
            self._unused.append(span)
            day = source.date.isoformat() if source.date else self._named(source.start, several)
            told[f"{self._named(part.start, several)} from the note of {day}"] = None
        if not told:
            return []
        named = "; ".join([*told][:_NAMED]) + (" and more" if len(told) > _NAMED else "")
        return [f"{_COPIED}: {named}."]

    def _named(self, offset: int, several: bool) -> str:
        page = next((page for page in reversed(self._pages) if page.start <= offset < page.end), None)
        file = next(file for file in reversed(self._files) if file.start <= offset)
        if page is None:
            return file.name
        return f"{file.name}, page {page.number}" if several else f"page {page.number}"


def left_out(unread: Sequence[Unread]) -> Iterator[str]:
    """One line for all pages of a file that could not be read for the same reason."""
    groups: dict[tuple[str, str], list[int]] = {}
    for each in unread:
        groups.setdefault((each.file, each.reason), []).extend([each.page] if each.page is not None else [])
    for (file, reason), pages in groups.items():
        yield f"{file}{_ranges(pages)}: not read: {reason}."


def _ranges(pages: Sequence[int]) -> str:
    """Page numbers as people write them: ", page 3", ", pages 1, 4 to 7"."""
    runs: list[tuple[int, int]] = []
    for page in sorted(set(pages)):
        if runs and runs[-1][1] == page - 1:
            runs[-1] = runs[-1][0], page
        else:
            runs.append((page, page))
    if not runs:
        return ""
    named = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in runs)
    return f", page{'s' if len(pages) > 1 else ''} {named}"


def _parts(file: FileRead) -> list[Part]:
    parsed = file.parsed
    if file.ready and parsed.parts:
        return list(parsed.parts)
    if parsed.parts:
        return [complete(part, parsed.text) for part in parsed.parts]
    return find_parts(parsed.text, 0, len(parsed.text), parsed.pages, file.given)


def _moved(stretch: _Stretch, by: int) -> _Stretch:
    return replace(stretch, start=stretch.start + by, end=stretch.end + by)


def _merged(spans: Sequence[Unused]) -> list[Unused]:
    """The spans in order of place, those that lie inside another left out."""
    found: list[Unused] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if found and span.end <= found[-1].end:
            continue
        found.append(span)
    return found
