"""A payer's answer in, what it decides out: the one way into the denial reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from praxigen.letters.alignment import align
from praxigen.letters.cells import columns
from praxigen.letters.certification import read_certification
from praxigen.letters.chart_signs import is_chart
from praxigen.letters.cited import cited_policies
from praxigen.letters.claim_response import read_claim_response
from praxigen.letters.coded import codes, remittance_day
from praxigen.letters.decision import board_of, first_kind, outcome_of, payer_id, payer_of, peer_to_peer_of, reviewer_of
from praxigen.letters.fields import (
    day_at,
    day_value,
    diagnoses,
    id_value,
    member_behind,
    member_in_prose,
    references,
    text_value,
)
from praxigen.letters.hints import Hints
from praxigen.letters.questions import missing_from, warnings_of
from praxigen.letters.reasons import adjustments, letter_reasons
from praxigen.letters.remittance import read_remittance
from praxigen.letters.rights import contacts_of, deadlines_of
from praxigen.letters.running import (
    day_of_named_service,
    patient_in_prose,
    provider_in_prose,
    service_in_prose,
    told_day,
)
from praxigen.letters.sender import employees_plan, plan_by_type, plan_of_payer
from praxigen.letters.source import is_claim_response
from praxigen.letters.tables import Phrases, phrases
from praxigen.letters.view import Letter
from praxigen.letters.x12 import is_answer, is_remittance, segments
from praxigen.library import Library
from praxigen.model.denial import Denial, DenialReading, Form, Outcome, Stated, StatedDay
from praxigen.model.document import Document, Quote

_SALUTATION = re.compile(r"(?m)^[ \t]*(?:dear\b|to whom it may concern)", re.IGNORECASE)
_CLOSING = re.compile(r"(?m)^[ \t]*(?:sincerely|respectfully|regards|very truly yours)\b[^\n]*", re.IGNORECASE)
_TIME = re.compile(
    r"[,. ]*(?:(?:at )?\d{1,2}:\d{2}(?::\d{2})?[ ]?(?:[ap]\.?m\.?)?[ ]?(?:[A-Z]{1,2}T)?)?", re.IGNORECASE
)
_TRANSMITTED = re.compile(r"(?:FROM|TO|PAGE|PG\.?|P\.)[: ]")  # what a fax machine prints
_SEAM = re.compile(r"\f|(?m:^[ \t]*[-=_*]{10,}[ \t]*$)")
_CHART = (
    "This is not a denial letter: it reads like a patient's chart, and nothing was read from it. "
    "Give the payer's answer; praxigen check reads charts."
)
_WORDS = re.compile(r"[^\W\d_]+")
_FEW = 25  # words; too few to tell a language by


def read_denials(
    document: Document, library: Library | None = None, hints: Hints | None = None, today: date | None = None
) -> DenialReading:
    """Every decision in a document, with its reasons beside the policy that decides. Quotes are exact spans.

    `today` only serves to doubt dates. Raises UsageError for a payer or code of `hints` that the library does not know.
    """
    library, hints = library or Library.open(), hints or Hints()
    if hints.payer is not None:
        hints = replace(hints, payer=library.payer(hints.payer).id)
    found = tuple(_read(document, library))
    settled = []
    for denial in found:
        denial = replace(denial, payer_id=denial.payer_id or payer_id(denial.payer, library))
        denial = align(denial, document, library, hints)
        denial = replace(denial, missing=missing_from(denial), warnings=(*denial.warnings, *warnings_of(denial, today)))
        for quote in quotes_of(denial):
            document.prove(quote)
        settled.append(denial)
    return DenialReading(document, tuple(settled), tuple(_warnings(document, settled)))


def quotes_of(value: object) -> Iterator[Quote]:
    """Every quote of the document inside a value; passages of policies are none."""
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from quotes_of(each)
    elif type(value).__module__ == Denial.__module__ and hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if name not in ("guideline", "criteria"):
                yield from quotes_of(getattr(value, name))


def _read(document: Document, library: Library) -> Iterator[Denial]:
    if is_claim_response(document.text.encode("utf-8", "surrogatepass")):
        yield from read_claim_response(document)
        return
    found = segments(document)
    if is_remittance(found):
        yield from read_remittance(document, found)
    elif is_answer(found):
        yield from read_certification(document, found)
    else:
        for start, end in _letters(document):
            yield _letter(Letter(document, start, end, phrases()), library)


def _letters(document: Document) -> Iterator[tuple[int, int]]:
    """Where each letter of a document begins and ends: files of a chart, or letters one after the other."""
    whole = (
        [(file.start, file.end) for file in document.files] if len(document.files) > 1 else [(0, len(document.text))]
    )
    for start, end in whole:
        greetings = [match.start() for match in _SALUTATION.finditer(document.text, start, end)]
        seams: list[int] = []
        for before, after in pairwise(greetings):
            closing = _CLOSING.search(document.text, before, after)
            marks = [
                match.end() for match in _SEAM.finditer(document.text, closing.end() if closing else before, after)
            ]
            if closing is None and not marks:
                continue  # a letter that greets twice
            seams.append(marks[0] if marks else closing.end() if closing else after)
        bounds = [start, *seams, end]
        yield from pairwise(bounds)


def _letter(letter: Letter, library: Library) -> Denial:
    language = _language(letter.text[letter.start :], letter.phrases)
    if language != "English":
        warning = (
            f"The letter seems to be in {language}. Only English is read: have it translated, or ask for it in English."
        )
        return Denial(letter.document.name, Form.LETTER, Outcome.UNCLEAR, letter.start, letter.end, warnings=(warning,))
    if is_chart(letter):
        return Denial(letter.document.name, Form.LETTER, Outcome.UNCLEAR, letter.start, letter.end, warnings=(_CHART,))
    named = codes(letter)
    outcome, outcome_quote = outcome_of(letter, named)
    if outcome is Outcome.UNCLEAR and (adjusted := adjustments(letter)):
        outcome, outcome_quote = Outcome.DENIED, adjusted[0].quote
    if outcome is Outcome.DENIED and {Outcome.APPROVED, Outcome.DENIED} <= {code.outcome for code in named}:
        outcome = Outcome.DENIED_IN_PART
    patient = text_value(letter, "patient") or patient_in_prose(letter)
    payer, known_payer, administrator = payer_of(letter, library)
    plan, plan_quote = first_kind(letter, letter.phrases.plans)
    if plan == "workers_comp":
        known_payer = known_payer or board_of(letter, library)
    funding, funding_quote = first_kind(letter, letter.phrases.funding)
    policies = cited_policies(letter, library)
    provider = text_value(letter, "provider") or provider_in_prose(letter, patient)
    reasons = letter_reasons(letter, outcome, cites=bool(policies))
    return Denial(
        document=letter.document.name,
        form=Form.LETTER,
        outcome=outcome,
        start=letter.start,
        end=letter.end,
        outcome_quote=outcome_quote,
        payer=payer,
        payer_id=known_payer,
        administrator=administrator,
        plan=plan,
        plan_quote=plan_quote,
        plan_name=_plan_name(letter, payer),
        funding=funding,
        funding_quote=funding_quote,
        patient=patient,
        birth=day_value(letter, "birth"),
        member_id=id_value(letter, "member_id") or member_behind(letter) or member_in_prose(letter),
        group_number=id_value(letter, "group_number"),
        provider=provider,
        references=references(letter),
        service=text_value(letter, "service") or service_in_prose(letter),
        codes=named,
        diagnoses=diagnoses(letter),
        date_of_service=day_value(letter, "date_of_service")
        or remittance_day(letter)
        or told_day(letter, "date_of_service")
        or day_of_named_service(letter),
        request_date=day_value(letter, "request_date") or told_day(letter, "request_date"),
        decision_date=day_value(letter, "decision_date") or told_day(letter, "decision_date") or _head_day(letter),
        policies=policies,
        reasons=reasons,
        peer_to_peer=peer_to_peer_of(letter),
        reviewer=reviewer_of(letter, provider.value if provider else ""),
        deadlines=deadlines_of(letter, pended=outcome is Outcome.PENDED),
        contacts=contacts_of(letter, pended=outcome is Outcome.PENDED),
    )


def _plan_name(letter: Letter, payer: Stated | None) -> Stated | None:
    """The name of the plan, where it says more than the name of the payer."""
    named = text_value(letter, "plan_name") or plan_by_type(letter) or employees_plan(letter) or plan_of_payer(letter)
    return None if named is None or (payer is not None and named.value == payer.value) else named


def _head_day(letter: Letter) -> StatedDay | None:
    """A day that stands alone in a column of the head, perhaps with a time."""
    greeting = _SALUTATION.search(letter.text, letter.start)
    stop = greeting.start() if greeting else min(letter.end, letter.start + 1500)
    for line in columns(letter):
        if any(_TRANSMITTED.match(column.text) for column in line):
            continue
        for column in line:
            if column.start >= stop:
                return None
            found = day_at(letter, column.start, column.end)
            if found is not None and found.last is None and _TIME.fullmatch(letter.text, found.quote.end, column.end):
                return found
    return None


def _language(text: str, table: Phrases) -> str:
    """The language whose commonest words stand most often; English where there are too few words to tell."""
    counted = Counter(word.lower() for word in _WORDS.findall(text))
    if sum(counted.values()) < _FEW:
        return "English"
    scores = {name: sum(counted[word] for word in words) for name, words in table.languages.items()}
    best = max(scores, key=lambda name: (scores[name], name == "English", name))
    return best if scores[best] > scores["English"] else "English"


def _warnings(document: Document, found: list[Denial]) -> Iterator[str]:
    yield from document.warnings
    if len(found) > 1:
        yield f"The document holds {len(found)} answers: each is read by itself. Answer each by itself."
    if len({denial.patient.value.lower() for denial in found if denial.patient}) > 1:
        yield "The answers are about different people: take them apart before anything is sent."
