"""A case: one procedure for one patient that a payer is asked for."""

from __future__ import annotations

from django.db import models

from praxigen.web.accounts.models import Member
from praxigen.web.accounts.owned import Owned, Sealed


class Stage(models.TextChoices):
    """Where a case stands on its way."""

    PREPARING = "preparing", "Preparing"
    READY = "ready", "Ready to submit"
    SUBMITTED = "submitted", "Submitted"
    AUTHORIZED = "authorized", "Authorized"
    DENIED = "denied", "Denied"
    APPEALED = "appealed", "Appealed"
    CLOSED = "closed", "Closed"


class Turn(models.TextChoices):
    """Who has to do the next thing."""

    SPECIALIST = "specialist", "Specialist"
    CLINICIAN = "clinician", "Clinician"
    PAYER = "payer", "Payer"
    NOBODY = "nobody", "Nobody"


class ClosedFor(models.TextChoices):
    """Why a case was closed, in words that hold nothing of a patient's."""

    DONE = "done", "The service was done, and nothing more is asked of the payer"
    NOT_WANTED = "not_wanted", "The service is not wanted any more"
    ACCEPTED = "accepted", "The payer's last answer is not appealed"
    ELSEWHERE = "elsewhere", "Another practice goes on with it"
    MISTAKE = "mistake", "It was opened by mistake"


class Case(Owned):
    """What is requested, for whom, and where it stands.

    In the clear, because work lists sort and filter by it: payer, codes, dates, verdict, counts. Sealed: who the
    patient is. `patient` is {"name", "birth_date", "record_number", "member_id"}, each text, "" where not known.
    `scheduled` is {"codes", "units", "side", "date", "site"} of the appointment, to hold an authorization against.
    `version` counts changes: a page that was filled in on an older one is refused instead of overwriting.
    """

    patient_sealed = models.BinaryField(default=b"")
    patient = Sealed("patient", "json")
    note_sealed = models.BinaryField(default=b"")
    note = Sealed("note", "text")
    record_digest = models.CharField(max_length=64, blank=True, db_index=True)
    payer = models.CharField(max_length=80)
    plan = models.CharField(max_length=40, default="commercial")
    funding = models.CharField(max_length=20, blank=True)  # insured, self_funded, government; "" is not known
    state = models.CharField(max_length=2, blank=True)
    procedure = models.CharField(max_length=80, blank=True)
    codes = models.JSONField(default=list)
    diagnoses = models.JSONField(default=list)
    date_of_service = models.DateField(null=True)
    request_stage = models.CharField(max_length=30, blank=True)  # trial, permanent ...: Request.stage
    scheduled = models.JSONField(default=dict)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.PREPARING)
    closed_for = models.CharField(max_length=20, choices=ClosedFor.choices, blank=True)  # while the stage is closed
    turn = models.CharField(max_length=20, choices=Turn.choices, default=Turn.SPECIALIST)
    verdict = models.CharField(max_length=30, blank=True)  # of the newest check
    open_criteria = models.PositiveIntegerField(default=0)
    undecided = models.PositiveIntegerField(default=0)  # criteria without a person's disposition
    next_deadline = models.DateField(null=True)
    assigned_to = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Work lists read by practice and stage."""

        indexes = (
            models.Index(fields=["practice", "stage", "next_deadline"]),
            models.Index(fields=["practice", "-changed_at"]),
        )

    def __str__(self) -> str:
        return str(self.pk)
