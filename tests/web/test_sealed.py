"""What is stored sealed opens in its place only."""

from __future__ import annotations

import json
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import Http404

from praxigen.web.cases.models import Case
from praxigen.web.crypto.envelope import SealBrokenError
from support.practices import make_desk

pytestmark = pytest.mark.django_db
CANARY = "Zebulon Quartermain"


def test_a_value_is_read_back_and_never_stored_as_it_is() -> None:
    practice = make_desk().practice
    case = Case(practice=practice, payer="qualcare", patient={"name": CANARY})
    case.save()
    assert Case.find(practice, case.pk).patient == {"name": CANARY}
    with connection.cursor() as cursor:
        cursor.execute("SELECT patient_sealed FROM cases_case")
        (stored,) = cursor.fetchone()
    assert CANARY.encode() not in bytes(stored)


def test_a_value_moved_to_another_row_does_not_open() -> None:
    practice = make_desk().practice
    first = Case.every.create(practice=practice, payer="qualcare", patient={"name": CANARY})
    second = Case.every.create(practice=practice, payer="qualcare")
    second.patient_sealed = first.patient_sealed
    with pytest.raises(SealBrokenError):
        _ = second.patient


def test_long_json_is_packed_before_it_is_sealed_and_what_was_stored_unpacked_opens() -> None:
    practice = make_desk().practice
    long = {"name": CANARY, "notes": [f"line {number} of many alike" for number in range(400)]}
    case = Case.every.create(practice=practice, payer="qualcare", patient=long)
    assert len(case.patient_sealed) < len(json.dumps(long)) / 3
    assert Case.find(practice, case.pk).patient == long
    with patch("praxigen.web.accounts.owned._SHORT", 10**9):
        case.patient = long
    case.save()
    assert len(case.patient_sealed) > len(json.dumps(long)) / 2
    assert Case.find(practice, case.pk).patient == long


def test_another_practice_finds_nothing() -> None:
    mine, yours = make_desk("One").practice, make_desk("Two").practice
    case = Case.every.create(practice=mine, payer="qualcare")
    with pytest.raises(Http404):
        Case.find(yours, case.pk)
    with pytest.raises(Http404):
        Case.find(mine, "not-an-id")
