"""One clock and the events of a case in, one deadline out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from praxigen.law.calendar import HOLIDAYS_SAY, STATE_HOLIDAYS_SAY, add, business_day_before, closed, end_of_day, later
from praxigen.law.case import Event
from praxigen.law.clock import Clock, Extension, Unit
from praxigen.law.deadline import Deadline, Kind, State
from praxigen.law.plans import Regime
from praxigen.law.terms import Stage, Terms

_EXTENSIONS = {
    "good_cause": "More time may be given for good cause: give the reason for a delay with the request.",
    "see_incomplete": "If information is missing, the plan may ask for it and decide later.",
    "plan_may_give_more": "The plan document may give more time, never less.",
    "exceptions": "The law names exceptions.",
}
_LEVELS = "Where the plan has two levels of appeal, each of them has {} instead."


@dataclass(frozen=True, slots=True)
class Told:
    """What a case tells, in its time zone."""

    events: dict[str, Event]
    zone: ZoneInfo
    letter: date | None
    today: date | None
    depends: bool = False


def count(clock: Clock, start: Event, told: Told, regime: Regime, terms: Terms) -> Deadline:
    """The deadline of a clock that an event started."""
    stage = terms.stages[clock.stage]
    rule: datetime | None = add(clock.within, start.day, start.at, told.zone)
    warnings = [clock.note] if clock.note else []
    warnings.extend([f"To verify before it is cited: {clock.verify}"] if clock.verify else [])
    if clock.within.unit is Unit.HOURS and start.at is None:
        warnings.append("No time was told: the hours are counted from the end of that day, so the true end is earlier.")
    if clock.within.unit is Unit.BUSINESS_DAYS:
        warnings.append(HOLIDAYS_SAY)
        warnings.extend([STATE_HOLIDAYS_SAY.format(clock.state)] if clock.state else [])
    warnings.extend(_extension_says(clock.extension))
    pause, standing = _pause(clock, rule, start, told)
    latest: datetime | None = None
    if standing is not None:
        warnings.append(
            f"The clock stands still since {standing.day.isoformat()}, when information was asked for; tell the day of "
            "information_supplied to count on."
        )
        rule = None
    elif rule is not None:
        rule = later(rule, pause)
        if pause:
            warnings.append(f"{pause} days are added in which the plan waited for information.")
        rule, latest = _more_time(clock, rule, told, warnings)
    letter = told.letter if stage.kind is Kind.FILE else None
    due = rule if letter is None else _earlier(rule, end_of_day(letter, told.zone))
    if letter is not None and rule is not None:
        warnings.append(_compare(letter, rule.date()))
    done = _done(stage, start, told)
    if stage.kind is Kind.FILE and due is not None and done is None:
        warnings.extend(closing(due.date()))
    consequence = regime.consequence(clock)
    return Deadline(
        id=clock.id,
        says=stage.says,
        kind=stage.kind,
        stage=clock.stage,
        step=stage.step,
        actor=terms.actors[clock.actor],
        condition="" if clock.urgency == "any" else terms.urgencies[clock.urgency],
        start=terms.events[clock.starts],
        started=start.day,
        due=due,
        rule_due=rule,
        letter_due=letter,
        latest=latest,
        state=_state(stage, due, latest, done, told),
        counted=_counted(clock, start, told.zone),
        consequence=consequence.says if consequence else "",
        consequence_law=consequence.law if consequence else "",
        law=clock.law,
        citation=clock.citation,
        effective=clock.effective,
        confidence=clock.confidence.value,
        retrieved_on=clock.citation.source.retrieved,
        done=done.day if done else None,
        exact=clock.within.unit is Unit.HOURS,
        verify=clock.verify,
        warnings=tuple(warnings),
    )


def information(clock: Clock, asked: Event, told: Told, parent: Deadline, terms: Terms) -> Deadline | None:
    """Until when the claimant may supply what the plan asked for, where the law gives a least time."""
    if clock.answer_within is None:
        return None
    stage = terms.stages["information"]
    due = add(clock.answer_within, asked.day, asked.at, told.zone)
    done = _done(stage, asked, told)
    return Deadline(
        id=f"{clock.id}-information",
        says=stage.says,
        kind=stage.kind,
        stage=stage.id,
        step=stage.step,
        actor=terms.actors["claimant"],
        condition=parent.condition,
        start=terms.events["information_requested"],
        started=asked.day,
        due=due,
        rule_due=due,
        letter_due=None,
        latest=None,
        state=_state(stage, due, None, done, told),
        counted=f"at least {clock.answer_within} after {asked.day.isoformat()}; the plan's letter may give more",
        consequence="The plan may decide on what it has.",
        consequence_law="",
        law=clock.law,
        citation=clock.citation,
        effective=clock.effective,
        confidence=clock.confidence.value,
        retrieved_on=clock.citation.source.retrieved,
        done=done.day if done else None,
        warnings=() if done else tuple(closing(due.date())),
    )


def printed(letter: date, told: Told) -> Deadline:
    """The date that a letter prints, where the library has no verified clock to compare it with."""
    due = end_of_day(letter, told.zone)
    return Deadline(
        id="letter",
        says="File by the date that the letter prints",
        kind=Kind.FILE,
        stage="letter",
        step="letter",
        actor="you",
        condition="",
        start="the letter",
        started=letter,
        due=due,
        rule_due=None,
        letter_due=letter,
        latest=None,
        state=State.OPEN if told.today is None or told.today <= letter else State.PASSED,
        counted="as the letter prints it",
        consequence="",
        consequence_law="",
        law="",
        citation=None,
        effective=None,
        confidence="",
        retrieved_on=None,
        warnings=("The library has no verified clock to compare it with.", *closing(letter)),
    )


def closing(day: date) -> list[str]:
    """A warning where nobody may take a filing on its last day. The deadline itself is never moved."""
    why = closed(day)
    if not why:
        return []
    before = business_day_before(day)
    return [f"The last day is {why}: file by {before:%A}, {before.isoformat()}. The deadline is not moved for it."]


def _pause(clock: Clock, rule: datetime | None, start: Event, told: Told) -> tuple[int, Event | None]:
    """The days for which the clock stood still, or the event since which it does."""
    asked = told.events.get("information_requested")
    if not clock.tolled or asked is None or rule is None or not start.day <= asked.day <= rule.date():
        return 0, None
    supplied = told.events.get("information_supplied")
    return (0, asked) if supplied is None else ((supplied.day - asked.day).days, None)


def _more_time(clock: Clock, rule: datetime, told: Told, warnings: list[str]) -> tuple[datetime, datetime | None]:
    """The end of the clock with the more time that was taken, or the end that it could still be given."""
    if clock.extension is None or clock.extension.by is None:
        return rule, None
    by = clock.extension.by
    more = later(rule, by.number)
    taken = told.events.get("extension_taken")
    if taken is None:
        warnings.append(f"It may be extended by up to {by} by a notice: to {more:%Y-%m-%d} at the latest.")
        return rule, more
    if taken.day > rule.date():
        warnings.append(f"The notice of more time of {taken.day.isoformat()} came after the day had passed.")
        return rule, None
    warnings.append(f"Extended by {by}: without the notice it was {rule:%Y-%m-%d}.")
    return more, None


def _extension_says(extension: Extension | None) -> list[str]:
    if extension is None:
        return []
    if extension.each is not None:
        return [_LEVELS.format(extension.each)]
    return [_EXTENSIONS[extension.kind]] if extension.kind in _EXTENSIONS else []


def _earlier(rule: datetime | None, letter: datetime) -> datetime:
    return letter if rule is None else min(rule, letter)


def _compare(letter: date, rule: date) -> str:
    if letter == rule:
        return f"The letter prints the same day, {letter.isoformat()}."
    if letter < rule:
        return (
            f"The letter prints {letter.isoformat()}, the law gives {rule.isoformat()}: keep the earlier, and ask why."
        )
    return f"The letter prints {letter.isoformat()}, later than the law's {rule.isoformat()}: keep the earlier."


def _done(stage: Stage, start: Event, told: Told) -> Event | None:
    """The first event that ends the step, at or after its beginning."""
    ends = [told.events[name] for name in stage.ended_by if name in told.events]
    return min((end for end in ends if end.day >= start.day), key=lambda end: end.day, default=None)


def _state(stage: Stage, due: datetime | None, latest: datetime | None, done: Event | None, told: Told) -> State:
    if told.depends:
        return State.DEPENDS
    if due is None:
        return State.KEPT if done else State.STOPPED
    if done is not None:
        # Of a step that ended on a day without a time, the beginning of that day counts: in doubt, in time.
        ended = done.at or datetime.combine(done.day, time.min, told.zone)
        if ended <= due + timedelta(seconds=59):
            return State.KEPT
        return State.MAY_BE_EXTENDED if latest is not None and ended <= latest else State.LATE
    if stage.kind is Kind.PERIOD or told.today is None or told.today <= due.date():
        return State.PASSED if _over(due, told.today) else State.OPEN
    return State.MAY_BE_EXTENDED if latest is not None and told.today <= latest.date() else State.PASSED


def _over(due: datetime, today: date | None) -> bool:
    return today is not None and today > due.date()


def _counted(clock: Clock, start: Event, zone: ZoneInfo) -> str:
    begun = start.day.isoformat() if start.at is None else f"{start.at:%Y-%m-%d %H:%M}"
    how = f"{clock.within} after {begun}"
    if clock.within.unit is Unit.HOURS:
        return f"{how}, time zone {zone.key}"
    return f"{how}; the last day ends at 23:59, time zone {zone.key}"
