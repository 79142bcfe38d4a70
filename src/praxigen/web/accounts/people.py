"""What happens to members: they set a practice up, join, change, and leave. Each change with its event."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from praxigen.errors import PraxigenError
from praxigen.web.accounts.keys import add_key
from praxigen.web.accounts.links import use_link
from praxigen.web.accounts.models import Link, Member, Practice
from praxigen.web.accounts.roles import Role
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import Actor, record

Change = Callable[[], None]


class RefusedError(PraxigenError):
    """A change to a member that would leave the practice unusable or that came too late."""


_TOO_LATE = RefusedError("This link does not work any more", "Ask the owner of the practice for a new one.")


def set_up(link: Link, practice_name: str, name: str, email: str, password: str) -> Member:
    """The first practice and its owner. Raises RefusedError where the link was used or a practice is there."""
    with transaction.atomic():
        if not use_link(link) or Practice.objects.exists():
            raise _TOO_LATE
        practice = Practice.objects.create(name=practice_name)
        add_key(practice)
        owner = Member.objects.create_user(email, password, practice=practice, name=name, role=Role.OWNER)
        record(owner.actor(), Action.PRACTICE_MADE, practice)
        record(owner.actor(), Action.MEMBER_JOINED, owner, role=Role.OWNER.value)
    return owner


def join(link: Link, name: str, password: str) -> Member:
    """The member that an invitation makes. Raises RefusedError for a used link or an address that has an account."""
    practice = link.practice
    if practice is None:
        raise _TOO_LATE
    try:
        with transaction.atomic():
            if not use_link(link):
                raise _TOO_LATE
            member = Member.objects.create_user(link.email, password, practice=practice, name=name, role=link.role)
            record(member.actor(), Action.MEMBER_JOINED, member, role=member.role)
    except IntegrityError:
        raise RefusedError(
            "This address cannot be used", "Ask the owner for an invitation to another e-mail address."
        ) from None
    return member


def choose_password(link: Link, password: str) -> Member:
    """Give the member of a link a new password and end all sessions. Second factors stay as they are."""
    member = link.member
    if member is None:
        raise _TOO_LATE
    with transaction.atomic():
        if not use_link(link):
            raise _TOO_LATE
        member.set_password(password)
        member.save(update_fields=["password"])
        record(member.actor(), Action.PASSWORD_CHANGED, member, way="link")
        end_sessions(member)
    return member


def change_member(actor: Actor, member: Member, name: str, role: Role) -> None:
    """Give a member another name or role. Raises RefusedError for the last owner."""
    with transaction.atomic():
        member = _locked(member)
        if member.role == Role.OWNER and role != Role.OWNER:
            _refuse_last_owner(member)
        changed = [field for field, value in (("name", name), ("role", role.value)) if getattr(member, field) != value]
        if changed:
            member.name, member.role = name, role.value
            member.save(update_fields=changed)
            record(actor, Action.MEMBER_CHANGED, member, changed=changed, role=role.value)


def disable(actor: Actor, member: Member, but: str = "") -> None:
    """End a member's access at once: every session, every open link. Raises RefusedError for the last owner.

    `but` names the session of an owner who leaves: it is dead at its next click, and lives to see this answer.
    """
    with transaction.atomic():
        member = _locked(member)
        _refuse_last_owner(member)
        member.is_active = False
        member.save(update_fields=["is_active"])
        Link.objects.filter(member=member, used_at=None).delete()
        Link.objects.filter(created_by=member, used_at=None).delete()
        record(actor, Action.MEMBER_DISABLED, member, sessions=end_sessions(member, but))


def enable(actor: Actor, member: Member) -> None:
    """Let a member who was disabled sign in again."""
    with transaction.atomic():
        member.is_active = True
        member.save(update_fields=["is_active"])
        record(actor, Action.MEMBER_CHANGED, member, changed=["is_active"], role=member.role)


def remove_factors(actor: Actor, member: Member) -> None:
    """Remove a member's second factors, for example after a telephone was lost. New ones are set up at sign-in."""
    with transaction.atomic():
        removed = sorted(Authenticator.objects.filter(user=member).values_list("type", flat=True))
        Authenticator.objects.filter(user=member).delete()
        record(actor, Action.FACTOR_REMOVED, member, kinds=removed, sessions=end_sessions(member))


def end_sessions(member: Member, but: str = "") -> int:
    """End a member's sessions, all or all but one, and say how many there were."""
    ended = 0
    for session in UserSession.objects.filter(user=member).exclude(session_key=but):
        session.end()
        ended += 1
    return ended


def _locked(member: Member) -> Member:
    """The member as stored, with all members of the practice kept from changing until the transaction ends."""
    rows = {row.pk: row for row in Member.objects.select_for_update().filter(practice=member.practice_id)}
    return rows[member.pk]


def _refuse_last_owner(member: Member) -> None:
    others = Member.objects.filter(practice=member.practice_id, role=Role.OWNER, is_active=True).exclude(pk=member.pk)
    if member.role == Role.OWNER and not others.exists():
        raise RefusedError("This is the last owner of the practice", "Make another member an owner first.")
