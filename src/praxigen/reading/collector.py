"""Reading makes many small objects and no circles of them: the collector of circles would look at them in vain."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let no garbage be looked for meanwhile. What is no longer needed is freed all the same, by its count of uses.

    Where two threads read at a time the first to end lets the collector go on, which costs the other only time.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
