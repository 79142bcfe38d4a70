"""A changed policy lists the open cases that it turns, with the reason, and changes no stored check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from praxigen.library import Library
from praxigen.web.audit.models import Event
from praxigen.web.cases.models import Case, Check, PolicyChange, Stage
from praxigen.web.cases.policy import recheck_open_cases, turned_cases
from support.practices import Desk, make_desk
from support.ready import READY_NOTE, READY_REQUEST

pytestmark = pytest.mark.django_db
POLICIES = Path(__file__).parents[2] / "policies"


@pytest.fixture
def desk() -> Desk:
    desk = make_desk()
    desk.client().post("/practice/cases/new/", {**READY_REQUEST, "note": READY_NOTE})
    return desk


@pytest.fixture
def check(desk: Desk) -> Check:
    return Check.of(desk.practice).get()


@pytest.fixture
def changed(check: Check, tmp_path: Path) -> Library:
    """The library with a guideline that asks for a grade that no knee has."""
    return _library(check, tmp_path, ">= 3 grade", ">= 5 grade")


def _library(check: Check, folder: Path, old: str, new: str) -> Library:
    name = check.receipt["guidelines"][0][0]
    library = Library.open(POLICIES)
    source = library.edition(name, Case.of(check.practice_id).get().date_of_service).file.path
    target = folder / "policies"
    shutil.copytree(POLICIES, target)
    path = target / source.relative_to(POLICIES)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return Library.open(target)


def test_the_same_library_turns_nothing(desk: Desk) -> None:
    assert recheck_open_cases(Library.open(POLICIES)) == 0
    assert not PolicyChange.of(desk.practice).exists()


def test_a_case_that_turns_is_listed_with_criterion_and_edition(desk: Desk, check: Check, changed: Library) -> None:
    stored = (check.report, check.verdict, bytes(check.document_sealed))
    assert recheck_open_cases(changed) == 1
    row = PolicyChange.of(desk.practice).get()
    assert row.verdict == "not_documented"  # another way to show it is open
    assert row.flips == [
        {"criterion": "grade", "says": "Kellgren-Lawrence grade 3 or more", "before": "Met", "after": "Not met"}
    ]
    assert row.editions[0]["policy"] == "carelon.joint-surgery"
    check.refresh_from_db()
    assert (check.report, check.verdict, bytes(check.document_sealed)) == stored
    event = Event.objects.filter(action="policy:changed").get()
    assert event.actor is None
    assert event.fields["criteria"] == [flip["criterion"] for flip in row.flips]
    for page in ("/practice/policy/", f"/practice/cases/{check.case_id}/"):
        assert row.flips[0]["says"] in desk.client().get(page).content.decode()
    assert "A policy changed: 1 open case would come out otherwise" in desk.client().get("/practice/").content.decode()


def test_a_change_is_looked_at_once(changed: Library) -> None:
    assert recheck_open_cases(changed) == 1
    assert recheck_open_cases(changed) == 0
    assert PolicyChange.every.count() == 1


def test_a_change_of_words_alone_turns_nothing(desk: Desk, check: Check, tmp_path: Path) -> None:
    reworded = _library(check, tmp_path, "It limits daily life", "Daily life is limited by it")
    assert recheck_open_cases(reworded) == 0
    assert PolicyChange.of(desk.practice).get().flips == []
    assert not turned_cases(desk.practice).exists()


def test_a_policy_that_no_longer_knows_the_code_is_told(desk: Desk, check: Check, tmp_path: Path) -> None:
    target = tmp_path / "policies"
    shutil.copytree(POLICIES, target)
    for path in (target / "requirements" / "aim").glob("*.yaml"):
        path.unlink()
    assert recheck_open_cases(Library.open(target)) == 1
    assert "27447" in turned_cases(desk.practice).get().problem
    assert check.pk == turned_cases(desk.practice).get().check_made_id


def test_decided_and_closed_cases_are_left_alone(desk: Desk, changed: Library) -> None:
    Case.of(desk.practice).update(stage=Stage.AUTHORIZED)
    assert recheck_open_cases(changed) == 0


def test_a_newer_check_takes_the_case_off_the_list(desk: Desk, check: Check, changed: Library) -> None:
    recheck_open_cases(changed)
    assert turned_cases(desk.practice).count() == 1
    desk.client().post(f"/practice/cases/{check.case_id}/check/")
    assert not turned_cases(desk.practice).exists()


def test_another_practice_sees_none_of_it(changed: Library) -> None:
    recheck_open_cases(changed)
    page = make_desk("Other").client().get("/practice/policy/").content.decode()
    assert "No open case turns" in page
