"""Takes a case to change it: the row is locked, and a form that was filled in on an older one is refused."""

from __future__ import annotations

import uuid
from typing import Any

from praxigen.errors import UsageError
from praxigen.web.accounts.models import Practice
from praxigen.web.cases.models import Case, Stage


class StaleError(UsageError):
    """The case was changed since the form was opened."""


def take(practice: Practice, name: uuid.UUID, version: int | None = None) -> Case:
    """The case of that id, locked until the transaction ends. Raises Http404, or StaleError for an old version."""
    case = Case.find(practice, name)
    locked = Case.of(practice).select_for_update().get(pk=case.pk)
    if version is not None and locked.version != version:
        raise StaleError(
            f"the case was changed while this page was open: it is now {Stage(locked.stage).label.lower()}",
            "Nothing was saved. What you typed still stands below: compare it with the case, and send it again.",
        )
    return locked


def put(case: Case, **values: Any) -> None:
    """Change columns of a case and count its version up. In the transaction of `take`."""
    for name, value in values.items():
        setattr(case, name, value)
    case.version += 1
    case.save()
