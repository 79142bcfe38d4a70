"""Passkeys, with what tells a copied one: its counter does not go on from where its last use left it.

Keys that travel between a person's devices count nothing and always say 0; of these a copy cannot be told.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from django import forms
from django.db import transaction

from praxigen.web.accounts.gate import fingerprint
from praxigen.web.audit.actions import Action
from praxigen.web.audit.record import record

_COUNTER = "counter"  # in the data of an authenticator
_MISSHAPEN = (AttributeError, KeyError, TypeError, ValueError)  # what reading an object of another shape ends in
_LOG = logging.getLogger("praxigen.web")


class _AnswerField(forms.JSONField):
    """What a browser says of a passkey: JSON that is an object."""

    def to_python(self, value: Any) -> Any:
        """The object. Raises ValidationError for anything else, be it too deep or too long to be read."""
        try:
            said = super().to_python(value)
        except (ValueError, RecursionError):  # numbers of thousands of digits, brackets in brackets
            said = None
        if not isinstance(said, dict):
            raise _no_answer()
        return said

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002  Django's signature
        """What the form shows again: nothing, for an answer serves once."""
        return initial


def _no_answer() -> forms.ValidationError:
    return forms.ValidationError("This is no answer of a passkey.", code="invalid")


class AddForm(AddWebAuthnForm):
    """A passkey that is set up."""

    credential = _AnswerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The fields. Raises ValidationError for an object that is no answer, of which allauth catches some only."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except _MISSHAPEN:
            raise _no_answer() from None
        return cleaned


class _Counted(forms.Form):
    """A form that takes a passkey's answer, after the counter in it was looked at."""

    credential = _AnswerField(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        """The authenticator. Raises ValidationError for an answer that is none, and for one of a copy."""
        answer: dict[str, Any] = self.cleaned_data["credential"]
        try:
            known: Authenticator = super().clean_credential()
        except _MISSHAPEN:
            raise _no_answer() from None
        said = parse_authentication_response(answer).response.authenticator_data.counter
        if not _goes_on(known, said):
            _LOG.warning("refused: a passkey whose counter does not go on, which may be a copy")
            request = context.request
            record(
                known.user.actor(fingerprint(request)), Action.FACTOR_FAILED, known.user, outcome="refused", kind="copy"
            )
            raise forms.ValidationError(
                "There may be a copy of this passkey. Sign in another way, remove it, and set up a new one.",
                code="copied",
            )
        return known


class SignInForm(_Counted, LoginWebAuthnForm):
    """A passkey in place of password and second factor."""


class SecondFactorForm(_Counted, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class ConfirmForm(_Counted, ReauthenticateWebAuthnForm):
    """A passkey before a change."""


def _goes_on(known: Authenticator, said: int) -> bool:
    """Whether the counter went on (WebAuthn level 3, section 7.2, step 22), kept for the next time if it did."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=known.pk)
        before = row.data.get(_COUNTER)
        if before is None:
            before = row.wrap().authenticator_data.counter  # as it was set up
        if (said or before) and said <= before:
            return False
        row.data[_COUNTER] = said
        row.save(update_fields=["data"])
    known.data = row.data
    return True
