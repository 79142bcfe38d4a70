"""What was sent to the payer, by a person, and what came back."""

from __future__ import annotations

from django.db import models

from praxigen.web.accounts.owned import Owned, Sealed
from praxigen.web.cases.models.case import Case
from praxigen.web.cases.models.chart import ChartFile


class Submission(Owned):
    """A person's note that a request or an appeal was sent: where, how, when, under which number."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="submissions")
    kind = models.CharField(max_length=20, default="request")  # request, appeal, information
    sent_on = models.DateField()
    way = models.CharField(max_length=80)  # portal, fax, mail, telephone
    reference_sealed = models.BinaryField(default=b"")
    reference = Sealed("reference", "text")
    note_sealed = models.BinaryField(default=b"")
    note = Sealed("note", "text")

    class Meta:
        """In the order of sending."""

        ordering = ("sent_on", "created_at")

    def __str__(self) -> str:
        return str(self.pk)


class Decision(Owned):
    """What the payer decided. `reasons` are classes of reasons and criteria, in the clear for the overview."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=20)  # approved, partly_approved, denied, pended, rejected
    dated = models.DateField(null=True)
    received_on = models.DateField(null=True)
    letter = models.ForeignKey(ChartFile, on_delete=models.SET_NULL, null=True, related_name="+")
    reading_sealed = models.BinaryField(default=b"")
    reading = Sealed("reading", "json")
    reasons = models.JSONField(default=list)  # [{"class": ..., "criterion": ...}]

    class Meta:
        """In the order of receipt."""

        ordering = ("received_on", "created_at")

    def __str__(self) -> str:
        return str(self.pk)


class Authorization(Owned):
    """What the payer authorized, to be held against what is scheduled."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="authorizations")
    number_sealed = models.BinaryField(default=b"")
    number = Sealed("number", "text")
    codes = models.JSONField(default=list)
    units = models.PositiveIntegerField(null=True)
    side = models.CharField(max_length=10, blank=True)
    site = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
