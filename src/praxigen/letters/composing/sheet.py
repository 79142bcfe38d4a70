"""The sheet for the physician's call with the payer's reviewer: weak points first, on one page, and a form after it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from praxigen.exports import words
from praxigen.exports.outline import Role, Row, outline
from praxigen.letters.composing import subject
from praxigen.letters.composing.criteria import chart_sentence, named
from praxigen.letters.composing.letter import Block, Field, Heading, Items, Letter, LetterKind, Lines, Quoted, Table
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.proof import prove
from praxigen.letters.composing.reasons import denial_sentence
from praxigen.letters.composing.sentence import RecordSupport, Sentence, form, gap, plain, record
from praxigen.model.answer import Answer
from praxigen.model.document import Document, Quote

_LONGEST = 150  # characters of a quote on the sheet; a longer one is cut at a word, and stays an exact span
_SPOKEN = 120  # words of the chart that can be read aloud in the minute, beside the rest
_MOST = 8  # entries of one list, so that the sheet stays one page

_FORM = (
    "Date and time of the call", "Reviewer's name and credentials", "Reviewer's specialty, and state of licence",
    "Reference number of the call", "Criterion held unmet, in the reviewer's words", "What would change the decision",
    "Decision, and until when it holds", "Next step and last day, as told", "Noted by, and when",
)  # fmt: skip


def call_sheet(matter: Matter) -> Letter:
    """The sheet. Every quote on it is an exact span of the chart or of the payer's answer."""
    matter.refuse_newer_policy()
    rows = [row for root in outline(matter.report) if root is not None for row in _leaves(root)]
    sheet = Letter(
        kind=LetterKind.CALL,
        title="Peer-to-peer call",
        head=(),
        blocks=tuple(_blocks(matter, rows)),
        criteria=(),
        notes=matter.report.warnings,
    )
    prove(sheet, matter)
    return sheet


def _blocks(matter: Matter, rows: list[Row]) -> Iterator[Block]:
    yield _head(matter)
    yield from _section("Weak points first", _weak(matter, rows), "None was found. Read each quote before the call.")
    yield Heading(form("The reason, word by word"))
    for reason in matter.reasons:
        yield Quoted(denial_sentence(matter, reason.quote))
    if not matter.reasons:
        yield Lines((gap("the payer's reason, word by word"),))
    yield Heading(form("In sixty seconds"))
    yield Items(tuple(_story(matter, rows)))
    yield from _section("Each criterion and its words", _shown(matter, rows), "The chart shows none of them.")
    yield from _section("Not in the chart", _absent(matter), "Nothing that the criteria ask for is open.")
    yield from _section("Likely questions", _questions(matter, rows), "")
    yield Heading(form("The ask"))
    codes = ", ".join(matter.report.request.codes)
    support = tuple(RecordSupport("code", code, "request") for code in matter.report.request.codes)
    yield Lines(
        (
            record(
                f"Authorize {codes} now; if not, name the criterion held unmet and the policy it stands in.", *support
            ),
        )
    )
    yield Heading(form("What the reviewer said"), new_page=True)
    yield Lines((form("Fill it in during the call. The appeal repeats it: praxigen appeal --call FILE."),))
    yield from (Lines((form(f"{name}:"), form("_" * 80))) for name in _FORM)


def _section(title: str, entries: Iterator[tuple[Sentence, ...]], none: str) -> Iterator[Block]:
    found = tuple(islice(entries, _MOST))
    if found or none:
        yield Heading(form(title))
        yield Items(found or ((form(none),),))


def _head(matter: Matter) -> Table:
    """Two lines: who and what."""
    known = [matter.value(name) for name in ("patient", "birth", "member_id")]
    told = [each for each in known if each is not None]
    who = record(plain(", ".join(each.value for each in told)), *told) if told else gap("patient and member number")
    numbers = matter.references or tuple(each for each in (matter.value("reference"),) if each)
    number = record(", ".join(each.value for each in numbers), *numbers) if numbers else gap("reference number")
    payer = record(matter.payer_name, RecordSupport("payer", matter.payer_name, "library"))
    books = "; ".join(named(book) for book in matter.guidelines())
    policy = record(books, RecordSupport("policy", books, "library")) if books else gap("the policy that decides")
    services = [Field("Service", each) for each in subject.services(matter)]
    return Table((Field("Patient", who), Field("Payer", payer), Field("Reference", number), *services,
                  Field("Policy", policy)))  # fmt: skip


def _weak(matter: Matter, rows: list[Row]) -> Iterator[tuple[Sentence, ...]]:
    """Criteria that the chart contradicts, then those that it only comes near."""
    document = matter.report.document
    for row in rows:
        bad = row.result.answer is Answer.NOT_MET if row.role is Role.CRITERION else row.result.answer is Answer.MET
        if bad and not row.moot:
            quotes = (chart_sentence(document, _cut(document, q), row.criterion.id) for q in row.result.quotes[:1])
            yield (_says(row, "not met" if row.role is Role.CRITERION else "applies"), *quotes)
    for row in rows:
        if row.result.answer is Answer.NOT_DOCUMENTED and not row.moot:
            for miss in row.near[:2]:
                quote = _cut(document, miss.quotes[0])
                why = f"does not count: {words.REASONS[miss.reason]}"
                yield _says(row, why), chart_sentence(document, quote, row.criterion.id)


def _shown(matter: Matter, rows: list[Row]) -> Iterator[tuple[Sentence, ...]]:
    document = matter.report.document
    for row in rows:
        if row.result.answer is Answer.MET and row.result.quotes and row.role is not Role.EXCLUSION:
            name = "the policy waives what stands above it" if row.role is Role.WAIVER else "met"
            quote = _cut(document, row.result.quotes[0])
            yield _says(row, name), chart_sentence(document, quote, row.criterion.id)


def _absent(matter: Matter) -> Iterator[tuple[Sentence, ...]]:
    for each in matter.report.gaps:
        yield (_answered("", each.criterion.says, words.REASONS[each.reason]),)


def _questions(matter: Matter, rows: list[Row]) -> Iterator[tuple[Sentence, ...]]:
    meant = [name for reason in matter.reasons for point in reason.points for name in point.criteria]
    asked: dict[str, None] = {}
    for row in sorted(rows, key=lambda row: row.criterion.id not in meant):
        settled = row.result.answer in (Answer.MET, Answer.NOT_APPLICABLE) and row.criterion.id not in meant
        if row.criterion.ask and not row.moot and not settled:
            asked.setdefault(row.criterion.ask)
    for ask in asked:
        yield (form(plain(ask)),)


def _story(matter: Matter, rows: list[Row]) -> Iterator[tuple[Sentence, ...]]:
    """What can be read aloud in a minute: the chart's own words, in the policy's order."""
    document, spoken = matter.report.document, 0
    said: set[Quote] = set()
    for row in rows:
        if row.result.answer is not Answer.MET or not row.result.quotes or row.role is Role.EXCLUSION:
            continue
        quote = _cut(document, row.result.quotes[0])
        if quote in said:
            continue  # it shows two criteria, and is read aloud once
        said.add(quote)
        spoken += len(quote.text.split())
        if spoken > _SPOKEN:
            return
        yield (chart_sentence(document, quote, row.criterion.id),)


def _leaves(root: Row) -> Iterator[Row]:
    """The leaves of the criteria, of their exclusions and of waivers that hold; nothing of what does not apply."""
    for row in root.walk():
        aside = row.role is Role.CONDITION or (row.role is Role.WAIVER and row.result.answer is not Answer.MET)
        if not row.children and not aside and row.result.answer is not Answer.NOT_APPLICABLE:
            yield row


def _says(row: Row, answer: str) -> Sentence:
    return _answered(row.number, row.criterion.says, answer)


def _answered(number: str, says: str, answer: str) -> Sentence:
    """A criterion and what the check says of it."""
    text = plain(f"{number} {says}: {answer}.")
    return record(
        text, RecordSupport("criterion", plain(says), "check"), RecordSupport("answer", plain(answer), "check")
    )


def _cut(document: Document, quote: Quote) -> Quote:
    if len(quote.text) <= _LONGEST:
        return quote
    end = document.text.rfind(" ", quote.start, quote.start + _LONGEST)
    return document.quote(quote.start, end if end > quote.start else quote.start + _LONGEST)
