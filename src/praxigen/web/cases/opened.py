"""A stored check opened again, with what its page is made of; each process keeps a few at hand."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import cached_property
from uuid import UUID

from markupsafe import Markup

from praxigen.exports.html_report import evidence_pages
from praxigen.exports.outline import Row, deciding, outline
from praxigen.exports.screen import screen
from praxigen.letters.composing.criteria import tell_criteria
from praxigen.letters.composing.matter import Matter
from praxigen.model.report import CriterionResult, Report
from praxigen.web.cases.comparing import Change

Address = Callable[[int], str]  # of the picture of a page, by its index
MOST_KEPT = 32  # opened checks of a process
_KEPT_FOR = 900.0  # seconds after which one that nobody asked for is dropped: it holds a chart in the clear
_SHOWN_PAGES = 40  # pictures of pages on one screen; all evidence stands in the text too
_MOST_FRAGMENTS = 200
_SLOT = re.compile(r"<!--decision (\d+)-->")  # no chart can hold one: what comes from it is escaped


class OpenedCheck:
    """The report of a stored check. `same` says that it came out as it was stored.

    Where the program or the library changed it may not: then it is shown as stored, and nothing is decided on it.
    A check never changes, so all that follows from it alone is made once.
    """

    def __init__(self, report: Report, *, same: bool) -> None:
        self.report = report
        self.same = same
        self.changes: dict[object, tuple[Change, ...]] = {}  # since the check before
        self._made: dict[bool, tuple[str, str]] = {}
        self.fragments: dict[tuple[object, ...], str] = {}  # what a template made of a criterion and its decision

    @cached_property
    def roots(self) -> tuple[Row, ...]:
        """The criteria of each determination."""
        return tuple(root for root in outline(self.report) if root is not None)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every line of the criteria, in the order shown."""
        return tuple(row for root in self.roots for row in root.walk())

    @cached_property
    def first(self) -> Mapping[str, Row]:
        """The line on which each criterion stands first: there it is decided."""
        return {row.criterion.id: row for row in reversed(self.rows)}

    @cached_property
    def needed(self) -> Mapping[str, CriterionResult]:
        """The criteria that a person has to decide: those that count, and those that a letter would speak of."""
        found: dict[str, CriterionResult] = {}
        told = tell_criteria(Matter(self.report, self.report.requirement.payer)).results
        for root in self.roots:
            counted = {id(row) for row in deciding(root)}
            for row in root.walk():
                if id(row) in counted or row.criterion.id in told:
                    found.setdefault(row.criterion.id, row.result)
        for name, result in told.items():
            found.setdefault(name, result)
        return found

    @cached_property
    def pages(self) -> tuple[int, ...]:
        """The pages whose pictures are shown, by index."""
        if not any(file.kind in ("pdf", "picture") for file in self.report.document.files):
            return ()
        return tuple(evidence_pages(self.report)[:_SHOWN_PAGES])

    def note(self, address: Address | None) -> Markup:
        """HTML of the document. `address` says where the picture of a page is; None shows no picture."""
        return Markup(self._halves(address)[1])  # noqa: S704  escaped by the template that made it

    def criteria(self, address: Address | None, decision: Callable[[Row], str]) -> Markup:
        """HTML of the criteria, with what stands under each line."""
        parts = _SLOT.split(self._halves(address)[0])
        parts[1::2] = [decision(self.rows[int(index)]) for index in parts[1::2]]
        return Markup("".join(parts))  # noqa: S704  escaped by the templates that made it

    def fragment(self, key: tuple[object, ...], make: Callable[[], str]) -> str:
        """What was made for the key before, or is made now."""
        if key not in self.fragments:
            if len(self.fragments) >= _MOST_FRAGMENTS:
                self.fragments.clear()
            self.fragments[key] = make()
        return self.fragments[key]

    def _halves(self, address: Address | None) -> tuple[str, str]:
        """Both halves of the screen, with a slot where each criterion is decided; with and without pictures."""
        with_pictures = address is not None
        if with_pictures not in self._made:
            index = {row.number: at for at, row in reversed(list(enumerate(self.rows)))}

            def slot(row: Row) -> str:
                here = self.first[row.criterion.id].number == row.number
                return Markup(f"<!--decision {index[row.number]}-->") if here else ""  # noqa: S704

            halves = screen(self.report, {page: address(page) for page in self.pages} if address else {}, slot)
            self._made[with_pictures] = (str(halves.criteria), str(halves.note))
        return self._made[with_pictures]


class Kept:
    """OpenedCheck checks, the ones asked for last. Threads share it."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[UUID, UUID], tuple[float, OpenedCheck]] = OrderedDict()

    def get(self, practice: UUID, name: UUID) -> OpenedCheck | None:
        """The check of a practice, if it is at hand."""
        now = time.monotonic()
        with self._lock:
            while self._held and now - next(iter(self._held.values()))[0] > _KEPT_FOR:
                self._held.popitem(last=False)
            held = self._held.pop((practice, name), None)
            if held is None:
                return None
            self._held[practice, name] = (now, held[1])
            return held[1]

    def put(self, practice: UUID, name: UUID, opened: OpenedCheck) -> None:
        """Keep one at hand."""
        with self._lock:
            self._held.pop((practice, name), None)
            self._held[practice, name] = (time.monotonic(), opened)
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._held.clear()
