"""Shows each file to the scanner for malware that the operator named, before anything else reads it."""

from __future__ import annotations

import logging
import subprocess

from django.conf import settings

from praxigen.errors import InputError

_CLEAN, _FOUND = 0, 1  # what scanners end with; anything else is a fault of theirs
_SECONDS = 60
_LOG = logging.getLogger("praxigen.web")


class ScannedError(InputError):
    """The scanner found malware, or did not answer. Nothing of the file is kept."""


def scan(data: bytes) -> None:
    """Give the bytes to the scanner, on its standard input. Raises ScannedError for anything but a clean answer.

    Without a scanner every file passes: `PRAXIGEN_SCANNER` names one, for example `clamdscan --no-summary -`.
    """
    if not settings.SCANNER:
        return
    try:
        done = subprocess.run(  # noqa: S603  the operator's own command, with nothing of the file in it
            settings.SCANNER,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=_SECONDS,
        )
        ended = done.returncode
    except (OSError, subprocess.TimeoutExpired):
        ended = -1
    if ended == _CLEAN:
        return
    if ended == _FOUND:
        _LOG.warning("refused: a file in which the scanner found malware")
        raise ScannedError(
            "the scanner of this server found malware in it", "Nothing of it was kept. Ask for the file anew."
        )
    _LOG.error("the scanner for malware did not answer (it ended with %d)", ended)
    raise ScannedError(
        "the scanner for malware does not answer", "Nothing of it was kept. Tell your administrator, then add it again."
    )
