"""Templates of letters: one YAML file a kind, which a practice may replace by its own of the same name.

A template holds courtesy, headings and the order of the parts, and states no fact about a patient: facts come in by
`{field}` and by the parts that praxigen composes, each with its source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from praxigen.datafiles import Faults, Fields, Node, did_you_mean, parse_yaml, read_yaml, shipped
from praxigen.letters.composing.letter import LetterKind

# The kinds that have a template; the others go to nobody outside of the practice.
TEMPLATED = tuple(kind for kind in LetterKind if kind not in (LetterKind.CALL, LetterKind.ADDENDUM))
SCHEMA = "praxigen.letter-template/1"
PARTS = (
    "date", "recipient", "subject", "reasons", "criteria", "policy", "reviewer", "deadline", "late", "ask",
    "questions", "documents", "enclosures", "signature", "unpublic",
)  # fmt: skip
FIELD = re.compile(r"\{([a-z_]+)\}")
# Beside the fields that a person may give: what is known from the request and the library.
COMPUTED = ("payer", "codes", "date_of_service", "policies", "plan")
CONDITIONS = ("late", "reasons", "criteria", "no-criteria")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a template: a heading, sentences to say, or a part to put in.

    `when` is a condition of CONDITIONS, or empty: late (after the last day), reasons (the payer's are known),
    criteria (the library knows some of those that decide), no-criteria (for some codes it knows none).
    """

    heading: str = ""
    say: tuple[str, ...] = ()
    part: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of letter: its title, what it asks the payer to do, and its steps."""

    kind: LetterKind
    title: str
    ask: str
    steps: tuple[Step, ...]
    file: str


def read_template(kind: LetterKind, folders: Sequence[Path], fields: Sequence[str]) -> Template:
    """The template of a kind: the last of the practice's folders that holds one, else the shipped.

    `fields` are the names that `{...}` may hold. Raises LibraryError with the line of what is wrong.
    """
    name = f"{kind.value}.yaml"
    path = next((own for folder in reversed(folders) if (own := folder / name).is_file()), None)
    path = path or shipped("templates") / "letters" / name
    shown = str(path) if folders else name
    return _template(kind, read_yaml(path, shown), shown, fields)


def parse_template(kind: LetterKind, data: bytes, fields: Sequence[str]) -> Template:
    """The template of a kind in the bytes of a file. Raises LibraryError with the line of what is wrong."""
    name = f"{kind.value}.yaml"
    return _template(kind, parse_yaml(data, name), name, fields)


def _template(kind: LetterKind, root: Node, shown: str, fields: Sequence[str]) -> Template:
    faults = Faults(shown)
    top = Fields(root, faults, "a letter template", ("schema", "kind", "title", "ask", "steps"))
    top.word("schema", (SCHEMA,))
    top.word("kind", (kind.value,))
    steps = tuple(_step(node, faults, (*fields, *COMPUTED)) for node in top.items("steps"))
    template = Template(kind, top.text("title"), top.text("ask"), steps, f"{kind.value}.yaml")
    _check_fields(top, "ask", [template.ask], (*fields, *COMPUTED))
    faults.raise_any()
    return template


def _step(node: Node, faults: Faults, known: Sequence[str]) -> Step:
    step = Fields(node, faults, "a step", optional=("heading", "say", "part", "when"))
    if sum(step.has(key) for key in ("heading", "say", "part")) != 1:
        faults.add(step.map, "a step needs one of 'heading', 'say' and 'part'", "Make each of them a step of its own.")
    said = step.texts("say")
    _check_fields(step, "say", said, known)
    return Step(step.text("heading"), said, step.word("part", PARTS), step.word("when", CONDITIONS))


def _check_fields(at: Fields, key: str, texts: Sequence[str], known: Sequence[str]) -> None:
    for name in (name for text in texts for name in FIELD.findall(text)):
        if name not in known:
            hint = did_you_mean(name, known) or f"Known fields: {', '.join(known)}."
            at.faults.add(at.place(key), f"there is no field {{{name}}}", hint, code="unknown-word")
