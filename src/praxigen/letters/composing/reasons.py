"""The payer's reasons, answered first and each in its own words."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.letters.composing.call import Call
from praxigen.letters.composing.criteria import Told, policy_sentence
from praxigen.letters.composing.letter import Block, Paragraph, Quoted
from praxigen.letters.composing.matter import Matter, Reason, StatedPoint
from praxigen.letters.composing.sentence import (
    Kind,
    QuoteSupport,
    RecordSupport,
    Sentence,
    argue,
    form,
    gap,
    plain,
    record,
)
from praxigen.model.answer import Answer
from praxigen.model.document import Quote
from praxigen.model.report import CriterionResult

_BELOW = "We answer it below, criterion by criterion."
_NAME_IT = "Please name the criterion that you hold unmet, and the policy in which it stands."
_MOST = 3  # quotes of the chart that answer one reason; the rest stand under their criteria


def tell_reasons(matter: Matter, told: Told, *, argues: bool) -> Iterator[Block]:
    """Each reason as the payer states it, with the chart's words against it where there are any.

    `argues`: whether the letter speaks of the criteria further on.
    """
    for reason in matter.reasons:
        words = denial_sentence(matter, reason.quote)
        yield Quoted(words)
        said = False
        for point in reason.points:
            for block in _point(matter, told, reason, point, words):
                said = True
                yield block
        if not said and argues and any(True for _ in matter.guidelines()):
            yield Paragraph((form(_BELOW),))
        # Where no criteria are known, the part that says so asks for them.
        if not reason.specific and argues and not matter.unpublic:
            yield Paragraph((form(_NAME_IT),))
    if matter.call is not None:
        yield Paragraph((call_sentence(matter.call),))


def call_sentence(call: Call) -> Sentence:
    """What a reviewer said in a call, with who noted it."""
    parts = ("on", call.on.isoformat()), ("reviewer", call.reviewer), ("said", call.said), ("noted_by", call.noted_by)
    supports = [RecordSupport(name, value, "call") for name, value in parts]
    specialty = f" ({call.specialty})" if call.specialty else ""
    if call.specialty:
        supports.append(RecordSupport("specialty", call.specialty, "call"))
    text = f"In the peer-to-peer call of {call.on.isoformat()}, {call.reviewer}{specialty} said, as noted by "
    return record(plain(f"{text}{call.noted_by}: “{call.said}”"), *supports)


def denial_sentence(matter: Matter, quote: Quote) -> Sentence:
    """Words of the payer's answer, with the place where they stand."""
    assert matter.answer is not None  # noqa: S101  a reason is a quote of it
    found = matter.answer.place(quote.start)
    where = f"{matter.answer.name}, " + (f"page {found.page}, " if found.page else "") + f"line {found.line}"
    return Sentence(Kind.DENIAL, f"“{plain(quote.text)}” ({plain(where)})", (QuoteSupport(quote, where),))


def _point(matter: Matter, told: Told, reason: Reason, point: StatedPoint, words: Sentence) -> Iterator[Block]:
    if not point.certain:
        told.notes.append(f"A person has to look at the reason “{plain(reason.quote.text)}”: {point.why}")
    elif point.absent:
        books = [policy_sentence(book) for book in matter.guidelines()]
        text = "the policy that decides this request does not ask for what this reason says is missing."
        yield Paragraph((*books, argue(text, words, *books)))
    elif point.other_policy:
        books = [policy_sentence(book) for book in matter.guidelines()]
        text = "the reason rests on another policy or edition than the one that decides this request."
        yield Paragraph((*books, argue(text, words, *books)))
    elif point.document:
        yield Paragraph((gap("Enclose the document that this reason asks for, or say why there is none"),))
    else:
        for name in point.criteria[:1]:
            yield from _criterion(matter, told, name, words)


def _criterion(matter: Matter, told: Told, name: str, words: Sentence) -> Iterator[Block]:
    """What the chart shows of the criterion that a reason says is unmet."""
    result = find_result(matter, name)
    if result is None:
        return
    shown = [each for inner in result.walk() for each in told.shown.get(inner.criterion.id, ())]
    if result.answer is Answer.MET and shown:
        yield Paragraph((form("The chart shows what this reason says is missing:"),))
        for each in shown[:_MOST]:
            yield Quoted(each)
        yield Paragraph((argue("this answers the reason.", words, *shown[:_MOST]),))
    elif result.answer is Answer.WAIVED and shown:
        yield Paragraph((argue("the policy's own exception applies here.", words, *shown[:_MOST]),))
        for each in shown[:_MOST]:
            yield Quoted(each)
    else:
        told.notes.append(
            f"The chart does not answer the reason “{plain(words.text)}”: {result.criterion.says} is "
            f"{result.answer.value.replace('_', ' ')}. Answer the question below, or another remedy may serve better."
        )
        yield Paragraph((form("The criterion that this reason means is spoken of below, with what is open."),))


def find_result(matter: Matter, criterion: str) -> CriterionResult | None:
    """The answer to a criterion, wherever it stands."""
    for determination in matter.report.determinations:
        for result in determination.result.walk() if determination.result else ():
            if result.criterion.id == criterion:
                return result
    return None
