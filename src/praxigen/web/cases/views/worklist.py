"""The work list: every open case, what is missing, whose turn it is, and the next deadline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from praxigen.errors import UsageError
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.asking import waiting_questions
from praxigen.web.cases.authorized import Mismatch, by_case, mismatches
from praxigen.web.cases.clocks import today
from praxigen.web.cases.headers import Head, case_head
from praxigen.web.cases.library import policies
from praxigen.web.cases.models import Case, Stage, Turn
from praxigen.web.cases.policy import count_turned
from praxigen.web.cases.worklist import Filter, Listed, Missing, Sort, list_cases, read_filter, search

_MISSING_WORDS = {
    Missing.REQUEST: "payer or codes to confirm",
    Missing.CHECK: "not checked yet",
    Missing.OPEN: "open criteria",
    Missing.UNDECIDED: "criteria to decide",
    Missing.NOTHING: "nothing",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One case on the list, with what keeps it from being sent."""

    head: Head
    missing: tuple[str, ...]
    overdue: bool
    mismatches: tuple[Mismatch, ...]


@gate(Permission.SEE)
@require_GET
def worklist(request: Asking) -> HttpResponse:
    """The cases of the practice."""
    wanted = read_filter(request.GET.dict())
    listed = list_cases(request.practice, wanted, today())
    record(request.actor, Action.CASES_LISTED, shown=len(listed.cases))
    return _page(request, wanted, listed)


@gate(Permission.SEE)
@require_POST
def search_cases(request: Asking) -> HttpResponse:
    """Cases by number, code, payer or name. Sent as a form: what is typed may be a patient's."""
    typed = request.POST.get("q", "")
    try:
        listed = search(request.practice, typed)
    except UsageError as error:
        fault = f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}"
        listed = list_cases(request.practice, Filter(), today())
        record(request.actor, Action.CASES_LISTED, shown=len(listed.cases))
        return _page(request, Filter(), listed, fault=fault, status=400)
    record(request.actor, Action.CASES_SEARCHED, found=listed.total, names_opened=listed.opened)
    return _page(request, Filter(), listed, typed=typed)


def _page(
    request: Asking, wanted: Filter, listed: Listed, typed: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    now = today()
    held = by_case(listed.cases)
    lines = [
        Line(
            case_head(case),
            _missing(case),
            bool(case.next_deadline and case.next_deadline < now),
            mismatches(case, held[case.pk], now),
        )
        for case in listed.cases
    ]
    kept = _kept(wanted)
    context = {
        "lines": lines,
        "turned": count_turned(request.practice),
        "waiting": _waiting(request),
        "listed": listed,
        "filters": filters(wanted),
        "typed": typed,
        "fault": fault,
        "filtered": _is_filtered(wanted),
        "earlier": urlencode(kept | {"page": listed.page - 1}) if listed.page > 1 else "",
        "later": urlencode(kept | {"page": listed.page + 1}) if listed.more and not typed else "",
    }
    return render(request, "cases/worklist.html", context, status=status)


def _kept(wanted: Filter) -> dict[str, str]:
    """What an address says of a filter."""
    return {"payer": wanted.payer, "stage": wanted.stage, "turn": wanted.turn, "missing": wanted.missing,
            "due": wanted.due, "sort": wanted.sort.value}  # fmt: skip


def _set(wanted: Filter) -> dict[str, str]:
    """What an address says of a filter that is left at the usual order."""
    return {name: value for name, value in _kept(wanted).items() if value and name != "sort"}


_QUICK = {
    "Open": Filter(),
    "Specialist's turn": Filter(turn=str(Turn.SPECIALIST)),
    "Clinician's turn": Filter(turn=str(Turn.CLINICIAN)),
    "Due within 7 days": Filter(due="soon"),
    "Overdue": Filter(due="overdue"),
    "Closed": Filter(stage=str(Stage.CLOSED)),
}


def _is_filtered(wanted: Filter) -> bool:
    return any(value for name, value in _kept(wanted).items() if name != "sort")


@lru_cache(maxsize=256)
def filters(wanted: Filter) -> str:
    """The form that filters and sorts, as it stands for one filter: it names every payer of the library."""
    plain = replace(wanted, sort=Sort.DEADLINE, page=1)
    quick = [(says, urlencode(_set(each)), each == plain) for says, each in _QUICK.items()]
    context = {
        "wanted": wanted,
        "quick": quick,
        "filtered": _is_filtered(wanted) and plain not in _QUICK.values(),
        "payers": policies().payers(),
        "stages": Stage.choices,
        "turns": Turn.choices,
        "missings": list(_MISSING_WORDS.items()),
        "sorts": list(Sort),
    }
    return render_to_string("cases/worklist_filters.html", context)


def _waiting(request: Asking) -> int:
    """How many questions wait for the clinician who looks at the list; who prepares requests sees whose turn it is."""
    if request.member.may(Permission.WORK) or not request.member.may(Permission.ANSWER):
        return 0
    return waiting_questions(request.practice).count()


def _missing(case: Case) -> tuple[str, ...]:
    if not case.payer or not case.codes:
        return (_MISSING_WORDS[Missing.REQUEST],)
    if not case.verdict:
        return (_MISSING_WORDS[Missing.CHECK],)
    told = []
    if case.open_criteria:
        told.append(f"{case.open_criteria} open")
    if case.undecided:
        told.append(f"{case.undecided} to decide")
    return tuple(told)
