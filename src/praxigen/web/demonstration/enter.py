"""The way into the demonstration: a link with a random token that changes with each start of the server."""

from __future__ import annotations

import hmac

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from praxigen.web.accounts.gate import public
from praxigen.web.accounts.models import Member
from praxigen.web.accounts.roles import Role


@public
@require_GET
def enter(request: HttpRequest, token: str, role: str = Role.OWNER.value) -> HttpResponse:
    """Sign in as a member of the demonstration. Raises Http404 on any other server, and for any other token."""
    wanted = settings.DEMONSTRATION_TOKEN
    if not settings.DEMONSTRATION or len(wanted) < 32 or not hmac.compare_digest(token.encode(), wanted.encode()):
        raise Http404
    member = Member.objects.filter(practice__demonstration=True, role=role, is_active=True).first()
    if member is None:
        raise Http404
    login(request, member, backend="praxigen.web.accounts.backend.MemberBackend")
    # There is no second factor to give: the token stands for it, and nothing here is anybody's.
    record_authentication(request, member, method="mfa", type="demonstration")
    return redirect("cases:worklist")
