"""A letter: letterhead, blocks in order, and what a person should know before it is used. Writers decide its looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from praxigen.letters.composing.sentence import Sentence


class LetterKind(StrEnum):
    """What a letter is for. The value names its template."""

    REQUEST = "request"  # initial letter of medical necessity
    LEVEL_1 = "appeal-level-1"
    LEVEL_2 = "appeal-level-2"
    EXPEDITED = "appeal-expedited"
    EXTERNAL = "external-review"
    INFORMATION = "missing-information"  # the answer to a question of the payer
    CORRECTED = "corrected-request"
    RETRO = "retro-authorization"
    BENEFIT = "benefit-question"
    ASK_REASON = "ask-for-the-reason"
    CALL = "peer-to-peer"  # the sheet for a call; no template, as it goes to nobody
    ADDENDUM = "addendum"  # questions for the clinician; no template either


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section: level 2, or 3 within a section. The letter's own title is level 1."""

    sentence: Sentence
    level: int = 2
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that run on."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences that stand below each other: an address, a signature."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source, set apart."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[tuple[Sentence, ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A name and its value."""

    name: str
    value: Sentence


@dataclass(frozen=True, slots=True)
class Table:
    """Names and values in two columns."""

    fields: tuple[Field, ...]


Block = Heading | Paragraph | Lines | Quoted | Items | Table


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `head` is the practice's letterhead, its first line the name.

    `criteria` are the ids of the criteria that it speaks of; `notes` are for the person who reviews it and are no part
    of the letter: a draft shows them on a page of their own.
    """

    kind: LetterKind
    title: str
    head: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    criteria: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def author(self) -> str:
        """Who writes it, for the properties of a file: the first line of the letterhead."""
        return self.head[0].text if self.head else ""

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in the order in which it stands, and those that arguments rest on."""
        for each in self.head:
            yield from each.walk()
        for block in self.blocks:
            for each in block_sentences(block):
                yield from each.walk()


def block_sentences(block: Block) -> Iterator[Sentence]:
    """The sentences of a block, in order."""
    if isinstance(block, Heading | Quoted):
        yield block.sentence
    elif isinstance(block, Table):
        for field in block.fields:
            yield field.value
    elif isinstance(block, Items):
        for item in block.items:
            yield from item
    else:
        yield from block.sentences
