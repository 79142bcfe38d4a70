"""What can be wrong between criteria and the published works that they cite."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from praxigen.datafiles import Fault, did_you_mean
from praxigen.library.leaves import written_criteria
from praxigen.library.lint.places import Page
from praxigen.library.lint.texts import lint_texts
from praxigen.model.guideline import Guideline
from praxigen.model.literature import Reference


def lint_works(works: Collection[Reference], page: Page, today: date) -> Iterator[Fault]:
    """The faults of a list of works that loads."""
    yield from lint_texts(page)
    for number, work in enumerate(works):
        if work.verified is not None and work.verified.on > today:
            message = f"{work.id!r} was verified on {work.verified.on}, which lies in the future"
            yield page.error(page.of("works", number, "verified", "on"), "verified-later", message, "Correct the day.")


def lint_cited_works(guideline: Guideline, page: Page, works: Collection[str] | None) -> Iterator[Fault]:
    """The works that criteria cite and no list holds. None: a list could not be read, and nothing is said."""
    if works is None:
        return
    for node in written_criteria(guideline):
        for name in node.literature:
            if name not in works:
                hint = did_you_mean(name, works) or "Add it to literature.yaml."
                message = f"criterion {node.id!r} cites the work {name!r}, which no list holds"
                yield page.error(page.at_line(node.line, "literature"), "unknown-work", message, hint)
