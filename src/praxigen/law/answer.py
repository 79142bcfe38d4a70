"""A case in, its answer out: whose law, every deadline with its source, and what must be asked first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from praxigen.errors import UsageError
from praxigen.law.case import Case, Event, choose
from praxigen.law.clock import Clock
from praxigen.law.count import Told, count, information, printed
from praxigen.law.deadline import Deadline, Kind
from praxigen.law.files import Law
from praxigen.law.plans import Regime, which_law
from praxigen.law.terms import Terms


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law says of a case.

    `regime` None: it is not known whose law reaches the plan, and there is no deadline; `questions` then say what to
    ask, or `notes` why the library has none. `deadlines` are in the order of their days.
    """

    case: Case
    regime: Regime | None
    deadlines: tuple[Deadline, ...] = ()
    questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def deadlines(case: Case, law: Law | None = None, today: date | None = None) -> tuple[Deadline, ...]:
    """The deadlines of a case by day. Empty as well where a question is open: `answer` says which."""
    return answer(case, law, today).deadlines


def answer(case: Case, law: Law | None = None, today: date | None = None) -> Answer:
    """Everything that the law says of a case; whether a day has passed only where `today` is given.

    Raises UsageError for unknown words, impossible dates, events after `today`, and what contradicts itself.
    """
    law = law or Law.open()
    zone = case.zone
    placed = tuple(event.placed(zone) for event in case.events)
    told = Told({event.name: event for event in placed}, zone, None, today)
    _check(case, placed, law.terms, today)
    finding = which_law(case, law)
    if finding.regime is None:
        notes = list(finding.notes)
        if case.letter_deadline is not None:
            notes.append(f"The letter prints {case.letter_deadline.isoformat()}; the law's own day is not known yet.")
        return Answer(case, None, questions=finding.questions, notes=tuple(notes))
    run = _Run(case, law, finding.regime, told)
    for event in placed:
        run.take(event)
    run.letter()
    found = sorted(run.found, key=lambda each: (each.due is None, each.due or 0, each.id))
    return Answer(case, finding.regime, tuple(found), tuple(dict.fromkeys(run.questions)), tuple(run.notes))


def _check(case: Case, events: Sequence[Event], terms: Terms, today: date | None) -> None:
    names = [event.name for event in events]
    for event in events:
        choose(event.name, terms.events, "event")
        if names.count(event.name) > 1:
            raise UsageError(f"{event.name} was given twice", "Give each event once; a second case has its own.")
        if today is not None and event.day > today:
            message = f"{event.name} on {event.day.isoformat()} is in the future: today is {today.isoformat()}"
            raise UsageError(message, "Correct the date, or give another --today.")
    if case.urgency is not None:
        words = {word for means in terms.means.values() for word in means} - {"any"}
        choose(case.urgency, words, "urgency")
    if case.stage is not None:
        choose(case.stage, {*terms.stages, *(stage.step for stage in terms.stages.values())}, "stage")
    days = {event.name: event.day for event in events}
    asked, supplied = days.get("information_requested"), days.get("information_supplied")
    if supplied is not None and (asked is None or supplied < asked):
        told = "was not given" if asked is None else f"is {asked.isoformat()}, after it"
        raise UsageError(
            f"information_supplied is {supplied.isoformat()}, but information_requested {told}",
            "Give the day of the plan's request, and after it the day on which it was answered.",
        )
    letters = [event.day for event in events if event.name in terms.letters]
    if case.letter_deadline is not None and letters and case.letter_deadline < min(letters):
        message = f"the letter's deadline {case.letter_deadline.isoformat()} is before the letter itself"
        raise UsageError(message, "Look at the letter again: its date, and the date that it prints.")


class _Run:
    """One pass over the events of a case."""

    def __init__(self, case: Case, law: Law, regime: Regime, told: Told) -> None:
        self.case = case
        self.law = law
        self.regime = regime
        self.told = told
        self.found: list[Deadline] = []
        self.questions: list[str] = []
        self.notes: list[str] = []
        self._letter_event = self._last_letter()

    def take(self, event: Event) -> None:
        """Every deadline that an event starts."""
        started = [clock for clock in self.regime.clocks if clock.starts == event.name]
        fitting = [clock for clock in started if self._asked(clock)]
        held = [clock for clock in fitting if clock.effective is None or clock.effective <= event.day]
        self._tell_of(event, started, fitting, held)
        steps: dict[str, list[Clock]] = {}
        for clock in held:
            steps.setdefault(self.law.terms.stages[clock.stage].step, []).append(clock)
        for clocks in steps.values():
            if len(clocks) > 1:
                self.questions.append(self._which(clocks))
            for clock in clocks:
                self._count(clock, event, depends=len(clocks) > 1)

    def letter(self) -> None:
        """The date that the letter prints, where no clock took it."""
        day = self.case.letter_deadline
        if day is not None and not any(each.letter_due for each in self.found):
            self.found.append(printed(day, self.told))

    def _count(self, clock: Clock, event: Event, *, depends: bool) -> None:
        terms = self.law.terms
        letter = self.case.letter_deadline if event.name == self._letter_event else None
        told = Told(self.told.events, self.told.zone, letter, self.told.today, depends)
        deadline = count(clock, event, told, self.regime, terms)
        self.found.append(deadline)
        asked = self.told.events.get("information_requested")
        if asked is not None and clock.tolled and asked.day >= event.day:
            more = information(clock, asked, told, deadline, terms)
            self.found.extend([more] if more else [])

    def _asked(self, clock: Clock) -> bool:
        """Whether a clock may hold for the urgency and the step that were told."""
        terms, stage = self.law.terms, self.case.stage
        if stage is not None and stage not in {clock.stage, terms.stages[clock.stage].step}:
            return False
        return terms.answers_to(clock.urgency, self.case.urgency)

    def _last_letter(self) -> str:
        """The event whose notice the letter's own deadline belongs to: the last one that starts a filing clock."""
        starts = {clock.starts for clock in self.regime.clocks if self._kind(clock) is Kind.FILE}
        events = [each for each in self.told.events.values() if each.name in starts & self.law.terms.letters]
        return max(events, key=lambda each: (each.day, each.name)).name if events else ""

    def _kind(self, clock: Clock) -> Kind:
        return self.law.terms.stages[clock.stage].kind

    def _which(self, clocks: Sequence[Clock]) -> str:
        terms = self.law.terms
        urgencies = tuple(dict.fromkeys(clock.urgency for clock in clocks))
        stages = tuple(dict.fromkeys(clock.stage for clock in clocks))
        step = terms.stages[clocks[0].stage].says
        if len(urgencies) > 1:
            words = ", ".join(f"{terms.urgencies[name]} ({name})" for name in urgencies)
            return (
                f"{step}: which was it, {words}? Say it with --urgency; until then each date holds only if its own did."
            )
        words = ", ".join(f"{terms.stages[name].says} ({name})" for name in stages)
        return f"Which was it, {words}? Say it with --stage; until then each date holds only if its own did."

    def _tell_of(self, event: Event, started: Sequence[Clock], fitting: Sequence[Clock], held: Sequence[Clock]) -> None:
        """Why an event starts nothing, where it does not."""
        law, regime = self.law, self.regime
        name = law.terms.events[event.name]
        for clock in fitting:
            if clock not in held and clock.effective is not None:
                self.notes.append(
                    f"{clock.law} sets a time for this from {clock.effective.isoformat()} on; "
                    f"{event.name} was on {event.day.isoformat()}."
                )
        for plan, ask in regime.narrower:
            wider = set(law.plan_book.plans[plan].clocks) - set(law.plan_book.plans[regime.plan].clocks)
            if any(clock.plan in wider and clock.starts == event.name for clock in law.clocks):
                self.questions.append(ask)
        plans = law.plan_book.plans[regime.plan].clocks
        waiting = [clock for clock in law.withheld if clock.plan in plans and clock.starts == event.name]
        unknown = dict.fromkeys(law.terms.stages[clock.stage].says for clock in waiting if self._asked(clock))
        if unknown and not held:
            self.notes.append(f"The library has no verified time for: {'; '.join(unknown)}. Read the notice itself.")
        elif started and not fitting:
            self.notes.append(f"No clock of {regime.title} begins when {name} and fits the urgency and stage given.")
        elif not started and not self._ends(event, regime):
            begins = sorted({clock.starts for clock in regime.clocks})
            self.notes.append(
                f"No clock of {regime.title} begins when {name} ({event.name}). Clocks begin with: {', '.join(begins)}."
            )

    def _ends(self, event: Event, regime: Regime) -> bool:
        """Whether an event is one that ends, stops or extends a clock of this law."""
        if event.name in {"information_requested", "information_supplied"}:
            if not any(clock.tolled for clock in regime.clocks):
                self.notes.append(
                    f"Of the clocks of {regime.title}, none is known to stand still while information is asked for."
                )
            return True
        if event.name == "extension_taken":
            return True
        return any(event.name in self.law.terms.stages[clock.stage].ended_by for clock in regime.clocks)


def overview(answers: Mapping[str, Answer]) -> tuple[tuple[str, Deadline], ...]:
    """What is open in several cases, by the day on which it runs out: the name of the case and the deadline."""
    rows = [(name, each) for name, found in answers.items() for each in found.deadlines if each.done is None]
    rows.sort(key=lambda row: (row[1].due is None, row[1].due or 0, row[0], row[1].id))
    return tuple(rows)
