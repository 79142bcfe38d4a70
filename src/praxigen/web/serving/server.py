"""Runs the workspace under gunicorn: a few processes with threads, and one that reads scanned pages."""

from __future__ import annotations

import gc
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

READY = "serving.json"  # in the data folder, while the workspace answers


@dataclass(frozen=True, slots=True)
class Server:
    """How to serve. `port` 0 takes a free one. `first` are sentences and paths to say once it answers."""

    host: str
    port: int
    workers: int
    threads: int
    data: Path
    first: tuple[tuple[str, str], ...] = ()


class Workspace(BaseApplication):
    """The WSGI application with its server's settings."""

    def __init__(self, server: Server) -> None:
        self._server = server
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings over."""
        from django.conf import settings as django_settings

        server = self._server
        host = f"[{server.host}]" if ":" in server.host else server.host
        settings: dict[str, Any] = {
            "bind": f"{host}:{server.port}",
            "workers": server.workers,
            "worker_class": "gthread",
            "threads": server.threads,
            # Each request comes on a connection of its own, which a process takes that is free. A kept one would stay
            # with the process that took it first: one may then work off everything while the others have nothing to do.
            "keepalive": 0,
            "timeout": 120,
            "graceful_timeout": 20,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "proc_name": "praxigen",
            "loglevel": "warning",
            "logconfig_dict": django_settings.LOGGING,  # no traceback with values, whoever writes it
            "umask": 0o077,
            "accesslog": None,  # addresses hold no patient words, but who looked at what is the trail's matter
            "forwarded_allow_ips": "127.0.0.1,::1",
            "control_socket_disable": True,
            "limit_request_line": 4_094,
            "when_ready": self._say_ready,
            "on_exit": self._say_gone,
            "post_fork": _after_fork,
            "post_worker_init": _before_requests,
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, loaded in each process."""
        from praxigen.web.wsgi import application

        return application

    def _say_ready(self, arbiter: Any) -> None:
        port = arbiter.LISTENERS[0].sock.getsockname()[1]
        address = address_of(self._server.host, port)
        lines = [(sentence, address.rstrip("/") + path) for sentence, path in self._server.first]
        told = {"address": address, "pid": os.getpid(), "first": lines}
        (self._server.data / READY).write_text(json.dumps(told), encoding="ascii")
        for sentence, link in lines:
            print(f"{sentence}\n  {link}", flush=True)  # noqa: T201  the terminal of `praxigen serve`

    def _say_gone(self, _arbiter: Any) -> None:
        (self._server.data / READY).unlink(missing_ok=True)


def address_of(host: str, port: int) -> str:
    """The address to give to a browser. By name, because browsers keep secure cookies for localhost without TLS."""
    shown = "localhost" if host in ("127.0.0.1", "::1", "localhost") else host
    return f"http://{shown}:{port}/"


def _after_fork(_arbiter: Any, _worker: Any) -> None:
    from praxigen.web.audit.record import share_writes
    from praxigen.web.serving.renewal import forget_library

    gc.enable()  # the command line runs without it; a server lives long
    forget_library()  # what the parent read may be older than the files
    share_writes()


def _before_requests(_worker: Any) -> None:
    from praxigen.web.serving.warm import warm

    warm()
    # What is opened once lives as long as the process: looking through it for garbage would hold up a request.
    gc.collect()
    gc.freeze()
