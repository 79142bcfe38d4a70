"""The words that clocks are told in: events, stages, urgencies and actors, each with what a person is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, Node
from praxigen.law.deadline import Kind
from praxigen.library.statements import check_schema, read_list

SCHEMA = "praxigen.law-terms/1"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step. Clocks of one `step` that begin together exclude each other; an event of `ended_by` ends it."""

    id: str
    kind: Kind
    step: str
    says: str
    ended_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """The vocabulary. `letters` are the events whose notice may print a deadline of its own."""

    events: Mapping[str, str]
    letters: frozenset[str]
    stages: Mapping[str, Stage]
    urgencies: Mapping[str, str]
    means: Mapping[str, frozenset[str]]
    actors: Mapping[str, str]

    def answers_to(self, urgency: str, asked: str | None) -> bool:
        """Whether a clock of this urgency may hold for what the practice says; without a word of it, any may."""
        return asked is None or urgency == "any" or asked in self.means[urgency]


def read_terms(root: Node, file: str) -> Terms:
    """The vocabulary in a file. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    head = Fields(root, faults, "the words of the law", ("schema", "events", "stages", "urgencies", "actors"))
    check_schema(head, SCHEMA)

    def two(fields: Fields) -> tuple[str, str, bool]:
        return _id(fields), fields.text("says"), fields.flag("letter", default=False)

    events = read_list(head, "events", two, ("id", "says"), ("letter",), unique="id")
    names = tuple(name for name, _, _ in events)

    def stage(fields: Fields) -> Stage:
        kind = fields.choice("kind", Kind, Kind.DECIDE)
        return Stage(_id(fields), kind, fields.text("step"), fields.text("says"), fields.words("ended_by", names))

    def urgency(fields: Fields) -> tuple[str, str, frozenset[str]]:
        name = _id(fields)
        return name, fields.text("says"), frozenset({name, *fields.texts("means")})

    stages = read_list(head, "stages", stage, ("id", "kind", "step", "says"), ("ended_by",), unique="id")
    urgencies = read_list(head, "urgencies", urgency, ("id", "says"), ("means",), unique="id")
    actors = read_list(head, "actors", two, ("id", "says"), unique="id")
    faults.raise_any()
    return Terms(
        events=MappingProxyType({name: says for name, says, _ in events}),
        letters=frozenset(name for name, _, letter in events if letter),
        stages=MappingProxyType({each.id: each for each in stages}),
        urgencies=MappingProxyType({name: says for name, says, _ in urgencies}),
        means=MappingProxyType({name: means for name, _, means in urgencies}),
        actors=MappingProxyType({name: says for name, says, _ in actors}),
    )


def _id(fields: Fields) -> str:
    """An id as it is written on the command line: words joined by underlines."""
    text = fields.text("id")
    if text and not text.replace("_", "").isalnum():
        hint = "Write lower-case words joined by '_'."
        fields.faults.add(fields.place("id"), f"{text!r} is not an id", hint, code="name")
    return text
