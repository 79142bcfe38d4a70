"""The tests run on the database that they were told to run on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from praxigen.web.conf import read_configuration
from praxigen.web.crypto.keyring import make_key_file

pytestmark = pytest.mark.django_db


def test_the_database_is_the_one_that_was_asked_for() -> None:
    wanted = "postgresql" if os.environ.get("PRAXIGEN_TEST_DATABASE") else "sqlite"
    assert connection.vendor == wanted


def test_an_acknowledged_write_is_on_the_disk() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,)  # FULL
        else:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)


def test_the_tables_are_those_of_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_socket_folder_may_stand_for_a_host(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    make_key_file(tmp_path / "key")
    found = read_configuration(
        {
            "PRAXIGEN_DATA": str(tmp_path / "data"),
            "PRAXIGEN_KEY_FILE": str(tmp_path / "key"),
            "PRAXIGEN_DATABASE": "postgresql://praxigen@%2Fvar%2Frun%2FDesk/postgres",
        }
    )
    assert (found.database["HOST"], found.database["USER"]) == ("/var/run/Desk", "praxigen")
