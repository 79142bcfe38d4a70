"""Forms of letters: which to draft, and on which day it is written."""

from __future__ import annotations

from typing import Any

from django import forms

from praxigen.letters.composing.letter import LetterKind
from praxigen.web.cases.forms.payers_side import Day
from praxigen.web.cases.letters import TITLES


class DraftForm(forms.Form):
    """Which letter. Empty: the one that answers the decision."""

    kind = forms.ChoiceField(label="Letter", required=False)
    same_patient = forms.BooleanField(
        label="I compared name and birth date in the papers: they are about this patient.", required=False
    )

    def __init__(self, data: Any, *, answered: bool) -> None:
        super().__init__(data)
        kinds = [(each.value, title) for each, title in TITLES.items() if answered or each is LetterKind.REQUEST]
        first = [("", "The one that answers this decision")] if answered else []
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  declared above
        kind.choices = [*first, *kinds]


class DayForm(forms.Form):
    """The day that a letter is written on."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    written_on = Day(label="Date of the letter", future=True)
