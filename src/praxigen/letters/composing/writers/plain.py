"""A letter as plain values, which the page and the PDF are made from, and as JSON with the source of each sentence."""

from __future__ import annotations

from typing import Any

from praxigen.letters.composing.letter import Block, Heading, Items, Letter, LetterKind, Lines, Paragraph, Quoted
from praxigen.letters.composing.sentence import (
    LawSupport,
    PolicySupport,
    QuoteSupport,
    Sentence,
    Support,
    WorkSupport,
)

DRAFT = "DRAFT, not for sending"
NOTES_TITLE = "For the person who reviews this draft (no part of the letter)"


def plain_letter(letter: Letter, *, draft: bool) -> dict[str, Any]:
    """The letter as texts, lists and dicts."""
    return {
        "schema": "praxigen.letter/1",
        "kind": letter.kind.value,
        "dense": letter.kind is LetterKind.CALL,
        "title": letter.title,
        "language": "en",
        "draft": DRAFT if draft else "",
        "head": [plain_sentence(each) for each in letter.head],
        "blocks": [plain_block(block) for block in letter.blocks],
        "notes_title": NOTES_TITLE,
        "notes": list(letter.notes) if draft else [],
    }


def plain_block(block: Block) -> dict[str, Any]:
    """One block with its sentences."""
    if isinstance(block, Heading):
        return {
            "block": "heading",
            "level": block.level,
            "new_page": block.new_page,
            "sentences": [plain_sentence(block.sentence)],
        }
    if isinstance(block, Quoted):
        return {"block": "quoted", "sentences": [plain_sentence(block.sentence)]}
    if isinstance(block, Items):
        items = [[plain_sentence(each) for each in item] for item in block.items]
        return {"block": "items", "numbered": block.numbered, "items": items}
    if isinstance(block, Paragraph | Lines):
        name = "paragraph" if isinstance(block, Paragraph) else "lines"
        return {"block": name, "sentences": [plain_sentence(each) for each in block.sentences]}
    return {
        "block": "table",
        "fields": [{"name": field.name, "value": plain_sentence(field.value)} for field in block.fields],
    }


def plain_sentence(sentence: Sentence) -> dict[str, Any]:
    """One sentence, its kind, and where each of its facts comes from."""
    return {
        "kind": sentence.kind.value,
        "text": sentence.text,
        "sources": [_support(each) for each in sentence.supports],
        "rests_on": [other.text for other in sentence.rests_on],
    }


def _support(support: Support) -> dict[str, Any]:
    if isinstance(support, QuoteSupport):
        quote = support.quote
        return {
            "document": quote.document,
            "start": quote.start,
            "end": quote.end,
            "text": quote.text,
            "place": support.place,
        }
    if isinstance(support, PolicySupport):
        source = support.citation.source
        return {
            "guideline": support.guideline,
            "edition": support.edition,
            "criterion": support.criterion,
            "source": source.id,
            "at": support.citation.at,
            "label": support.citation.label,
            "words": support.words,
            "verbatim": support.verbatim,
        }
    if isinstance(support, LawSupport):
        return {"law": support.id, "citation": support.citation}
    if isinstance(support, WorkSupport):
        return {"work": support.id, "citation": support.citation, "criterion": support.criterion}
    told: dict[str, Any] = {"field": support.field, "value": support.value, "origin": support.origin}
    if support.quote is not None:
        told |= {"document": support.quote.document, "start": support.quote.start, "end": support.quote.end}
    return told
