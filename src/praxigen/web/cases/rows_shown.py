"""The sentences of a letter as its editor shows them: kind, text or words, and the source beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from praxigen.exports import words
from praxigen.letters.composing.editing import Row, rows
from praxigen.letters.composing.proof import faults_of
from praxigen.letters.composing.sentence import (
    FACTUAL,
    Kind,
    LawSupport,
    PolicySupport,
    QuoteSupport,
    RecordSupport,
    Support,
)
from praxigen.letters.composing.sources import Choice
from praxigen.web.cases.letters import Opened

KINDS = {
    Kind.POLICY: "Policy",
    Kind.CHART: "Chart",
    Kind.DENIAL: "Payer's words",
    Kind.LITERATURE: "Literature",
    Kind.LAW: "Law",
    Kind.RECORD: "Record",
    Kind.ARGUMENT: "Argument",
    Kind.FORM: "Courtesy",
    Kind.GAP: "Open",
}
_TONES = {Kind.CHART: "good", Kind.POLICY: "aside", Kind.DENIAL: "open", Kind.LAW: "aside", Kind.GAP: "bad"}
_ORIGINS = {
    "denial": "the payer's answer", "request": "the request", "practice": "the letterhead", "person": "a person",
    "library": "the policy library", "chart": "the chart", "call": "the noted call", "check": "the check",
    "law": "the law", "ICD-10-CM": "the ICD-10-CM table",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the editor. `sources` are pairs of where and what; `faults` say why it is not proven."""

    row: Row
    key: str  # the address in a form an HTML id may have
    kind: str
    tone: str
    editable: bool
    exchangeable: bool
    lines: int
    sources: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]


def shown_rows(opened: Opened) -> list[Shown]:
    """Every sentence below the letterhead."""
    return [shown_row(opened, each) for each in rows(opened.words)]


def shown_row(opened: Opened, row: Row) -> Shown:
    """One sentence."""
    sentence = row.sentence
    sources = [_source(each) for each in sentence.supports]
    if sentence.kind is Kind.ARGUMENT:
        sources = [("Rests on", each.text) for each in sentence.rests_on]
    if sentence.kind is Kind.GAP:
        sources = [("To find out", "Fill it in, or remove it. It keeps the letter from being final.")]
    return Shown(
        row=row,
        key=row.id.replace(".", "-"),
        kind="Heading" if row.shape == "heading" and sentence.kind is Kind.FORM else KINDS[sentence.kind],
        tone=_TONES.get(sentence.kind, "quiet"),
        editable=not row.is_quote,
        exchangeable=row.is_quote and sentence.kind in FACTUAL,
        lines=min(8, 1 + len(sentence.text) // 90),
        sources=tuple(sources),
        faults=tuple(faults_of(sentence, opened.matter)),
    )


def grouped(choices: Mapping[str, Choice], row: Row | None = None) -> list[tuple[str, list[Choice]]]:
    """The choices under their groups; for words to exchange, those of the same kind, of its criterion first."""
    kept = list(choices.values())
    if row is not None:
        about = {each.criterion for each in row.sentence.supports if isinstance(each, PolicySupport | QuoteSupport)}
        kept = [each for each in kept if each.sentence.kind is row.sentence.kind and each.sentence != row.sentence]
        kept.sort(key=lambda each: not about & _criteria(each))
    groups: dict[str, list[Choice]] = {}
    for each in kept:
        groups.setdefault(each.group, []).append(each)
    return list(groups.items())


def _criteria(choice: Choice) -> set[str]:
    supports: Sequence[Support] = choice.sentence.supports
    return {each.criterion for each in supports if isinstance(each, PolicySupport | QuoteSupport)}


def _source(support: Support) -> tuple[str, str]:
    if isinstance(support, QuoteSupport):
        return support.place or support.quote.document, " ".join(support.quote.text.split())
    if isinstance(support, PolicySupport):
        edition = f"{words.cite(support.citation)}; edition {support.edition}"
        return edition, words.plain(support.words)
    if isinstance(support, LawSupport):
        return support.citation, support.words
    if isinstance(support, RecordSupport):
        origin = _ORIGINS.get(support.origin, support.origin)
        read = f", read from “{' '.join(support.quote.text.split())}”" if support.quote is not None else ""
        return f"{support.field.replace('_', ' ').capitalize()}, from {origin}", f"{support.value}{read}"
    return "Published work", str(support)
