"""Runs one parser in a child process with limits, and turns whatever becomes of it into a result or a refusal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from queue import SimpleQueue

from praxigen.documents.child import CPU, TOO_LARGE
from praxigen.documents.parsed import Locked, Parsed, Refusal, unpack

WALL = 30  # seconds
MOST_ANSWER = 256 * 1024 * 1024  # bytes
AT_ONCE = 2
_CHILD = str(Path(__file__).with_name("child.py"))
_ANEW = "Open it in the program that made it and save it anew, or split it."
_TOO_SLOW = f"took longer than {WALL} seconds to read"
_turns = threading.BoundedSemaphore(AT_ONCE)


def parse_apart(kind: str, data: bytes, password: str | None = None, spec: dict[str, object] | None = None) -> Parsed:
    """What the parser of a kind reads from the bytes of a file. Raises Refusal, and nothing else, where it cannot.

    `spec` tells "annotate" and "draw", which make files of a file, what to make.
    """
    request = {"kind": kind, "password": password, "spec": spec, "path": [entry for entry in sys.path if entry]}
    with _turns:
        code, answer, late = _run(json.dumps(request).encode() + b"\n", data)
    if late:
        raise Refusal(_TOO_SLOW, _ANEW)
    return result_of(code, answer)


def result_of(code: int, answer: bytes) -> Parsed:
    """What a child that ended with this code has answered. Raises Refusal."""
    if len(answer) > MOST_ANSWER:
        raise Refusal("inflates to more than a chart can hold", _ANEW)
    if code != 0:
        raise Refusal(_death(code), _ANEW)
    return _result(answer)


def _result(answer: bytes) -> Parsed:
    try:
        if answer[:1] == b"+":
            return unpack(answer[1:])
        what, hint, locked = json.loads(answer[1:])
        refusal = (Locked if locked is True else Refusal)(str(what), str(hint))
    except (ValueError, KeyError, TypeError, RecursionError):
        refusal = Refusal("made its parser answer nonsense", _ANEW)
    raise refusal


class Stopper:
    """Ends children from another thread, those that run and those that would start."""

    def __init__(self) -> None:
        self.stopped = False
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def add(self, child: subprocess.Popen[bytes]) -> None:
        """Put a child under it."""
        with self._lock:
            self._running.add(child)
            if self.stopped:
                _stop(child, None)

    def remove(self, child: subprocess.Popen[bytes]) -> None:
        """A child has ended."""
        with self._lock:
            self._running.discard(child)

    def stop(self) -> None:
        """End them all."""
        with self._lock:
            self.stopped = True
            for child in self._running:
                _stop(child, None)


def answers_of(
    request: dict[str, object], data: bytes, pages: Iterator[int], stopper: Stopper
) -> Iterator[tuple[int, Parsed | Refusal]]:
    """Each page with what a child answers for it; the next one is taken from `pages` when the child is free.

    Where the child crashes or a page takes longer than WALL seconds, the last answer is a Refusal that says so. No
    child is started where there is no page.
    """
    page = next(pages, None)
    if page is None:
        return
    header = json.dumps({**request, "size": len(data), "path": [entry for entry in sys.path if entry]}).encode() + b"\n"
    late = threading.Event()
    asked: SimpleQueue[bytes] = SimpleQueue()
    with _child(chain([header, data], iter(asked.get, b""))) as child:
        stopper.add(child)
        try:
            while page is not None:
                asked.put(b"%d\n" % page)
                watch = threading.Timer(WALL, _stop, (child, late))
                watch.daemon = True
                watch.start()
                try:
                    answer = _framed(child)
                finally:
                    watch.cancel()
                if answer is None:
                    if not stopper.stopped:
                        _stop(child, None)
                        yield page, Refusal(_TOO_SLOW if late.is_set() else _death(child.wait()), _ANEW)
                    return
                try:
                    result: Parsed | Refusal = _result(answer)
                except Refusal as refusal:
                    result = refusal
                yield page, result
                page = next(pages, None)
        finally:
            asked.put(b"")
            _stop(child, None)
            stopper.remove(child)


def _framed(child: subprocess.Popen[bytes]) -> bytes | None:
    """The next answer with its length before it; None where the child has ended."""
    assert child.stdout is not None  # noqa: S101  asked for where it was started
    head = child.stdout.read(8)
    size = int.from_bytes(head, "big")
    if len(head) < 8 or size > MOST_ANSWER:
        return None
    answer = child.stdout.read(size)
    return answer if len(answer) == size else None


@contextmanager
def _child(pieces: Iterable[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A child that is being fed piece by piece; it is ended with the block."""
    with subprocess.Popen(  # noqa: S603  our own interpreter and our own file
        [sys.executable, "-I", "-S", "-X", "utf8", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONHASHSEED": "0", "OMP_THREAD_LIMIT": "1"},
        start_new_session=True,
    ) as child:
        feed = threading.Thread(target=_feed, args=(child, pieces), daemon=True)
        try:
            feed.start()
            yield child
        finally:
            _stop(child, None)
            feed.join()


def _run(header: bytes, data: bytes) -> tuple[int, bytes, bool]:
    """Exit code, answer, and whether the child was stopped for taking too long."""
    late = threading.Event()
    with _child((header, data)) as child:
        watch = threading.Timer(WALL, _stop, (child, late))
        watch.daemon = True
        try:
            watch.start()
            assert child.stdout is not None  # noqa: S101  asked for where it was started
            answer = child.stdout.read(MOST_ANSWER + 1)
            if len(answer) > MOST_ANSWER:
                _stop(child, None)
            code = child.wait()
        finally:
            watch.cancel()
    return code, answer, late.is_set()


def _feed(child: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    with suppress(OSError, ValueError):  # the child may stop before it has read everything
        assert child.stdin is not None  # noqa: S101
        with child.stdin as stream:
            for piece in pieces:
                stream.write(piece)
                stream.flush()


def _stop(child: subprocess.Popen[bytes], late: threading.Event | None) -> None:
    """Kill the child with everything that it may have started."""
    if child.poll() is not None:
        return
    if late is not None:
        late.set()
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _death(code: int) -> str:
    """What a child's end says about the file. PDFium ends its process where it gets no memory."""
    if -code == getattr(signal, "SIGXCPU", None):
        return f"took more than {CPU} seconds of processor time to read"
    if -code in (signal.SIGABRT, getattr(signal, "SIGKILL", None), getattr(signal, "SIGTRAP", None)):
        return TOO_LARGE
    return "is damaged: its parser crashed"
