"""Keys change without losing anything, and without them nothing opens."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.utils import timezone

from praxigen.cli.main import run
from praxigen.errors import UsageError
from praxigen.web.accounts import destruction, rotation
from praxigen.web.accounts.keys import FORGET_AFTER, find_key, forget_keys, newest_key
from praxigen.web.accounts.models import DataKey, Practice
from praxigen.web.accounts.owned import lookup_digest
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.models import Event
from praxigen.web.audit.verify import verify_all
from praxigen.web.cases.models import Case
from praxigen.web.crypto.envelope import SealBrokenError
from praxigen.web.crypto.keyring import Keyring, make_key_file, read_keyring
from support.addresses import fill_practice, owned_models
from support.practices import make_desk

pytestmark = pytest.mark.django_db
WORDS = "Zebulon Quartermain"


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "keys" / "master.key"
    make_key_file(path)
    monkeypatch.setattr(settings, "KEYRING", read_keyring(path))
    forget_keys()
    yield path
    forget_keys()


def test_a_new_master_key_opens_all_that_was_sealed_before(key_file: Path) -> None:
    desk = make_desk()
    case = Case.every.create(practice=desk.practice, payer="qualcare", patient={"name": WORDS})
    digest = lookup_digest(desk.practice.pk, "MRN 00 17")
    sealed = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    factor = Authenticator.objects.create(
        user=desk.members[Role.OWNER], type=Authenticator.Type.TOTP, data={"secret": sealed}
    )
    before = settings.KEYRING.current.id
    assert rotation.rotate_master(key_file) == 2  # what seals, and what finds
    assert settings.KEYRING.current.id != before
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    settings.KEYRING = Keyring(settings.KEYRING.keys[:1])  # as if the older line were gone
    forget_keys()
    assert Case.find(desk.practice, case.pk).patient == {"name": WORDS}
    assert lookup_digest(desk.practice.pk, "mrn 0017") == digest
    factor.refresh_from_db()
    assert get_adapter().decrypt(factor.data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_a_rotation_that_was_interrupted_is_gone_on_with(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_desk()
    with monkeypatch.context() as broken:
        broken.setattr(rotation, "wrap_anew", lambda _row: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            rotation.rotate_master(key_file)
    assert len(read_keyring(key_file).keys) == 2
    assert rotation.rotate_master(key_file) == 1
    assert len(read_keyring(key_file).keys) == 2, "no third line"


def test_resealing_moves_every_value_to_a_new_key_and_destroys_the_old_one_later() -> None:
    desk = make_desk()
    rows = fill_practice(desk.practice, WORDS, openly="qualcare")
    old, _ = newest_key(desk.practice.pk)
    assert rotation.reseal(desk.practice) >= 5
    new, _ = newest_key(desk.practice.pk)
    assert new != old
    case = rows[Case]
    assert bytes(Case.find(desk.practice, case.pk).patient_sealed)[:16] == new.bytes
    assert Case.find(desk.practice, case.pk).patient["name"] == WORDS
    assert DataKey.objects.filter(pk=old).exists(), "a running process may still seal with it"
    DataKey.objects.filter(pk=old).update(created_at=timezone.now() - timedelta(days=1))
    DataKey.objects.filter(pk=new).update(created_at=timezone.now() - timedelta(minutes=11))
    rotation.reseal(desk.practice)
    assert not DataKey.objects.filter(pk=old).exists()
    assert Case.find(desk.practice, case.pk).patient["name"] == WORDS


def test_resealing_that_was_interrupted_is_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk()
    cases = [Case.every.create(practice=desk.practice, payer="qualcare", patient={"name": WORDS}) for _ in range(6)]
    sealing, count = rotation._reseal_row, 0

    def three(*given: object) -> int:
        nonlocal count
        count += 1
        if count > 3:
            raise KeyboardInterrupt
        return sealing(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(rotation, "_reseal_row", three)
        with pytest.raises(KeyboardInterrupt):
            rotation.reseal(desk.practice)
    keys = DataKey.objects.count()
    assert rotation.reseal(desk.practice) == 3
    assert DataKey.objects.count() == keys, "no third key"
    assert {Case.find(desk.practice, case.pk).patient["name"] for case in cases} == {WORDS}


def test_a_running_process_learns_of_a_newer_key_within_a_minute() -> None:
    assert FORGET_AFTER <= 60 < rotation._SETTLED.total_seconds()


def test_a_practice_is_destroyed_a_day_after_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, other = make_desk("One"), make_desk("Two")
    for each in (desk, other):
        fill_practice(each.practice, WORDS, openly="qualcare")
    name, _ = newest_key(desk.practice.pk)
    with pytest.raises(UsageError, match="not asked for a day ago"):
        destruction.destroy(desk.practice)
    destruction.ask(desk.practice)
    with pytest.raises(UsageError):
        destruction.destroy(desk.practice)
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=1, minutes=1))
    assert destruction.destroy(desk.practice) > 5
    assert not Practice.objects.filter(pk=desk.practice.pk).exists()
    for model in owned_models():
        assert not model.of(desk.practice.pk).exists()
        assert model.of(other.practice.pk).exists()
    forget_keys()
    with pytest.raises(SealBrokenError):
        find_key(desk.practice.pk, name)
    assert Event.objects.filter(practice=desk.practice.pk).count() == 2
    assert [fault for fault in verify_all().faults if fault.practice == desk.practice.pk] == []


def test_the_asking_can_be_taken_back_and_lapses() -> None:
    practice = make_desk().practice
    destruction.ask(practice)
    destruction.cancel(practice)
    assert destruction.asked(practice) is None


def test_the_commands_refuse_a_running_workspace_and_an_unknown_practice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("PRAXIGEN_DATA", "PRAXIGEN_KEY_FILE", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ[name])
    serving = settings.CONFIGURATION.data / "serving.json"
    serving.write_text(f'{{"pid": {os.getpid()}}}')
    try:
        assert run(["keys", "rotate"]) == 2
    finally:
        serving.unlink()
    assert "Stop it first" in capsys.readouterr().err
    assert run(["practice", "destroy", "Nowhere"]) == 2
    desk = make_desk("Hill Spine")
    assert run(["practice", "destroy", "Hill Spine"]) == 0
    assert run(["practice", "destroy", "Hill Spine"]) == 1
    assert run(["practice", "destroy", "Hill Spine", "--cancel"]) == 0
    assert Practice.objects.filter(pk=desk.practice.pk).exists()
    assert run(["keys", "reseal"]) == 0


def test_the_raw_values_of_every_sealed_column_hold_no_word() -> None:
    fill_practice(make_desk().practice, WORDS, openly="qualcare")
    with connection.cursor() as cursor:
        for model in owned_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
            assert WORDS not in str(
                [[bytes(v) if isinstance(v, memoryview) else v for v in r] for r in cursor.fetchall()]
            )
