"""The library: payers, procedures, requirements and guidelines, each file read when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from praxigen.datafiles import Node, did_you_mean, near_names, shipped
from praxigen.errors import UsageError
from praxigen.library.codes import is_procedure_code, shape_problem
from praxigen.library.directory import names_of, plain, read_payers, read_procedures
from praxigen.library.editions import Edition, in_order, read_edition
from praxigen.library.index import FileKind, LibraryFile, file_at, list_files
from praxigen.library.literature import read_literature
from praxigen.library.loading import load, load_entries
from praxigen.library.requirements import read_requirement
from praxigen.library.rules import find_rules, read_rule
from praxigen.library.snapshots import read_snapshot
from praxigen.library.words import FUNDING, PLACES, PLANS, STATES
from praxigen.model.guideline import Guideline
from praxigen.model.literature import Reference
from praxigen.model.provenance import Snapshot
from praxigen.model.requirement import Payer, Procedure, Requirement
from praxigen.model.rule import Rule, RuleFinding

if TYPE_CHECKING:
    from praxigen.library.coverage import Coverage

T = TypeVar("T")

_NOT_A_NO = "This does not say that no prior authorization is needed: ask the payer."


class Library:
    """Everything that is known about payers' requirements. Open it once; it reads each file at most once.

    Files are read lazily: a check reads only its requirement and the guidelines that decide it. Where several folders
    are opened, what a later one says of an id replaces what an earlier one says.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._loaded: dict[str, Requirement] = {}
        self._listed: dict[str, tuple[LibraryFile, ...]] = {}  # by place
        self._guidelines: dict[Path, Guideline] = {}
        self._edition_lists: dict[str, tuple[Edition, ...]] = {}

    @classmethod
    def open(cls, *folders: Path | str) -> Library:
        """The library in these folders; the shipped policies if none is named. Raises UsageError for no folder."""
        if not folders:
            return cls([shipped("policies")])
        paths = [Path(folder) for folder in folders]
        for path in paths:
            if not path.is_dir():
                raise UsageError(f"there is no folder {str(path)!r}", "Name the folder that holds 'guidelines'.")
        return cls(paths)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that were opened, in their order."""
        return self._folders

    def files(self) -> tuple[Path, ...]:
        """Every file of the library, in the order of the folders and of the names."""
        return tuple(file.path for file in self.index)

    @cached_property
    def index(self) -> tuple[LibraryFile, ...]:
        """Every file with what its place says of it. Parses none."""
        return tuple(file for folder in self._folders for file in list_files(folder))

    def payers(self) -> tuple[Payer, ...]:
        """Every payer, by id."""
        return tuple(self._payers[key] for key in sorted(self._payers))

    def payer(self, name: str) -> Payer:
        """The payer with this id, name or alias, in any case. Raises UsageError with near names."""
        if name in self._payers:
            return self._payers[name]
        return _named(name, "payer", [(payer, payer.id, payer.name, payer.also) for payer in self.payers()])

    def usual_plan(self, payer: str) -> str:
        """The plan type that is meant where none is named: the only one that a payer has, else commercial."""
        plans = self.payer(payer).plans
        return plans[0] if len(plans) == 1 else "commercial"

    def literature(self) -> Mapping[str, Reference]:
        """Every published work that criteria may cite, by its id."""
        return MappingProxyType({work.id: work for work in self._entries(FileKind.LITERATURE, read_literature)})

    def procedures(self) -> tuple[Procedure, ...]:
        """Every procedure, by id."""
        return tuple(self._procedures[key] for key in sorted(self._procedures))

    def procedure(self, name: str) -> Procedure:
        """The procedure with this id, label or alias, in any case. Raises UsageError with near names."""
        entries = [(procedure, procedure.id, procedure.label, procedure.also) for procedure in self.procedures()]
        return _named(name, "procedure", entries)

    def requirements(self, payer: str | None = None, code: str | None = None) -> tuple[Requirement, ...]:
        """The requirements of a payer, or of all; of a code, or of all; by id.

        Raises UsageError for an unknown payer, and where no requirement lists the code: an empty answer could be read
        as "not required".
        """
        who = None if payer is None else self.payer(payer)
        files = self._files_of(who)
        if code is None:
            return tuple(self._requirement(file) for file in files)
        code = _code(code)
        return self._listing(files, code, who.name if who else "any payer")

    def requirement_for(self, payer: str, code: str, plan: str = "commercial") -> Requirement:
        """The requirement that decides a code for a payer's plan.

        Raises UsageError, with near names, for an unknown payer, plan or code, and where nothing is known of the code
        for this plan. A requirement that the payer's page lists the code in comes before one that only mentions it.
        """
        who, code, plan = self.payer(payer), _code(code), _plan(plan)
        listing = self._listing(self._files_of(who), code, who.name)
        fitting = [requirement for requirement in listing if plan in requirement.plans]
        if not fitting:
            plans = sorted({known_plan for requirement in listing for known_plan in requirement.plans})
            message = f"the library does not know what {who.name} asks for {code} in {plan} plans"
            raise UsageError(message, f"It knows: {', '.join(plans)}. {_NOT_A_NO}")
        return min(fitting, key=lambda requirement: not requirement.codes[code].listed)

    def guideline(self, guideline_id: str, on: date | None = None) -> Guideline:
        """The edition that holds on a date of service; the newest if none is given. Raises UsageError as `edition`."""
        return self._load(self.edition(guideline_id, on))

    def edition(self, guideline_id: str, on: date | None = None) -> Edition:
        """The head of the edition that holds on a date of service; the newest if none is given.

        Raises UsageError for an unknown guideline, a date before the first edition, and one after the last ended.
        """
        editions = self._editions(guideline_id)
        if on is None:
            return editions[-1]
        begun = [edition for edition in editions if edition.effective_from <= on]
        if not begun:
            first = editions[0]
            raise UsageError(
                f"{guideline_id} has no edition for {on}: the first one known, {first.name}, begins on "
                f"{first.effective_from}",
                "Check the date of service, or ask the payer for the edition that held then.",
            )
        newest = begun[-1]
        if newest.effective_to is not None and newest.effective_to < on:
            raise UsageError(
                f"{guideline_id} has no edition for {on}: {newest.name} ended on {newest.effective_to}",
                "Ask the payer for the edition that holds then, and add it to the library.",
            )
        return newest

    def editions(self, guideline_id: str) -> tuple[Guideline, ...]:
        """Every edition of a guideline, oldest first, each ending at the latest on the day before the next begins."""
        return tuple(self._load(edition) for edition in self._editions(guideline_id))

    def all_guidelines(self) -> tuple[Guideline, ...]:
        """Every edition of every guideline, by id and then by date."""
        return tuple(edition for key in self._guideline_ids for edition in self.editions(key))

    def rules(self) -> tuple[Rule, ...]:
        """Every rule above the payers, national or of a state, by id."""
        return tuple(self._rules[key] for key in sorted(self._rules))

    def rules_for(
        self,
        code: str,
        plan: str,
        *,
        payer: str | None = None,
        state: str | None = None,
        place: str | None = None,
        funding: str | None = None,
        on: date | None = None,
    ) -> tuple[RuleFinding, ...]:
        """What each rule that may reach a request says of its code, by id of the rule.

        `state` is two letters. `place` and `funding` are words of praxigen.library.words. What is not given stays
        open in the finding. Raises UsageError for an unknown payer, plan, state, place or funding.
        """
        return find_rules(
            self.rules(),
            _code(code),
            _plan(plan),
            payer=None if payer is None else self.payer(payer).id,
            state=None if state is None else _word(state.strip().upper(), "state", STATES),
            place=None if place is None else _word(_underscored(place), "place", PLACES),
            funding=None if funding is None else _word(_underscored(funding), "funding", FUNDING),
            on=on,
        )

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {file.id: load(file, read_rule) for file in self._under("national")}

    def snapshot(self, snapshot: Snapshot) -> str:
        """The text of a source that the library keeps. Raises LibraryError where it is missing or not as cited."""
        return read_snapshot(self._folders, snapshot)

    def descriptor(self, code: str) -> str:
        """The practice's own, licensed descriptor of a procedure code; empty where it imported none."""
        return self._descriptors.get(code, "")

    @cached_property
    def _descriptors(self) -> dict[str, str]:
        from praxigen.codesets.descriptors import read_descriptors  # no check needs it

        found: dict[str, str] = {}
        for folder in self._folders:
            found.update(read_descriptors(folder))
        return found

    def coverage(self, guideline: Guideline) -> Coverage | None:
        """How an edition models its main source; None where the library keeps no text of it."""
        from praxigen.library.coverage import coverage  # no check needs it, and importing it costs a check its time

        kept = guideline.main_source.snapshot
        return None if kept is None else coverage(guideline, self.snapshot(kept))

    @cached_property
    def _payers(self) -> dict[str, Payer]:
        return {payer.id: payer for payer in self._entries(FileKind.PAYERS, read_payers)}

    @cached_property
    def _procedures(self) -> dict[str, Procedure]:
        return {procedure.id: procedure for procedure in self._entries(FileKind.PROCEDURES, read_procedures)}

    def _entries(self, kind: FileKind, read: Callable[[Node, str], tuple[T, ...]]) -> Iterator[T]:
        for folder in self._folders:
            file = file_at(folder, f"{kind}.yaml")
            if file is not None:
                yield from load_entries(file, read)

    @cached_property
    def _guideline_ids(self) -> tuple[str, ...]:
        return tuple(sorted({file.id for file in self._under("guidelines") if file.kind is FileKind.GUIDELINE}))

    def _editions(self, guideline_id: str) -> tuple[Edition, ...]:
        """The heads of the editions, oldest first. Only files of the guideline's publisher are looked at."""
        if guideline_id not in self._edition_lists:
            near = self._under(f"guidelines/{guideline_id.partition('.')[0]}")
            files = [file for file in near if file.id == guideline_id]
            if not files:
                hint = did_you_mean(guideline_id, self._guideline_ids) or "'praxigen library status' lists all."
                raise UsageError(f"unknown guideline {guideline_id!r}", hint)
            self._edition_lists[guideline_id] = in_order(map(read_edition, files))
        return self._edition_lists[guideline_id]

    def _load(self, edition: Edition) -> Guideline:
        if edition.file.path not in self._guidelines:
            self._guidelines[edition.file.path] = edition.load()
        return self._guidelines[edition.file.path]

    def _files_of(self, payer: Payer | None) -> list[LibraryFile]:
        under = self._under("requirements" if payer is None else f"requirements/{payer.id}")
        files = {file.id: file for file in under if file.kind is FileKind.REQUIREMENT}
        return [files[key] for key in sorted(files)]

    def _under(self, place: str) -> tuple[LibraryFile, ...]:
        """The files below one place of every folder, in the order of the folders: what is not needed is not listed."""
        if place not in self._listed:
            self._listed[place] = tuple(file for folder in self._folders for file in list_files(folder, place))
        return self._listed[place]

    def _listing(self, files: list[LibraryFile], code: str, who: str) -> tuple[Requirement, ...]:
        """The requirements that list a code. Only files in which the code stands are parsed."""
        likely = (self._requirement(file) for file in files if file.id in self._loaded or file.mentions(code))
        listing = tuple(requirement for requirement in likely if code in requirement.codes)
        if listing:
            return listing
        near = near_names(code, [other for file in files for other in self._requirement(file).codes])
        hint = f"Near codes: {', '.join(near)}. {_NOT_A_NO}" if near else _NOT_A_NO
        raise UsageError(f"the library has no requirement of {who} for the code {code}", hint)

    def _requirement(self, file: LibraryFile) -> Requirement:
        if file.id not in self._loaded:
            self._loaded[file.id] = load(file, read_requirement)
        return self._loaded[file.id]


def _named(name: str, kind: str, entries: Iterable[tuple[T, str, str, tuple[str, ...]]]) -> T:
    found: dict[str, T] = {}
    labels: dict[str, str] = {}
    for entry, entry_id, label, also in entries:
        shown = f"{label!r} ({entry_id})" if label != entry_id else repr(label)
        if name == entry_id:
            return entry
        for word in names_of(entry_id, label, also):
            labels[word] = shown
            if word == plain(name):
                found[shown] = entry
    if len(found) == 1:
        return found.popitem()[1]
    if found:
        raise UsageError(f"more than one {kind} is called {name!r}", f"Give its id: {', '.join(found)}.")
    near = tuple(dict.fromkeys(labels[word] for word in near_names(plain(name), labels, limit=5)))[:3]
    hint = _meant(near) or f"Known: {', '.join(sorted(set(labels.values()))) or 'none'}."
    raise UsageError(f"unknown {kind} {name!r}", f"{hint} {_NOT_A_NO}" if kind == "payer" else hint)


def _meant(near: Iterable[str]) -> str:
    listed = " or ".join(near)
    return f"Did you mean {listed}?" if listed else ""


def _code(text: str) -> str:
    code = text.strip().upper()
    if not is_procedure_code(code):
        hint = "Give five digits, such as 63650, or a letter and four digits, such as L8679."
        raise UsageError(shape_problem(code), hint)
    return code


def _plan(text: str) -> str:
    return _word(_underscored(text), "plan", PLANS, text)


def _underscored(text: str) -> str:
    return plain(text).replace(" ", "_")


def _word(word: str, kind: str, words: tuple[str, ...], typed: str = "") -> str:
    if word not in words:
        near = did_you_mean(word, words)
        raise UsageError(f"unknown {kind} {(typed or word)!r}", f"{near} Give one of: {', '.join(words)}.".strip())
    return word
