"""A law file in, its clocks, consequences, reviewers and notices out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, Node
from praxigen.law.clock import Clock, Confidence, Consequence, Extension, Length, Provision, Unit
from praxigen.law.terms import Terms
from praxigen.library.dates import read_review_every
from praxigen.library.sources import read_citation, read_sources
from praxigen.library.statements import check_place, check_schema, read_list
from praxigen.library.words import STATES
from praxigen.model.provenance import Source

SCHEMA = "praxigen.law/1"

SAME_SPECIALTY = ("required", "not_required", "not_stated")
EXTENSIONS = (
    *("more_time", "good_cause", "see_incomplete", "claimant_time", "plan_may_give_more", "two_levels"),
    "exceptions",
)
_LENGTH = re.compile(r"([1-9][0-9]{0,3}) (hour|calendar day|business day|month)s?")
_CLOCK = ("id", "plan", "stage", "urgency", "actor", "starts", "within", "law", "effective", "confidence", "source")
_CLOCK_MAY = ("extension", "tolled", "answer_within", "on_miss", "note", "verify")
_HEAD = ("schema", "id", "title", "last_verified", "review_every", "sources", "clocks")
_PARTS = ("state", "consequences", "reviewers", "notices", "rights")


@dataclass(frozen=True, slots=True)
class Book:
    """What one law file holds, rows of confidence C included: only `Law` hands rows out, and never those."""

    id: str
    title: str
    last_verified: date
    review_every_days: int
    sources: Mapping[str, Source]
    clocks: tuple[Clock, ...]
    consequences: Mapping[str, Consequence]
    reviewers: tuple[Provision, ...]
    notices: tuple[Provision, ...]
    rights: tuple[Provision, ...]
    file: str = ""

    @property
    def plans(self) -> frozenset[str]:
        """The plans that the clocks of this law speak of."""
        return frozenset(clock.plan for clock in self.clocks)


def read_book(root: Node, file: str, terms: Terms, expects: Mapping[str, str]) -> Book:
    """The law that a file holds. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    head = Fields(root, faults, "a law", _HEAD, _PARTS)
    check_schema(head, SCHEMA)
    check_place(head, expects)
    sources = read_sources(head)
    steps = tuple(dict.fromkeys(stage.step for stage in terms.stages.values()))
    consequences = read_list(
        head,
        "consequences",
        lambda fields: _consequence(fields, sources),
        ("id", "says", "law", "confidence", "source"),
        unique="id",
    )
    known = tuple(each.id for each in consequences)
    state = head.word("state", STATES)
    book = Book(
        id=head.name("id"),
        title=head.text("title"),
        last_verified=head.day("last_verified"),
        review_every_days=read_review_every(head),
        sources=sources,
        clocks=read_list(
            head, "clocks", lambda fields: _clock(fields, sources, terms, known, state), _CLOCK, _CLOCK_MAY, unique="id"
        ),
        consequences=MappingProxyType({each.id: each for each in consequences}),
        reviewers=_provisions(head, "reviewers", sources, steps),
        notices=_provisions(head, "notices", sources, steps),
        rights=_provisions(head, "rights", sources, steps),
        file=file,
    )
    faults.raise_any()
    return book


def _clock(
    fields: Fields, sources: Mapping[str, Source], terms: Terms, consequences: tuple[str, ...], state: str
) -> Clock:
    effective, says = _effective(fields)
    if fields.flag("tolled", default=False):
        fields.need("answer_within")
    return Clock(
        id=fields.name("id"),
        plan=fields.text("plan"),
        stage=fields.word("stage", terms.stages),
        urgency=fields.word("urgency", terms.urgencies),
        actor=fields.word("actor", terms.actors),
        starts=fields.word("starts", terms.events),
        within=_length(fields, "within") or Length(0, Unit.HOURS),
        law=fields.text("law"),
        confidence=fields.choice("confidence", Confidence, Confidence.RECALLED),
        citation=read_citation(fields, sources),
        effective=effective,
        effective_says=says,
        extension=_extension(fields),
        on_miss=fields.word("on_miss", consequences),
        tolled=fields.flag("tolled", default=False),
        answer_within=_length(fields, "answer_within"),
        note=fields.text("note"),
        state=state,
        verify=fields.text("verify"),
    )


def _effective(owner: Fields) -> tuple[date | None, str]:
    node = owner.node("effective")
    if node is None:
        return None, ""
    fields = Fields(node, owner.faults, "'effective'", ("from",), ("says",))
    return fields.known_day("from"), fields.text("says")


def _extension(owner: Fields) -> Extension | None:
    node = owner.node("extension")
    if node is None:
        return None
    fields = Fields(node, owner.faults, "an extension", ("kind",), ("by", "each"))
    kind, by, each = fields.word("kind", EXTENSIONS), _length(fields, "by"), _length(fields, "each")
    if kind == "more_time":
        fields.need("by")
    if kind == "two_levels":
        fields.need("each")
    if by is not None and by.unit is not Unit.CALENDAR_DAYS:
        fields.faults.add(fields.place("by"), "more time is counted in calendar days", "Write '14 calendar days'.")
    return Extension(kind, by, each)


def _length(fields: Fields, key: str) -> Length | None:
    text = fields.text(key)
    if not text:
        return None
    found = _LENGTH.fullmatch(text)
    if found is None:
        hint = "Write a number and hours, calendar days, business days or months: '180 calendar days'."
        fields.faults.add(fields.place(key), f"{text!r} is not the length of a clock", hint, code="limit")
        return None
    return Length(int(found[1]), Unit(f"{found[2]}s"))


def _consequence(fields: Fields, sources: Mapping[str, Source]) -> Consequence:
    return Consequence(
        id=fields.text("id"),
        says=fields.text("says"),
        law=fields.text("law"),
        confidence=fields.choice("confidence", Confidence, Confidence.RECALLED),
        citation=read_citation(fields, sources),
    )


def _provisions(head: Fields, key: str, sources: Mapping[str, Source], steps: tuple[str, ...]) -> tuple[Provision, ...]:
    def read(fields: Fields) -> Provision:
        return Provision(
            id=fields.name("id"),
            stage=fields.word("stage", steps),
            says=fields.text("says"),
            law=fields.text("law"),
            confidence=fields.choice("confidence", Confidence, Confidence.RECALLED),
            citation=read_citation(fields, sources),
            same_specialty=fields.word("same_specialty", SAME_SPECIALTY),
            effective=_effective(fields)[0],
            plans=fields.texts("plans"),
            limit=fields.text("limit"),
            verify=fields.text("verify"),
        )

    own = ("same_specialty",) if key == "reviewers" else ()
    may = ("effective", "plans", "verify", *(("limit",) if own else ()))
    required = ("id", "stage", "says", "law", "confidence", "source", *own)
    return read_list(head, key, read, required, may, unique="id")
