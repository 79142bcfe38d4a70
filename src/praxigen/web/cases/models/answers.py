"""What was sent to the payer, by a person, and what came back."""

from __future__ import annotations

from django.db import models

from praxigen.web.accounts.owned import Owned, Sealed
from praxigen.web.cases.models.case import Case
from praxigen.web.cases.models.chart import ChartFile


class SubmissionKind(models.TextChoices):
    """What was sent."""

    REQUEST = "request", "Request for authorization"
    INFORMATION = "information", "Documents or answers that the payer asked for"
    APPEAL = "appeal", "Appeal"
    EXTERNAL = "external", "Request for external review"


class Way(models.TextChoices):
    """How it was sent."""

    PORTAL = "portal", "Payer's portal"
    FAX = "fax", "Fax"
    MAIL = "mail", "Mail"
    TELEPHONE = "telephone", "Telephone"


class Urgency(models.TextChoices):
    """Which clock of the payer was asked for."""

    STANDARD = "standard", "Standard"
    EXPEDITED = "expedited", "Expedited (urgent)"


class Submission(Owned):
    """A person's note that something was sent: where, how, when, under which number.

    `received_on` is the day on which the payer had it, as far as the practice knows; clocks that begin with receipt
    are counted from it and from no guess.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="submissions")
    kind = models.CharField(max_length=20, choices=SubmissionKind.choices, default=SubmissionKind.REQUEST)
    sent_on = models.DateField()
    received_on = models.DateField(null=True)
    urgency = models.CharField(max_length=20, choices=Urgency.choices, default=Urgency.STANDARD)
    way = models.CharField(max_length=80, choices=Way.choices)
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
    """What the payer decided.

    It counts once a person has `confirmed` what was read. `outcome` is one of `praxigen.model.denial.Outcome`;
    `reasons` are classes of reasons and criteria, in the clear for the overview. `last_level` says that no further
    appeal inside the plan is left, so that external review is next; `letter_deadline` is the last day that the letter
    itself prints. `reading` is {"reading": what was read (docs/denials.md), "answer": which of several,
    "corrections": what the person wrote instead, "same_patient": who compared and when}.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=20)
    confirmed = models.BooleanField(default=False)
    last_level = models.BooleanField(default=False)
    letter_deadline = models.DateField(null=True)
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
