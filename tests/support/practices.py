"""Practices with members for tests, and browsers signed in as them."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.test import Client

from praxigen.web.accounts.keys import add_key
from praxigen.web.accounts.models import Member, Practice
from praxigen.web.accounts.roles import Role

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Desk:
    """A practice with one member of each role."""

    practice: Practice
    members: dict[Role, Member]

    def client(self, role: Role = Role.SPECIALIST) -> Client:
        """A browser in which that member has signed in with both factors."""
        return fully_signed_in(self.members[role])


def make_desk(name: str = "Ridgeway Spine") -> Desk:
    """A new practice with its key and an owner, a specialist, a clinician and a viewer."""
    practice = Practice.objects.create(name=name)
    add_key(practice)
    slug = "".join(name.lower().split())
    members = {
        role: Member.objects.create_user(
            f"{role}@{slug}.example", PASSWORD, practice=practice, name=role.title(), role=role
        )
        for role in Role
    }
    return Desk(practice, members)


def half_signed_in(member: Member) -> Client:
    """A browser in which the password was given, the second factor not."""
    client = Client()
    client.force_login(member)
    return client


def fully_signed_in(member: Member) -> Client:
    """A browser in which both factors were given."""
    client = half_signed_in(member)
    session = client.session
    now = time.time()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now},
        {"method": "mfa", "type": "totp", "at": now},
    ]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client


def confirmed(member: Member) -> Client:
    """A browser in which both factors were given, and the password again just now."""
    client = fully_signed_in(member)
    session = client.session
    session["account_authentication_methods"] = [
        *session["account_authentication_methods"],
        {"method": "password", "at": time.time(), "reauthenticated": True},
    ]
    session.save()
    return client
