"""What is scheduled, and what was authorized."""

from __future__ import annotations

from typing import Any

from django import forms

from praxigen.library.codes import is_procedure_code
from praxigen.model.request import SIDES
from praxigen.web.cases.asked import split_codes

_SIDES = [("", "not said"), *((side, side) for side in SIDES)]


class _DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"})


class CodesField(forms.CharField):
    """Procedure codes in one line."""

    def clean(self, value: Any) -> list[str]:
        """The codes. Raises ValidationError for a word that is none."""
        codes = split_codes(super().clean(value))
        wrong = [code for code in codes if not is_procedure_code(code)]
        if wrong:
            raise forms.ValidationError(f"Not a procedure code: {', '.join(wrong)}. Write for example 63650.")
        return codes


class ScheduleForm(forms.Form):
    """What is scheduled."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    date = _DayField(label="Day", required=False)
    codes = CodesField(label="Codes", max_length=200, required=False, help_text="Empty: those of the request.")
    units = forms.IntegerField(label="Units", min_value=1, max_value=999, required=False)
    side = forms.ChoiceField(label="Side", choices=_SIDES, required=False)
    site = forms.CharField(label="Where", max_length=120, required=False)


class AuthorizationForm(forms.Form):
    """What the payer authorized, as its answer says."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label="Authorization number", max_length=60, required=False)
    codes = CodesField(label="Codes", max_length=200)
    units = forms.IntegerField(label="Units", min_value=1, max_value=999, required=False)
    side = forms.ChoiceField(label="Side", choices=_SIDES, required=False)
    site = forms.CharField(label="Where", max_length=120, required=False)
    valid_from = _DayField(label="Valid from", required=False)
    valid_to = _DayField(label="Valid to", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        told: dict[str, Any] = super().clean() or {}
        begins, ends = told.get("valid_from"), told.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", "It ends before it begins. Check both days.")
        return told
