"""A requirement file in, a Requirement out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, MapNode, Node
from praxigen.library.codes import read_code, refuse_unlisted
from praxigen.library.dates import read_review_every, read_validity
from praxigen.library.sources import read_citation, read_sources
from praxigen.library.statements import check_place, check_schema, read_list, read_statements
from praxigen.library.words import AUTHORIZATION, PLANS
from praxigen.model.frozen import frozen
from praxigen.model.provenance import Citation, Source
from praxigen.model.request import STAGES
from praxigen.model.requirement import (
    Attachment,
    CodeEntry,
    Correction,
    Diagnosis,
    Question,
    RequestExample,
    Requirement,
    Route,
    Submission,
)

SCHEMA = "praxigen.requirement/1"

_NOWHERE: Mapping[str, str] = MappingProxyType({})
_PHONE = re.compile(r"(1-)?[2-9][0-9]{2}-[0-9]{3}-[0-9]{4}")
_DAYS = re.compile(r"[1-9][0-9]{0,2}")
_REQUIRED = (
    "schema",
    "id",
    "payer",
    "procedure",
    "title",
    "plans",
    "prior_authorization",
    "administrator",
    "effective",
    "last_verified",
    "review_every",
    "sources",
    "codes",
    "routes",
)
_OPTIONAL = (
    "stages",
    "stage_concepts",
    "submit",
    "turnaround",
    "diagnoses",
    "documents",
    "page_criteria",
    "questions",
    "cautions",
    "corrections",
    "tests",
)


def read_requirement(root: Node, file: str, sha256: str = "", expects: Mapping[str, str] = _NOWHERE) -> Requirement:
    """The requirement that a file holds. Raises FaultyFileError with everything that is wrong in it.

    `expects` is what the place of the file says of it: {"id": "..."}.
    """
    faults = Faults(file)
    head = Fields(root, faults, "a requirement", _REQUIRED, _OPTIONAL)
    check_schema(head, SCHEMA)
    check_place(head, expects)
    sources = read_sources(head)
    codes = _codes(head, sources)
    routes = _routes(head, sources, codes)
    turnaround = _turnaround(head, sources)
    requirement = Requirement(
        id=head.dotted_name("id"),
        payer=head.name("payer"),
        procedure=head.name("procedure"),
        plans=head.words("plans", PLANS),
        title=head.text("title"),
        prior_authorization=head.word("prior_authorization", AUTHORIZATION, "unknown"),
        administrator=head.text("administrator"),
        codes=MappingProxyType(codes),
        routes=routes,
        submissions=_submissions(head, sources),
        turnaround=turnaround.says,
        diagnoses=_diagnoses(head, sources),
        documents=_documents(head),
        page_criteria=read_statements(head, "page_criteria", sources),
        questions=_questions(head, sources),
        cautions=read_statements(head, "cautions", sources),
        sources=sources,
        effective_from=read_validity(head, may_end=False).first,
        last_verified=head.day("last_verified"),
        review_every_days=read_review_every(head),
        stages=MappingProxyType(_stages(head, codes)),
        stage_concepts=MappingProxyType(_stage_concepts(head)),
        examples=_examples(head, codes, [route.id for route in routes]),
        file=file,
        sha256=sha256,
        turnaround_days=turnaround.days,
        turnaround_citation=turnaround.citation,
        corrections=_corrections(head, sources, codes),
    )
    faults.raise_any()
    return requirement


def _codes(head: Fields, sources: Mapping[str, Source]) -> dict[str, CodeEntry]:
    usual = head.word("prior_authorization", AUTHORIZATION, "unknown")

    def read(fields: Fields) -> CodeEntry:
        return CodeEntry(
            code=read_code(fields),
            prior_authorization=fields.word("prior_authorization", AUTHORIZATION, usual),
            label=fields.text("label"),
            citation=read_citation(fields, sources),
            listed=fields.flag("listed", default=True),
            note=fields.text("note"),
            add_on=fields.flag("add_on", default=False),
        )

    required, optional = ("code", "label", "source"), ("prior_authorization", "listed", "note", "add_on")
    return {entry.code: entry for entry in read_list(head, "codes", read, required, optional, unique="code")}


def _routes(head: Fields, sources: Mapping[str, Source], codes: Collection[str]) -> tuple[Route, ...]:
    def read(fields: Fields) -> Route:
        for node in fields.text_nodes("codes"):
            refuse_unlisted(node, codes, fields.faults)
        decided = fields.text("guideline") != "none"
        fields.need("indication" if decided else "why")
        return Route(
            id=fields.name("id"),
            codes=fields.texts("codes"),
            stages=fields.words("stages", STAGES),
            guideline=fields.dotted_name("guideline") if decided else None,
            indication=fields.name("indication") if decided else None,
            citation=read_citation(fields, sources),
            why=fields.text("why"),
            upload=fields.texts("upload"),
        )

    required, optional = ("id", "codes", "guideline", "source"), ("stages", "indication", "why", "upload")
    return read_list(head, "routes", read, required, optional, unique="id")


def _stages(head: Fields, codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    for code, _ in head.entries("stages"):
        refuse_unlisted(code, codes, head.faults)
    return head.lists("stages", STAGES)


def _stage_concepts(head: Fields) -> dict[str, tuple[str, ...]]:
    for stage, _ in head.entries("stage_concepts"):
        head.check_word(stage, "a stage", STAGES)
    return head.lists("stage_concepts")


def _submissions(head: Fields, sources: Mapping[str, Source]) -> tuple[Submission, ...]:
    def read(fields: Fields) -> Submission:
        citation = read_citation(fields, sources)
        return Submission(
            method=fields.text("method"),
            portal=fields.text("portal"),
            url=fields.known("url"),
            citation=citation,
            phone=_number(fields, "phone"),
            fax=_number(fields, "fax"),
        )

    return read_list(head, "submit", read, ("method", "source"), ("portal", "url", "phone", "fax"))


def _number(fields: Fields, key: str) -> str | None:
    """A telephone or fax number of the North American plan; ten digits, joined by hyphens, with or without the 1."""
    number = fields.known(key)
    if number is not None and not _PHONE.fullmatch(number):
        hint = 'Write ten digits joined by hyphens, for example "800-555-0100".'
        fields.faults.add(fields.place(key), f"{number!r} is not a telephone number", hint, code="phone")
    return number


@frozen
class _Turnaround:
    says: str = ""
    days: int | None = None
    citation: Citation | None = None


def _turnaround(head: Fields, sources: Mapping[str, Source]) -> _Turnaround:
    """What is said of the time to a decision: a text alone, or a map with the days and their source."""
    node = head.node("turnaround")
    if not isinstance(node, MapNode):
        return _Turnaround(head.text("turnaround"))
    fields = Fields(node, head.faults, "'turnaround'", required=("says", "source"), optional=("days",))
    days = fields.text("days")
    if days and not _DAYS.fullmatch(days):
        hint = "Write a whole number of days, or leave it out where none is given."
        fields.faults.add(fields.place("days"), f"{days!r} is not a number of days", hint, code="limit")
        days = ""
    return _Turnaround(fields.text("says"), int(days) if days else None, read_citation(fields, sources))


def _corrections(head: Fields, sources: Mapping[str, Source], codes: Collection[str]) -> tuple[Correction, ...]:
    def read(fields: Fields) -> Correction:
        for node in fields.text_nodes("codes"):
            refuse_unlisted(node, codes, fields.faults)
        return Correction(
            id=fields.name("id"),
            page_says=fields.text("page_says"),
            we_say=fields.text("we_say"),
            why=fields.text("why"),
            citation=read_citation(fields, sources),
            codes=fields.texts("codes"),
        )

    required = ("id", "page_says", "we_say", "why", "source")
    return read_list(head, "corrections", read, required, ("codes",), unique="id")


def _diagnoses(head: Fields, sources: Mapping[str, Source]) -> tuple[Diagnosis, ...]:
    def read(fields: Fields) -> Diagnosis:
        return Diagnosis(fields.text("code"), read_citation(fields, sources), fields.text("label"))

    return read_list(head, "diagnoses", read, ("code", "source"), ("label",), unique="code")


def _documents(head: Fields) -> tuple[Attachment, ...]:
    def read(fields: Fields) -> Attachment:
        return Attachment(fields.name("id"), fields.text("says"), fields.text("needed"))

    return read_list(head, "documents", read, ("id", "says", "needed"), unique="id")


def _questions(head: Fields, sources: Mapping[str, Source]) -> tuple[Question, ...]:
    def read(fields: Fields) -> Question:
        return Question(fields.text("ask"), fields.text("answer"), read_citation(fields, sources))

    return read_list(head, "questions", read, ("ask", "answer", "source"))


def _examples(head: Fields, codes: Collection[str], routes: Collection[str]) -> tuple[RequestExample, ...]:
    def read(fields: Fields) -> RequestExample:
        for node in fields.text_nodes("codes"):
            refuse_unlisted(node, codes, fields.faults)
        return RequestExample(
            name=fields.text("name"),
            codes=fields.texts("codes"),
            stage=fields.word("stage", STAGES) or None,
            date=fields.day("date"),
            expect=MappingProxyType(_expect(fields, routes)),
            line=fields.line,
        )

    return read_list(head, "tests", read, ("name", "codes", "date", "expect"), ("stage",), unique="name")


def _expect(example: Fields, routes: Collection[str]) -> dict[str, str]:
    keys = ("route", "guideline", "indication", "prior_authorization")
    fields = Fields(example.node("expect"), example.faults, "'expect'", optional=keys)
    fields.word("route", routes)
    fields.word("prior_authorization", AUTHORIZATION)
    return {key: fields.text(key) for key in keys if fields.has(key)}
