"""Who a session belongs to, asked at every request: the member with the practice."""

from __future__ import annotations

import uuid

from allauth.account.auth_backends import AuthenticationBackend

from praxigen.web.accounts.by_id import member_by_id
from praxigen.web.accounts.models import Member, Practice
from praxigen.web.prepared import Prepared


class MemberBackend(AuthenticationBackend):
    """allauth's way of signing in, with members found faster once they are in."""

    def get_user(self, user_id: uuid.UUID) -> Member | None:
        """The member, unless the account was disabled. Read anew at each request: a disabled one is out at once."""
        member = member_by_id.one(user_id)
        if member is None or not self.user_can_authenticate(member):
            return None
        practice = _practices.one(member.practice_id)
        if practice is not None:
            member.practice = practice
        return member


_practices: Prepared[Practice] = Prepared(lambda practice: Practice.objects.filter(pk=practice))
