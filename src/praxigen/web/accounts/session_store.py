"""Sessions in the database, sealed: while a second factor is set up its seed stands in the session."""

from __future__ import annotations

import base64
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from praxigen.errors import PraxigenError
from praxigen.web.crypto.envelope import seal, unseal
from praxigen.web.prepared import Prepared

_CONTEXT = "session"


class SessionStore(DatabaseStore):
    """Django's sessions, each sealed under a key derived from the current master key, which it names."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The session as it is stored."""
        key = settings.KEYRING.current
        plain = super().encode(session_dict).encode("ascii")
        return f"{key.id}:{base64.b64encode(seal(key.derive('sessions'), plain, _CONTEXT)).decode()}"

    def decode(self, session_data: str) -> dict[str, Any]:
        """The session again; an empty one where it cannot be opened, which means to sign in anew."""
        name, _, text = session_data.partition(":")
        try:
            plain = unseal(settings.KEYRING.find(name).derive("sessions"), base64.b64decode(text), _CONTEXT)
        except (PraxigenError, ValueError):
            return {}
        opened: dict[str, Any] = super().decode(plain.decode("ascii"))
        return opened

    def _get_session_from_db(self) -> Session | None:
        row = _by_key.one(self.session_key) if self.session_key else None
        if row is None or row.expire_date <= timezone.now():
            self._session_key = None  # as Django does: a key that nobody gave out is not kept
            return None
        return row


_by_key: Prepared[Session] = Prepared(lambda key: Session.objects.filter(session_key=key))
