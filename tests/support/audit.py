"""Audits a page that a browser shows with axe-core, by WCAG 2.2 A and AA."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """rules => axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]}).then(
  found => ({violations: found.violations.map(
    each => [each.id, each.nodes.length, each.nodes[0].target.join(" "), each.nodes[0].failureSummary]),
    looked: found.passes.length}))"""


_WIDEST = """() => [...document.querySelectorAll("body *")].filter(
  each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll")
).map(each => each.outerHTML.slice(0, 120)).slice(-1)"""


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int
    scheme: str


# Each width and each scheme once: colors do not hang on the width, nor places on the colors.
LOOKS = (Look(1280, "light"), Look(320, "dark"))
FULL = "PRAXIGEN_FULL_AUDIT"  # set in the environment: every page is audited in every way


def looks_at(name: str) -> tuple[Look, ...]:
    """In which ways a page is audited: one, drawn by its name, so that half of the pages are seen in each; or all."""
    return LOOKS if os.environ.get(FULL) else (LOOKS[zlib.crc32(name.encode()) % len(LOOKS)],)


@cache
def axe() -> str:
    """The script, as its package carries it."""
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


def faults(page: Any, name: str) -> list[str]:
    """What is wrong with the page that is shown. How wide it is is measured in every way, the rest in some or all."""
    page.evaluate(axe())  # from outside of the page: its own rules let no script in
    found: list[str] = []
    audited = looks_at(name)
    for look in LOOKS:
        page.set_viewport_size({"width": look.width, "height": 900})
        page.emulate_media(color_scheme=look.scheme)
        if look in audited:
            told = page.evaluate(_RUN, _RULES)
            if told["looked"] < 5:
                found.append(f"{name}: nothing was looked at")
            found += [
                f"{name} ({look.width} px, {look.scheme}): {rule}, {number} times, first {target}: {why}"
                for rule, number, target, why in told["violations"]
            ]
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        if wide > look.width:
            found.append(f"{name} ({look.width} px, {look.scheme}): {wide} px wide, by {page.evaluate(_WIDEST)}")
    return found
