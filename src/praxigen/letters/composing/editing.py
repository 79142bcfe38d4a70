"""Edits a letter sentence by sentence, and keeps what each sentence is honest.

Words of a source are never changed: they are removed, moved, or replaced by other words of a source. A sentence that
states a fact stays one only while its source still proves every word of it; otherwise it becomes an argument of ours,
labelled as such, that rests on the sentence which it was. So no edit can make a letter state what nothing proves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from praxigen.errors import UsageError
from praxigen.letters.composing.claims import claims
from praxigen.letters.composing.letter import Block, Field, Heading, Items, Letter, Lines, Paragraph, Quoted, Table
from praxigen.letters.composing.matter import FIELDS, Matter
from praxigen.letters.composing.proof import faults_of
from praxigen.letters.composing.sentence import (
    ARGUMENT_LABEL,
    FACTUAL,
    Kind,
    PolicySupport,
    QuoteSupport,
    RecordSupport,
    Sentence,
    plain,
)

MOST = 4000  # characters of one sentence
_MOST_VALUE = 200  # characters of a value that fills a placeholder
_BRACKETS = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[\w'’-]+")
# Courtesy and requests: an edited one stays one only while it begins like one and states nothing that could be checked.
_COURTESY = re.compile(
    r"(?:dear|to the|to whom|attention|sincerely|respectfully|(?:kind|best) regards|thank|please|we ask|we request|"
    r"we enclose|we look forward|signature|yours)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of a letter with its address in this version of it: block, item, and place in the item.

    `shape` is the block's: heading, paragraph, lines, quoted, items or table. `name` is the field's in a table.
    """

    id: str
    shape: str
    sentence: Sentence
    name: str = ""
    level: int = 0

    @property
    def is_quote(self) -> bool:
        """Whether it repeats words of a source, which nobody may change."""
        return any(
            isinstance(each, QuoteSupport) or (isinstance(each, PolicySupport) and each.verbatim)
            for each in self.sentence.supports
        )


def rows(letter: Letter) -> tuple[Row, ...]:
    """Every sentence below the letterhead, in order."""
    return tuple(_rows(letter))


def row_of(letter: Letter, name: str) -> Row:
    """The row of that address. Raises UsageError where the letter has none."""
    found = next((each for each in _rows(letter) if each.id == name), None)
    if found is None:
        raise UsageError("the sentence is no longer in the letter", "Reload the letter and edit it there.")
    return found


def rewrite(letter: Letter, name: str, text: str, matter: Matter) -> Letter:
    """The letter with another text for one sentence. Raises UsageError for a quote and for an empty text."""
    row = row_of(letter, name)
    told = plain(text)
    if told == row.sentence.text:
        return letter
    if not told:
        raise UsageError("the sentence has no words", "Remove it instead.")
    if len(told) > MOST:
        raise UsageError(f"the sentence has more than {MOST} characters", "Write it as several sentences.")
    if row.is_quote:
        raise UsageError("words of a source are not edited", "Remove them, or choose other words of the source.")
    return _put(letter, name, (_rewritten(letter, row, told, matter),))


def remove(letter: Letter, name: str) -> Letter:
    """The letter without one sentence. Arguments rest on it no more; one that rests on nothing is not proven."""
    gone = row_of(letter, name).sentence
    without = _put(letter, name, ())
    if gone.kind not in FACTUAL or any(gone == each.sentence for each in _rows(without)):
        return without
    return replace(without, blocks=tuple(_without_basis(block, gone) for block in without.blocks))


def move(letter: Letter, name: str, step: int) -> tuple[Letter, str]:
    """The letter with a sentence one place up (-1) or down (+1), and its new address.

    Within a table or list it changes places there; a sentence at the edge of a paragraph leaves it as a paragraph of
    its own; any other block changes places with its neighbour.
    """
    row = row_of(letter, name)
    block, item, at = _address(name)
    blocks = list(letter.blocks)
    here = blocks[block]
    if isinstance(here, Paragraph | Lines) and len(here.sentences) > 1:
        other = at + step
        if 0 <= other < len(here.sentences):
            sentences = list(here.sentences)
            sentences[at], sentences[other] = sentences[other], sentences[at]
            blocks[block] = replace(here, sentences=tuple(sentences))
            return replace(letter, blocks=tuple(blocks)), f"{block}.0.{other}"
        rest = tuple(each for place, each in enumerate(here.sentences) if place != at)
        alone = [replace(here, sentences=rest)]
        alone.insert(0 if step < 0 else 1, replace(here, sentences=(row.sentence,)))
        blocks[block : block + 1] = alone
        return replace(letter, blocks=tuple(blocks)), f"{block if step < 0 else block + 1}.0.0"
    if isinstance(here, Table | Items):
        inside = list(here.fields if isinstance(here, Table) else here.items)
        other = item + step
        if not 0 <= other < len(inside):
            return letter, name
        inside[item], inside[other] = inside[other], inside[item]
        blocks[block] = Table(tuple(inside)) if isinstance(here, Table) else replace(here, items=tuple(inside))  # type: ignore[arg-type]
        return replace(letter, blocks=tuple(blocks)), f"{block}.{other}.{at}"
    other = block + step
    if not 0 <= other < len(blocks):
        return letter, name
    blocks[block], blocks[other] = blocks[other], blocks[block]
    return replace(letter, blocks=tuple(blocks)), f"{other}.{item}.{at}"


def exchange(letter: Letter, name: str, sentence: Sentence) -> Letter:
    """The letter with words of a source in place of others; arguments that rested on the old rest on the new."""
    old = row_of(letter, name)
    if not old.is_quote or sentence.kind not in FACTUAL:
        raise UsageError("only words of a source are exchanged for others", "Edit the sentence instead.")
    changed = _put(letter, name, (sentence,))
    return replace(changed, blocks=tuple(_with_basis(block, old.sentence, sentence) for block in changed.blocks))


def add(letter: Letter, after: str, text: str, source: Sentence | None, matter: Matter) -> tuple[Letter, str]:
    """The letter with one more sentence below another, and its address.

    Words of a source stand apart as they are. A text of one's own is an argument that rests on the chosen source, else
    on the facts of its section. Raises UsageError where neither was given or there is nothing to rest on.
    """
    block, _, _ = _address(row_of(letter, after).id)
    told = plain(text)
    if len(told) > MOST:
        raise UsageError(f"the sentence has more than {MOST} characters", "Write it as several sentences.")
    if not told and source is None:
        raise UsageError("neither words nor a source were given", "Write a sentence, or choose words of a source.")
    new: Block
    if source is not None and not told:
        new = Quoted(source)
    else:
        new = Paragraph((_argument(told, (source,) if source is not None else basis_of(letter, after)),))
    blocks = (*letter.blocks[: block + 1], new, *letter.blocks[block + 1 :])
    added = replace(letter, blocks=blocks)
    if any(True for each in (row_of(added, f"{block + 1}.0.0").sentence,) for _ in faults_of(each, matter)):
        raise UsageError("the sentence does not rest on anything that can be looked up", "Choose a source for it.")
    return added, f"{block + 1}.0.0"


def basis_of(letter: Letter, name: str) -> tuple[Sentence, ...]:
    """What an argument below a sentence rests on: words of sources in its section, above it; else the nearest fact.

    Records such as dates and numbers of the letter's head show nothing, so they serve only where nothing else is there.
    """
    found: list[Sentence] = []
    last: Sentence | None = None
    for row in _rows(letter):
        if row.shape == "heading":
            found = []
        if row.sentence.kind in FACTUAL:
            found.append(row.sentence)
            last = row.sentence
        if row.id == name:
            break
    shown = tuple(each for each in found if each.kind is not Kind.RECORD)
    if shown or found:
        return shown or tuple(found[-1:])
    first = next((row.sentence for row in _rows(letter) if row.sentence.kind in FACTUAL), None)
    return tuple(each for each in (last or first,) if each is not None)


def _rewritten(letter: Letter, row: Row, text: str, matter: Matter) -> Sentence:
    sentence = row.sentence
    if sentence.kind is Kind.ARGUMENT:
        return _argument(text, sentence.rests_on)
    if sentence.kind is Kind.GAP:
        return _filled(letter, row, text)
    if sentence.kind is Kind.FORM:
        if _is_courtesy(text) or (row.shape == "heading" and not claims(text) and len(text) <= _MOST_VALUE):
            return replace(sentence, text=text)
        return _argument(text, basis_of(letter, row.id))
    changed = replace(sentence, text=text)
    if not _has_new_words(sentence.text, text) and not any(True for _ in faults_of(changed, matter)):
        return changed
    return _argument(text, (sentence,))


def _filled(letter: Letter, row: Row, text: str) -> Sentence:
    """A placeholder with a person's words. A value makes it a record of that person; anything else is an argument."""
    old = row.sentence
    if _BRACKETS.search(text):
        return replace(old, text=text)
    whole = _BRACKETS.fullmatch(old.text)
    field = next((name for name, ask in FIELDS.items() if old.text == f"[{plain(ask)}]"), "")
    if whole:
        is_value = (bool(field) or row.shape in ("table", "lines")) and len(text) <= _MOST_VALUE
        if is_value and not claims(text):
            return Sentence(Kind.RECORD, text, (RecordSupport(field or "given", text, "person"),))
        return _argument(text, basis_of(letter, row.id))
    pattern = "".join(
        "(.+?)" if _BRACKETS.fullmatch(part) else re.escape(part) for part in re.split(r"(\[[^\]]*\])", old.text)
    )
    found = re.fullmatch(pattern, text)
    if found and not any(claims(value) or len(value) > _MOST_VALUE for value in found.groups()):
        given = tuple(RecordSupport("given", value, "person") for value in found.groups())
        return Sentence(Kind.RECORD, text, (*old.supports, *given))
    return _argument(text, basis_of(letter, row.id))


# Words that are written small within a sentence; any other may be a name.
_SMALL = frozenset(
    """A All An And As At Because Both But By Each Every Five Four He Her His If In It Its No None Not On One Our She
    Since Six So That The Their There These They This Those Three Thus To Two We What When Where Which While
    With""".split()  # noqa: SIM905  a list of words reads best as words
)


def _argument(text: str, basis: tuple[Sentence, ...]) -> Sentence:
    if not text.startswith(ARGUMENT_LABEL):
        first, blank, rest = text.partition(" ")
        text = f"{ARGUMENT_LABEL}, {first.lower() if first in _SMALL else first}{blank}{rest}"
    labelled = text
    return Sentence(Kind.ARGUMENT, labelled, rests_on=tuple(each for each in basis if each.kind in FACTUAL))


def _is_courtesy(text: str) -> bool:
    return bool(_COURTESY.match(text)) and not re.search(r"\d", text) and not claims(text) and len(text) <= _MOST_VALUE


def _has_new_words(old: str, new: str) -> bool:
    return bool(Counter(_WORD.findall(new.casefold())) - Counter(_WORD.findall(old.casefold())))


def _rows(letter: Letter) -> Iterator[Row]:
    for number, block in enumerate(letter.blocks):
        if isinstance(block, Heading):
            yield Row(f"{number}.0.0", "heading", block.sentence, level=block.level)
        elif isinstance(block, Quoted):
            yield Row(f"{number}.0.0", "quoted", block.sentence)
        elif isinstance(block, Table):
            for item, field in enumerate(block.fields):
                yield Row(f"{number}.{item}.0", "table", field.value, field.name)
        elif isinstance(block, Items):
            for item, sentences in enumerate(block.items):
                for at, sentence in enumerate(sentences):
                    yield Row(f"{number}.{item}.{at}", "items", sentence)
        else:
            shape = "lines" if isinstance(block, Lines) else "paragraph"
            for at, sentence in enumerate(block.sentences):
                yield Row(f"{number}.0.{at}", shape, sentence)


def _address(name: str) -> tuple[int, int, int]:
    block, item, at = (int(part) for part in name.split("."))
    return block, item, at


def _put(letter: Letter, name: str, instead: tuple[Sentence, ...]) -> Letter:
    """The letter with other sentences in place of one; a block that is left empty goes."""
    number, item, at = _address(row_of(letter, name).id)
    block: Block | None = letter.blocks[number]
    if isinstance(block, Heading | Quoted):
        block = replace(block, sentence=instead[0]) if instead else None
    elif isinstance(block, Table):
        kept = [*block.fields]
        kept[item : item + 1] = [Field(kept[item].name, each) for each in instead]
        block = Table(tuple(kept)) if kept else None
    elif isinstance(block, Items):
        items = [*block.items]
        items[item] = (*items[item][:at], *instead, *items[item][at + 1 :])
        left = tuple(each for each in items if each)
        block = replace(block, items=left) if left else None
    else:
        assert isinstance(block, Paragraph | Lines)  # noqa: S101  the last two kinds of block
        sentences = (*block.sentences[:at], *instead, *block.sentences[at + 1 :])
        block = replace(block, sentences=sentences) if sentences else None
    blocks = (*letter.blocks[:number], *([block] if block is not None else []), *letter.blocks[number + 1 :])
    return replace(letter, blocks=blocks)


def _without_basis(block: Block, gone: Sentence) -> Block:
    return _each(block, lambda basis: tuple(each for each in basis if each != gone))


def _with_basis(block: Block, old: Sentence, new: Sentence) -> Block:
    return _each(block, lambda basis: tuple(new if each == old else each for each in basis))


def _each(block: Block, change: Callable[[tuple[Sentence, ...]], tuple[Sentence, ...]]) -> Block:
    """A block whose arguments rest on what `change` makes of their basis."""

    def one(sentence: Sentence) -> Sentence:
        return replace(sentence, rests_on=change(sentence.rests_on)) if sentence.rests_on else sentence

    if isinstance(block, Heading | Quoted):
        return replace(block, sentence=one(block.sentence))
    if isinstance(block, Table):
        return Table(tuple(Field(field.name, one(field.value)) for field in block.fields))
    if isinstance(block, Items):
        return replace(block, items=tuple(tuple(one(each) for each in item) for item in block.items))
    return replace(block, sentences=tuple(one(each) for each in block.sentences))
