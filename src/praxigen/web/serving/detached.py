"""A server that goes on after the command that started it: started, found again, stopped."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from praxigen.errors import UsageError
from praxigen.web.serving.server import READY, Server

_PATIENCE = 60.0  # seconds until it must answer
_LOG = "serving.log"


def start(server: Server, say: Callable[[str], None]) -> None:
    """Start the server and return when it answers. Raises UsageError where one runs already, or none came up."""
    refuse_second(server.data)
    ready = server.data / READY
    ready.unlink(missing_ok=True)
    told = json.dumps([server.host, server.port, server.workers, server.threads, str(server.data), server.first])
    with (server.data / _LOG).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-m", "praxigen.web.serving.detached", told],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    until = time.monotonic() + _PATIENCE
    while (found := _running(server.data)) is None:
        if process.poll() is not None or time.monotonic() > until:
            raise UsageError(
                "the server did not come up", f"Read {server.data / _LOG}; is port {server.port} in use? Try --port 0."
            )
        time.sleep(0.1)
    for sentence, link in found["first"]:
        say(f"{sentence}\n  {link}")


def serve_here(server: Server) -> None:
    """Serve in this process until it is stopped, with the background process beside."""
    from praxigen.web.serving.background import start_background
    from praxigen.web.serving.server import Workspace

    gc.enable()  # the command line runs without it; a server lives long
    beside = start_background()
    try:
        Workspace(server).run()
    finally:
        beside.terminate()
        beside.wait(timeout=30)


def stop(data: Path) -> str:
    """Stop the server of a data folder, and say so."""
    found = _running(data)
    if found is None:
        return "Nothing is being served."
    os.kill(found["pid"], signal.SIGTERM)
    until = time.monotonic() + _PATIENCE
    while _running(data) is not None and time.monotonic() < until:
        time.sleep(0.1)
    return "Stopped."


def refuse_second(data: Path) -> None:
    """Raise UsageError where a server runs on the data folder already."""
    found = _running(data)
    if found is not None:
        raise UsageError(
            f"the workspace is being served already: {found['address']}", "Stop it with `praxigen serve --stop`."
        )


def _running(data: Path) -> dict[str, Any] | None:
    """What the running server of a data folder said of itself; None where none runs."""
    try:
        found: dict[str, Any] = json.loads((data / READY).read_text(encoding="ascii"))
        os.kill(found["pid"], 0)
    except (OSError, ValueError, KeyError):
        return None
    return found


def main() -> None:
    """The server itself, in a process of its own."""
    import django

    django.setup()
    host, port, workers, threads, data, first = json.loads(sys.argv[1])
    server = Server(host, port, workers, threads, Path(data), tuple((said, path) for said, path in first))
    serve_here(server)


if __name__ == "__main__":
    main()
