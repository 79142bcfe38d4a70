"""Notices that the policy library was changed on the disk, and has the whole workspace use the new one without a stop.

A look costs the time of asking for the size and day of each file. A change is taken when it has stood still between
two looks and every file of it can be read; until then, and where a file has a fault, the old library goes on.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import signal
from collections.abc import Callable

from django.conf import settings

from praxigen.errors import PraxigenError
from praxigen.library import Library
from praxigen.web.api.operations.library import catalog
from praxigen.web.cases.checking import forget_reports
from praxigen.web.cases.headers import payer_name, procedure_name
from praxigen.web.cases.library import policies
from praxigen.web.cases.policy import recheck_open_cases
from praxigen.web.cases.views.worklist import filters
from praxigen.web.serving.prepare import build_public_site
from praxigen.web.serving.server import READY

_LOG = logging.getLogger("praxigen.web.background")


class Watch:
    """Looks at the files of the library again and again. `renew_workers` has other processes begin anew."""

    def __init__(self, renew_workers: Callable[[], None], open_library: Callable[[], Library] = Library.open) -> None:
        self._renew_workers = renew_workers
        self._open = open_library
        self._used = self._seen = self._refused = ""

    def look(self) -> int | None:
        """Take a new library where there is one. Returns how many open cases it turns, None where nothing was done."""
        library = self._open()
        now = stamp(library)
        self._used = self._used or now
        before, self._seen = self._seen, now
        if now in (self._used, self._refused) or now != before:
            return None  # as it was, known to be faulty, or perhaps still being written
        try:
            _read_all(library)
        except PraxigenError as error:
            self._refused = now
            _LOG.error("the policy library was changed, but is not used, for it has a fault: %s", error.message)
            return None
        self._used = now
        forget_library()
        build_public_site(settings.PUBLIC_SITE, lambda line: _LOG.warning("%s", line))
        self._renew_workers()
        turned = recheck_open_cases(library)
        _LOG.warning("the policy library was changed and is used from now on; open cases that it turns: %d", turned)
        return turned


def stamp(library: Library) -> str:
    """Names, sizes and times of all files of a library in one hash. Opens none of them."""
    digest = hashlib.sha256()
    for file in library.index:
        try:
            seen = file.path.stat()
        except OSError:  # taken away since it was listed: the next look sees that
            continue
        digest.update(f"{file.name}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def forget_library() -> None:
    """Drop what this process keeps of the library, so that it is opened anew."""
    policies.cache_clear()
    payer_name.cache_clear()
    procedure_name.cache_clear()
    catalog.cache_clear()
    filters.cache_clear()
    forget_reports()


def renew_workers() -> None:
    """Have the server that started this process replace its workers by new ones; requests under way are finished."""
    try:
        told = json.loads((settings.CONFIGURATION.data / READY).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return  # nothing is served
    if told.get("pid") == os.getppid():
        os.kill(os.getppid(), signal.SIGHUP)


def _read_all(library: Library) -> None:
    """Raise what is wrong with any file."""
    library.payers()
    library.procedures()
    library.requirements()
    library.all_guidelines()
    library.rules()
    library.literature()
