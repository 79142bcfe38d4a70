"""The clocks of a case: what was sent and answered on which day becomes events, and the law counts from them.

Nothing is guessed: where it is not known whose law reaches the plan there is no day, and the question stands instead.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from praxigen.errors import UsageError
from praxigen.law import Case as LawCase
from praxigen.law import Deadline as LawDeadline
from praxigen.law import Event, Kind, Law, Regime, State, answer, which_law
from praxigen.law.count import Told as LawTold
from praxigen.law.count import printed
from praxigen.model.denial import Outcome
from praxigen.web.cases.models import Case, Deadline, Decision, Submission, SubmissionKind, Urgency, Way

DENIALS = (Outcome.DENIED.value, Outcome.DENIED_IN_PART.value, Outcome.UPHELD.value)
APPROVALS = (Outcome.APPROVED.value, Outcome.OVERTURNED.value, Outcome.NOT_REQUIRED.value)
_OFFERED = {
    "portal": ("standard_electronic_portal", "standard"),
    "mail": ("standard_paper", "standard"),
    "fax": ("standard_paper", "standard"),
}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What the law says of a case: its deadlines, what must be asked first, and what to mind."""

    deadlines: tuple[LawDeadline, ...] = ()
    questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    law: str = ""


@dataclass(slots=True)
class _Round:
    """A request and what followed it; a second request or appeal begins another."""

    events: dict[str, date]
    letter: date | None = None
    urgency: tuple[str, ...] = ()


def today() -> date:
    """The day on which it is now where the practice is (PRAXIGEN_TIME_ZONE), whatever the machine's own zone.

    An addendum that is signed in the evening is of that day, and a deadline is not over before the day is.
    """
    return day_of(timezone.now())


def day_of(moment: datetime) -> date:
    """The day of a moment where the practice is."""
    return timezone.localdate(moment)


def reckon(case: Case, day: date) -> Reckoning:
    """Every deadline of a case as it stands on a day."""
    asked = LawCase(plan=case.plan, funding=case.funding or None, state=case.state or None, payer=case.payer,
                    time_zone=settings.TIME_ZONE)  # fmt: skip
    law = Law.open()
    try:
        finding = which_law(asked, law)
    except UsageError as error:
        return Reckoning(questions=(f"{error.message}. {error.hint}",))
    if finding.regime is None:
        # Whose law holds is not known, but what the payer's own letter prints is.
        letters = [
            row
            for each in _rounds(case)
            if each.letter is not None and not {"appeal_filed", "external_review_filed"} & set(each.events)
            for row in _only_the_letter(each.letter, day)
        ]
        return Reckoning(tuple(letters), finding.questions, finding.notes)
    found: list[LawDeadline] = []
    questions: list[str] = []
    notes: list[str] = []
    for each in _rounds(case):
        told = replace(
            asked,
            events=tuple(Event(name, on) for name, on in each.events.items() if _matters(name, finding.regime, law)),
            letter_deadline=each.letter,
            urgency=_urgency(each, finding.regime),
        )
        try:
            answered = answer(told, law, day)
        except UsageError as error:
            questions.append(f"{error.message}. {error.hint}")
            continue
        found += answered.deadlines
        questions += answered.questions
        notes += answered.notes
    return Reckoning(tuple(found), tuple(dict.fromkeys(questions)), tuple(dict.fromkeys(notes)), finding.regime.title)


def refresh(case: Case, day: date | None = None) -> Reckoning:
    """Store the deadlines of a case anew, in the caller's transaction; what a person set or marked done stays.

    Sets `case.next_deadline`; the caller saves the case.
    """
    day = day or today()
    found = reckon(case, day)
    kept = {(row.rule, row.started): row for row in Deadline.of(case.practice_id).filter(case=case).exclude(rule="")}
    for each in found.deadlines:
        if each.due is None:
            continue
        row = kept.pop((each.id, each.started), None)
        row = row or Deadline(practice_id=case.practice_id, case=case, rule=each.id, started=each.started)
        _fill(row, each)
        row.save()
    for row in kept.values():
        if row.done_on is None:
            row.delete()
    case.next_deadline = next_day(case)
    return found


def next_day(case: Case) -> date | None:
    """The day of the first deadline that is still open."""
    rows = Deadline.of(case.practice_id).filter(case=case, done_on=None)
    return rows.order_by("due").values_list("due", flat=True).first()


def _only_the_letter(letter: date, day: date) -> Iterator[LawDeadline]:
    """The day that a letter prints, as the law module tells it where no law is known."""
    yield printed(letter, LawTold({}, ZoneInfo(settings.TIME_ZONE), None, day))


def _fill(row: Deadline, each: LawDeadline) -> None:
    assert each.due is not None  # noqa: S101  the caller looked
    head = f"{each.says}, if {each.condition}" if each.state is State.DEPENDS else each.says
    row.what = textwrap.shorten(head, 200, placeholder=" …")
    row.due = each.due.date()
    row.source = textwrap.shorten(each.law, 300, placeholder=" …")
    row.whose = "payer" if each.kind is Kind.DECIDE else "practice"
    row.done_on = each.done or row.done_on
    row.details = {
        "at": _moment(each.due) if each.exact else "",
        "by_rule": each.rule_day.isoformat() if each.rule_day else "",
        "by_letter": each.letter_due.isoformat() if each.letter_due else "",
        "latest": each.latest.date().isoformat() if each.latest else "",
        "counted": each.counted,
        "start": each.start,
        "who": each.actor,
        "if_missed": each.consequence,
        "if_missed_law": each.consequence_law,
        "known": each.confidence,
        "warnings": list(each.warnings),
    }


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M %Z}"


def _rounds(case: Case) -> list[_Round]:
    """Submissions and confirmed decisions in the order of their days, in rounds that name each event once."""
    rows: list[tuple[date, int, Submission | Decision]] = []
    rows += [(each.sent_on, 0, each) for each in Submission.of(case.practice_id).filter(case=case)]
    decided = Decision.of(case.practice_id).filter(case=case, confirmed=True)
    rows += [(on, 1, each) for each in decided if (on := each.received_on or each.dated) is not None]
    rounds: list[_Round] = []
    for _, _, row in sorted(rows, key=lambda entry: (entry[0], entry[1], entry[2].created_at)):
        events = dict(_sent(row) if isinstance(row, Submission) else _decided(row))
        new = isinstance(row, Submission) and row.kind == SubmissionKind.REQUEST
        if new or not rounds or set(events) & set(rounds[-1].events):
            rounds.append(_Round({}))
        last = rounds[-1]
        if "information_supplied" in events and "information_requested" not in last.events:
            del events["information_supplied"]  # it ends no waiting that anybody noted
        last.events |= events
        if isinstance(row, Decision):
            last.letter = row.letter_deadline or last.letter
        elif not last.urgency or row.kind != SubmissionKind.INFORMATION:
            last.urgency = _words(row)
    return rounds


def _sent(row: Submission) -> Iterator[tuple[str, date]]:
    """What a submission makes happen. Receipt is an event only where the practice knows the day."""
    got = row.received_on
    if row.kind == SubmissionKind.REQUEST:
        yield "request_made", row.sent_on
        if got is not None:
            yield "request_received", got
            yield "claim_received", got
            if row.way == Way.PORTAL:
                yield "request_received_in_portal", got
    elif row.kind == SubmissionKind.INFORMATION:
        yield "information_supplied", got or row.sent_on
        if got is not None:
            yield "information_received", got
            yield "all_information_received", got
    elif row.kind == SubmissionKind.APPEAL:
        yield "appeal_filed", row.sent_on
        if got is not None:
            yield "appeal_received", got
    else:
        yield "external_review_filed", row.sent_on
        if got is not None:
            yield "external_review_request_received", got


def _decided(row: Decision) -> Iterator[tuple[str, date]]:
    """What a decision of the payer makes happen."""
    came = row.received_on
    day = row.dated or came
    assert day is not None  # noqa: S101  the caller looked
    if row.outcome == Outcome.UPHELD:
        yield "appeal_decided", day
        if came is not None:
            yield "redetermination_received", came
            if row.last_level:
                yield "final_denial_received", came
        yield "resolution_notice_date", day
    elif row.outcome in DENIALS:
        if came is not None:
            yield ("final_denial_received" if row.last_level else "denial_received"), came
        if row.dated is not None:
            yield "notice_date", row.dated
    elif row.outcome == Outcome.OVERTURNED:
        yield "appeal_decided", day
    elif row.outcome in APPROVALS:
        yield "decision_made", day
        yield "affirmation_date", day
        if came is not None:
            yield "authorization_received", came
    elif row.outcome == Outcome.PENDED and came is not None:
        yield "information_requested", came


def _words(row: Submission) -> tuple[str, ...]:
    """The urgencies that a submission may have had, most exact first."""
    if row.urgency == Urgency.EXPEDITED:
        return ("expedited",)
    return _OFFERED.get(row.way, ("standard",))


def _urgency(each: _Round, regime: Regime) -> str | None:
    """The first of the words that a clock of this law knows; what all of them understand otherwise."""
    known = {clock.urgency for clock in regime.clocks}
    if not each.urgency:
        return None
    return next((word for word in each.urgency if word in known), each.urgency[-1])


def _matters(name: str, regime: Regime, law: Law) -> bool:
    """Whether an event starts, stops or ends a clock of this law; others would only be remarked on."""
    if name in {"information_requested", "information_supplied"}:
        return any(clock.tolled for clock in regime.clocks)
    if name == "information_received":
        return any(clock.starts == name for clock in regime.clocks)
    started = {clock.starts for clock in regime.clocks}
    ended = {event for clock in regime.clocks for event in law.terms.stages[clock.stage].ended_by}
    return name in started | ended
