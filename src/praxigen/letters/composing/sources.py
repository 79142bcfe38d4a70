"""What a letter may repeat: the chart's words, the policy's lines, the payer's words and rules, each as a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from praxigen.errors import UsageError
from praxigen.exports import words
from praxigen.letters.composing.claims import evidence_stands
from praxigen.letters.composing.compose import law_sentence
from praxigen.letters.composing.criteria import chart_sentence
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.reasons import denial_sentence
from praxigen.letters.composing.sentence import Kind, LawSupport, PolicySupport, Sentence, plain
from praxigen.model.answer import Answer
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline
from praxigen.model.report import CriterionResult

_SHORTEST = 12  # characters: fewer stand in any chart


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that may be put in: its key, the group under which it is listed, and what it is about."""

    key: str
    group: str
    about: str
    sentence: Sentence


def choices(matter: Matter) -> Mapping[str, Choice]:
    """Everything that can be chosen, by key. The chart's words first, in the order of the criteria."""
    found: dict[str, Choice] = {}
    for each in (*_chart(matter), *_policy(matter), *_answer(matter), *_law(matter)):
        found.setdefault(each.key, each)
    return found


def words_of_chart(matter: Matter, text: str) -> Sentence:
    """Words of the chart as a person copied them. Raises UsageError unless they stand there exactly once."""
    told = text.strip().replace("\r\n", "\n")
    if len(told) < _SHORTEST:
        raise UsageError("these are too few words to find", f"Copy at least {_SHORTEST} characters of the chart.")
    document = matter.report.document
    at = document.text.find(told)
    if at < 0:
        raise UsageError("these words do not stand in the chart", "Copy them letter by letter, from one place.")
    if document.text.find(told, at + 1) >= 0:
        raise UsageError("these words stand in the chart more than once", "Copy more of the words around them.")
    return chart_sentence(document, document.quote(at, at + len(told)), "")


def _results(matter: Matter) -> Iterator[CriterionResult]:
    for determination in matter.report.determinations:
        yield from determination.result.walk() if determination.result is not None else ()


def _chart(matter: Matter) -> Iterator[Choice]:
    """The words that the check found for a criterion, met ones only and not where a person turned them down."""
    for result in _results(matter):
        name = result.criterion.id
        if result.children or result.answer is not Answer.MET or not evidence_stands(matter, name):
            continue
        for quote in result.quotes:
            sentence = chart_sentence(matter.report.document, quote, name)
            yield Choice(f"chart:{name}:{quote.start}-{quote.end}", "Chart", result.criterion.says, sentence)


def _policy(matter: Matter) -> Iterator[Choice]:
    for book in matter.guidelines():
        for result in _results(matter):
            criterion = book.criterion(result.criterion.id)
            if criterion is None or criterion.citation is None:
                continue
            yield Choice(
                f"policy:{book.id}:{criterion.id}", "Policy, in our words", criterion.says, _line(book, criterion)
            )
            for number, passage in enumerate(criterion.citation.words):
                sentence = _passage(book, criterion, passage)
                yield Choice(f"policy:{book.id}:{criterion.id}:{number}", "Policy, its words", criterion.says, sentence)


def _line(book: Guideline, criterion: Criterion) -> Sentence:
    citation = criterion.citation
    assert citation is not None  # noqa: S101  the caller looked
    source = citation.source.number or citation.source.title
    says = plain(words.sentence(criterion.says))
    where = f"{source}, {citation.at}" if citation.at else source
    support = PolicySupport(book.id, book.edition, criterion.id, citation, says, verbatim=False)
    return Sentence(Kind.POLICY, f"{says} ({plain(where)})", (support,))


def _passage(book: Guideline, criterion: Criterion, passage: str) -> Sentence:
    citation = criterion.citation
    assert citation is not None  # noqa: S101  the caller looked
    where = f"{citation.source.number or citation.source.title}, edition {citation.source.edition or 'not stated'}"
    support = PolicySupport(book.id, book.edition, criterion.id, citation, passage, verbatim=True)
    return Sentence(Kind.POLICY, f"“{plain(words.plain(passage))}” ({plain(where)})", (support,))


def _answer(matter: Matter) -> Iterator[Choice]:
    for number, reason in enumerate(matter.reasons):
        sentence = denial_sentence(matter, reason.quote)
        yield Choice(f"denial:{number}", "Payer's answer", f"Reason {number + 1}", sentence)


def _law(matter: Matter) -> Iterator[Choice]:
    rules: tuple[LawSupport, ...] = (*matter.reviewers, *matter.notices)
    if matter.due.law is not None:
        rules = (*rules, matter.due.law)
    for rule in rules:
        yield Choice(f"law:{rule.id}", "Law", rule.citation, law_sentence(rule))
