"""Finds what a letter claims beyond what stands: a criterion spoken of as met that is not, or evidence turned down.

Sentences that state facts are proven one by one (`proof`). An argument is ours and proves nothing by itself, and people
edit it; so it is held against the answers of the check and the decisions of the person who reviewed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.letters.composing.dispositions import DispositionState
from praxigen.letters.composing.letter import Letter, block_sentences
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.reasons import find_result
from praxigen.letters.composing.sentence import Kind, PolicySupport, QuoteSupport, Sentence
from praxigen.model.answer import Answer

# Words by which a sentence says that something asked for is there. What is denied in the same clause is no claim.
_CLAIM = re.compile(
    r"\b(?:met|meets?|satisf(?:y|ies|ied)|fulfil(?:l|ls|led|s)?|documents?|documented|shows?|shown|demonstrat(?:e|es|ed)|"
    r"prov(?:e|es|ed|en)|establish(?:es|ed)?|confirms?|confirmed|support(?:s|ed)?|qualif(?:y|ies|ied)|eligible|"
    r"medically necessary|compl(?:y|ies|ied)|holds?)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|cannot|n't|no|nor|without|neither|if|whether|unless)\b[^.;:]*", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|every|each)\b[^.;]*\b(?:criteri(?:a|on)|requirements?|conditions?)\b", re.IGNORECASE)


def claims(text: str) -> bool:
    """Whether words say that something is met, shown or proven."""
    return _CLAIM.search(_DENIED.sub(" ", text)) is not None


def overclaims(letter: Letter, matter: Matter) -> Iterator[tuple[str, str]]:
    """What the letter claims and may not: the id of the criterion and why, in words that hold none of the patient's."""
    for sentence in (each for block in letter.blocks for each in block_sentences(block)):
        if sentence.kind is Kind.CHART:
            for name in _criteria(sentence):
                if _turned_down(matter, name):
                    yield name, "its evidence stands in the letter, and a person did not accept it"
        elif sentence.kind is Kind.ARGUMENT and claims(sentence.text):
            spoken_of = {name for each in sentence.walk() for name in _criteria(each)}
            if _ALL.search(sentence.text):
                spoken_of |= set(letter.criteria)
            for name in sorted(spoken_of):
                if not _may_claim(matter, name):
                    yield name, "an argument speaks of it as met, and it is not"


def _criteria(sentence: Sentence) -> Iterator[str]:
    for support in sentence.supports:
        if isinstance(support, PolicySupport | QuoteSupport) and support.criterion:
            yield support.criterion


def _may_claim(matter: Matter, name: str) -> bool:
    """Whether the check answers yes, or the policy waives it, or a person showed it by other words."""
    decided = matter.dispositions.of(name)
    if decided is not None and getattr(decided, "shown_by", None) is not None:
        return True
    result = find_result(matter, name)
    if result is None or result.answer not in (Answer.MET, Answer.WAIVED, Answer.NOT_APPLICABLE):
        return False
    return decided is None or decided.state is DispositionState.CONFIRMED


def evidence_stands(matter: Matter, name: str) -> bool:
    """Whether nobody turned the check's evidence for a criterion down."""
    return not _turned_down(matter, name)


def _turned_down(matter: Matter, name: str) -> bool:
    decided = matter.dispositions.of(name)
    if decided is None or decided.state is DispositionState.CONFIRMED or getattr(decided, "shown_by", None) is not None:
        return False
    result = find_result(matter, name)
    return result is not None and result.answer is Answer.MET
