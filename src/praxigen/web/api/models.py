"""Keys of programs, answers that are given again, and addresses that want to hear of changes."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from praxigen.web.accounts.owned import Owned, Sealed


class Scope(StrEnum):
    """What a key opens."""

    CHECK = "check"
    DENIAL = "denial"
    LETTER = "letter"


class ApiKey(Owned):
    """A key of a program: a random reference, stored as its hash, that opens some operations until it expires.

    `prefix` names the key in lists and in the trail. It dies with the account of the member who made it.
    """

    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.prefix


class Remembered(Owned):
    """The answer to a request that named an idempotency key, so that a repetition gets the same one."""

    key_digest = models.CharField(max_length=64)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveIntegerField(null=True)  # null while the first request is being answered
    content_type = models.CharField(max_length=80, blank=True)
    body_sealed = models.BinaryField(default=b"")
    body = Sealed("body", "bytes")

    class Meta:
        """One answer for one key of a practice."""

        constraints = (models.UniqueConstraint(fields=["practice", "key_digest"], name="one_answer_a_key"),)

    def __str__(self) -> str:
        return str(self.pk)


class Webhook(Owned):
    """An address of the practice that is told of changes. `secret` signs what it gets; `seen` is the library as it was
    last told of: guideline, edition and hash."""

    address = models.CharField(max_length=300)
    events = models.JSONField(default=list)
    seen = models.JSONField(default=dict)
    secret_sealed = models.BinaryField(default=b"")
    secret = Sealed("secret", "text")
    enabled = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(Owned):
    """One message to one address: waiting, done, or given up after the last attempt. Never a patient's words.

    `about` names what it tells of, so that nothing is told twice.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    about = models.CharField(max_length=120)
    payload = models.JSONField()
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=40, blank=True)

    class Meta:
        """Each thing is told once to each address."""

        constraints = (models.UniqueConstraint(fields=["webhook", "event", "about"], name="told_once"),)

    def __str__(self) -> str:
        return str(self.pk)
