"""Where the workspace keeps its data and keys, from the environment; refuses what would not be safe."""

from __future__ import annotations

import os
import shlex
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

from praxigen.datafiles import did_you_mean
from praxigen.errors import UsageError
from praxigen.law.case import TIME_ZONE
from praxigen.web.crypto.keyring import Keyring, read_keyring

DATABASE_FILE = "praxigen.sqlite3"
_DIGITS = 10  # of a number in a setting, at most
_HERE = ("", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the settings are made from.

    `origins` are the addresses at which people reach the workspace, for example https://desk.example.org; `proxied`
    says that a proxy in front speaks TLS and sets X-Forwarded-Proto. `checkpoints` is where the signed checkpoints of
    the audit trail are written (PRAXIGEN_CHECKPOINTS), better on another machine. `pages_a_minute` and
    `costly_a_minute` say how often one member may ask (PRAXIGEN_PAGES_A_MINUTE), and for what reads files or makes
    documents (PRAXIGEN_COSTLY_A_MINUTE). `scanner` is the command that looks for malware in files (PRAXIGEN_SCANNER).
    `time_zone` is where the practice is (PRAXIGEN_TIME_ZONE): its days begin and end there.
    """

    data: Path
    key_file: Path
    keys: Keyring
    database: dict[str, Any]
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    proxied: bool
    demonstration: bool
    demonstration_token: str = field(repr=False)
    checkpoints: Path
    webhook_hosts: tuple[str, ...]
    pages_a_minute: int
    costly_a_minute: int
    scanner: tuple[str, ...]
    time_zone: str


def read_configuration(environ: dict[str, str] | None = None) -> Configuration:
    """The configuration of this process. Raises UsageError, saying which variable to mend."""
    env = dict(os.environ) if environ is None else environ
    data = Path(_needed(env, "PRAXIGEN_DATA"))
    key_file = Path(_needed(env, "PRAXIGEN_KEY_FILE"))
    if env.get("PRAXIGEN_DEBUG", "") not in ("", "0"):
        raise UsageError("the workspace does not run with debugging on", "Unset PRAXIGEN_DEBUG.")
    if data.resolve() in key_file.resolve().parents:
        raise UsageError(
            f"the key file {key_file} lies beside the data that it protects",
            "Move it to another folder, better to another disk, and set PRAXIGEN_KEY_FILE.",
        )
    keys = read_keyring(key_file)
    hosts = tuple(filter(None, env.get("PRAXIGEN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")))
    if "*" in hosts:
        raise UsageError("PRAXIGEN_HOSTS must name the hosts", "Write for example desk.example.org.")
    origins = tuple(filter(None, env.get("PRAXIGEN_ORIGINS", "").split(",")))
    return Configuration(
        data=data,
        key_file=key_file,
        keys=keys,
        database=_database(env.get("PRAXIGEN_DATABASE", ""), data, env.get("PGSSLMODE", "")),
        hosts=hosts,
        origins=origins,
        proxied=env.get("PRAXIGEN_PROXIED", "") == "1",
        demonstration=env.get("PRAXIGEN_DEMONSTRATION", "") == "1",
        demonstration_token=env.get("PRAXIGEN_DEMONSTRATION_TOKEN", ""),
        checkpoints=Path(env.get("PRAXIGEN_CHECKPOINTS") or data / "checkpoints"),
        webhook_hosts=tuple(filter(None, env.get("PRAXIGEN_WEBHOOK_HOSTS", "").lower().split(","))),
        pages_a_minute=_count(env, "PRAXIGEN_PAGES_A_MINUTE", 600),
        costly_a_minute=_count(env, "PRAXIGEN_COSTLY_A_MINUTE", 30),
        scanner=_command(env, "PRAXIGEN_SCANNER"),
        time_zone=_zone(env, "PRAXIGEN_TIME_ZONE"),
    )


def _needed(env: dict[str, str], name: str) -> str:
    value = env.get(name, "")
    if not value:
        raise UsageError(f"{name} is not set", "Start the workspace with `praxigen serve`, which sets it.")
    return value


def _count(env: dict[str, str], name: str, usual: int) -> int:
    text = env.get(name) or str(usual)
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS and int(text)):
        raise UsageError(f"{name} is not a number of requests", f"Write a whole number from 1 on, such as {usual}.")
    return int(text)


def _zone(env: dict[str, str], name: str) -> str:
    value = env.get(name) or TIME_ZONE
    if value not in available_timezones():
        near = did_you_mean(value, available_timezones())
        raise UsageError(f"{name} names no time zone: {value}", near or "Write for example America/Los_Angeles.")
    return value


def _command(env: dict[str, str], name: str) -> tuple[str, ...]:
    try:
        words = tuple(shlex.split(env.get(name, "")))
    except ValueError:
        raise UsageError(f"{name} has a quotation mark that nothing closes", "Write it as in a shell.") from None
    if words and shutil.which(words[0]) is None:
        raise UsageError(
            f"{name} names a program that is not there: {words[0]}", "Install it, or write its whole path."
        )
    return words


def _database(address: str, data: Path, tls: str) -> dict[str, Any]:
    """Django's settings of the database: SQLite in the data folder, or the PostgreSQL server of the address."""
    if not address:
        return {
            "ENGINE": "praxigen.web.sqlite",
            "NAME": str(data / DATABASE_FILE),
            "CONN_MAX_AGE": None,  # the last connection that closes writes the whole log back, at each request
            # A transaction takes the write lock when it begins, so that two never wait for each other in the middle;
            # an acknowledged write is on the disk (synchronous=FULL).
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA secure_delete=ON;",  # what is deleted or overwritten does not stay in the file
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise UsageError(
            "PRAXIGEN_DATABASE is not the address of a PostgreSQL database",
            "Write postgresql://user:password@host:5432/name.",
        )
    host = _host(parts.netloc.rpartition("@")[2])
    # libpq alone would go on in the clear where the server offers no TLS.
    encrypted = {} if host.startswith("/") or host in _HERE else {"sslmode": tls or "require"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **encrypted},
    }


def _host(place: str) -> str:
    """The host of an address; a folder with a socket is written with %2F for its slashes, and keeps its case."""
    if place.startswith("%2F"):
        return unquote(place)
    return urlsplit(f"//{place}").hostname or ""
