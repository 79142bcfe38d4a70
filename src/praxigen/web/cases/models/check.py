"""Checks of a case with what people decided about each criterion, and the questions that were asked."""

from __future__ import annotations

from django.db import models

from praxigen.web.accounts.owned import Owned, Sealed
from praxigen.web.cases.models.case import Case


class Decided(models.TextChoices):
    """What a person says of the answer to a criterion."""

    CONFIRMED = "confirmed", "Confirmed"
    CORRECTED = "corrected", "Corrected"
    REJECTED = "rejected", "Rejected"


class Check(Owned):
    """One run of the engine over the chart as it then was. Never changed afterwards, but by the removal of a file.

    `document` is the whole chart as read and `request` what was asked, from which the report is made again byte by
    byte; `report` is that report as JSON (docs/report-schema.md), `receipt` its receipt.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="checks")
    number = models.PositiveIntegerField()
    document_sealed = models.BinaryField(default=b"")
    document = Sealed("document", "bytes")
    report_sealed = models.BinaryField(default=b"")
    report = Sealed("report", "json")
    request = models.JSONField()
    receipt = models.JSONField(default=dict)
    verdict = models.CharField(max_length=30)
    criteria = models.JSONField(default=dict)  # id of each leaf: its answer; no words of the chart
    library = models.CharField(max_length=64, blank=True)  # hash of the library that decided
    removed_files = models.JSONField(default=list)  # numbers of files that it rests on and that were removed since
    doubts = models.JSONField(default=list)  # why the chart may be another patient's; no word of the chart
    shredded_at = models.DateTimeField(null=True)  # when its words were destroyed with such a file

    class Meta:
        """Numbers are given once in a case."""

        constraints = (models.UniqueConstraint(fields=["case", "number"], name="one_check_a_number"),)
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.pk)


class Disposition(Owned):
    """What a person decided about one criterion of one check. The newest row counts; older ones stay as history.

    `answer` is the answer that the person stands for; `quote` is {"start", "end", "text"} of the chart where the person
    picked other words; `reason` is asked for where the engine's answer was not confirmed.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="dispositions")
    check_made = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="dispositions")
    criterion = models.CharField(max_length=120)
    decided = models.CharField(max_length=20, choices=Decided.choices)
    answer = models.CharField(max_length=20)
    reason_sealed = models.BinaryField(default=b"")
    reason = Sealed("reason", "text")
    quote_sealed = models.BinaryField(default=b"")
    quote = Sealed("quote", "json")
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """The newest is last."""

        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)


class Question(Owned):
    """A neutral question to the clinician about a criterion, and the answer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="questions")
    criterion = models.CharField(max_length=120)
    ask = models.TextField()  # the library's words, not the chart's
    answer_sealed = models.BinaryField(default=b"")
    answer = Sealed("answer", "text")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)
