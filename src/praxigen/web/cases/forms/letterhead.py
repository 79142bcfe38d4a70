"""Forms of the practice's letterhead and of its own letter templates."""

from __future__ import annotations

from typing import Any

from django import forms

from praxigen.letters.composing.practice import is_npi
from praxigen.letters.composing.template import TEMPLATED
from praxigen.web.cases.letters import TITLES

MOST_TEMPLATE = 200_000  # bytes
_LINES = 6


class LetterheadForm(forms.Form):
    """What every letter begins and ends with. What is left empty becomes a placeholder in letters."""

    name = forms.CharField(label="Name of the practice", max_length=120)
    address = forms.CharField(
        label="Address, a line each", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    fax = forms.CharField(label="Fax", max_length=40, required=False)
    npi = forms.CharField(
        label="NPI", max_length=10, required=False, help_text="Ten digits; the last is a check digit."
    )
    tax_id = forms.CharField(label="Tax ID", max_length=20, required=False)
    signer = forms.CharField(label="Who signs", max_length=120, required=False)
    signer_title = forms.CharField(label="Title of who signs", max_length=120, required=False)
    contact = forms.CharField(label="Whom to ask about a letter", max_length=160, required=False)

    def clean_npi(self) -> str:
        """A number whose check digit holds."""
        npi: str = self.cleaned_data["npi"]
        if npi and not is_npi(npi):
            raise forms.ValidationError("This is no NPI: its check digit does not hold. Look at the ten digits again.")
        return npi

    def clean_address(self) -> str:
        """A few lines."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["address"].splitlines() if line.strip()]
        if len(lines) > _LINES:
            raise forms.ValidationError(f"An address has at most {_LINES} lines.")
        return "\n".join(lines)


class TemplateForm(forms.Form):
    """One template file."""

    kind = forms.ChoiceField(label="For which letter", choices=[(each.value, TITLES[each]) for each in TEMPLATED])
    file = forms.FileField(label="Template file (YAML)", help_text="It replaces the shipped one of the same kind.")

    def clean_file(self) -> Any:
        """Not too large: a template is a page of text."""
        file = self.cleaned_data["file"]
        if file.size > MOST_TEMPLATE:
            raise forms.ValidationError("This file is too large for a template, which is a page of text.")
        return file
