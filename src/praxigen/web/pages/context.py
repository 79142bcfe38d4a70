"""What every template may ask for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from praxigen.version import __version__
from praxigen.web.accounts.roles import Permission


def workspace(request: HttpRequest) -> dict[str, Any]:
    """The member behind the gate with the permissions held, the version, and whether this is a demonstration."""
    member = getattr(request, "member", None)
    held = {permission.value for permission in Permission if member is not None and member.may(permission)}
    return {
        "member": member,
        "can": held,
        "praxigen_version": __version__,
        "demonstration": settings.DEMONSTRATION,
        "idle_seconds": settings.SESSION_COOKIE_AGE,
    }
