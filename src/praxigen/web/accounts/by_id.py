"""Members by their id, asked at every request and for the names beside decisions."""

from __future__ import annotations

from praxigen.web.accounts.models import Member
from praxigen.web.prepared import Prepared

member_by_id: Prepared[Member] = Prepared(lambda member: Member.objects.filter(pk=member))
