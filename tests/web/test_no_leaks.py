"""A patient's name goes in everywhere. It comes out on pages and nowhere else."""

from __future__ import annotations

import io
import logging
import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.pages.logs import LineFormatter
from support.crawl import Walk
from support.practices import confirmed, make_desk
from support.worked import work

pytestmark = pytest.mark.django_db
CANARY = "Quartermainzebulon"
_HELD_OPENLY = {  # what is no patient's: names of members, practices, letterheads, programs, which forms fill as well
    "accounts_practice", "accounts_member", "accounts_link", "api_apikey", "api_webhook", "mfa_authenticator",
}  # fmt: skip


def _everything_stored() -> dict[str, bytes]:
    """Each table as its raw values."""
    with connection.cursor() as cursor:
        stored = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of our own tables
            stored[table] = b"\n".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for row in cursor.fetchall()
                for value in row
            )
    return stored


def _files_with(words: bytes, folder: Path, since: float) -> list[str]:
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            try:
                if path.stat().st_mtime >= since and (words in path.read_bytes() or words.decode() in name):
                    found.append(str(path))
            except OSError:
                continue
    return found


def test_a_patients_name_stays_on_the_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(LineFormatter())
    loggers = [logging.getLogger(), logging.getLogger("praxigen")]
    for logger in loggers:
        logger.addHandler(handler)
    started = Path(settings.CONFIGURATION.key_file).stat().st_mtime
    try:
        desk = make_desk()
        work(desk, CANARY)
        note = f"{CANARY}, {CANARY}\nDOB 01/02/1960\nLow back pain for six months.\n".encode()
        file = SimpleUploadedFile(f"{CANARY}.txt", note, "text/plain")
        walk = Walk(confirmed(desk.members[Role.OWNER]), CANARY, file).go("/practice/")
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    assert len(walk.pages) > 5
    for looked_at in ("/practice/letters/", "/practice/decisions/", "/payer/"):
        assert [path for path in walk.pages if looked_at in path], looked_at
    assert [target for target, _ in walk.sent if target.startswith("/practice/")]
    told = log.getvalue()
    assert CANARY not in told
    assert [place for place in walk.led_to if CANARY in place] == []
    assert CANARY not in str(list(Event.objects.values()))
    leaks = [table for table, stored in _everything_stored().items() if CANARY.encode() in stored]
    assert sorted(set(leaks) - _HELD_OPENLY) == []
    for folder in (tmp_path, settings.CONFIGURATION.data):
        assert _files_with(CANARY.encode(), folder, started) == []


def test_the_words_that_are_looked_for_would_be_found() -> None:
    """The search itself works: what is stored openly is seen."""
    make_desk(f"Practice of {CANARY}")
    assert CANARY.encode() in _everything_stored()["accounts_practice"]


def test_an_upload_never_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    client = confirmed(make_desk().members[Role.OWNER])
    large = SimpleUploadedFile("chart.txt", CANARY.encode() * 300_000, "text/plain")  # 5.4 MB
    client.post("/account/me/sessions/end/", {"session": "x", "file": large})
    assert list(tmp_path.iterdir()) == []
