"""Recognizes scanned pages (OCR): several limited children at once, page by page, with a cache if one is asked for.

A child reads pages of one file and is given the next one after each answer. The page at which it crashes or takes too
long is named as unread; the pages after it go to a fresh child. Needs the extra "ocr"; nothing leaves the machine.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from praxigen.documents.ocr_options import Recognition
from praxigen.documents.parsed import Parsed, Refusal, pack, unpack
from praxigen.documents.sandbox import Stopper, answers_of

MISSING = 'recognizing it needs the OCR extra, which is not installed (pip install "praxigen[ocr]")'
OFF = "its text was not recognized, as asked for (--no-ocr)"
_MOST = 16  # pages that one child reads: starting it then costs little, and what it holds stays bounded
_MODEL = "eng.traineddata"
_EDITION = "3"  # of the recognition; a new one makes cached pages be read anew


def available() -> bool:
    """Whether scanned pages can be read here: the engine and its English model are installed."""
    return find_spec("tesserocr") is not None and find_spec("PIL") is not None and models() is not None


@cache
def models() -> str | None:
    """The folder with the engine's English model."""
    places = [os.environ.get("TESSDATA_PREFIX", "")]
    places += [str(Path(base) / "share" / "tessdata") for base in (sysconfig.get_path("data"), sys.prefix)]
    places += [
        str(Path(entry).parents[2] / "share" / "tessdata")
        for entry in sys.path
        if Path(entry).name in ("site-packages", "dist-packages") and len(Path(entry).parents) > 2
    ]
    places += ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata"]
    return next((place for place in places if place and (Path(place) / _MODEL).is_file()), None)


@dataclass(frozen=True, slots=True)
class Scan:
    """A file and those of its pages, counted from 1, that are pictures."""

    kind: str
    data: bytes = field(repr=False)
    pages: tuple[int, ...]
    password: str | None = field(default=None, repr=False)


def recognize(scans: Sequence[Scan], how: Recognition) -> list[dict[int, Parsed]]:
    """For each file its pages as read from their pictures. Raises only what the progress raises, or Ctrl-C."""
    folders = [how.cache if scan.password is None else None for scan in scans]  # what is encrypted stays so
    hashes = [hashlib.sha256(scan.data).hexdigest() if how.cache is not None else "" for scan in scans]
    read = [
        {page: kept for page in scan.pages if (kept := _kept(folder, sha256, page)) is not None}
        for scan, folder, sha256 in zip(scans, folders, hashes, strict=True)
    ]
    lock, stopper = threading.Lock(), Stopper()
    total = sum(len(scan.pages) for scan in scans)

    def tell() -> None:
        if how.progress is not None:
            how.progress(sum(map(len, read)), total)

    def done(index: int, page: int, parsed: Parsed) -> None:
        with lock:
            read[index][page] = parsed
            tell()
        _keep(folders[index], hashes[index], page, parsed)

    def work(index: int, left: deque[int]) -> None:
        while left and not stopper.stopped:
            _one_child(scans[index], left, stopper, partial(done, index))

    tell()
    with ThreadPoolExecutor(how.workers) as pool:
        try:
            running = set()
            for index, scan in enumerate(scans):
                left = deque(page for page in scan.pages if page not in read[index])
                running |= {pool.submit(work, index, left) for _ in range(min(how.workers, len(left)))}
            _wait(running)
        except BaseException:
            stopper.stop()
            pool.shutdown(cancel_futures=True)
            raise
    return read


def _wait(running: set[Future[None]]) -> None:
    """Until all are done; in short turns, so that Ctrl-C is heard on every system."""
    while running:
        finished, running = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
        for each in finished:
            each.result()


def _one_child(scan: Scan, left: deque[int], stopper: Stopper, done: Callable[[int, Parsed], None]) -> None:
    """Let one child read pages until none is `left`, which other children share, it has read enough, or it ends."""
    request: dict[str, object] = {
        "kind": scan.kind,
        "password": scan.password,
        "most": _MOST,
        "models": models(),
    }
    for page, answer in answers_of(request, scan.data, islice(_taken(left), _MOST), stopper):
        if isinstance(answer, Refusal):
            reason = answer.what if answer.what.startswith("it") else f"it {answer.what}"
            done(page, Parsed(unread=((page, reason),)))
        else:
            done(page, answer)


def _taken(left: deque[int]) -> Iterator[int]:
    """Pages as they are taken; several threads may take them."""
    with suppress(IndexError):
        while True:
            yield left.popleft()


def _cached(folder: Path, sha256: str, page: int) -> Path:
    """The name tells nothing but two hashes and a number."""
    return folder / f"{sha256}-{page}-{_engine()}"


@cache
def _engine() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        engine = version("tesserocr")
    except PackageNotFoundError:
        engine = "unknown"
    return hashlib.sha256(f"{_EDITION} {engine}".encode()).hexdigest()[:12]


def _kept(folder: Path | None, sha256: str, page: int) -> Parsed | None:
    if folder is None:
        return None
    try:
        return unpack(_cached(folder, sha256, page).read_bytes())
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _keep(folder: Path | None, sha256: str, page: int, parsed: Parsed) -> None:
    """Keep a page for this user alone. A cache that cannot be written is no reason to fail."""
    if folder is None or parsed.unread:
        return
    target = _cached(folder, sha256, page)
    draft = target.with_name(f"{target.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
            stream.writelines(pack(parsed))
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
