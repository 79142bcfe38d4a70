"""Forms of the payer's decision: its letter, and what a person confirms or corrects of what was read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from praxigen.exports.denial import OUTCOMES
from praxigen.letters.tables import categories
from praxigen.model.denial import Category, Denial, Outcome
from praxigen.web.cases.decisions import Confirmed, patient_doubts, printed_day
from praxigen.web.cases.forms.payers_side import Day, PlanForm
from praxigen.web.cases.models import Case, Decision

MOST_PASTED = 200_000  # characters
NO_REASON = "none"


class LetterForm(forms.Form):
    """The payer's letter: a file, or its text."""

    file = forms.FileField(
        label="The payer's letter", required=False,
        help_text="PDF, scan, fax, Word, text, X12 835 or 278, or a FHIR ClaimResponse. Up to 25 MB.",
    )  # fmt: skip
    text = forms.CharField(
        label="Or paste its text", required=False, max_length=MOST_PASTED, strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told = super().clean() or {}
        file, text = told.get("file"), (told.get("text") or "").strip()
        if file and text:
            raise forms.ValidationError("A file and text were both given. Keep one of the two.")
        if not file and not text and not self.errors:
            raise forms.ValidationError("Nothing was given. Choose a file, or paste the words of the letter.")
        return told


class DecisionForm(PlanForm):
    """What the person confirms. Fields for each reason are made from the reading."""

    outcome = forms.ChoiceField(
        label="Decision",
        choices=[("", "Choose"), *((each.value, OUTCOMES[each]) for each in Outcome if each is not Outcome.UNCLEAR)],
    )  # fmt: skip
    dated = Day(label="Date on the letter", required=False)
    received_on = Day(
        label="Received on", help_text="The day on which it reached the practice. Deadlines count from it."
    )
    letter_deadline = Day(
        label="Last day that the letter prints", required=False, future=True,
        help_text="Only a day that the letter itself gives. The day by law is counted apart; the earlier holds.",
    )  # fmt: skip
    last_level = forms.BooleanField(
        label="No further appeal inside the plan is left: external review is next.", required=False
    )
    reference = forms.CharField(label="Payer's reference number", max_length=80, required=False)
    by_hand = forms.CharField(
        label="Reason in the payer's words", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only where the reading missed it. Copy it letter by letter; one reason a line.",
    )  # fmt: skip
    same_patient = forms.BooleanField(
        label="I compared name and birth date: the letter is about this patient.", required=False
    )

    field_order = (
        "outcome", "dated", "received_on", "letter_deadline", "reference", "plan", "funding", "state", "last_level",
        "by_hand", "same_patient",
    )  # fmt: skip

    def __init__(self, data: Any, row: Decision, denial: Denial | None, answer: int, day: date) -> None:
        case, told = row.case, _stored(row, answer)
        self._denial = denial
        self._answer = answer
        self.doubts = patient_doubts(case, denial) if denial else ()
        super().__init__(data, initial=_first(case, denial, day) | {k: v for k, v in told.items() if k != "reasons"})
        self.reason_names: list[tuple[str, str]] = []
        pairs = told.get("reasons", ())
        for number, reason in enumerate(denial.reasons if denial else ()):
            near = {each.id: each for alignment in reason.alignments for each in alignment.criteria}
            sure = next((a.criteria[0].id for a in reason.alignments if a.certain and a.criteria), "")
            first = (reason.category.value, sure)
            if denial is not None and len(pairs) == len(denial.reasons):
                first = pairs[number] or (NO_REASON, "")
            kind, criterion = f"reason_{number}_class", f"reason_{number}_criterion"
            self.fields[kind] = forms.ChoiceField(
                label="Class", initial=first[0],
                choices=[(NO_REASON, "This is no reason"), *((c.value, categories()[c].means) for c in Category)],
            )  # fmt: skip
            self.fields[criterion] = forms.ChoiceField(
                label="Criterion meant", required=False, initial=first[1],
                choices=[("", "None, or not clear"), *((each.id, each.says) for each in near.values())],
            )  # fmt: skip
            self.reason_names.append((kind, criterion))
        if not self.doubts:
            del self.fields["same_patient"]

    def clean(self) -> dict[str, Any]:
        """The days fit each other; a denial has a reason, read or typed; two patients are never taken for one."""
        told = super().clean() or {}
        dated, received, last = told.get("dated"), told.get("received_on"), told.get("letter_deadline")
        if dated and received and received < dated:
            self.add_error("received_on", "This is before the date on the letter. Correct one of the two.")
        if last and dated and last < dated:
            self.add_error("letter_deadline", "This is before the date on the letter. Look at the letter again.")
        if self.doubts and not told.get("same_patient"):
            self.add_error(
                "same_patient",
                "Nothing was stored: the letter may be about another patient. Compare, then tick it; or enter the "
                "letter on the other case.",
            )
        return told

    def confirmed(self) -> Confirmed:
        """What the person stands for."""
        told = self.cleaned_data
        pairs = [(told[kind], told[criterion]) for kind, criterion in self.reason_names]
        return Confirmed(
            outcome=Outcome(told["outcome"]),
            received_on=told["received_on"],
            dated=told["dated"],
            letter_deadline=told["letter_deadline"],
            last_level=told["last_level"],
            reference=told["reference"],
            reasons=[None if kind == NO_REASON else (kind, criterion) for kind, criterion in pairs],
            by_hand=told["by_hand"],
            answer=self._answer,
            same_patient=bool(told.get("same_patient")),
            plan=told["plan"],
            funding=told["funding"],
            state=told["state"],
        )


def _stored(row: Decision, answer: int) -> dict[str, Any]:
    """What a person confirmed of this answer before; nothing of it is read anew when one field is corrected."""
    kept = row.reading if row.confirmed else None
    if not kept or kept.get("answer") != answer:
        return {}
    corrections = kept.get("corrections", {})
    return {
        "outcome": row.outcome, "dated": row.dated, "received_on": row.received_on,
        "letter_deadline": row.letter_deadline, "last_level": row.last_level, "funding": row.case.funding,
        "reference": corrections.get("reference", ""), "by_hand": corrections.get("by_hand", ""),
        "reasons": corrections.get("reasons") or (),
    }  # fmt: skip


def _first(case: Case, denial: Denial | None, day: date) -> dict[str, Any]:
    """What stands in the form before a person types: what was read, and what the case knows already."""
    first: dict[str, Any] = {
        "version": case.version, "plan": case.plan, "funding": case.funding, "state": case.state, "received_on": None,
    }  # fmt: skip
    if denial is None:
        return first
    first["outcome"] = denial.outcome.value
    first["dated"] = denial.decision_date.day if denial.decision_date and denial.decision_date.day <= day else None
    first["letter_deadline"] = printed_day(denial)
    first["funding"] = case.funding or denial.funding or ""
    first["reference"] = denial.references[0].value if denial.references else ""
    return first
