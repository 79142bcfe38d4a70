"""Letters, calls and the days by which something must be done."""

from __future__ import annotations

from django.db import models

from praxigen.web.accounts.models import Member
from praxigen.web.accounts.owned import Owned, Sealed
from praxigen.web.cases.models.answers import Decision
from praxigen.web.cases.models.case import Case
from praxigen.web.cases.models.check import Check


class Letter(Owned):
    """A letter of typed sentences, each tied to its source; a draft until a person finishes it.

    `content` is {"letter": the letter (praxigen.letters.composing.stored), "written_on": its day, "why": why it is no
    appeal, "same_patient": who compared where two may be meant}. A final letter is never changed; `after` names the
    letter of which this is a new version.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    check_made = models.ForeignKey(Check, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.SET_NULL, null=True, related_name="letters")
    kind = models.CharField(max_length=40)
    content_sealed = models.BinaryField(default=b"")
    content = Sealed("content", "json")
    final = models.BooleanField(default=False)
    finished_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    after = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """In the order of drafting."""

        ordering = ("created_at",)

    def __str__(self) -> str:
        return str(self.pk)


class LetterTemplate(Owned):
    """A practice's own template of one kind of letter, in place of the shipped one. It names no patient."""

    kind = models.CharField(max_length=40)
    text = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One template a kind."""

        constraints = (models.UniqueConstraint(fields=["practice", "kind"], name="one_template_a_kind"),)
        ordering = ("kind",)

    def __str__(self) -> str:
        return self.kind


class Call(Owned):
    """A call with the payer or its reviewer, as a person noted it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="calls")
    on = models.DateField()
    kind = models.CharField(max_length=20, default="peer-to-peer")
    outcome = models.CharField(max_length=20, blank=True)
    notes_sealed = models.BinaryField(default=b"")
    notes = Sealed("notes", "json")

    class Meta:
        """In the order of time."""

        ordering = ("on", "created_at")

    def __str__(self) -> str:
        return str(self.pk)


class Deadline(Owned):
    """A day by which something must be done, by law, by the payer's letter or as a person set it.

    `started` is the day of the event from which the law counts. `details` says how it was counted and what follows
    when it is missed (praxigen.web.cases.clocks), and holds no words about a patient.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    rule = models.CharField(max_length=80, blank=True)  # id of the law's rule; "" where a person set it
    what_sealed = models.BinaryField(default=b"")
    what = Sealed("what", "text")  # a person may type anything here
    due = models.DateField()
    source = models.CharField(max_length=300, blank=True)
    whose = models.CharField(max_length=20, default="practice")  # practice or payer
    started = models.DateField(null=True)
    details = models.JSONField(default=dict)
    done_on = models.DateField(null=True)

    class Meta:
        """The next one first."""

        ordering = ("due", "created_at")

    def __str__(self) -> str:
        return str(self.pk)
