"""The child process in which one file is parsed: it gives up what it could do harm with, then reads.

Run by its path with `python -I -S`. The first line of its input is JSON: the kind, the options, and the folders to
import from; the rest is the file. It answers with one byte and a body: "+" and what `parsed.pack` writes, or "-" and a
refusal as JSON. Where `most` pages may be asked for, the request says how long the file is, and the numbers of pages
follow it, each on a line: every one is answered so, with the length of the answer in 8 bytes before it.
Docs: docs/documents.md, which limits hold on which system.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from praxigen.documents.parsed import Parsed

MEMORY = 512 * 1024 * 1024  # bytes of address space
OCR_MEMORY = 3 * MEMORY  # for pictures of pages, of which the engine makes several copies
CPU = 20  # seconds, for each page where pages are recognized
_OPEN_FILES = 64
_REFUSED_EVENTS = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "os.kill",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "shutil.",
    "tempfile.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "webbrowser.",
)


def main() -> int:
    """Read the request, take on the limits, parse, answer."""
    request = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = request["path"]
    most = request.get("most", 0)
    if most:
        limit(CPU * most, OCR_MEMORY)
    else:
        limit()
    from praxigen.documents.parsers import parse, parse_page

    if not most:
        data = sys.stdin.buffer.read()
        for piece in answer(partial(parse, request["kind"], data, request["password"], request.get("spec"))):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return 0
    data = sys.stdin.buffer.read(request["size"])
    for line in sys.stdin.buffer:
        told = b"".join(answer(partial(parse_page, request["kind"], data, int(line), request["password"], request)))
        sys.stdout.buffer.write(len(told).to_bytes(8, "big") + told)
        sys.stdout.buffer.flush()
    return 0


def answer(read: Callable[[], Parsed]) -> list[bytes]:
    """What a parser read, or why not, as it crosses to the process that asked."""
    from praxigen.documents.parsed import Locked, Refusal, pack

    try:
        return [b"+", *pack(read())]
    except Refusal as refusal:
        return _refused(refusal.what, refusal.hint, locked=isinstance(refusal, Locked))
    except MemoryError:
        return _refused(TOO_LARGE, "Open it and save it anew, or split it.")
    except RecursionError:
        return _refused("is nested too deep to be a clinical document", "Save it anew.")
    except Exception as error:  # noqa: BLE001  a parser made for good files may fail in any way on a broken one
        what = f"is damaged: its parser failed ({type(error).__name__})"
        return _refused(what, "Open it in the program that made it and save it anew.")


def _refused(what: str, hint: str, *, locked: bool = False) -> list[bytes]:
    return [b"-", json.dumps([what, hint, locked]).encode()]


TOO_LARGE = f"needs more than {MEMORY // 1024 // 1024} MB to be read"


def limit(cpu: int = CPU, memory: int = MEMORY) -> None:
    """Give up memory, time, the network, new files and other programs, as far as the system lets a process do so."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.addaudithook(_audit)
    if sys.platform == "linux":
        from praxigen.documents.seccomp import install

        install()


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse in Python what the kernel filter refuses to everybody, for systems that have no such filter."""
    if event.startswith(_REFUSED_EVENTS):
        raise PermissionError(f"a parser may not {event}")
    if event == "open" and len(arguments) == 3:
        mode, flags = arguments[1], arguments[2]
        writes = isinstance(mode, str) and any(letter in mode for letter in "wax+")
        if writes or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            raise PermissionError("a parser may not write files")


if __name__ == "__main__":
    sys.exit(main())
