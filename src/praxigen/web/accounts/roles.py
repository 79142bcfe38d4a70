"""What each role may do. docs/security/roles.md is printed from this table."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A member's role in the practice."""

    OWNER = "owner"
    SPECIALIST = "specialist"
    CLINICIAN = "clinician"
    VIEWER = "viewer"


class Permission(StrEnum):
    """Something that a page or an operation needs."""

    SEE = "see"  # cases, charts, checks, letters
    WORK = "work"  # open cases, add files, check, note submissions and decisions
    DECIDE = "decide"  # confirm, correct or reject a criterion
    ANSWER = "answer"  # answer a question to the clinician
    WRITE = "write"  # draft and edit letters
    EXPORT = "export"  # take packets, letters and tables out of the workspace
    MANAGE = "manage"  # members, keys, audit trail, templates


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.SPECIALIST: frozenset(Permission) - {Permission.MANAGE},
    Role.CLINICIAN: frozenset({Permission.SEE, Permission.DECIDE, Permission.ANSWER, Permission.WRITE}),
    Role.VIEWER: frozenset({Permission.SEE}),
}


def may(role: str, permission: Permission) -> bool:
    """Whether a role holds a permission; an unknown role holds none."""
    return role in GRANTS and permission in GRANTS[Role(role)]
