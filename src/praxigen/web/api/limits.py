"""How often a key may ask: a count for each minute in the cache that all workers share."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.core.cache import cache

from praxigen.web.api.problems import Problem

_LOG = logging.getLogger("praxigen.web.api")
_MINUTE = 60  # seconds


def take(name: str) -> None:
    """Count one request. Raises Problem 429 where the minute's share is used up."""
    now = int(time.time())
    key = f"api-rate:{name}:{now // _MINUTE}"
    if cache.add(key, 1, timeout=2 * _MINUTE):
        return
    try:
        used = cache.incr(key)
    except ValueError:  # it ran out between the two
        return
    if used > settings.API_REQUESTS_A_MINUTE:
        wait = _MINUTE - now % _MINUTE
        if used == settings.API_REQUESTS_A_MINUTE + 1:  # once a minute
            _LOG.warning("refused: the key %s asks too often", name)
        raise Problem(
            429,
            "Too many requests with this key",
            f"At most {settings.API_REQUESTS_A_MINUTE} a minute. Ask again in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )
