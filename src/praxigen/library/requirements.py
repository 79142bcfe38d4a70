"""A requirement file in, a Requirement out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, Node
from praxigen.library.codes import read_code, refuse_unlisted
from praxigen.library.dates import read_review_every, read_validity
from praxigen.library.sources import read_citation, read_sources
from praxigen.library.statements import check_place, check_schema, read_list, read_statements
from praxigen.library.words import AUTHORIZATION, PLANS
from praxigen.model.provenance import Source
from praxigen.model.request import STAGES
from praxigen.model.requirement import (
    Attachment,
    CodeEntry,
    Diagnosis,
    Question,
    RequestExample,
    Requirement,
    Route,
    Submission,
)

SCHEMA = "praxigen.requirement/1"

_NOWHERE: Mapping[str, str] = MappingProxyType({})
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
        turnaround=head.text("turnaround"),
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
        return Submission(fields.text("method"), fields.text("portal"), fields.known("url"), citation)

    return read_list(head, "submit", read, ("method", "source"), ("portal", "url"))


def _diagnoses(head: Fields, sources: Mapping[str, Source]) -> tuple[Diagnosis, ...]:
    def read(fields: Fields) -> Diagnosis:
        return Diagnosis(fields.text("code"), read_citation(fields, sources))

    return read_list(head, "diagnoses", read, ("code", "source"), unique="code")


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
