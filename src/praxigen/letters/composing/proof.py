"""Walks a letter and resolves every factual sentence to its source. Run before any letter is written.

A sentence resolves where its words are really there: a chart quote in the chart, a denial quote in the payer's answer,
a policy line in the edition that decides, a value in the sentence that states it.
"""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.errors import QuoteMismatchError
from praxigen.letters.composing.letter import Letter
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.sentence import (
    ARGUMENT_LABEL,
    FACTUAL,
    Kind,
    LawSupport,
    PolicySupport,
    QuoteSupport,
    RecordSupport,
    Sentence,
    Support,
    WorkSupport,
    plain,
)
from praxigen.model.document import Document, Quote


def prove(letter: Letter, matter: Matter) -> None:
    """Raise QuoteMismatchError unless every factual sentence and every argument of the letter has its support."""
    for sentence in letter.sentences():
        for fault in faults_of(sentence, matter):
            raise QuoteMismatchError(f"a {sentence.kind.value} sentence of a letter does not resolve: {fault}")


def unsupported(letter: Letter, matter: Matter) -> tuple[Sentence, ...]:
    """The sentences that do not resolve to a source."""
    return tuple(each for each in letter.sentences() if any(True for _ in faults_of(each, matter)))


def faults_of(sentence: Sentence, matter: Matter) -> Iterator[str]:
    """Why a sentence does not resolve; nothing where it does. No words of the sentence stand in the reason."""
    if sentence.kind in FACTUAL and not sentence.supports:
        yield "it has no support"
    if sentence.kind is Kind.ARGUMENT and not _argues(sentence):
        yield "an argument needs its label and the factual sentences that it rests on"
    for support in sentence.supports:
        yield from _fault(sentence, support, matter)


def _argues(sentence: Sentence) -> bool:
    grounds = all(other.kind in FACTUAL for other in sentence.rests_on)
    return sentence.text.startswith(ARGUMENT_LABEL) and bool(sentence.rests_on) and grounds


def _fault(sentence: Sentence, support: Support, matter: Matter) -> Iterator[str]:
    if isinstance(support, QuoteSupport):
        document = matter.report.document if sentence.kind is Kind.CHART else matter.answer
        yield from _quote(sentence, support.quote, document, repeated=True)
    elif isinstance(support, PolicySupport):
        yield from _policy(sentence, support, matter)
    elif isinstance(support, LawSupport):
        if support not in (*matter.reviewers, *matter.notices, matter.due.law):
            yield "the rule is not one that was found for this matter"
        elif support.verify:
            yield "the citation of the rule is still to be verified"
        elif plain(support.words.rstrip(".")) not in sentence.text or support.citation not in sentence.text:
            yield "the rule is not as it was found"
    elif isinstance(support, WorkSupport):
        yield from _work(sentence, support, matter)
    else:
        yield from _record(sentence, support, matter)


def _quote(sentence: Sentence, quote: Quote, document: Document | None, *, repeated: bool) -> Iterator[str]:
    if document is None or quote.document != document.name:
        yield "its document is not part of this matter"
    elif not quote.text or document.text[quote.start : quote.end] != quote.text:
        yield "its words do not stand at their place"
    elif repeated and plain(quote.text) not in sentence.text:
        yield "it does not repeat the words"


def _policy(sentence: Sentence, support: PolicySupport, matter: Matter) -> Iterator[str]:
    book = next((b for b in matter.guidelines() if (b.id, b.edition) == (support.guideline, support.edition)), None)
    day = matter.report.request.date
    if book is None:
        yield "the edition does not decide this request"
        return
    if day is None or book.effective_from > day:
        yield "the edition is newer than the date of service"
    criterion = book.criterion(support.criterion) if support.criterion else None
    if support.criterion and criterion is None:
        yield "the edition has no such criterion"
    if support.verbatim:
        if support.words not in support.citation.words or (criterion and criterion.citation != support.citation):
            yield "the passage is not one that the criterion cites"
        if plain(support.words.replace("**", "")) not in sentence.text:
            yield "it does not repeat the passage"
    elif plain(support.words) not in sentence.text:
        yield "it does not say what the criterion says"


def _work(sentence: Sentence, support: WorkSupport, matter: Matter) -> Iterator[str]:
    """A published work stands in a letter only where the library has it verified and the criterion cites it."""
    work = matter.literature.get(support.id)
    criterion = matter.criterion(support.criterion)
    if work is None or work.verified is None:
        yield "the library holds no verified work of this id"
    elif (support.citation, support.shows) != (work.citation, work.shows):
        yield "the work is not as the library has it"
    if criterion is None or support.id not in criterion.literature:
        yield "the criterion does not cite the work"
    if plain(support.citation) not in sentence.text or plain(support.shows.rstrip(".")) not in sentence.text:
        yield "it does not say what the work shows"


def _record(sentence: Sentence, support: RecordSupport, matter: Matter) -> Iterator[str]:
    if support.quote is not None:
        document = matter.report.document if support.origin == "chart" else matter.answer
        yield from _quote(sentence, support.quote, document, repeated=False)
    if support.field == "attested":
        if support.value not in matter.report.request.attested:
            yield "nobody attested this"
    elif plain(support.value) not in sentence.text:
        yield "it does not state the value"
