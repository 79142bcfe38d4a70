"""A prepared query finds what the query that it was composed of finds, for other values each time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from praxigen.web.cases.models import Case, Stage
from praxigen.web.prepared import Prepared
from support.cases import make_case
from support.practices import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> tuple[Desk, Desk]:
    """Two practices with three cases each."""
    both = make_desk("one"), make_desk("two")
    for desk in both:
        for payer in ("aetna", "aetna", "qualcare"):
            make_case(desk, payer=payer, patient={"name": f"Patient of {payer}"})
    return both


def test_the_same_statement_serves_any_values(desks: tuple[Desk, Desk]) -> None:
    cases: Prepared[Case] = Prepared(lambda practice, payer: Case.of(practice).filter(payer=payer).order_by("pk"))
    for desk in desks:
        for payer in ("aetna", "qualcare", "nobody"):
            expected = list(Case.of(desk.practice).filter(payer=payer).order_by("pk"))
            assert cases(desk.practice.pk, payer) == expected
            first = expected[0] if expected else None
            assert cases.one(desk.practice.pk, payer) == first


def test_rows_are_whole_and_can_be_changed(desks: tuple[Desk, Desk]) -> None:
    find: Prepared[Case] = Prepared(lambda practice, case: Case.of(practice).filter(pk=case))
    expected = Case.of(desks[0].practice).order_by("pk")[0]
    row = find.one(desks[0].practice.pk, expected.pk)
    assert row is not None
    names = [field.attname for field in Case._meta.concrete_fields]
    assert [bytes(value) if isinstance(value, memoryview) else value for value in (getattr(row, n) for n in names)] == [
        bytes(value) if isinstance(value, memoryview) else value for value in (getattr(expected, n) for n in names)
    ]
    row.stage = Stage.READY
    row.save()
    assert Case.find(desks[0].practice, expected.pk).stage == Stage.READY


def test_what_is_deferred_is_fetched_when_it_is_asked_for(desks: tuple[Desk, Desk]) -> None:
    cases: Prepared[Case] = Prepared(lambda practice: Case.of(practice).defer("patient_sealed").order_by("pk")[:1])
    row = cases.one(desks[0].practice.pk)
    assert row is not None
    with CaptureQueriesContext(connection) as asked:
        assert row.patient is not None
    assert len(asked) == 1


def test_several_ids_and_numbers_are_values_too(desks: tuple[Desk, Desk]) -> None:
    some: Prepared[Case] = Prepared(lambda practice, *cases: Case.of(practice).filter(pk__in=cases))
    rows = list(Case.of(desks[1].practice))
    assert set(some(desks[1].practice.pk, rows[0].pk, rows[2].pk)) == {rows[0], rows[2]}
    assert some(desks[1].practice.pk, rows[1].pk) == [rows[1]]
    assert some(desks[0].practice.pk, rows[1].pk) == [], "of another practice"
    newer: Prepared[Case] = Prepared(lambda practice, version: Case.of(practice).filter(version__gt=version))
    assert len(newer(desks[0].practice.pk, 0)) == 3
    assert newer(desks[0].practice.pk, 1) == []


@pytest.mark.parametrize("typed", ["' OR 1=1 --", "%s", "%(x)s", "a\u2028b"])
def test_a_value_is_never_part_of_the_statement(desks: tuple[Desk, Desk], typed: str) -> None:
    cases: Prepared[Case] = Prepared(lambda practice, payer: Case.of(practice).filter(payer=payer))
    assert cases(desks[0].practice.pk, "aetna")
    assert cases(desks[0].practice.pk, typed) == []


@pytest.mark.parametrize(
    ("compose", "values", "says"),
    [
        (lambda practice: Case.of(practice).select_related("assigned_to"), (uuid.uuid4(),), "select_related"),
        (lambda practice, text: Case.of(practice).filter(payer__startswith=text), (uuid.uuid4(), "ae"), "number 2"),
        (lambda practice, when: Case.of(practice).filter(changed_at=when), (uuid.uuid4(), None), "NoneType"),
    ],
    ids=["joined", "changed on the way", "of another kind"],
)
def test_what_cannot_be_prepared_is_refused_when_it_is_first_asked(
    compose: Callable[..., models.QuerySet[Any]], values: tuple[Any, ...], says: str
) -> None:
    with pytest.raises(TypeError, match=says):
        Prepared(compose)(*values)
