"""Puts a finished answer where it is wanted: a whole file or none, or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from praxigen.errors import UsageError

if TYPE_CHECKING:
    from praxigen.model.document import Document


def show(text: str | bytes) -> None:
    """Write text to standard output as UTF-8, with the line ends that it has; bytes as they are."""
    click.echo(text.encode("utf-8") if isinstance(text, str) else text, nl=False)


_LONG = 300_000  # characters, some hundred pages: about a second of reading
_A_SECOND = 350_000


def open_notes(
    notes: Sequence[str], password: str | None = None, *, no_ocr: bool = False, ocr_cache: bool = False
) -> Document:
    """The note or chart at some paths; of a long one a line on standard error says how long it will take."""
    from praxigen.documents import Recognition, read_chart
    from praxigen.documents.ocr_options import cache_folder

    with _scanning() as progress:
        how = Recognition(not no_ocr, cache_folder() if ocr_cache else None, progress)
        document = read_chart(notes, password=password, ocr=how)
    if len(document.text) > _LONG:
        pages, seconds = len(document.text) // 3000, 1 + len(document.text) // _A_SECOND
        click.echo(f"Reading some {pages:,} pages; this takes about {seconds} seconds (Ctrl-C stops it).", err=True)
    return document


@contextmanager
def _scanning() -> Iterator[Callable[[int, int], None] | None]:
    """Tells on a terminal how many scanned pages are read; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    wide = 0

    def tell(done: int, total: int) -> None:
        nonlocal wide
        filled = 30 * done // max(total, 1)
        line = f"Reading scanned pages [{'#' * filled}{'.' * (30 - filled)}] {done} of {total} (Ctrl-C stops it)"
        wide = max(wide, len(line))
        sys.stderr.write(f"\r{line}")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if wide:
            sys.stderr.write(f"\r{' ' * wide}\r")
            sys.stderr.flush()


def write_file(path: Path, content: str | bytes) -> None:
    """Write text in UTF-8, or bytes, to a file so that the path holds either all of it or what it held before.

    A name that leads elsewhere (a link, a device) is followed, never replaced.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        _replace(target, data)
    except OSError as error:
        why = error.strerror or type(error).__name__
        hint = "Name a file in a folder that you may write to."
        raise UsageError(f"{path}: could not be written: {why}", hint) from None


def refuse_overwrite(output: Path | None, notes: Sequence[str]) -> None:
    """Raise UsageError where the report would replace a note that it is about, alone or in its folder."""
    if output is None or not output.exists():
        return
    for note in notes:
        path = Path(note)
        if note == "-" or not path.exists():
            continue
        if output.samefile(path) or (path.is_dir() and path.resolve() in output.resolve().parents):
            raise UsageError("the report would replace the note", "Give --output another name.")


def _replace(target: Path, data: bytes) -> None:
    import secrets  # only what writes a file needs it

    # Beside the target, so that the last step is one rename on one disk.
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
