"""The files of a case, as they came and as they were read."""

from __future__ import annotations

from django.db import models

from praxigen.web.accounts.models import Member
from praxigen.web.accounts.owned import Owned, Sealed
from praxigen.web.cases.models.case import Case


class FileState(models.TextChoices):
    """How far the reading of a file has come."""

    WAITING = "waiting", "Waiting"
    READING = "reading", "Being read"
    LOCKED = "locked", "Locked with a password"
    READ = "read", "Read"
    REFUSED = "refused", "Could not be read"
    REMOVED = "removed", "Removed"


class RemovedFor(models.TextChoices):
    """Why a file did not belong into its case."""

    PATIENT = "patient", "It is another patient's"
    CASE = "case", "It belongs to another case of this patient"
    VERSION = "version", "It is a wrong or unfinished version"
    TWICE = "twice", "It is in the chart twice"
    OTHER = "other", "Another reason"


class Role(models.TextChoices):
    """What a file is in its case."""

    CHART = "chart", "Chart"
    ADDENDUM = "addendum", "Addendum"
    DENIAL = "denial", "Payer's decision"
    PROOF = "proof", "Proof of submission"


class ChartFile(Owned):
    """A file: its bytes and its name sealed, its state in the clear.

    `document` is the file as read (`praxigen.documents.stored`), so that a picture is recognized once only. `reason`
    says why a file was refused, in words that hold none of its content. Of a removed file only the row is left: its
    name, bytes and hash are destroyed.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()  # from 1, in the order in which files came
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.CHART)
    name_sealed = models.BinaryField(default=b"")
    name = Sealed("name", "text")
    content_sealed = models.BinaryField(default=b"")
    content = Sealed("content", "bytes")
    document_sealed = models.BinaryField(default=b"")
    document = Sealed("document", "bytes")
    state = models.CharField(max_length=20, choices=FileState.choices, default=FileState.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField(default=0)  # bytes
    pages = models.PositiveIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)  # while a scan is being read
    sha256 = models.CharField(max_length=64, blank=True)
    claim = models.UUIDField(null=True)  # of the worker that reads it
    claimed_at = models.DateTimeField(null=True)  # when that worker was last heard of
    attempts = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    removed_why = models.CharField(max_length=20, choices=RemovedFor.choices, blank=True)
    removed_note_sealed = models.BinaryField(default=b"")
    removed_note = Sealed("removed_note", "text")

    class Meta:
        """Numbers are given once in a case."""

        constraints = (models.UniqueConstraint(fields=["case", "number"], name="one_file_a_number"),)
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.pk)
