"""The work list: cases of a practice filtered, sorted and found, a page at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from django.db import connection, models
from django.db.models import F, Q

from praxigen.errors import UsageError
from praxigen.web.accounts.models import Practice
from praxigen.web.accounts.owned import lookup_digest
from praxigen.web.cases.asked import split_codes
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Case, Stage, Turn
from praxigen.web.prepared import Prepared

ON_A_PAGE = 50
MOST_NAMES = 2000  # cases whose names are opened in a search by name: the newest ones
_SOON = timedelta(days=7)
_MOST_TYPED = 120


class Sort(StrEnum):
    """In which order cases are listed."""

    DEADLINE = "deadline"
    SERVICE = "service"
    CHANGED = "changed"
    PAYER = "payer"


_ORDERS = {
    Sort.DEADLINE: (F("next_deadline").asc(nulls_last=True), F("date_of_service").asc(nulls_last=True)),
    Sort.SERVICE: (F("date_of_service").asc(nulls_last=True),),
    Sort.CHANGED: (F("changed_at").desc(),),
    Sort.PAYER: (F("payer").asc(), F("next_deadline").asc(nulls_last=True)),
}


class Missing(StrEnum):
    """What keeps a case from being sent."""

    REQUEST = "request"  # payer or codes are not confirmed
    CHECK = "check"
    OPEN = "open"  # criteria are open
    UNDECIDED = "undecided"  # nobody has decided about criteria
    NOTHING = "nothing"


_MISSING = {
    Missing.REQUEST: Q(payer="") | Q(codes=[]),
    Missing.CHECK: Q(verdict="") & ~Q(payer=""),
    Missing.OPEN: Q(open_criteria__gt=0),
    Missing.UNDECIDED: Q(undecided__gt=0),
    Missing.NOTHING: Q(open_criteria=0, undecided=0) & ~Q(verdict=""),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is listed; "" where it does not matter. Closed cases only where their stage is asked for."""

    payer: str = ""
    stage: str = ""
    turn: str = ""
    missing: str = ""
    due: str = ""  # "overdue" or "soon"
    sort: Sort = Sort.DEADLINE
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of cases. `more` says that another follows."""

    cases: tuple[Case, ...]
    total: int
    page: int
    more: bool
    opened: int = 0  # sealed names that were opened to find them


def read_filter(data: Mapping[str, str]) -> Filter:
    """The filter of an address. A word that is not in its list is passed over: old bookmarks go on working."""

    def one_of(name: str, words: Iterable[str]) -> str:
        return data.get(name, "") if data.get(name, "") in set(words) else ""

    page = data.get("page", "")
    sort = one_of("sort", Sort)
    return Filter(
        one_of("payer", (payer.id for payer in policies().payers())),
        one_of("stage", Stage.values),
        one_of("turn", Turn.values),
        one_of("missing", Missing),
        one_of("due", ("overdue", "soon")),
        Sort(sort) if sort else Sort.DEADLINE,
        int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 5 and int(page) else 1,
    )


def list_cases(practice: Practice, wanted: Filter, today: date) -> Listed:
    """The cases that fit, in order."""
    day = today if wanted.due else None
    found = _rows(wanted, day)(practice.pk)
    if wanted.page == 1 and len(found) <= ON_A_PAGE:
        return Listed(tuple(found), len(found), 1, more=False)
    total = _fitting(practice, wanted, day).count()
    page = min(wanted.page, max(1, -(-total // ON_A_PAGE)))
    if page != wanted.page:
        found = _rows(replace(wanted, page=page), day)(practice.pk)
    return Listed(tuple(found[:ON_A_PAGE]), total, page, page * ON_A_PAGE < total)


@lru_cache(maxsize=256)
def _rows(wanted: Filter, today: date | None) -> Prepared[Case]:
    """The statement of one filter and page, with one row of the next page."""
    at = (wanted.page - 1) * ON_A_PAGE
    order = (*_ORDERS[wanted.sort], "-changed_at", "pk")
    return Prepared(lambda practice: _fitting(practice, wanted, today).order_by(*order)[at : at + ON_A_PAGE + 1])


def _fitting(practice: Practice | uuid.UUID, wanted: Filter, today: date | None) -> models.QuerySet[Case]:
    rows = Case.of(practice)
    rows = rows.filter(stage=wanted.stage) if wanted.stage else rows.exclude(stage=Stage.CLOSED)
    for name in ("payer", "turn"):
        if getattr(wanted, name):
            rows = rows.filter(**{name: getattr(wanted, name)})
    if wanted.missing:
        rows = rows.filter(_MISSING[Missing(wanted.missing)])
    if today is not None and wanted.due == "overdue":
        rows = rows.filter(next_deadline__lt=today)
    elif today is not None and wanted.due == "soon":
        rows = rows.filter(next_deadline__range=(today, today + _SOON))
    return rows


def search(practice: Practice, typed: str) -> Listed:
    """Cases by record or member number, code, payer, or part of the name. Raises UsageError where nothing was typed.

    Names are sealed: those of the newest cases are opened and compared here.
    """
    text = " ".join(typed.split())
    if not text:
        raise UsageError("nothing was typed to search for", "Type a record number, a code, a payer or a name.")
    if len(text) > _MOST_TYPED:
        raise UsageError(f"more than {_MOST_TYPED} characters to search for", "Type less of it.")
    found = Q(record_digest=lookup_digest(practice.pk, text))
    payers = _payers(text)
    if payers:
        found |= Q(payer__in=payers)
    codes = split_codes(text)
    newest = list(Case.of(practice).order_by("-changed_at")[:MOST_NAMES])
    named = [case.pk for case in newest if _is_called(case, text)]
    rows = Case.of(practice).filter(found | Q(pk__in=named) | _with_codes(codes))
    rows = rows.order_by("-changed_at", "pk")
    total = rows.count()
    return Listed(tuple(rows[:ON_A_PAGE]), total, 1, total > ON_A_PAGE, opened=len(newest))


def _payers(text: str) -> list[str]:
    plain = text.casefold()
    if len(plain) < 3:
        return []
    return [
        payer.id
        for payer in policies().payers()
        if any(plain in name.casefold() for name in (payer.id, payer.name, *payer.also))
    ]


def _with_codes(codes: list[str]) -> Q:
    if not codes or any(len(code) != 5 for code in codes):
        return Q(pk=uuid.UUID(int=0))
    if connection.features.supports_json_field_contains:
        return Q(codes__contains=codes)
    found = Q()
    for code in codes:  # SQLite keeps the list as text
        found &= Q(codes__icontains=f'"{code}"')
    return found


def _is_called(case: Case, text: str) -> bool:
    patient = case.patient or {}
    name, member = str(patient.get("name") or "").casefold(), str(patient.get("member_id") or "").casefold()
    wanted = text.casefold()
    return (len(wanted) > 1 and all(word in name for word in wanted.split())) or wanted == member
