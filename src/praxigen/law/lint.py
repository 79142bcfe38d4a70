"""What can be wrong with the law files that load, and which do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from praxigen.datafiles import Fault, FaultyFileError, Severity, read_yaml
from praxigen.errors import LibraryError
from praxigen.law.books import Book, read_book
from praxigen.law.clock import Clock, Confidence, Consequence, Provision
from praxigen.law.files import FOLDER, PLANS, TERMS, LawFile, law_files
from praxigen.law.plans import PlanBook, read_plans
from praxigen.law.terms import Terms, read_terms
from praxigen.library.lint.dates import stale
from praxigen.library.lint.places import Page
from praxigen.model.provenance import Read


def lint_law(folders: Iterable[Path], today: date) -> tuple[Fault, ...]:
    """Every fault of the law files, in the order of files and lines."""
    files = dict(law_files(folders))
    faults: list[Fault] = []
    try:
        terms = _terms(files.pop(TERMS))
    except FaultyFileError as error:
        return error.faults
    books: list[tuple[Book, Page]] = []
    plans: tuple[PlanBook, Page] | None = None
    for name, file in sorted(files.items()):
        try:
            root = read_yaml(file.path, file.name)
            if name == PLANS:
                plans = read_plans(root, file.name), Page(file.name, root)
            else:
                books.append((read_book(root, file.name, terms, {"id": file.path.stem}), Page(file.name, root)))
        except FaultyFileError as error:
            faults.extend(error.faults)
        except LibraryError as error:
            faults.append(Fault(file.name, 1, 1, "unreadable", error.message, error.hint))
    for book, page in books:
        faults.extend(stale(page, book.last_verified, book.review_every_days, today))
        faults.extend(_book(book, page))
    faults.extend(_twice(books))
    if plans is not None:
        faults.extend(stale(plans[1], plans[0].last_verified, plans[0].review_every_days, today))
        faults.extend(_plans(*plans, [book for book, _ in books]))
    return tuple(sorted(set(faults)))


def _terms(file: LawFile) -> Terms:
    return read_terms(read_yaml(file.path, file.name), file.name)


def _book(book: Book, page: Page) -> Iterator[Fault]:
    consequences = tuple(book.consequences.values())
    parts: tuple[tuple[str, tuple[Clock | Consequence | Provision, ...]], ...] = (
        ("clocks", book.clocks),
        ("consequences", consequences),
        ("reviewers", book.reviewers),
        ("notices", book.notices),
        ("rights", book.rights),
    )
    for key, part in parts:
        for number, row in enumerate(part):
            reads = _READS[row.confidence]
            if row.citation.read not in reads:
                message = (
                    f"{row.id!r} is of confidence {row.confidence}, but its source is cited as {row.citation.read}"
                )
                hint = f"Write 'read: {reads[0]}' in its source, or another confidence."
                yield page.error(page.of(key, number, "confidence"), "confidence", message, hint)
            if _DOUBT.search(row.law):
                message = f"the citation of {row.id!r} holds a doubt instead of a place in the law: {row.law!r}"
                hint = "Write the citation alone, and the doubt under 'verify': letters then leave the row out."
                yield page.error(page.of(key, number, "law"), "citation-doubt", message, hint)


# A citation is printed in letters; what is not known of it has a key of its own.
_DOUBT = re.compile(r"\b(?:not (?:seen|read|verified|located)|unverified|to verify|unknown)\b", re.IGNORECASE)
# What a confidence means for how the line was read.
_READS = {
    Confidence.READ: (Read.TRANSCRIPTION, Read.FULL_TEXT),
    Confidence.SUMMARY: (Read.SUMMARY,),
    Confidence.RECALLED: (Read.TITLE_ONLY, Read.INFERRED, Read.NOT_LOCATED),
}


def _twice(books: list[tuple[Book, Page]]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for book, page in books:
        for number, clock in enumerate(book.clocks):
            other = first.setdefault(clock.id, book.file)
            if other != book.file:
                message = f"the clock {clock.id!r} stands in {other} as well"
                yield page.error(page.of("clocks", number, "id"), "repeated-id", message, "Keep one of them.")


def _plans(plans: PlanBook, page: Page, books: list[Book]) -> Iterator[Fault]:
    known = {name for book in books for name in book.plans}
    used = {name for plan in plans.plans.values() for name in plan.clocks}
    for number, plan in enumerate(plans.plans.values()):
        for name in plan.clocks:
            if name not in known:
                message = f"no clock is of the plan {name!r}"
                yield page.error(
                    page.of("plans", number, "clocks"), "unknown-plan", message, f"Files: {FOLDER}/*.yaml."
                )
    for name in sorted(known - used):
        message = f"no plan has the clocks of {name!r}, so that nobody is shown them"
        yield Fault(page.file, 1, 1, "unused-plan", message, "List it under 'clocks' of a plan.", Severity.WARNING)
