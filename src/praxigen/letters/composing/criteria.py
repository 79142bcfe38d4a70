"""The heart of a letter: each criterion, what the policy says of it, and the chart's words that answer it.

What the chart does not show is never asserted. It becomes a placeholder with the neutral question, or the letter says
plainly that the criterion is not met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from praxigen.exports import words
from praxigen.exports.outline import Role, Row, outline
from praxigen.exports.places import place
from praxigen.letters.composing.dispositions import Disposition, DispositionState
from praxigen.letters.composing.letter import Block, Heading, Paragraph, Quoted, block_sentences
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.sentence import (
    Kind,
    PolicySupport,
    QuoteSupport,
    RecordSupport,
    Sentence,
    WorkSupport,
    argue,
    form,
    gap,
    plain,
    record,
)
from praxigen.model.answer import Answer, Reason
from praxigen.model.criterion import Op
from praxigen.model.document import Document, Quote
from praxigen.model.guideline import Guideline
from praxigen.model.literature import Reference, WorkRead
from praxigen.model.provenance import Citation
from praxigen.model.report import CriterionResult, Determination

_MOST_QUOTES = 3  # for one criterion; the checklist of a packet names them all
_UNSETTLED = (Answer.NOT_DOCUMENTED, Answer.NOT_MET)


@dataclass(slots=True)
class Told:
    """What was said of the criteria: the blocks, the ids in order, notes for the person, and the chart's words used."""

    blocks: list[Block] = field(default_factory=list)
    results: dict[str, CriterionResult] = field(default_factory=dict)
    shown: dict[str, list[Sentence]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    open: bool = False


def tell_criteria(matter: Matter) -> Told:
    """Every criterion that decides something, in the policy's order."""
    told = Told()
    for determination, root in zip(matter.report.determinations, outline(matter.report), strict=True):
        if determination.guideline is None or root is None:
            told.open = True
            told.notes.append(
                f"For {', '.join(determination.codes)} no criteria are known, and none is argued: {determination.why} "
                "That none is known does not mean that none is used."
            )
            continue
        teller = _Teller(matter, determination, determination.guideline, told)
        teller.row(root)
        teller.conclude()
    headings = [block.sentence for block in told.blocks if isinstance(block, Heading)]
    told.open = told.open or any(each.kind is Kind.GAP for block in told.blocks for each in block_sentences(block))
    if headings and not told.open:
        all_ = "every criterion of the policy that applies is documented, or waived by the policy itself."
        told.blocks.append(Paragraph((argue(all_, *headings),)))
    return told


def policy_sentence(book: Guideline, frame: str = "The policy that decides is {}.") -> Sentence:
    """The policy by number, edition and day."""
    source = book.main_source
    title = f": {source.title}" if source.number else ""  # without a number the title names it
    text = frame.format(f"{named(book)}{title} ({source.publisher})")
    whole = Citation(book.main_source, "", book.main_source.read, book.main_source.trust)
    return Sentence(
        Kind.POLICY, plain(text), (PolicySupport(book.id, book.edition, "", whole, book.main_source.title, False),)
    )


def named(book: Guideline) -> str:
    """A guideline as letters cite it: number, edition, day."""
    number = book.main_source.number or book.main_source.title
    until = f" to {book.effective_to.isoformat()}" if book.effective_to else ""
    return f"{number}, edition {book.edition}, in force from {book.effective_from.isoformat()}{until}"


def chart_sentence(document: Document, quote: Quote, criterion: str) -> Sentence:
    """Words of the chart with file, page, day and line."""
    where = place_of(document, quote)
    return Sentence(Kind.CHART, f"“{plain(quote.text)}” ({where})", (QuoteSupport(quote, where, criterion),))


def work_sentence(work: Reference, criterion: str) -> Sentence:
    """What a published work showed, in our words, with the work as it is cited."""
    support = WorkSupport(work.id, work.citation, work.shows, criterion)
    return Sentence(Kind.LITERATURE, plain(f"{work.shows.rstrip('.')} ({work.citation})."), (support,))


def place_of(document: Document, quote: Quote) -> str:
    """Document, page, day and line of a quote; the document's name stands even where it is the only one."""
    found = document.place(quote.start)
    told = place(document, quote.start)
    told = told if found.file else f"{document.name}, {told}"
    if found.date is not None and found.date.isoformat() not in told:
        told = f"{told}, of {found.date.isoformat()}"
    return plain(told)


@dataclass(slots=True)
class _Teller:
    matter: Matter
    determination: Determination
    book: Guideline
    told: Told
    _documented: list[tuple[str, Sentence, list[Sentence]]] = field(default_factory=list)

    def conclude(self) -> None:
        """What the quotes come to, said once for all criteria and not again under each."""
        if self._documented:
            numbers = [number or "all" for number, _, _ in self._documented]
            many = f"criteria {', '.join(numbers[:-1])} and {numbers[-1]}" if numbers[1:] else f"criterion {numbers[0]}"
            basis = (each for _, heading, quotes in self._documented for each in (heading, *quotes))
            self._paragraph(argue(f"the words quoted above document {many}.", *basis))

    def row(self, row: Row) -> None:
        """Say what one criterion has to be said of, and of those below it."""
        answer = row.result.answer
        if row.role in (Role.WAIVER, Role.CONDITION) or answer is Answer.NOT_APPLICABLE:
            return
        if row.moot and answer is not Answer.MET:
            return
        if answer is Answer.WAIVED:
            self._waived(row)
        elif row.criterion.op is Op.NONE:
            self._exclusions(row)
        elif row.criterion.children:
            for child in self._needed(row):
                self.row(child)
        else:
            self._leaf(row)
        self._literature(row)

    def _literature(self, row: Row) -> None:
        """The verified works that speak for a criterion which holds; the others are named to the person."""
        holds = row.result.answer in (Answer.MET, Answer.WAIVED) and not self._decided_otherwise(row)
        told: list[Sentence] = []
        for name in row.criterion.literature:
            work = self.matter.literature.get(name)
            if work is None or work.verified is None:
                why = work.open if work is not None else "The list of published works was not given."
                self.told.notes.append(
                    f"{row.number} {row.criterion.says}: the work {name} is left out of the letter, because nobody has "
                    f"verified it. {why}"
                )
            elif holds:
                told.append(work_sentence(work, row.criterion.id))
                read = "whole" if work.read is WorkRead.FULL_TEXT else "in abstract"
                self.told.notes.append(
                    f"{row.number} {row.criterion.says}: the letter cites the work {name}, read {read} and compared by "
                    f"{work.verified.by} on {work.verified.on}. Read it before you sign: {work.address}"
                )
        if told:
            self._paragraph(form("Published work on this criterion:"), *told)

    def _needed(self, row: Row) -> tuple[Row, ...]:
        """The parts to speak of: of alternatives that are still open only those that could settle the criterion."""
        if row.criterion.op not in (Op.ANY, Op.AT_LEAST) or row.result.answer not in _UNSETTLED:
            return row.children
        asked = {gap.criterion.id for gap in self.determination.gaps}
        hopeful = tuple(
            child
            for child in row.children
            if child.result.answer is Answer.MET or any(each.criterion.id in asked for each in child.walk())
        )
        open_ones = any(child.result.answer is Answer.NOT_DOCUMENTED for child in hopeful)
        return hopeful if open_ones else row.children

    def _leaf(self, row: Row) -> None:
        heading = self._heading(row)
        result, decided = row.result, self.matter.dispositions.of(row.criterion.id)
        rejected = decided is not None and decided.state is not DispositionState.CONFIRMED
        if decided is not None and decided.shown_by is not None:
            self._corrected(row, heading, decided, decided.shown_by)
        elif rejected and result.answer is Answer.MET:
            self._turned_down(row)
        elif result.answer is Answer.MET and result.reason is Reason.ATTESTED:
            self._paragraph(self._attested(row))
        elif result.answer is Answer.MET and not result.quotes:
            self._paragraph(self._by_request())
        elif result.answer is Answer.MET:
            self._documented.append((row.number, heading, self._quotes(row, result.quotes)))
        elif result.answer is Answer.NOT_MET:
            self._not_met(row, heading)
        else:
            self._open(row)

    def _waived(self, row: Row) -> None:
        """A criterion that its waiver sets aside: the waiver, and the chart's words that show it."""
        heading = self._heading(row)
        waiver = next((child for child in row.children if child.role is Role.WAIVER), None)
        holds = tuple(_evidence(waiver.result)) if waiver else ()
        if waiver is None or not holds or self._decided_otherwise(row):
            self._open(row)
            return
        reason = self._policy(waiver)
        self.told.blocks.append(Paragraph((form("The policy itself sets this criterion aside where:"), reason)))
        quotes: list[Sentence] = []
        for found in holds:
            self.told.results.setdefault(found.criterion.id, found)
            quotes += self._quotes(row, found.quotes, found.criterion.id)
        words_ = "the policy's own waiver holds, and the criterion is not asked for this patient."
        self._paragraph(argue(words_, heading, reason, *quotes))

    def _exclusions(self, row: Row) -> None:
        """A list of which nothing may apply. Silence is no proof, so a person confirms it before a letter says it."""
        result = row.result
        heading = self._heading(row)
        against = [child for child in row.children if child.result.answer is Answer.MET]
        if result.answer is Answer.MET and not self._decided_otherwise(row):
            quotes = self._quotes(row, tuple(q for each in row.walk() for q in each.result.quotes))
            decided = self.matter.dispositions.of(row.criterion.id)
            if decided is not None:
                support = RecordSupport("disposition", decided.by, "person")
                text = f"{decided.by} has confirmed on {decided.on.isoformat()} that none of these applies."
                self._paragraph(record(text, support))
            elif len(quotes) < len(row.children):
                listed = "; ".join(child.criterion.says for child in row.children)
                self._paragraph(
                    gap(f"The chart does not speak of all of these. A person confirms that none applies: {listed}")
                )
            else:
                self._paragraph(argue("these words rule the exclusions out.", heading, *quotes))
        elif against:
            quotes = [each for child in against for each in self._quotes(row, child.result.quotes)]
            self.told.open = True
            self._paragraph(argue("an exclusion of the policy applies, and we do not say otherwise.", heading, *quotes))
        else:
            self._open(row)

    def _not_met(self, row: Row, heading: Sentence) -> None:
        """Say plainly that it is not met; ask for the waiver where the policy has one."""
        self.told.open = True
        quotes = self._quotes(row, row.result.quotes)
        self._paragraph(argue("this criterion is not met on the chart as it stands, and we do not claim it.",
                              heading, *quotes))  # fmt: skip
        if row.criterion.unless is not None and row.criterion.unless.ask:
            self._paragraph(gap(f"The policy has an exception. {row.criterion.unless.ask}"))
        why = words.REASONS[row.result.reason]
        self.told.notes.append(f"{row.number} {row.criterion.says}: not met ({why}). An appeal cannot claim it.")

    def _open(self, row: Row) -> None:
        self.told.open = True
        self._paragraph(gap(row.criterion.ask or f"What documents this? {row.criterion.says}"))
        for miss in row.near:
            near = "; ".join(f"“{plain(quote.text)}”" for quote in miss.quotes[:_MOST_QUOTES])
            self.told.notes.append(f"{row.number}: found, but does not count ({words.REASONS[miss.reason]}): {near}")

    def _turned_down(self, row: Row) -> None:
        """A person did not accept the evidence: it is not used, and the question stands again."""
        decided = self.matter.dispositions.of(row.criterion.id)
        if decided is not None:
            what = f"{decided.state.value} by {decided.by} on {decided.on.isoformat()}"
            self.told.notes.append(f"{row.number} {row.criterion.says}: {what}; its evidence is not used.")
        self._open(row)

    def _corrected(self, row: Row, heading: Sentence, decided: Disposition, quote: Quote) -> None:
        """A person picked the words that show it, and stands for them by name."""
        quotes = self._quotes(row, (quote,))
        who = RecordSupport("disposition", decided.by, "person")
        told = record(f"{decided.by} has found on {decided.on.isoformat()} that these words document it.", who)
        self._paragraph(told)
        self._documented.append((row.number, heading, quotes))

    def _decided_otherwise(self, row: Row) -> bool:
        decided = self.matter.dispositions.of(row.criterion.id)
        return decided is not None and decided.state is not DispositionState.CONFIRMED

    def _heading(self, row: Row) -> Sentence:
        sentence = self._policy(row)
        label = plain(f"Criterion {row.number or 'all'}")
        told = Sentence(Kind.POLICY, f"{label}. {sentence.text}", sentence.supports)
        self.told.blocks.append(Heading(told, 3))
        self.told.results.setdefault(row.criterion.id, row.result)
        citation = self._citation(row)
        for passage in citation.words:
            self.told.blocks.append(Quoted(self._passage(row, citation, passage)))
        if not citation.is_seen:
            self.told.notes.append(
                f"{row.number} {row.criterion.says}: confirm the line in the policy; {words.cite(citation)}"
            )
        elif not citation.settles:
            self.told.notes.append(f"{row.number}: {words.PORTAL_CAVEAT}.")
        return told

    def _policy(self, row: Row) -> Sentence:
        """A criterion in our words, with policy and place."""
        citation = self._citation(row)
        source = citation.source.number or citation.source.title
        says = plain(words.sentence(row.criterion.says))
        where = f"{source}, {citation.at}" if citation.at else source
        support = PolicySupport(self.book.id, self.book.edition, row.criterion.id, citation, says, verbatim=False)
        return Sentence(Kind.POLICY, f"{says} ({plain(where)})", (support,))

    def _passage(self, row: Row, citation: Citation, passage: str) -> Sentence:
        """The policy's own words for a criterion."""
        where = f"{citation.source.number or citation.source.title}, edition {citation.source.edition or 'not stated'}"
        text = f"“{plain(words.plain(passage))}” ({plain(where)})"
        support = PolicySupport(self.book.id, self.book.edition, row.criterion.id, citation, passage, verbatim=True)
        return Sentence(Kind.POLICY, text, (support,))

    def _citation(self, row: Row) -> Citation:
        own = row.criterion.citation
        if own is not None:
            return own
        main = self.book.main_source
        return Citation(main, "", main.read, main.trust)

    def _quotes(self, row: Row, quotes: tuple[Quote, ...], criterion: str = "") -> list[Sentence]:
        """The quotes that say most as blocks of their own; quotes that lie in another are left out."""
        kept = [q for q in dict.fromkeys(quotes) if not any(_inside(q, other) for other in quotes)]
        name = criterion or row.criterion.id
        found = [chart_sentence(self.matter.report.document, quote, name) for quote in _telling(kept)]
        self.told.blocks.extend(Quoted(each) for each in found)
        self.told.shown.setdefault(name, []).extend(found)
        return found

    def _attested(self, row: Row) -> Sentence:
        who = row.criterion.attest_by or "practice"
        support = RecordSupport("attested", row.criterion.id, "request")
        return record(f"The {who} attests this.", support)

    def _by_request(self) -> Sentence:
        request = self.matter.report.request
        codes = ", ".join(request.codes)
        supports = tuple(RecordSupport("code", code, "request") for code in request.codes)
        stage = self.matter.report.stage
        text = f"The request says so: {codes}" + (f", stage {stage}." if stage else ".")
        return record(text, *supports, *([RecordSupport("stage", stage, "request")] if stage else []))

    def _paragraph(self, *sentences: Sentence) -> None:
        self.told.blocks.append(Paragraph(sentences))


def _evidence(result: CriterionResult) -> Iterator[CriterionResult]:
    """The leaves of a waiver that hold, with their quotes."""
    for each in result.walk():
        if each.answer is Answer.MET and each.quotes and not each.children:
            yield each


def _telling(quotes: list[Quote]) -> list[Quote]:
    """As many quotes as a letter takes for one criterion, in their order.

    Where there are more, words with a date or a number go before words without, and longer ones before a heading.
    """
    ranked = sorted(quotes, key=lambda quote: (not any(map(str.isdigit, quote.text)), -len(quote.text)))
    best = ranked[:_MOST_QUOTES]
    return [quote for quote in quotes if quote in best]


def _inside(quote: Quote, other: Quote) -> bool:
    return quote != other and other.start <= quote.start and quote.end <= other.end
