"""The form of what a reviewer said in a peer-to-peer call."""

from __future__ import annotations

from typing import Any

from django import forms

from praxigen.web.cases.forms.payers_side import Day, Versioned

OUTCOMES = (
    ("", "Not said"), ("overturned", "Approved in the call"), ("upheld", "Denial stands"),
    ("pending", "The reviewer decides later"), ("missed", "No reviewer was reached"),
)  # fmt: skip


class CallForm(Versioned):
    """One call. What the reviewer said is repeated word by word in the appeal, with who noted it."""

    on = Day(label="Date of the call")
    outcome = forms.ChoiceField(label="What came of it", choices=OUTCOMES, required=False)
    reviewer = forms.CharField(label="Reviewer's name and credentials", max_length=120, required=False)
    specialty = forms.CharField(label="Reviewer's specialty", max_length=120, required=False)
    reference = forms.CharField(label="Reference number of the call", max_length=80, required=False)
    said = forms.CharField(
        label="What the reviewer said, in the reviewer's words", max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example which criterion is held unmet, and what would change the decision.",
    )  # fmt: skip
    next_step = forms.CharField(label="Next step, as told", max_length=400, required=False)
    noted_by = forms.CharField(label="Noted by", max_length=120)

    def clean(self) -> dict[str, Any]:
        """Words need somebody who said them."""
        told = super().clean() or {}
        if told.get("said") and not told.get("reviewer") and "reviewer" not in self.errors:
            self.add_error("reviewer", "Say who said it. Without a name the words cannot stand in a letter.")
        return told
