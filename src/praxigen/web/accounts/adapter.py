"""How allauth behaves here: no open sign-up, and seeds of second factors sealed."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from praxigen.web.accounts.models import Member
from praxigen.web.crypto.envelope import seal, unseal

_CONTEXT = "second-factor"


class AccountAdapter(DefaultAccountAdapter):
    """Members join by invitation only, no mail is sent, and a disabled account answers as one that is not there."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """Never: an owner invites."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """The member of address and password, where the member may sign in."""
        member: Member | None = super().authenticate(request, **credentials)
        return member if member is not None and member.is_active else None

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Always, but for the first second factor of a member who just signed in to set it up."""
        user = self.request.user if self.request is not None else context.request.user
        if app == "allauth.mfa" and not Authenticator.objects.filter(user=user).exists():
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required


class FactorAdapter(DefaultMFAAdapter):
    """Seals what makes second factors before it is stored."""

    def encrypt(self, text: str) -> str:
        """The text, sealed under a key derived from the current master key, which it names."""
        key = settings.KEYRING.current
        sealed = seal(key.derive("factors"), text.encode(), _CONTEXT)
        return f"{key.id}:{base64.b64encode(sealed).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        """The text again. Raises SealBrokenError for anything that was not sealed here."""
        name, _, text = encrypted_text.partition(":")
        key = settings.KEYRING.find(name)
        return unseal(key.derive("factors"), base64.b64decode(text), _CONTEXT).decode()
