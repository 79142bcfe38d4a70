"""Readies a process before it takes requests: what the first request of each kind would have to open and compile."""

from __future__ import annotations

import logging

_LOG = logging.getLogger("praxigen.web.serving")
_NOTE = "HPI: Low back pain with left leg pain for one year. Physical therapy for eight weeks gave no relief."
_PAGES = ("cases/worklist.html", "cases/case.html", "cases/check.html", "cases/payer/deadlines.html")


def warm() -> None:
    """Open addresses, templates, lexicon and library, and make one check of an invented note. Stores nothing.

    Whatever fails here fails for the request that needs it, and is told there.
    """
    try:
        _warm()
    except Exception:  # noqa: BLE001  a process that starts cold still serves
        _LOG.exception("a process started cold")


def _warm() -> None:
    from django.template.loader import get_template
    from django.urls import reverse

    from praxigen.api import check
    from praxigen.model.document import Document
    from praxigen.model.request import Request
    from praxigen.web.cases.library import policies
    from praxigen.web.cases.opened import OpenedCheck

    reverse("cases:worklist")
    for name in _PAGES:
        get_template(name)
    payer = policies().payers()[0].id
    requirement = policies().requirements(payer)[0]
    request = Request(payer, (next(iter(requirement.codes)),), plan=requirement.plans[0])
    opened = OpenedCheck(check(Document("note.txt", _NOTE), request, policies()), same=True)
    opened.criteria(None, lambda _row: "")
    opened.note(None)
