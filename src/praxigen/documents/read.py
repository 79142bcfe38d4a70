"""Opens a note or a whole chart from paths, standard input or bytes; what cannot be read is named with the reason."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from praxigen.documents.chart import FileRead, assemble
from praxigen.documents.kinds import Kind, kind_of
from praxigen.documents.ocr_options import Recognition
from praxigen.documents.parsed import Locked, Parsed, Refusal
from praxigen.documents.text import decode
from praxigen.errors import InputError, LockedError
from praxigen.model.disguise import is_disguised
from praxigen.model.document import Document
from praxigen.model.frozen import frozen
from praxigen.model.layout import Page, Part, Unread

MAX_BYTES = 10 * 1024 * 1024  # of a plain text
MAX_FILE = 25 * 1024 * 1024  # of any other file
MAX_FILES = 100
_DEEPEST = 3  # a PDF in a FHIR attachment in a ZIP
_NAMED = 5  # lines that a warning names
_TRANSCRIBE = "Have its text recognized by another program, or transcribe it into a text file."
_AGAIN = "Ask the sender for the files themselves."

Source = str | os.PathLike[str] | bytes


@frozen
class _File:
    """Bytes to be read. `name` is what the chart calls them, `where` what messages call them."""

    name: str
    where: str
    data: bytes
    given: Part | None = None
    depth: int = 0


def read_document(
    source: Source, name: str | None = None, *, password: str | None = None, ocr: Recognition | None = None
) -> Document:
    """The document at a path, on standard input ("-"), or in bytes; a folder or a ZIP is read as one chart.

    `name` is what its quotes call it; `password` opens an encrypted PDF; `ocr` says how scanned pages are read. Raises
    InputError where there is nothing to read, or nothing that can be read. Pages and files that could not be read stand
    in `Document.unread`.
    """
    return read_chart([source], name, password=password, ocr=ocr)


def read_chart(
    sources: Sequence[Source],
    name: str | None = None,
    *,
    password: str | None = None,
    ocr: Recognition | None = None,
) -> Document:
    """Several files, folders or ZIP files as one document, in the order given. See `read_document`."""
    if not sources:
        raise InputError("there is nothing to check", "Give at least one file.")
    files: list[_File] = []
    unread: list[Unread] = []
    for source in sources:
        for each in _files(source, name if len(sources) == 1 else None):
            if isinstance(each, Unread):
                unread.append(each)
            else:
                files.append(each)
    if len(files) > MAX_FILES:
        raise InputError(
            f"the chart has {len(files):,} files; at most {MAX_FILES} are read", "Leave out what is not needed."
        )
    alone = len(files) == 1 and not unread
    read = _with_scans(_read_all(files, password, unread, alone=alone), password, ocr or Recognition())
    if not any(file.parsed.text.strip() for file in read):
        raise _nothing(files, read, unread)
    return assemble(name or _chart_name(sources, files), read, unread)


def _chart_name(sources: Sequence[Source], files: Sequence[_File]) -> str:
    first = sources[0]
    if isinstance(first, bytes) or first == "-" or len(files) == 1 == len(sources):
        named = files[0].name
    else:
        named = Path(first).name or str(first)
    more = len(sources) - 1
    return f"{named} and {more} more" if more else named


def _files(source: Source, name: str | None) -> Iterator[_File | Unread]:
    if isinstance(source, bytes):
        yield _File(name or "note", name or "the note", source)
    elif source == "-":
        yield _File(name or "stdin", "standard input", _take(sys.stdin.buffer))
    elif (path := Path(source)) and _is_folder(path):
        yield from _folder(path)
    else:
        yield _File(name or path.name, str(path), _bytes_at(path))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _folder(folder: Path) -> Iterator[_File | Unread]:
    """The files under a folder by name; hidden ones and links are left out."""
    found = sorted(
        path
        for path in folder.rglob("*")
        if not path.is_symlink()
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        raise InputError(f"{folder} is a folder without files", "Put the notes of the chart into it.")
    if len(found) > MAX_FILES:
        raise InputError(
            f"{folder} has {len(found):,} files; at most {MAX_FILES} are read as one chart",
            "Leave out what is not needed.",
        )
    for path in found:
        label = path.relative_to(folder).as_posix()
        try:
            yield _File(label, str(path), _bytes_at(path))
        except InputError as error:
            yield Unread(label, None, error.message.removeprefix(f"{path}: "))


def _bytes_at(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return _take(stream)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"{path}: there is no such file", "Check the path; - reads standard input.") from None
    except PermissionError:
        raise InputError(f"{path}: no permission to read this file", "Ask whoever owns it for access.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        why = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
        raise InputError(f"{path}: could not be read: {why}", "Copy the note to a local disk and try again.") from None


def _take(stream: BinaryIO) -> bytes:
    """Everything in the stream, and never much more than the limit: a pipe does not say how long it is."""
    head = stream.read(MAX_BYTES + 1)
    if len(head) <= MAX_BYTES or _is_text(head):
        return head
    return head + stream.read(MAX_FILE - MAX_BYTES)


def _is_text(data: bytes) -> bool:
    try:
        return kind_of(data) is Kind.TEXT
    except Refusal:
        return True  # it is refused again with its reason


def _read_all(files: Sequence[_File], password: str | None, unread: list[Unread], *, alone: bool) -> list[FileRead]:
    """Read each file and the files inside it, in their order; those that cannot be read are added to `unread`.

    Raises InputError only where there is nothing but the one file that cannot be read.
    """
    if alone:
        results: list[FileRead | Refusal] = [_attempt(files[0], password)]
    else:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(2) as pool:  # the children do the work
            results = list(pool.map(lambda file: _attempt(file, password), files))
    read: list[FileRead] = []
    for file, result in zip(files, results, strict=True):
        if isinstance(result, Refusal):
            if alone:
                error = LockedError if isinstance(result, Locked) else InputError
                raise error(f"{file.where} {result.what}", result.hint)
            unread.append(Unread(file.name, None, f"it {result.what}"))
            continue
        read.append(result)
        inner = [
            _File(_inside(file, result, each.name), each.name, each.data, each.part, file.depth + 1)
            for each in result.parsed.embedded
        ]
        if inner and file.depth + 1 >= _DEEPEST:
            unread.extend(Unread(each.name, None, "it lies too deep inside other files") for each in inner)
        elif inner:
            read.extend(_read_all(inner, password, unread, alone=False))
    return read


def _inside(outer: _File, result: FileRead, name: str) -> str:
    """What a file inside a file is called: entries of the one ZIP that was given by their own names."""
    return name if result.kind == Kind.ZIP and outer.depth == 0 else f"{outer.name}: {name}"


def _attempt(file: _File, password: str | None) -> FileRead | Refusal:
    try:
        kind = _kind(file)
        parsed = _text(file.data) if kind is Kind.TEXT else _apart(kind, file.data, password)
    except Refusal as refusal:
        return refusal
    parsed = replace(parsed, warnings=(*parsed.warnings, *_disguised(parsed.text)))
    shown = file.data if kind in (Kind.PDF, Kind.PICTURE) else b""
    return FileRead(file.name, kind.value, hashlib.sha256(file.data).hexdigest(), parsed, file.given, shown)


def _with_scans(files: Sequence[FileRead], password: str | None, how: Recognition) -> list[FileRead]:
    """The files with the text of their scanned pages; where it cannot be recognized the reason says why."""
    if not any(file.parsed.scanned for file in files):
        return list(files)
    from praxigen.documents import recognition

    if not how.on or not recognition.available():
        why = recognition.MISSING if how.on else recognition.OFF
        return [replace(file, parsed=_told(file.parsed, why)) for file in files]
    from praxigen.documents.scanned import with_recognized

    scans = [recognition.Scan(file.kind, file.data, file.parsed.scanned, password) for file in files]
    return [
        replace(file, parsed=with_recognized(file.parsed, read)) if file.parsed.scanned else file
        for file, read in zip(files, recognition.recognize(scans, how), strict=True)
    ]


def _told(parsed: Parsed, why: str) -> Parsed:
    """The file, its scanned pages with the reason why nothing of them was read."""
    unread = tuple((page, f"{reason}; {why}" if page in parsed.scanned else reason) for page, reason in parsed.unread)
    return replace(parsed, unread=unread)


def _kind(file: _File) -> Kind:
    """What a file is. Raises Refusal for what is empty, too large, nested or of no kind that is read."""
    if not file.data.strip():
        raise Refusal("is empty: there is nothing to check", "Give a note with text in it.")
    kind = kind_of(file.data)
    most = MAX_BYTES if kind is Kind.TEXT else MAX_FILE
    if len(file.data) > most:
        raise Refusal(
            f"is larger than {most // 1024 // 1024} MB, too large for one clinical note",
            "Split the chart and give the note that documents the criteria.",
        )
    if kind is Kind.ZIP and file.depth > 0:
        raise Refusal("is a ZIP file inside another file, which is not read", "Unpack it.")
    return kind


def _apart(kind: Kind, data: bytes, password: str | None) -> Parsed:
    from praxigen.documents.sandbox import parse_apart

    return parse_apart(kind.value, data, password)


def _text(data: bytes) -> Parsed:
    text, warnings = decode(data)
    if not text.strip():
        raise Refusal("is empty: there is nothing to check", "Give a note with text in it.")
    return Parsed(text, pages=_sheets(text), warnings=warnings)


def _sheets(text: str) -> tuple[Page, ...]:
    """The pages of a text that was made for a printer; none where no form feed stands between two of them."""
    if "\f" not in text.strip():
        return ()
    pages, at = [], 0
    for number, sheet in enumerate(text.split("\f"), 1):
        pages.append(Page(number, at, at + len(sheet)))
        at += len(sheet) + 1
    return tuple(pages)


def _nothing(files: Sequence[_File], read: Sequence[FileRead], unread: Sequence[Unread]) -> InputError:
    """What to say where no word could be read."""
    left = [*unread, *(Unread(file.name, page, reason) for file in read for page, reason in file.parsed.unread)]
    if not left:
        where = files[0].where if files else "the chart"
        return InputError(f"{where} is empty: there is nothing to check", "Give a note with text in it.")
    if len({each.file for each in left}) == 1 and len(files) == 1:
        first = left[0]
        what = "files" if first.page is None else "pages"
        none = f"none of its {len(left)} {what} could be read" if len(left) > 1 else "it could not be read"
        named = f"page {first.page}: " if first.page is not None and len(left) > 1 else ""
        hint = _TRANSCRIBE if first.page is not None else _AGAIN
        return InputError(f"{files[0].where}: {none}: {named}{first.reason}", hint)
    named = "\n  ".join(map(str, left[:_NAMED])) + ("\n  and more" if len(left) > _NAMED else "")
    return InputError(f"nothing in the chart could be read:\n  {named}", "Give the notes as text, PDF or Word files.")


def _disguised(text: str) -> tuple[str, ...]:
    """One warning for all lines with characters that a person cannot see; the reader takes nothing from them."""
    if text.isascii():
        return ()
    lines = [at for at, line in enumerate(text.split("\n"), 1) if is_disguised(line)]
    if not lines:
        return ()
    named = ", ".join(str(line) for line in lines[:_NAMED]) + (" and more" if len(lines) > _NAMED else "")
    return (
        (
            f"Characters that cannot be seen, or that look like other letters, stand in line {named}. "
            "The sentences that hold them are not used as evidence; type them again if they matter."
        ),
    )
