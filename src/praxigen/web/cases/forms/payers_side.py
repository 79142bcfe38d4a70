"""Forms of what was sent to the payer, what plan it is, and the days by which something must be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from praxigen.library.words import FUNDING, PLANS, STATES
from praxigen.web.cases.clocks import today
from praxigen.web.cases.models import SubmissionKind, Urgency, Way

_FIRST = date(2000, 1, 1)
_FUNDING_SAYS = {
    "insured": "Insured: the employer or person buys insurance",
    "self_funded": "Self-funded: the employer pays, the insurer administers",
    "government": "Government or church employer",
}


class Day(forms.DateField):
    """A day as the browser's own picker gives it; far-off years are slips."""

    def __init__(self, *, future: bool = False, **options: Any) -> None:
        self._future = future
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%m/%d/%Y"], **options)
        self.error_messages["invalid"] = "This is no date of the calendar. Write it as 2026-08-03."

    def clean(self, value: Any) -> date | None:
        """The day. Refuses what lies far from today, and the future where it cannot be."""
        day: date | None = super().clean(value)
        if day is None:
            return None
        if day < _FIRST or day.year > today().year + 10:
            raise forms.ValidationError("This year is far from today. Look at the date again.")
        if day > today() and not self._future:
            raise forms.ValidationError("This day has not come yet. Look at the date again.")
        return day


class Versioned(forms.Form):
    """A form that knows which version of the case it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SubmissionForm(Versioned):
    """What was sent where and when."""

    kind = forms.ChoiceField(label="What was sent", choices=SubmissionKind.choices)
    sent_on = Day(label="Sent on")
    way = forms.ChoiceField(label="How", choices=Way.choices)
    urgency = forms.ChoiceField(label="Asked for as", choices=Urgency.choices)
    received_on = Day(
        label="The payer had it on", required=False,
        help_text="From the confirmation. Left empty, it is the day of sending for the portal and not known for the "
        "rest; a clock that begins with receipt is then not counted.",
    )  # fmt: skip
    reference = forms.CharField(
        label="Reference number", max_length=80, required=False, help_text="As the payer gave it, if it did."
    )
    note = forms.CharField(
        label="Note", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example who confirmed it on the telephone.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Receipt is not before sending."""
        told = super().clean() or {}
        sent, received = told.get("sent_on"), told.get("received_on")
        if sent and received and received < sent:
            self.add_error("received_on", "This is before the day of sending. Correct one of the two.")
        return told


class PlanForm(Versioned):
    """Whose law reaches the plan: its kind, who funds it, and where it was issued."""

    plan = forms.ChoiceField(
        label="Kind of plan", choices=[(each, each.replace("_", " ").capitalize()) for each in PLANS]
    )
    funding = forms.ChoiceField(
        label="Who funds it", required=False,
        choices=[("", "Not known yet"), *((each, _FUNDING_SAYS[each]) for each in FUNDING)],
        help_text="The member's card or the employer says it. The payer's name alone does not.",
    )  # fmt: skip
    state = forms.ChoiceField(
        label="State in which the policy was issued", required=False,
        choices=[("", "Not known yet"), *((each, each) for each in STATES)],
    )  # fmt: skip


class OwnDeadlineForm(Versioned):
    """A day that a person sets."""

    what = forms.CharField(
        label="What must be done", max_length=120, help_text="A calendar file shows its day only, not these words."
    )
    due = Day(label="By", future=True)
