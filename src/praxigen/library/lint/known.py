"""What the linter knows beyond the files that it looks at: policy numbers and code families (`checks/`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from praxigen.datafiles import Faults, FaultyFileError, Fields, Node, TextNode, did_you_mean, read_yaml, shipped
from praxigen.library.codes import check_code
from praxigen.library.statements import check_schema, read_list

NUMBERS_SCHEMA = "praxigen.policy-numbers/1"
FAMILIES_SCHEMA = "praxigen.code-families/1"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KnownPolicy:
    """A policy number, what it is about, and how it is mistaken.

    `words` begin words of the subject. `mistaken_for` are numbers that others cite for this subject by mistake.
    `first_issued` is a day that others give as the effective date of a version.
    """

    number: str
    publisher: str
    subject: str
    words: tuple[str, ...]
    mistaken_for: tuple[str, ...] = ()
    first_issued: date | None = None

    def is_about(self, text: str) -> bool:
        """Whether a text speaks of the subject of this policy."""
        spoken = f" {re.sub(r'[^a-z0-9]+', ' ', text.casefold())}"
        return any(f" {word.casefold()}" in spoken for word in self.words)


@dataclass(frozen=True, slots=True)
class CodeFamily:
    """Codes that are one act in several techniques, so that a list with only one of them is probably a slip."""

    id: str
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """Both lists. `policies` are by their plain number."""

    policies: Mapping[str, KnownPolicy]
    families: tuple[CodeFamily, ...]


def plain_number(number: str) -> str:
    """A policy number as it is compared: "cpb-0660", "CPB 0660" and "CPB0660" are one."""
    plain = re.sub(r"[^A-Z0-9.]", "", number.upper())
    return f"NCD{plain}" if re.fullmatch(r"[0-9]+(\.[0-9]+)+", plain) else plain


def read_known(folders: Iterable[Path]) -> tuple[Known, tuple[FaultyFileError, ...]]:
    """The shipped lists with those of the folders over them, and what is wrong in files that cannot be used."""
    policies: dict[str, KnownPolicy] = {}
    families: dict[str, CodeFamily] = {}
    problems: list[FaultyFileError] = []

    def take(path: Path, name: str, read: Callable[[Node, str], tuple[T, ...]]) -> tuple[T, ...]:
        try:
            return read(read_yaml(path, name), name) if path.is_file() else ()
        except FaultyFileError as error:
            problems.append(error)
            return ()

    for folder in dict.fromkeys(folder.resolve() for folder in (shipped("policies"), *folders)):
        checks = folder / "checks"
        for policy in take(checks / "policy-numbers.yaml", f"{folder.name}/checks/policy-numbers.yaml", read_numbers):
            policies[plain_number(policy.number)] = policy
        for family in take(checks / "code-families.yaml", f"{folder.name}/checks/code-families.yaml", read_families):
            families[family.id] = family
    return Known(policies, tuple(families.values())), tuple(problems)


def read_numbers(root: Node, file: str) -> tuple[KnownPolicy, ...]:
    """The policy numbers that a file lists. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    head = Fields(root, faults, "a list of policy numbers", ("schema", "sources", "policies"))
    check_schema(head, NUMBERS_SCHEMA)
    sources = [name.text for name, _ in head.entries("sources")]
    for name, node in head.entries("sources"):
        source = Fields(node, faults, f"source {name.text!r}", ("title", "publisher"), ("url",))
        for key in ("title", "publisher", "url"):
            source.text(key)

    def read(fields: Fields) -> KnownPolicy:
        node = fields.node("source")
        if isinstance(node, TextNode) and node.text not in sources:
            faults.add(node, f"no source is called {node.text!r}", did_you_mean(node.text, sources), "unknown-source")
        return KnownPolicy(
            number=fields.text("number"),
            publisher=fields.text("publisher"),
            subject=fields.text("subject"),
            words=fields.texts("words"),
            mistaken_for=fields.texts("mistaken_for"),
            first_issued=fields.known_day("first_issued"),
        )

    required = ("number", "publisher", "subject", "words", "source")
    found = read_list(head, "policies", read, required, ("mistaken_for", "first_issued"), unique="number")
    faults.raise_any()
    return found


def read_families(root: Node, file: str) -> tuple[CodeFamily, ...]:
    """The code families that a file lists. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    head = Fields(root, faults, "a list of code families", ("schema", "families"))
    check_schema(head, FAMILIES_SCHEMA)

    def read(fields: Fields) -> CodeFamily:
        codes = fields.text_nodes("codes")
        for code in codes:
            check_code(code, faults)
        if fields.has("codes") and len(codes) < 2:
            faults.add(fields.place("codes"), "a family has at least two codes", "Add its twin.")
        return CodeFamily(fields.name("id"), tuple(code.text for code in codes), fields.text("why"))

    found = read_list(head, "families", read, ("id", "codes", "why"), unique="id")
    faults.raise_any()
    return found
