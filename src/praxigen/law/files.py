"""The law files of a library: opened, read strictly, and handed out without what nobody has verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from praxigen.datafiles import read_yaml, shipped
from praxigen.errors import LibraryError, UsageError
from praxigen.law.books import Book, read_book
from praxigen.law.clock import Clock, Confidence, Consequence, Provision
from praxigen.law.plans import Plan, PlanBook, Regime, read_plans
from praxigen.law.terms import Terms, read_terms

FOLDER = "law"
TERMS, PLANS = "terms.yaml", "plans.yaml"


@dataclass(frozen=True, slots=True)
class LawFile:
    """One file of the folder `law`, with its name for messages."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Law:
    """Every law that the library holds. `books` hold rows of confidence C too; nothing else hands them out."""

    terms: Terms
    plan_book: PlanBook
    books: tuple[Book, ...]

    @classmethod
    def open(cls, *folders: Path | str) -> Law:
        """The shipped law, with the law of these library folders laid over it file by file.

        Raises UsageError for a folder that is not there, FaultyFileError for a file with a fault.
        """
        paths = [Path(folder) for folder in folders]
        for path in paths:
            if not path.is_dir():
                raise UsageError(f"there is no folder {str(path)!r}", "Name the folder that holds 'law'.")
        return _open(tuple(paths))

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """Every clock that may be shown, in the order of the files."""
        return tuple(clock for book in self.books for clock in book.clocks if _shown(clock))

    @property
    def withheld(self) -> tuple[Clock, ...]:
        """The clocks that nobody has verified. No answer rests on one; they tell that something is missing."""
        return tuple(clock for book in self.books for clock in book.clocks if not _shown(clock))

    def regime(self, plan: Plan) -> Regime:
        """The law of a plan, without what nobody has verified."""
        books = [book for book in self.books if book.plans & set(plan.clocks)]
        consequences = {
            f"{clock.id} {clock.on_miss}": found
            for book in books
            for clock in book.clocks
            if (found := book.consequences.get(clock.on_miss)) is not None and _shown(found)
        }
        return Regime(
            plan=plan.id,
            title=plan.title,
            laws=tuple(book.title for book in books),
            clocks=tuple(clock for clock in self.clocks if clock.plan in plan.clocks),
            cautions=plan.cautions,
            reviewers=tuple(_fitting(plan, (each for book in books for each in book.reviewers))),
            notices=tuple(_fitting(plan, (each for book in books for each in book.notices))),
            rights=tuple(_fitting(plan, (each for book in books for each in book.rights))),
            consequences=MappingProxyType(consequences),
            narrower=plan.narrower,
        )


def law_files(folders: Iterable[Path]) -> Mapping[str, LawFile]:
    """The law files by their name; those of the shipped library first, those of later folders in their place."""
    found: dict[str, LawFile] = {}
    for folder in (shipped("policies"), *folders):
        root = folder.resolve()
        for path in sorted((root / FOLDER).glob("*.yaml")):
            found[path.name] = LawFile(path, f"{root.name}/{FOLDER}/{path.name}")
    return MappingProxyType(found)


@lru_cache(maxsize=4)
def _open(folders: tuple[Path, ...]) -> Law:
    files = dict(law_files(folders))
    for needed in (TERMS, PLANS):
        if needed not in files:
            raise LibraryError(f"the library has no {FOLDER}/{needed}", "Install praxigen again.")
    terms_file, plans_file = files.pop(TERMS), files.pop(PLANS)
    terms = read_terms(read_yaml(terms_file.path, terms_file.name), terms_file.name)
    plans = read_plans(read_yaml(plans_file.path, plans_file.name), plans_file.name)
    books = (
        read_book(read_yaml(file.path, file.name), file.name, terms, {"id": file.path.stem})
        for _, file in sorted(files.items())
    )
    return Law(terms, plans, tuple(books))


def _shown(row: Clock | Consequence | Provision) -> bool:
    """Whether a row may be shown: nobody has verified one of confidence C."""
    return row.confidence is not Confidence.RECALLED


def _fitting(plan: Plan, rows: Iterable[Provision]) -> Iterator[Provision]:
    return (row for row in rows if _shown(row) and (not row.plans or set(row.plans) & set(plan.clocks)))
