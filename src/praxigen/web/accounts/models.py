"""Practices, members and data keys."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from praxigen.web.accounts.roles import Permission, Role, may
from praxigen.web.audit.record import Actor


class Practice(models.Model):
    """A medical practice: the owner of cases, members and keys. `letterhead` is what letters begin with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    letterhead = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class DataKey(models.Model):
    """A key of a practice, wrapped by a master key. Without its rows nothing opens any more.

    `purpose` is "seal" for what seals values, "lookup" for the one that record numbers are found by.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="data_keys")
    master = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    purpose = models.CharField(max_length=10, default="seal")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


class Members(BaseUserManager["Member"]):
    """Makes members; there is no way to make one without a practice."""

    def create_user(self, email: str, password: str | None, **fields: Any) -> Member:
        """A member who can sign in. The e-mail address is kept in lower case."""
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member


class Member(AbstractBaseUser):
    """A person who signs in: one practice, one role. Accounts are never shared and ids never used again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="members")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Members()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    # Django's own rights are not used; allauth asks for these two names.
    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.name

    def may(self, permission: Permission) -> bool:
        """Whether the member's role holds the permission."""
        return self.is_active and may(self.role, permission)

    def actor(self, session: str = "") -> Actor:
        """The member as the audit trail names one."""
        return Actor(self.practice_id, self.pk, session)


class LinkKind(StrEnum):
    """What a one-time link lets its holder do."""

    SET_UP = "set_up"  # set up the first practice
    JOIN = "join"
    PASSWORD = "password"  # noqa: S105  to choose a new one


class Link(models.Model):
    """A link that works once and is handed over by a person: nothing is mailed. Only the hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)  # a LinkKind
    digest = models.CharField(max_length=64, unique=True)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, null=True, related_name="links")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")  # whose password
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)
