"""Linting a whole library: each file for itself, then what the files say of each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from praxigen.datafiles import Fault, FaultyFileError, Node
from praxigen.errors import LibraryError
from praxigen.library.directory import read_payers, read_procedures
from praxigen.library.editions import Edition, in_order
from praxigen.library.guidelines import read_guideline
from praxigen.library.index import FileKind, LibraryFile
from praxigen.library.library import Library
from praxigen.library.lint.guidelines import ended, lint_guideline
from praxigen.library.lint.known import read_known
from praxigen.library.lint.literature import lint_cited_works, lint_works
from praxigen.library.lint.places import Page
from praxigen.library.lint.requirements import Surroundings, lint_requirement
from praxigen.library.lint.rules import lint_rule
from praxigen.library.lint.snapshots import lint_snapshots
from praxigen.library.lint.strays import find_strays
from praxigen.library.literature import read_literature
from praxigen.library.loading import load_entries, parse
from praxigen.library.requirements import read_requirement
from praxigen.library.rules import read_rule
from praxigen.model.guideline import Guideline
from praxigen.model.literature import Reference
from praxigen.model.requirement import Payer, Procedure, Requirement
from praxigen.model.rule import Rule

T = TypeVar("T")
Entry = TypeVar("Entry", Payer, Procedure)


def lint(library: Library, today: date, concepts: Collection[str] | None = None) -> tuple[Fault, ...]:
    """Every fault of the library, in the order of files and lines; none for a library without fault.

    `today` decides what is stale. `concepts` are the names that the lexicon knows; None leaves concepts unchecked.
    """
    shelf = _Shelf()
    for file in library.index:
        shelf.take(file)
    known, problems = read_known(library.folders)
    shelf.faults.extend(fault for problem in problems for fault in problem.faults)
    strange = [fault for folder in library.folders for fault in find_strays(folder)]
    found = [*_empty(library), *strange, *shelf.faults, *_editions(shelf, today)]
    around = Surroundings(
        guidelines={key: tuple(edition for edition, _ in editions) for key, editions in shelf.guidelines.items()},
        payers=shelf.payers,
        procedures=shelf.procedures,
        known=known,
        concepts=concepts,
    )
    for editions in shelf.guidelines.values():
        for edition, page in editions:
            found.extend(lint_guideline(edition, page, today, known, concepts))
            found.extend(lint_snapshots(edition, page, library.snapshot))
            found.extend(lint_cited_works(edition, page, shelf.cited))
    for requirement, page in shelf.requirements:
        found.extend(lint_requirement(requirement, page, today, around))
    for works, page in shelf.works:
        found.extend(lint_works(works, page, today))
    for rule, page in shelf.rules:
        found.extend(lint_rule(rule, page, today, shelf.payers))
    found.extend(_shared_codes(shelf.requirements))
    return tuple(sorted(set(found)))


@dataclass(slots=True)
class _Shelf:
    """What could be loaded, with the tree that it was loaded from, and the faults of what could not."""

    faults: list[Fault] = field(default_factory=list)
    guidelines: dict[str, list[tuple[Guideline, Page]]] = field(default_factory=dict)
    requirements: list[tuple[Requirement, Page]] = field(default_factory=list)
    rules: list[tuple[Rule, Page]] = field(default_factory=list)
    works: list[tuple[tuple[Reference, ...], Page]] = field(default_factory=list)
    payers: dict[str, Payer] | None = field(default_factory=dict)
    procedures: dict[str, Procedure] | None = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    editions: dict[str, list[tuple[LibraryFile, Guideline]]] = field(default_factory=dict)
    unread: set[FileKind] = field(default_factory=set)

    def take(self, file: LibraryFile) -> None:
        """Load one file, or note why it cannot be."""
        if file.kind is FileKind.GUIDELINE:
            loaded = self._try(file, lambda: [_paged(file, read_guideline)])
            self.guidelines.setdefault(file.id, []).extend(loaded)
            self.editions.setdefault(file.id, []).extend((file, edition) for edition, _ in loaded)
        elif file.kind is FileKind.REQUIREMENT:
            self.requirements.extend(self._try(file, lambda: [_paged(file, read_requirement)]))
        elif file.kind is FileKind.RULE:
            self.rules.extend(self._try(file, lambda: [_paged(file, read_rule)]))
        elif file.kind is FileKind.LITERATURE:
            self.works.extend(self._try(file, lambda: [_works(file)]))
        elif file.kind is FileKind.PAYERS:
            self.payers = _merged(self.payers, self._try(file, lambda: load_entries(file, read_payers)))
        elif file.kind is FileKind.PROCEDURES:
            self.procedures = _merged(self.procedures, self._try(file, lambda: load_entries(file, read_procedures)))
        else:
            hint = (
                "Guidelines lie in guidelines/<publisher>/<number>.yaml, requirements in requirements/<payer>/, "
                "rules in national/."
            )
            self.faults.append(Fault(file.name, 1, 1, "misplaced", "no file of the library belongs here", hint))

    def _try(self, file: LibraryFile, read: Callable[[], Collection[T]]) -> Collection[T]:
        try:
            return read()
        except FaultyFileError as error:
            self.faults.extend(error.faults)
        except LibraryError as error:
            self.faults.append(Fault(file.name, 1, 1, "unreadable", error.message, error.hint))
        self.broken.add(file.id)
        self.unread.add(file.kind)
        return ()

    @property
    def cited(self) -> frozenset[str] | None:
        """The works that criteria may cite; None where a list could not be read."""
        if FileKind.LITERATURE in self.unread:
            return None
        return frozenset(work.id for works, _ in self.works for work in works)


def _paged(file: LibraryFile, read: Callable[[Node, str, str, Mapping[str, str]], T]) -> tuple[T, Page]:
    root, sha256 = parse(file)
    return read(root, file.name, sha256, file.expects), Page(file.name, root)


def _works(file: LibraryFile) -> tuple[tuple[Reference, ...], Page]:
    root, _ = parse(file)
    return read_literature(root, file.name), Page(file.name, root)


def _merged(known: dict[str, Entry] | None, entries: Collection[Entry]) -> dict[str, Entry] | None:
    """The entries by id. None once a list could not be read, so that its faults are not repeated at every use."""
    # A list that can be read is never empty.
    return known | {entry.id: entry for entry in entries} if known is not None and entries else None


def _empty(library: Library) -> Iterator[Fault]:
    held = {file.folder for file in library.index}
    for folder in library.folders:
        if folder.resolve() not in held:
            hint = (
                "Name the folder that holds payers.yaml, procedures.yaml, guidelines/<publisher>/<number>.yaml "
                "and requirements/<payer>/<name>.yaml."
            )
            yield Fault(folder.resolve().name, 1, 1, "empty-library", "this folder holds no policy file", hint)


def _editions(shelf: _Shelf, today: date) -> Iterator[Fault]:
    for guideline_id, loaded in shelf.guidelines.items():
        if guideline_id in shelf.broken:
            continue
        pages = {page.file: page for _, page in loaded}
        try:
            head = in_order(Edition.of(file, edition) for file, edition in shelf.editions[guideline_id])[-1]
        except FaultyFileError as error:
            yield from error.faults
            continue
        newest = next(edition for file, edition in shelf.editions[guideline_id] if file is head.file)
        yield from ended(newest, pages[newest.file], today)


def _shared_codes(requirements: Collection[tuple[Requirement, Page]]) -> Iterator[Fault]:
    first: dict[tuple[str, str, str], str] = {}
    for requirement, page in requirements:
        for number, entry in enumerate(requirement.codes.values()):
            for plan in requirement.plans if entry.listed else ():
                other = first.setdefault((requirement.payer, plan, entry.code), requirement.id)
                if other != requirement.id:
                    message = f"{other} lists the code {entry.code} for {plan} plans as well, and is used instead"
                    hint = "Keep the code in one of them, or write 'listed: no' here."
                    yield page.warning(page.of("codes", number, "code"), "shared-code", message, hint)
