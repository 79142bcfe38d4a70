"""The data of the denial reader: what each code stands for, what answers each category, and how payers write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, read_yaml, shipped
from praxigen.letters.phrases import one_of, source
from praxigen.library.words import FUNDING, PLANS
from praxigen.model.denial import Category, Outcome, Remedy

SYSTEMS = ("carc", "rarc", "hcr", "review", "aaa", "follow_up")
KINDS = ("text", "id", "date", "codes", "diagnoses")
REMEDIES = (
    *(
        "continuation",
        "expedited_appeal",
        "external_review",
        "fair_hearing",
        "peer_to_peer",
        "information",
        "resubmission",
        "appeal",
    ),
)
_LISTS = (
    *(
        "unmet",
        "requires",
        "refers_back",
        "no_reason",
        "peer_to_peer",
        "no_peer_to_peer",
        "peer_to_peer_over",
        "human_review",
    ),
    *("no_human_review", "specialties", "payer_acts", "payers", "administrators", "documents"),
    *("asks", "tells"),
)
_MAPS = (
    *(
        "headings",
        "categories",
        "remedies",
        "plans",
        "funding",
        "languages",
        "references",
        "days",
        "history",
        "themes",
        "kinds",
    ),
)
_TOLD = ("date_of_service", "request_date", "decision_date")


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """A category: what it means in our words, what answers it, and its two flags."""

    means: str
    remedy: Remedy
    appealable: bool
    correctable: bool


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code: what it stands for in our words; `category` is None where it gives no reason of its own."""

    label: str
    category: Category | None


@dataclass(frozen=True, slots=True)
class Label:
    """The words before a value, and what kind of value follows."""

    name: str
    kind: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """How payers write, ready to find."""

    labels: tuple[Label, ...]
    references: Mapping[str, re.Pattern[str]]
    days: Mapping[str, re.Pattern[str]]
    history: Mapping[str, re.Pattern[str]]
    outcomes: tuple[tuple[Outcome, re.Pattern[str]], ...]
    headings: Mapping[str, re.Pattern[str]]
    categories: Mapping[Category, re.Pattern[str]]
    remedies: Mapping[str, re.Pattern[str]]
    plans: Mapping[str, re.Pattern[str]]
    funding: Mapping[str, re.Pattern[str]]
    themes: Mapping[str, re.Pattern[str]]
    kinds: Mapping[str, re.Pattern[str]]
    languages: Mapping[str, frozenset[str]]
    payers: tuple[str, ...]
    administrators: tuple[str, ...]
    lists: Mapping[str, re.Pattern[str]]
    stop_words: frozenset[str]

    def says(self, name: str, text: str) -> bool:
        """Whether a phrase of one of the lists stands in the text."""
        return self.lists[name].search(text) is not None


@cache
def categories() -> Mapping[Category, CategoryEntry]:
    """Every category. Raises FaultyFileError where one is missing or malformed."""
    top = _open("categories.yaml", "praxigen.denial-categories/1", "categories")
    known = _sources(top)
    found: dict[Category, CategoryEntry] = {}
    for item in top.items("categories"):
        one = Fields(item, top.faults, "a category", ("id", "means", "remedy", "appealable", "correctable", "source"))
        one.word("source", known)
        found[one.choice("id", Category, Category.OTHER)] = CategoryEntry(
            one.text("means"),
            one.choice("remedy", Remedy, Remedy.ASK),
            one.flag("appealable", default=False),
            one.flag("correctable", default=False),
        )
    for category in Category:
        if category not in found:
            top.faults.add(top.place("categories"), f"the category {category.value} is missing", "Add it.")
    top.faults.raise_any()
    return MappingProxyType(found)


@cache
def codes() -> Mapping[tuple[str, str], CodeEntry]:
    """Every code by its system and its letters or digits."""
    top = _open("codes.yaml", "praxigen.denial-codes/1", "codes")
    known = _sources(top)
    found: dict[tuple[str, str], CodeEntry] = {}
    for item in top.items("codes"):
        one = Fields(item, top.faults, "a code", ("system", "code", "label", "source"), ("category",))
        one.word("source", known)
        key = (one.word("system", SYSTEMS), one.text("code"))
        if key in found:
            top.faults.add(item, f"the {key[0]} code {key[1]} stands twice", "Keep one of them.")
        category = one.choice("category", Category, Category.OTHER) if one.has("category") else None
        found[key] = CodeEntry(one.text("label"), category)
    top.faults.raise_any()
    return MappingProxyType(found)


@cache
def phrases() -> Phrases:
    """How payers write. Raises FaultyFileError with the place of a phrase that cannot be used."""
    top = _open(
        "phrases.yaml", "praxigen.denial-phrases/1", "labels", "outcomes", "stop_words", *_LISTS, *_MAPS, sources=False
    )
    made = Phrases(
        labels=_labels(top),
        references=_patterns(top, "references", _before_value),
        days=_patterns(top, "days", one_of, _TOLD),
        history=_patterns(top, "history", one_of, _TOLD),
        outcomes=_outcomes(top),
        headings=_patterns(top, "headings", _whole_line),
        categories=MappingProxyType(
            {
                Category(name): pattern
                for name, pattern in _patterns(top, "categories", one_of, tuple(Category)).items()
                if name in tuple(Category)
            }
        ),
        remedies=_patterns(top, "remedies", one_of, REMEDIES),
        plans=_patterns(top, "plans", one_of, PLANS),
        funding=_patterns(top, "funding", one_of, FUNDING),
        themes=_patterns(top, "themes", one_of),
        kinds=_patterns(top, "kinds", one_of, tuple(top.lists("themes"))),
        languages=MappingProxyType({name: frozenset(words) for name, words in top.lists("languages").items()}),
        payers=top.texts("payers"),
        administrators=top.texts("administrators"),
        lists=MappingProxyType({name: _pattern(top, name, top.texts(name), one_of) for name in _LISTS}),
        stop_words=frozenset(top.texts("stop_words")),
    )
    top.faults.raise_any()
    return made


def _open(name: str, schema: str, *keys: str, sources: bool = True) -> Fields:
    folder = shipped("policies") / "denials"
    file = f"{folder.parent.name}/{folder.name}/{name}"
    top = Fields(
        read_yaml(Path(folder / name), file),
        Faults(file),
        "the file",
        ("schema", *keys, *(("sources",) if sources else ())),
    )
    top.word("schema", (schema,))
    return top


def _sources(top: Fields) -> tuple[str, ...]:
    """The ids of a file's sources, each of which must say what it is."""
    for name, node in top.entries("sources"):
        Fields(node, top.faults, f"the source {name.text}", ("title", "publisher"), ("url", "read"))
    return tuple(name.text for name, _ in top.entries("sources"))


Compile = Callable[[tuple[str, ...]], re.Pattern[str]]


def _pattern(fields: Fields, key: str, said: tuple[str, ...], make: Compile) -> re.Pattern[str]:
    for phrase in said:
        try:
            make((phrase,))
        except (ValueError, re.error) as error:
            fields.faults.add(fields.place(key), f"{phrase!r} cannot be used: {error}", "Close its brackets.")
            return re.compile(r"(?!)")
    return make(said)


def _patterns(top: Fields, key: str, make: Compile, known: tuple[str, ...] = ()) -> Mapping[str, re.Pattern[str]]:
    lists = top.lists(key)
    for name, _ in top.entries(key):
        if known:
            top.check_word(name, f"a key of {key!r}", known)
    return MappingProxyType({name: _pattern(top, key, said, make) for name, said in lists.items()})


def _labels(top: Fields) -> tuple[Label, ...]:
    found = []
    for name, node in top.entries("labels"):
        one = Fields(node, top.faults, f"the label {name.text}", ("kind", "say"))
        found.append(Label(name.text, one.word("kind", KINDS), _pattern(one, "say", one.texts("say"), _before_value)))
    return tuple(found)


def _outcomes(top: Fields) -> tuple[tuple[Outcome, re.Pattern[str]], ...]:
    found = []
    for item in top.items("outcomes"):
        one = Fields(item, top.faults, "an outcome", ("outcome", "say"))
        outcome = one.choice("outcome", Outcome, Outcome.UNCLEAR)
        found.append((outcome, _pattern(one, "say", one.texts("say"), one_of)))
    return tuple(found)


def _before_value(said: tuple[str, ...]) -> re.Pattern[str]:
    """A label at the beginning of a line or of a column, up to the place where its value begins."""
    words = "|".join(source(phrase) for phrase in sorted(said, key=len, reverse=True))
    return re.compile(
        rf"(?:^|(?<=\n)|(?<=[ \t]{{2}})|(?<=\t)|(?<=\|)|(?<=\| ))[ \t*>\u2022-]*(?:re:[ \t]*)?(?P<label>{words})"
        r"(?:[ \t]*\([^()\n]{1,40}\))?\.?(?:[ \t]*(?:\#|no\.|nos\.|number|numbers|id))?\*{0,2}"
        r"[ \t]*(?:[:\#](?:\*\*)?[ \t]*(?:\n[ \t]*)?|\.{2,}[ \t]*:?[ \t]*|\t+|[ ]{2,}|[ ]?\|[ ]?"
        r"|[ ](?=[A-Z]{0,3}-?\d[\w-]{5}))(?=\S)",
        re.IGNORECASE,
    )


def _whole_line(said: tuple[str, ...]) -> re.Pattern[str]:
    """A heading: the phrase is the line, or begins it where the phrase ends with "..."."""
    lines = (source(phrase) + (r"\b.{0,90}" if phrase.rstrip().endswith("...") else "") for phrase in said)
    return re.compile(rf"[\W\d]{{0,6}}(?:{'|'.join(lines)})[\s?:*#.]{{0,4}}", re.IGNORECASE)
