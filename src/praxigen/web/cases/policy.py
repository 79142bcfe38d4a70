"""Finds the open cases that a changed policy turns, with the reason. Stored checks are never changed."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.db.models import F, OuterRef, Subquery

from praxigen.api import check as run_check
from praxigen.documents import load_document
from praxigen.errors import PraxigenError, UsageError
from praxigen.exports import words
from praxigen.exports.json_report import to_dict
from praxigen.library import Library
from praxigen.model.answer import Answer
from praxigen.model.request import Request
from praxigen.web.accounts.models import Practice
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record
from praxigen.web.cases.comparing import criteria_of
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Case, Check, PolicyChange, Stage
from praxigen.web.prepared import Prepared

# A decision of the payer or a closed case is not undone by a new edition.
WATCHED = (Stage.PREPARING, Stage.READY, Stage.SUBMITTED)


def recheck_open_cases(library: Library | None = None) -> int:
    """Make the newest check of every open case again where its policy changed. Returns how many cases turn.

    For the background process, at its start and again from time to time; each change is looked at once.
    """
    library = library or policies()
    turned = 0
    for practice in Practice.objects.all():
        for check in _newest_checks(practice):
            now = _policy_hash(check, library)
            if now != check.library and not _looked_at(check, now):
                turned += _look(check, now, library)
    return turned


def turned_cases(practice: Practice | uuid.UUID) -> models.QuerySet[PolicyChange]:
    """The changes that turn a case as it stands: of its newest check, the newest look, with flips."""
    newest = Check.of(practice).filter(case=OuterRef("case")).order_by("-number").values("pk")[:1]
    last = PolicyChange.of(practice).filter(check_made=OuterRef("check_made")).order_by("-created_at").values("pk")[:1]
    return (
        PolicyChange.of(practice)
        .filter(check_made=Subquery(newest), pk=Subquery(last), case__stage__in=WATCHED)
        .exclude(flips=[], problem="")
        .select_related("case", "check_made")
        .defer("check_made__document_sealed", "check_made__report_sealed")
        .order_by(F("case__date_of_service").asc(nulls_last=True), "created_at")
    )


def turned_case(case: Case) -> PolicyChange | None:
    """The change that turns a case as it stands."""
    return _turned.one(case.practice_id, case.pk)


def count_turned(practice: Practice) -> int:
    """How many open cases a changed policy turns."""
    return len(_all_turned(practice.pk))


def _plain(rows: models.QuerySet[PolicyChange]) -> models.QuerySet[PolicyChange]:
    return rows.select_related(None).defer(None)


_turned: Prepared[PolicyChange] = Prepared(lambda practice, case: _plain(turned_cases(practice)).filter(case=case)[:1])
_all_turned: Prepared[PolicyChange] = Prepared(lambda practice: _plain(turned_cases(practice)).only("pk"))


def open_cases(practice: Practice) -> int:
    """How many cases a changed policy may turn: those that the payer has not decided, with a check."""
    return sum(1 for _ in _newest_checks(practice))


def _newest_checks(practice: Practice) -> Iterator[Check]:
    newest = Check.of(practice).filter(case=OuterRef("pk")).order_by("-number").values("pk")[:1]
    cases = Case.of(practice).filter(stage__in=WATCHED).annotate(newest=Subquery(newest))
    for name in cases.values_list("newest", flat=True):
        if name is None:
            continue
        check = Check.find(practice, name)
        if check.shredded_at is None:
            yield check


def _policy_hash(check: Check, library: Library) -> str:
    """One hash of what would decide the check now; of the reason where nothing would."""
    request = Request(**check.request)
    try:
        requirement = library.requirement_for(request.payer, request.codes[0], request.plan)
        told = [requirement.sha256]
        for name, _, _ in check.receipt.get("guidelines", ()):
            told.append(library.guideline(name, request.date).sha256)
    except UsageError as error:
        told = [error.message]
    return hashlib.sha256(" ".join(told).encode()).hexdigest()


def _looked_at(check: Check, now: str) -> bool:
    return PolicyChange.of(check.practice_id).filter(check_made=check, library=now).exists()


def _look(check: Check, now: str, library: Library) -> bool:
    """Make a check again and keep what turns. Returns whether anything does."""
    before = check.report
    row = PolicyChange(practice_id=check.practice_id, case_id=check.case_id, check_made=check, library=now)
    try:
        report = run_check(load_document(check.document), Request(**check.request), library)
    except PraxigenError as error:
        row.problem = error.message[:300]
    else:
        after = to_dict(report)
        row.verdict = report.verdict.value
        row.flips = list(_flips(before, after))
        row.editions = list(_editions(before, after))
    with transaction.atomic():
        row.save(force_insert=True)
        if row.flips or row.problem:
            criteria = [flip["criterion"] for flip in row.flips]
            record(Actor(check.practice_id), Action.POLICY_CHANGED, check, criteria=criteria, verdict=row.verdict)
    return bool(row.flips or row.problem)


def _flips(before: dict[str, Any], after: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The single criteria whose answer differs, and the verdict where only that does."""
    old, new = criteria_of(before), criteria_of(after)
    found = False
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        if (one and one["children"]) or (other and other["children"]):
            continue
        told = _answer(one), _answer(other)
        if told[0] != told[1]:
            found = True
            yield {"criterion": name, "says": (other or one or {})["text"], "before": told[0], "after": told[1]}
    if not found and before["verdict"] != after["verdict"]:
        yield {
            "criterion": "",
            "says": "The whole request",
            "before": before["verdict"].replace("_", " "),
            "after": after["verdict"].replace("_", " "),
        }


def _answer(node: dict[str, Any] | None) -> str:
    return words.ANSWERS[Answer(node["answer"])] if node else "not asked"


def _editions(before: dict[str, Any], after: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The guidelines that decide, with the edition that did and the one that does."""
    old = {each["id"]: each["edition"] for each in before["guidelines"]}
    new = {each["id"]: each["edition"] for each in after["guidelines"]}
    for name in dict.fromkeys((*new, *old)):
        yield {"policy": name, "before": old.get(name, "none"), "after": new.get(name, "none")}
