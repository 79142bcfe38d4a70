"""Puts a letter together: the template's steps, filled with what the matter holds and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from praxigen.exports.proof import prove as prove_report
from praxigen.letters.composing import reasons, subject
from praxigen.letters.composing.criteria import Told, chart_sentence, policy_sentence, tell_criteria
from praxigen.letters.composing.letter import (
    Block,
    Field,
    Heading,
    Items,
    Letter,
    LetterKind,
    Lines,
    Paragraph,
    Quoted,
    Table,
)
from praxigen.letters.composing.matter import FIELDS, Matter
from praxigen.letters.composing.proof import prove
from praxigen.letters.composing.sentence import Kind, LawSupport, RecordSupport, Sentence, form, gap, plain, record
from praxigen.letters.composing.template import COMPUTED, FIELD, Step, Template, read_template
from praxigen.model.document import Quote

_APPEALS = (LetterKind.LEVEL_1, LetterKind.LEVEL_2, LetterKind.EXPEDITED, LetterKind.EXTERNAL)


def compose(matter: Matter, kind: LetterKind, templates: Sequence[Path] | Template = ()) -> Letter:
    """The letter of a kind about a matter, every factual sentence proven against its source.

    `templates` are folders with the practice's own templates, or the template itself.
    Raises UsageError where a policy would be cited that was not in force on the date of service.
    """
    matter.refuse_newer_policy()
    prove_report(matter.report)
    template = templates if isinstance(templates, Template) else read_template(kind, templates, tuple(FIELDS))
    letter = _Composer(matter, template).letter()
    prove(letter, matter)
    return letter


class _Composer:
    """One letter in the making."""

    def __init__(self, matter: Matter, template: Template) -> None:
        self._matter = matter
        self._template = template
        self._told: Told = tell_criteria(matter)
        self._answered = template.kind is not LetterKind.REQUEST
        self._argues = any(step.part == "criteria" for step in template.steps)
        self._parts: Mapping[str, Callable[[], Iterator[Block]]] = {
            "date": self._date,
            "recipient": self._recipient,
            "subject": self._subject,
            "reasons": lambda: reasons.tell_reasons(matter, self._told, argues=self._argues),
            "criteria": lambda: iter(self._told.blocks),
            "unpublic": self._unpublic,
            "policy": self._policy,
            "reviewer": self._reviewer,
            "deadline": self._deadline,
            "late": self._late,
            "ask": self._ask,
            "questions": self._questions,
            "documents": self._documents,
            "enclosures": self._enclosures,
            "signature": self._signature,
        }

    def letter(self) -> Letter:
        """The whole letter."""
        blocks = _without_empty_sections(
            [block for step in self._template.steps if self._holds(step) for block in self._step(step)]
        )
        return Letter(
            kind=self._template.kind,
            title=self._template.title,
            head=self._head(),
            blocks=tuple(blocks),
            criteria=tuple(self._told.results) if self._argues else (),
            notes=tuple(dict.fromkeys((*self._matter.notes, *self._notes(), *self._told.notes))),
        )

    def _notes(self) -> Iterator[str]:
        yield from self._matter.report.warnings
        yield from (warning.says for warning in self._matter.report.chart)
        yield from subject.diagnosis_notes(self._matter)
        day, written = self._matter.report.request.date, self._matter.written_on
        if day is not None and written is not None and written > day and self._template.kind is not LetterKind.RETRO:
            yield (
                f"The date of service {day.isoformat()} lies before the letter. If the service was put off, give its "
                "new day with --date-of-service; if it was given, say so."
            )
        if self._told.open and self._template.kind in (*_APPEALS, LetterKind.REQUEST):
            yield "Criteria are open or not met. Answer the questions in brackets first, or expect the same answer."

    def _holds(self, step: Step) -> bool:
        holds = {
            "late": self._matter.late,
            "reasons": bool(self._matter.reasons),
            "criteria": any(True for _ in self._matter.guidelines()),
            "no-criteria": bool(self._matter.unpublic),
        }
        return holds.get(step.when, True)

    def _step(self, step: Step) -> Iterator[Block]:
        if step.heading:
            yield Heading(form(step.heading))
        elif step.say:
            yield Paragraph(tuple(self._fill(text) for text in step.say))
        else:
            yield from self._parts[step.part]()

    def _fill(self, text: str) -> Sentence:
        """A sentence of the template with its fields: a record where all are known, else a placeholder."""
        names = FIELD.findall(text)
        if not names:
            return form(text)
        known = {name: self._known(name) for name in names}
        shown = {name: found[0].value if found else f"[{FIELDS.get(name, name)}]" for name, found in known.items()}
        for name, found in known.items():
            if len(found) > 1:
                shown[name] = ", ".join(each.value for each in found)
        filled = plain(FIELD.sub(lambda match: shown[match[1]], text))
        supports = tuple(each for found in known.values() for each in found)
        return Sentence(Kind.RECORD if all(known.values()) else Kind.GAP, filled, supports)

    def _known(self, name: str) -> tuple[RecordSupport, ...]:
        request = self._matter.report.request
        if name not in COMPUTED:
            found = self._matter.value(name)
            return (found,) if found else ()
        if name == "payer":
            return (RecordSupport("payer", self._matter.payer_name, "library"),)
        if name == "plan":
            return (RecordSupport("plan", request.plan.replace("_", " "), "request"),)
        if name == "codes":
            return tuple(RecordSupport("code", code, "request") for code in request.codes)
        if name == "date_of_service":
            return (RecordSupport(name, request.date.isoformat(), "request"),) if request.date else ()
        books = [book.main_source.number or book.main_source.title for book in self._matter.guidelines()]
        return tuple(RecordSupport("policy", book, "library") for book in books)

    def _head(self) -> tuple[Sentence, ...]:
        practice = self._matter.practice
        if not practice.name:
            return (gap("letterhead of the practice: name, address, telephone, fax, NPI"),)
        told = [("name", practice.name, ""), *(("address", line, "") for line in practice.address)]
        told += [("phone", practice.phone, "Telephone "), ("fax", practice.fax, "Fax ")]
        told += [("npi", practice.npi, "NPI "), ("tax_id", practice.tax_id, "Tax ID ")]
        return tuple(
            record(plain(label + text), RecordSupport(field, text, "practice")) for field, text, label in told if text
        )

    def _date(self) -> Iterator[Block]:
        day = self._matter.written_on
        yield Lines((_day("written_on", day.isoformat(), "person") if day else gap("date of the letter"),))

    def _recipient(self) -> Iterator[Block]:
        matter = self._matter
        payer = record(matter.payer_name, RecordSupport("payer", matter.payer_name, "library"))
        fax = matter.value("fax")
        lines = [payer, subject.value(matter, "recipient")]
        yield Lines((*lines, *([record(plain(f"Fax {fax.value}"), fax)] if fax else [])))

    def _subject(self) -> Iterator[Block]:
        table = subject.subject_table(self._matter, answered=self._answered)
        policies = tuple(Field("Policy", policy_sentence(book, "{}")) for book in self._matter.guidelines())
        yield Table((*table.fields, *policies))

    def _policy(self) -> Iterator[Block]:
        books = tuple(policy_sentence(book) for book in self._matter.guidelines())
        yield Paragraph(books or (gap("the policy that decides: ask the payer for its criteria in writing"),))

    def _unpublic(self) -> Iterator[Block]:
        """Where no criteria are known: it is said, they are asked for, and the clinician's own reason stands."""
        payer = RecordSupport("payer", self._matter.payer_name, "library")
        for each in self._matter.unpublic:
            codes = tuple(RecordSupport("code", code, "request") for code in each.codes)
            listed = ", ".join(each.codes)
            known = record(
                f"We know of no public criteria of {plain(self._matter.payer_name)} for {listed}.", payer, *codes
            )
            yield Paragraph((known, form(self._ask_for_criteria())))
        yield Paragraph((subject.value(self._matter, "clinical_need"),))

    def _ask_for_criteria(self) -> str:
        if self._template.kind is LetterKind.EXTERNAL:
            return "Please obtain from the payer the policy with its number and edition, and each criterion in full."
        used = "used for this decision" if self._answered else "will use"
        return f"Please send us the policy with its number and edition, and in full each criterion that you {used}."

    def _reviewer(self) -> Iterator[Block]:
        if self._matter.reviewers:
            yield Paragraph(tuple(map(law_sentence, self._matter.reviewers)))

    def _deadline(self) -> Iterator[Block]:
        due = self._matter.due
        told: list[Sentence] = []
        if due.law is not None and due.rule is not None:
            told.append(law_sentence(due.law))
            told.append(_day("last_day", due.rule.isoformat(), "law", "The last day by that rule is {}."))
        if due.letter_words is not None:
            assert self._matter.answer is not None  # noqa: S101  its words are a quote of it
            told.append(reasons.denial_sentence(self._matter, due.letter_words.quote))
        if due.letter is not None:
            told.append(_day("last_day", due.letter.isoformat(), "denial", "The last day by your letter is {}."))
        if told:
            yield Paragraph(tuple(told))

    def _late(self) -> Iterator[Block]:
        matter = self._matter
        if not matter.late or matter.written_on is None or matter.due.day is None:
            return
        days = (
            RecordSupport("written_on", matter.written_on.isoformat(), "person"),
            RecordSupport("last_day", matter.due.day.isoformat(), "law"),
        )
        text = f"This letter is late: it is written on {days[0].value}, and the last day was {days[1].value}."
        why = subject.value(matter, "late_because")
        yield Paragraph((record(text, *days), form("We ask you to accept it for good cause:"), why))

    def _ask(self) -> Iterator[Block]:
        yield Paragraph((self._fill(self._template.ask),))
        if self._template.kind in _APPEALS and self._template.kind is not LetterKind.EXTERNAL:
            if self._matter.same_specialty:
                text = "If you do not, we ask for a peer-to-peer conversation with a physician of the same specialty."
            else:
                text = "If you do not, we ask for a peer-to-peer conversation before you decide."
            yield Paragraph((form(text),))

    def _questions(self) -> Iterator[Block]:
        gaps = self._matter.report.gaps
        if gaps:
            yield Items(tuple((gap(each.ask),) for each in gaps), numbered=True)

    def _documents(self) -> Iterator[Block]:
        """What the payer asks for, and the chart's words that answer it; what the chart lacks is asked for."""
        open_ones = {each.criterion.id for each in self._matter.report.gaps}
        for name, result in self._told.results.items():
            shown = self._told.shown.get(name, ())
            if shown and name not in open_ones:
                yield Paragraph((form(f"On: {plain(result.criterion.says)}"),))
                yield from (Quoted(each) for each in shown)
        yield from self._questions()

    def _enclosures(self) -> Iterator[Block]:
        document = self._matter.report.document
        used: dict[str, set[int]] = {}
        for quote in used_quotes(self._told):
            found = document.place(quote.start)
            used.setdefault(found.file or document.name, set()).update([found.page] if found.page else [])
        items: list[tuple[Sentence, ...]] = []
        if self._matter.answer is not None and self._matter.answer.name != BY_HAND:
            name = self._matter.answer.name
            items.append((record(plain(f"Your answer: {name}"), RecordSupport("enclosure", name, "denial")),))
        for name, pages in used.items():
            listed = f", pages {', '.join(map(str, sorted(pages)))}" if pages else ""
            items.append((record(plain(f"{name}{listed}"), RecordSupport("enclosure", name, "chart")),))
        if not items:
            known = any(True for _ in self._matter.guidelines())
            shown = (
                "document the criteria; the chart given shows none of them" if known else "show what this letter says"
            )
            items.append((gap(f"Enclose the records that {shown}"),))
        yield Items(tuple(items), numbered=True)

    def _signature(self) -> Iterator[Block]:
        practice = self._matter.practice
        name = (
            record(practice.signer, RecordSupport("signer", practice.signer, "practice"))
            if practice.signer
            else gap("name of the person who signs")
        )
        told = [form("Sincerely,"), form("Signature: ______________________________"), name]
        for field, text in (("signer_title", practice.signer_title), ("contact", practice.contact)):
            if text:
                told.append(record(text, RecordSupport(field, text, "practice")))
        yield Lines(tuple(told))


# The name of a reason that a person typed: there is no letter to enclose.
BY_HAND = "reason as given"


def _without_empty_sections(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without headings under which nothing stands."""
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        empty = following is None or (isinstance(following, Heading) and following.level == 2)
        if not (isinstance(block, Heading) and block.level == 2 and empty):
            yield block


def law_sentence(support: LawSupport) -> Sentence:
    """A rule in our words with its citation."""
    return Sentence(Kind.LAW, plain(f"{support.words.rstrip('.')} ({support.citation})."), (support,))


def used_quotes(told: Told) -> Iterator[Quote]:
    """The chart's words that a letter repeats."""
    for sentences in told.shown.values():
        for each in sentences:
            yield from (support.quote for support in each.supports if hasattr(support, "quote") and support.quote)


def _day(field: str, text: str, origin: str, frame: str = "{}") -> Sentence:
    return record(frame.format(text), RecordSupport(field, text, origin))


__all__ = ["BY_HAND", "chart_sentence", "compose", "law_sentence", "used_quotes"]
