"""The period of the overview."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from praxigen.web.cases.forms.payers_side import Day
from praxigen.web.cases.overview import Period

_LENGTHS = {"30": "30 days", "90": "90 days", "365": "12 months", "all": "All time", "own": "From … to …"}


class PeriodForm(forms.Form):
    """How far back, or from which day to which."""

    back = forms.ChoiceField(label="Period", choices=list(_LENGTHS.items()))
    first = Day(label="From", required=False, future=True)
    last = Day(label="To", required=False, future=True)

    def clean(self) -> dict[str, Any]:
        """Not the wrong way round."""
        told = super().clean() or {}
        if told.get("first") and told.get("last") and told["last"] < told["first"]:
            self.add_error("last", "This is before the first day. Exchange the two.")
        return told

    def period(self, today: date) -> Period:
        """The days that count; of a form that is wrong, the last 90."""
        told: dict[str, Any] = self.cleaned_data if self.is_valid() else {"back": "90"}
        if told["back"] == "own":
            return Period(told["first"], told["last"])
        if told["back"] == "all":
            return Period()
        return Period(today - timedelta(days=int(told["back"])), None)
