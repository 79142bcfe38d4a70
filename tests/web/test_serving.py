"""The workspace starts from nothing, and refuses what would not be safe."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.errors import UsageError
from praxigen.library import Library
from praxigen.web.conf import read_configuration
from praxigen.web.crypto.keyring import make_key_file, new_line, read_keyring
from praxigen.web.serving import prepare
from praxigen.web.serving.background import work_while
from praxigen.web.serving.places import Places
from praxigen.web.serving.prepare import library_fingerprint, make_places
from praxigen.web.serving.server import address_of


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path / "data", tmp_path / "keys" / "master.key")
    make_places(made, lambda _line: None)
    return made


def environ(places: Places, **more: str) -> dict[str, str]:
    return {"PRAXIGEN_DATA": str(places.data), "PRAXIGEN_KEY_FILE": str(places.key_file), **more}


def test_the_first_start_makes_a_folder_and_a_key_for_its_owner_alone(places: Places) -> None:
    assert stat.S_IMODE(places.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(places.key_file.stat().st_mode) == 0o600
    assert len(read_keyring(places.key_file).keys) == 1


def test_a_second_start_keeps_the_key(places: Places) -> None:
    before = places.key_file.read_bytes()
    make_places(places, lambda _line: None)
    assert places.key_file.read_bytes() == before


def test_no_new_key_is_made_for_data_that_are_there(places: Places) -> None:
    (places.data / "praxigen.sqlite3").write_bytes(b"")
    places.key_file.unlink()
    with pytest.raises(UsageError, match="cannot be opened"):
        make_places(places, lambda _line: None)
    assert not places.key_file.exists()


def test_a_key_file_is_never_written_over(places: Places) -> None:
    with pytest.raises(FileExistsError):
        make_key_file(places.key_file)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"PRAXIGEN_DEBUG": "1"}, "debugging"),
        ({"PRAXIGEN_HOSTS": "*"}, "must name the hosts"),
        ({"PRAXIGEN_DATABASE": "mysql://somewhere/x"}, "PostgreSQL"),
        ({"PRAXIGEN_DATABASE": "postgresql://somewhere"}, "PostgreSQL"),
        ({"PRAXIGEN_DATA": ""}, "PRAXIGEN_DATA is not set"),
    ],
)
def test_what_is_not_safe_or_not_said_is_refused(places: Places, more: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_configuration(environ(places, **more))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(places: Places, mode: int) -> None:
    places.key_file.chmod(mode)
    with pytest.raises(UsageError, match="can be read by others"):
        read_configuration(environ(places))


def test_a_key_beside_the_data_is_refused(places: Places) -> None:
    inside = places.data / "deep" / "master.key"
    make_key_file(inside)
    with pytest.raises(UsageError, match="beside the data"):
        read_configuration(environ(places, PRAXIGEN_KEY_FILE=str(inside)))


@pytest.mark.parametrize("text", ["", "k1:", "k1:QUJD\n", "no colon\n", "k1:" + "A" * 43 + "=\n", "\xe9"])
def test_what_is_no_key_is_refused(places: Places, text: str) -> None:
    places.key_file.write_text(text, encoding="latin-1")
    with pytest.raises(UsageError, match="key"):
        read_keyring(places.key_file)


def test_older_keys_stay_known_after_a_new_one_was_put_first(places: Places) -> None:
    old = read_keyring(places.key_file).current
    places.key_file.write_text(new_line() + places.key_file.read_text(encoding="ascii"), encoding="ascii")
    keys = read_keyring(places.key_file)
    assert keys.current.id != old.id
    assert keys.find(old.id) == old
    with pytest.raises(UsageError, match="not in the key file"):
        keys.find("gone")


def test_a_postgresql_address_is_taken_apart(places: Places) -> None:
    found = read_configuration(environ(places, PRAXIGEN_DATABASE="postgresql://desk:p%40ss@db.example:5433/praxigen"))
    assert (found.database["HOST"], found.database["PORT"], found.database["PASSWORD"]) == (
        "db.example",
        "5433",
        "p@ss",
    )


@pytest.mark.parametrize(
    ("host", "asked", "mode"),
    [
        ("db.example", "", "require"),
        ("db.example", "verify-full", "verify-full"),
        ("localhost", "", None),
        ("%2Frun%2Fpostgresql", "", None),
    ],
)
def test_a_database_elsewhere_is_spoken_to_by_tls_only(places: Places, host: str, asked: str, mode: str | None) -> None:
    told = environ(places, PRAXIGEN_DATABASE=f"postgresql://desk@{host}/praxigen", PGSSLMODE=asked)
    assert read_configuration(told).database["OPTIONS"].get("sslmode") == mode


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "nothing would encrypt"),  # noqa: S104  this is what is refused
        (["--proxied"], "needs the name"),
    ],
)
def test_nothing_is_served_in_the_clear(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_the_address_is_one_for_which_browsers_keep_secure_cookies() -> None:
    assert address_of("127.0.0.1", 8000) == "http://localhost:8000/"


def test_the_library_has_one_fingerprint() -> None:
    assert library_fingerprint(Library.open()) == library_fingerprint(Library.open())


def test_a_task_that_fails_does_not_stop_the_others() -> None:
    done: list[str] = []
    rounds = iter([True, True, False])

    def fails() -> None:
        raise ValueError("of a chart")

    work_while(lambda: next(rounds), (fails, lambda: done.append("other")), pause=0)
    assert done == ["other", "other"]


def test_public_pages_are_made_again_only_where_they_would_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []

    def build(_library: Library, folder: Path, *, workspace: str) -> None:
        folder.mkdir(exist_ok=True)
        built.append(workspace)

    monkeypatch.setattr("praxigen.site.build_site", build)
    for workspace in ("practice/", "practice/", "desk/", "desk/"):
        monkeypatch.setattr(prepare, "_WORKSPACE", workspace)
        prepare.build_public_site(tmp_path / "public", lambda _line: None)
    assert built == ["practice/", "desk/"]


def test_everything_is_made_ready_by_one_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "praxigen", "serve", "--no-serve", "--data", str(tmp_path / "data")]
    command += ["--key-file", str(tmp_path / "keys" / "k")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PRAXIGEN", "DJANGO"))}

    def serve() -> str:
        done = subprocess.run(  # noqa: S603  our own command
            command, capture_output=True, text=True, timeout=300, env=environment, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "is ready" in serve()
    assert (tmp_path / "data" / "public" / "prior-authorization" / "index.html").is_file()
    shown = (
        tmp_path / "data" / "public" / "prior-authorization" / "qualcare" / "laminectomy" / "index.html"
    ).read_text()
    assert '"../../../practice/cases/new/?payer=qualcare&amp;plan=commercial&amp;codes=63001,63003,' in shown
    assert (tmp_path / "data" / "static" / "staticfiles.json").is_file()
    assert "public pages" not in serve()


@pytest.mark.django_db
def test_a_process_is_ready_before_it_takes_requests(caplog: pytest.LogCaptureFixture) -> None:
    from praxigen.web.cases.library import policies
    from praxigen.web.serving.warm import warm

    policies.cache_clear()
    warm()
    assert policies.cache_info().currsize == 1
    assert "cold" not in caplog.text


def test_a_process_that_cannot_be_readied_serves_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from praxigen.web.serving import warm

    def broken() -> None:
        raise UsageError("the library cannot be read", "")

    monkeypatch.setattr(warm, "_warm", broken)
    with caplog.at_level("ERROR", logger="praxigen"):
        warm.warm()
    assert "cold" in caplog.text
