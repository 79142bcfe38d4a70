"""The overview: figures of the practice as charts with their tables, and as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from praxigen.exports.spreadsheet import to_csv
from praxigen.web.accounts.gate import Asking, gate
from praxigen.web.accounts.pace import costly
from praxigen.web.accounts.roles import Permission
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record
from praxigen.web.cases.clocks import today
from praxigen.web.cases.downloads import download
from praxigen.web.cases.forms.overview import PeriodForm
from praxigen.web.cases.overview import overview as figures_of
from praxigen.web.cases.overview import table


@gate(Permission.SEE)
@require_GET
def overview(request: Asking) -> HttpResponse:
    """The page."""
    form = PeriodForm(request.GET if "back" in request.GET else {"back": "90"})
    figures = figures_of(request.practice, form.period(today()), today())
    record(request.actor, Action.OVERVIEW_VIEWED, figures=len(figures))
    told = {"form": form, "figures": figures, "query": request.GET.urlencode() or "back=90"}
    return render(request, "cases/payer/overview.html", told, status=200 if form.is_valid() else 422)


@gate(Permission.EXPORT)
@costly("GET")
@require_GET
def overview_file(request: Asking) -> HttpResponse:
    """The same tables as CSV, in which no cell is a formula."""
    form = PeriodForm(request.GET if "back" in request.GET else {"back": "90"})
    rows = table(figures_of(request.practice, form.period(today()), today()))
    record(request.actor, Action.OVERVIEW_EXPORTED, rows=len(rows))
    # With a mark of its encoding, without which spreadsheets guess.
    return download(("\ufeff" + to_csv(rows)).encode(), "overview.csv", "text/csv; charset=utf-8")
