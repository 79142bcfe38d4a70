"""How allauth behaves here: no open sign-up, and seeds of second factors sealed."""

from __future__ import annotations

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from praxigen.web.crypto.envelope import seal, unseal

_CONTEXT = "second-factor"


class AccountAdapter(DefaultAccountAdapter):
    """Members join by invitation only, and no mail is sent."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """Never: an owner invites."""
        return False


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
