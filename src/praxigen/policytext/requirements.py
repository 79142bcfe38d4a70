"""Which sentences of a policy ask, allow, limit or exclude something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from praxigen.policytext.blocks import Block, BlockKind, split_blocks
from praxigen.policytext.sentences import split_sentences

# What a policy says when it asks, allows, limits or excludes. Rather one sentence too many than one too few: each
# that no criterion models is shown to the reader.
_ASKS = re.compile(
    r"\b(?:must|shall|should|require[sd]?|requirements?|requiring|necessary|necessity|covered|coverage|non-?covered"
    r"|not (?:be )?(?:allowed|reimbursed|indicated|appropriate|expected)|reimbursed?|denied|allowed|criteria"
    r"|only (?:if|when|after|for|be|those|patients)|no more than|no less than|at least|at most|a minimum of"
    r"|a maximum of|limited to|limitations?|contraindicat\w+|exclu(?:ded|sions?)|prerequisite|prior to"
    r"|is expected|are expected|not expected|documented|documentation|failed|failure (?:of|to)|unless"
    r"|experimental|investigational|unproven|candidates?|late option|last resort)\b",
    re.IGNORECASE,
)
_SECTIONS = re.compile(
    r"\b(?:indicat\w+|limitation\w*|criteria|exclu\w+|contraindicat\w+|exception\w*|cover\w*|require\w*|necess\w+"
    r"|conditions?|documentation)\b",
    re.IGNORECASE,
)
# Sections that bring no requirement: authority, other texts, what changed.
_OTHER = re.compile(
    r"\W*(?:\w\.\s*)?(?:cms national coverage policy|cross.references?|(?:revision )?history|sources?|references?"
    r"|bibliography|revisions?$|authority|benefit category|(?:summary|analysis) of evidence|proposed process)\b",
    re.IGNORECASE,
)
# Sections that inform. Some policies put their conditions there all the same; only plain demands are taken from them.
_INFORMS = re.compile(
    r"\W*(?:\w\.\s*)?(?:background|general(?:\W*$| information)|(?:item/service )?description|definitions?|overview"
    r"|introduction)\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(
    r"\b(?:must|shall|should|(?:is|are|be|were|considered) (?:not |only )?(?:required|covered|allowed|indicated"
    r"|necessary|reasonable|contraindicated)|non-?covered|reasonable and necessary|medically necessary|prerequisite"
    r"|not (?:appropriate|considered)|only (?:if|when|patients|those)|late option|last resort|maximum of|limited to)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class RequirementSentence:
    """One sentence or list item that asks, allows, limits or excludes something: `text[start:end]`.

    `heading` are the words of the section that it stands in. `under` is the position, in the same list, of the
    sentence that introduces the item that it belongs to ("when all of the following are met:").
    """

    start: int
    end: int
    heading: str
    under: int | None = None


def requirement_sentences(text: str) -> tuple[RequirementSentence, ...]:
    """The requirement sentences of a policy's text, in order."""
    blocks = split_blocks(text)
    found: list[RequirementSentence] = []
    last_of: dict[int | None, int] = {}  # of each block its last requirement sentence, which leads to its items
    for number, block in enumerate(blocks):
        for start, end, heading in _asking(text, blocks, block):
            found.append(RequirementSentence(start, end, heading, last_of.get(block.lead)))
            last_of[number] = len(found) - 1
    return tuple(found)


def only_informs(heading: str) -> bool:
    """Whether a section with this heading explains, defines or refers, and so brings no list of criteria."""
    return _OTHER.match(heading) is not None or _INFORMS.match(heading) is not None


def _asking(text: str, blocks: tuple[Block, ...], block: Block) -> Iterator[tuple[int, int, str]]:
    """The spans of the block's sentences that ask for something, with the words of the heading above."""
    heading = _words(text, blocks, block.heading)
    if block.kind is BlockKind.HEADING or _OTHER.match(heading):
        return
    informs = _INFORMS.match(heading) is not None
    asks = _DEMANDS if informs else _ASKS
    listed = block.kind is BlockKind.ITEM and not informs and _asked_by_lead(text, blocks, block)
    for start, end in split_sentences(text, block.start, block.end):
        if _LETTER.search(text, start, end) and (listed or asks.search(text, start, end)):
            yield start, end, heading


def _asked_by_lead(text: str, blocks: tuple[Block, ...], block: Block) -> bool:
    """Whether what introduces an item asks for it: a sentence that asks, or a section of criteria."""
    lead = block.lead
    while lead is not None:
        above = blocks[lead]
        if _ASKS.search(text, above.start, above.end) or (
            above.kind is BlockKind.HEADING and _SECTIONS.search(text, above.start, above.end)
        ):
            return True
        lead = above.lead
    return block.heading is not None and bool(_SECTIONS.search(_words(text, blocks, block.heading)))


def _words(text: str, blocks: tuple[Block, ...], number: int | None) -> str:
    return "" if number is None else text[blocks[number].start : blocks[number].end]
