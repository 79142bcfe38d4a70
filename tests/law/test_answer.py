"""What the law says of a case: whose law, which days, what is asked where something is missing, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxigen.errors import UsageError
from praxigen.law import Answer, Case, Deadline, Event, Law, State, answer, deadlines, overview

TODAY = date(2026, 11, 22)


def ask(*events: str, today: date | None = None, **told: Any) -> Answer:
    read = tuple(Event.read(*each.split("=")) for each in events)
    return answer(Case(events=read, **told), today=today)


def one(found: Answer, name: str) -> Deadline:
    return next(each for each in found.deadlines if each.id == name)


# --- Whose law -------------------------------------------------------------------------------------------------------


def test_a_plan_that_a_private_employer_funds_is_under_federal_law_and_no_states() -> None:
    found = ask("denial_received=2026-10-02", plan="commercial", funding="self_funded", state="NJ", payer="qualcare")
    assert found.regime is not None
    assert found.regime.plan == "erisa_self_funded"
    assert not any("N.J." in clock.law for clock in found.regime.clocks)
    assert [each.id for each in found.deadlines] == ["erisa-appeal-file"]
    assert found.deadlines[0].day == date(2027, 3, 31)


def test_an_insured_plan_in_new_jersey_is_under_the_states_act() -> None:
    found = ask(plan="commercial", funding="insured", state="NJ")
    assert found.regime is not None
    assert found.regime.plan == "nj_insured"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Which kind of plan is it?"),
        ({"payer": "qualcare"}, "Which kind of plan is it?"),
        ({"plan": "commercial"}, "Who funds the plan"),
        ({"plan": "commercial", "payer": "qualcare", "state": "NJ"}, "Who funds the plan"),
        ({"plan": "commercial", "funding": "insured"}, "In which state was the policy issued?"),
        ({"plan": "medicaid"}, "managed care"),
    ],
)
def test_what_is_unknown_gives_a_question_and_no_date(told: dict[str, str], words: str) -> None:
    found = ask("denial_received=2026-10-02", letter_deadline=date(2027, 1, 15), today=TODAY, **told)
    assert found.regime is None
    assert found.deadlines == ()
    assert len(found.questions) == 1
    assert words in found.questions[0]


def test_what_is_known_of_the_payer_comes_with_the_question() -> None:
    found = ask("denial_received=2026-10-02", plan="commercial", payer="qualcare")
    (note,) = found.notes
    assert note.startswith("QualCare mostly administers plans that employers fund themselves")


@pytest.mark.parametrize(
    "told",
    [
        {"plan": "commercial", "funding": "government"},
        {"plan": "commercial", "funding": "insured", "state": "NY"},
        {"plan": "tricare"},
        {"plan": "workers_comp"},
    ],
)
def test_where_the_library_holds_no_law_it_says_so(told: dict[str, str]) -> None:
    found = ask("denial_received=2026-10-02", **told)
    assert (found.regime, found.deadlines, found.questions) == (None, (), ())
    assert found.notes[0].startswith("The library holds no ")


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"plan": "erisa_selffunded"}, "there is no plan 'erisa_selffunded'\n  Did you mean 'erisa_self_funded'?"),
        ({"plan": "commercial", "funding": "self-funded"}, "there is no kind of funding 'self-funded'"),
        ({"plan": "commercial", "state": "Jersey"}, "there is no state 'Jersey'"),
        ({"plan": "erisa_self_funded", "funding": "insured"}, "erisa_self_funded is a plan of funding self_funded"),
        ({"plan": "nj_insured", "state": "NY"}, "nj_insured is a plan of state NJ, but NY was given"),
        ({"plan": "nj_insured", "urgency": "urgnt"}, "there is no urgency 'urgnt'\n  Did you mean 'urgent'?"),
        ({"plan": "nj_insured", "stage": "apeal"}, "there is no stage 'apeal'\n  Did you mean 'appeal'"),
        ({"plan": "nj_insured", "time_zone": "America/Newyork"}, "Did you mean 'America/New_York'"),
        ({"plan": "nj_insured", "time_zone": "America"}, "there is no time zone 'America'"),
        ({"plan": "nj_insured", "time_zone": "../etc"}, "there is no time zone '../etc'"),
        ({"plan": "nj_insured", "time_zone": ""}, "there is no time zone ''"),
    ],
)
def test_unknown_and_contradicting_words_are_refused(told: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as error:
        ask(**told)
    assert message in str(error.value)


# --- Events ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "message"),
    [
        (("denial_recieved=2026-10-02",), "there is no event 'denial_recieved'\n  Did you mean 'denial_received'"),
        (("denial_received=2026-02-30",), "'2026-02-30' is no date of the calendar (denial_received)"),
        (("denial_received=10/02/2026",), "'10/02/2026' is not a date for 'denial_received'"),
        (("denial_received=1926-10-02",), "'1926-10-02' is far from today (denial_received)"),
        (("denial_received=2026-10-02T25:00",), "'2026-10-02T25:00' is no date of the calendar (denial_received)"),
        (("denial_received=2026-11-23",), "denial_received on 2026-11-23 is in the future: today is 2026-11-22"),
        (("denial_received=2026-10-02", "denial_received=2026-10-03"), "denial_received was given twice"),
        (("information_supplied=2026-10-02",), "but information_requested was not given"),
        (("information_requested=2026-10-05", "information_supplied=2026-10-02"), "is 2026-10-05, after it"),
        (("claim_received=2026-03-08T02:30",), "is not one moment in America/New_York: the clocks changed then"),
        (("claim_received=2026-11-01T01:30",), "is not one moment in America/New_York: the clocks changed then"),
    ],
)
def test_impossible_events_are_refused(events: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError) as error:
        ask(*events, plan="erisa_self_funded", today=TODAY)
    assert message in str(error.value)


def test_an_event_that_starts_no_clock_is_told_with_those_that_do() -> None:
    found = ask("request_made=2026-10-02", plan="erisa_self_funded")
    assert found.deadlines == ()
    assert found.notes[0].startswith("No clock of Plan that a private employer funds itself (ERISA) begins when")
    assert "claim_received" in found.notes[0]


def test_a_clock_is_not_used_before_its_first_day() -> None:
    found = ask("request_received=2025-12-31", plan="medicare_advantage", urgency="standard")
    assert found.deadlines == ()
    assert found.notes[0] == (
        "42 CFR 422.568(b)(1) sets a time for this from 2026-01-01 on; request_received was on 2025-12-31."
    )


def test_a_moment_counts_in_the_time_zone_of_the_case() -> None:
    found = ask("denial_received=2026-10-03T02:00Z", plan="erisa_self_funded")
    assert found.deadlines[0].started == date(2026, 10, 2)
    assert found.deadlines[0].due is not None
    assert found.deadlines[0].due.isoformat() == "2027-03-31T23:59:00-04:00"


# --- The letter ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "due", "words"),
    [
        ("2027-01-15", "2027-01-15", "keep the earlier, and ask why"),
        ("2027-06-01", "2027-03-31", "later than the law's 2027-03-31: keep the earlier"),
        ("2027-03-31", "2027-03-31", "The letter prints the same day"),
    ],
)
def test_the_earlier_of_rule_and_letter_holds_and_both_are_told(letter: str, due: str, words: str) -> None:
    printed = date.fromisoformat(letter)
    found = ask("denial_received=2026-10-02", plan="erisa_self_funded", letter_deadline=printed).deadlines[0]
    assert (found.day, found.letter_due) == (date.fromisoformat(due), printed)
    assert found.rule_day == date(2027, 3, 31)
    assert any(words in warning for warning in found.warnings)


def test_a_letter_is_believed_alone_where_no_verified_clock_is_known() -> None:
    found = ask("notice_date=2026-10-02", plan="medicaid_managed_care", letter_deadline=date(2026, 11, 30), today=TODAY)
    (only,) = found.deadlines
    assert (only.id, only.day, only.law, only.confidence) == ("letter", date(2026, 11, 30), "", "")
    assert found.notes == ("The library has no verified time for: File the appeal. Read the notice itself.",)


def test_a_letter_that_prints_a_day_before_itself_is_refused() -> None:
    with pytest.raises(UsageError, match="is before the letter itself"):
        ask("denial_received=2026-10-02", plan="erisa_self_funded", letter_deadline=date(2026, 9, 1))


def test_the_letter_belongs_to_the_last_notice() -> None:
    events = ("denial_received=2026-03-02", "final_denial_received=2026-10-02")
    found = ask(*events, plan="erisa_self_funded", letter_deadline=date(2027, 1, 15))
    assert one(found, "erisa-appeal-file").letter_due is None
    assert one(found, "aca-ext-file").letter_due == date(2027, 1, 15)


# --- Weekends, more time, a clock that stands still ------------------------------------------------------------------


def test_a_filing_deadline_on_a_weekend_stays_and_warns() -> None:
    found = ask("denial_received=2026-10-06", plan="erisa_self_funded").deadlines[0]
    assert found.day == date(2027, 4, 4)
    assert found.warnings[-1] == (
        "The last day is a Sunday: file by Friday, 2027-04-02. The deadline is not moved for it."
    )


def test_what_was_filed_needs_no_warning_of_the_weekend() -> None:
    found = ask("denial_received=2026-10-06", "appeal_filed=2026-10-20", plan="erisa_self_funded").deadlines[0]
    assert found.state is State.KEPT
    assert not any("Sunday" in warning for warning in found.warnings)


def test_a_payers_deadline_is_never_moved_for_a_weekend() -> None:
    found = ask("request_received=2026-10-04", plan="medicare_advantage", urgency="standard", today=date(2026, 10, 11))
    (only,) = found.deadlines
    assert (only.day, only.state) == (date(2026, 10, 11), State.OPEN)  # a Sunday
    assert not any("Sunday" in warning for warning in only.warnings)


def test_more_time_keeps_a_passed_day_from_being_called_missed() -> None:
    told = {"plan": "medicare_advantage", "urgency": "standard"}
    days = [date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 23), date(2026, 10, 24)]
    states = [ask("request_received=2026-10-02", today=day, **told).deadlines[0].state for day in days]
    assert states == [State.OPEN, State.MAY_BE_EXTENDED, State.MAY_BE_EXTENDED, State.PASSED]


def test_more_time_that_was_taken_moves_the_clock() -> None:
    events = ("request_received=2026-10-02", "extension_taken=2026-10-08")
    (found,) = ask(*events, plan="medicare_advantage", urgency="standard").deadlines
    assert found.day == date(2026, 10, 23)
    late = ("request_received=2026-10-02", "extension_taken=2026-10-12")
    (found,) = ask(*late, plan="medicare_advantage", urgency="standard", today=TODAY).deadlines
    assert (found.day, found.state) == (date(2026, 10, 9), State.PASSED)


def test_a_clock_stands_still_while_the_plan_waits_for_information() -> None:
    told = {"plan": "erisa_self_funded", "urgency": "pre_service"}
    found = ask("claim_received=2026-10-01", "information_requested=2026-10-10", today=TODAY, **told)
    assert (one(found, "erisa-pre").due, one(found, "erisa-pre").state) == (None, State.STOPPED)
    assert one(found, "erisa-pre-information").day == date(2026, 11, 24)
    events = ("claim_received=2026-10-01", "information_requested=2026-10-10", "information_supplied=2026-10-30")
    found = ask(*events, today=TODAY, **told)
    assert one(found, "erisa-pre").day == date(2026, 10, 16) + timedelta(days=20)
    assert one(found, "erisa-pre-information").state is State.KEPT


def test_a_clock_that_is_not_known_to_stand_still_goes_on() -> None:
    found = ask("request_received=2026-10-02", "information_requested=2026-10-05", plan="medicare_advantage")
    assert any("none is known to stand still" in note for note in found.notes)
    assert one(found, "ma-std-pa").day == date(2026, 10, 9)


# --- Missed deadlines ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "event", "urgency", "words"),
    [
        ("nj_insured", "request_made=2026-10-02", "standard_electronic_portal", "counts as authorized"),
        ("nj_insured", "request_made=2026-10-02T10:00", "urgent", "counts as authorized"),
        ("erisa_self_funded", "claim_received=2026-10-02", "pre_service", "procedure counts as used up"),
        ("erisa_self_funded", "appeal_received=2026-10-02T09:00", "urgent", "procedure counts as used up"),
        ("medicare_advantage", "appeal_received=2026-09-02", "standard", "independent review entity"),
        ("medicare_advantage", "request_received=2026-10-02", "standard", "counts as a denial"),
        ("medicaid_managed_care", "request_received=2026-10-02", "standard", "counts as a denial"),
    ],
)
def test_a_missed_payer_deadline_comes_with_its_consequence(plan: str, event: str, urgency: str, words: str) -> None:
    found = ask(event, plan=plan, urgency=urgency, stage=None, today=date(2026, 12, 31))
    missed = [each for each in found.deadlines if each.missed]
    if plan == "medicare_advantage" and "appeal" in event:
        assert found.questions  # a service or a payment
        found = ask(event, plan=plan, urgency=urgency, stage="reconsideration", today=date(2026, 12, 31))
        missed = [each for each in found.deadlines if each.missed]
    assert len(missed) == 1
    assert words in missed[0].consequence
    assert missed[0].consequence_law


def test_nothing_is_missed_where_no_today_is_given() -> None:
    found = ask("request_made=2026-10-02", plan="nj_insured", urgency="standard_paper")
    assert [each.state for each in found.deadlines] == [State.OPEN]


def test_what_came_in_time_was_kept_and_what_came_after_was_late() -> None:
    told = {"plan": "nj_insured", "urgency": "standard_electronic_portal", "today": TODAY}
    kept = ask("request_made=2026-10-02", "denial_received=2026-10-11", **told)
    late = ask("request_made=2026-10-02", "denial_received=2026-10-12", **told)
    assert one(kept, "nj-out-portal").state is State.KEPT
    assert one(late, "nj-out-portal").state is State.LATE
    assert one(late, "nj-out-portal").missed


def test_an_approval_ends_the_step_as_well() -> None:
    told = {"plan": "nj_insured", "urgency": "standard_electronic_portal", "today": TODAY}
    found = ask("request_made=2026-10-02", "authorization_received=2026-10-08", **told)
    assert one(found, "nj-out-portal").state is State.KEPT


def test_requests_of_unknown_kind_are_asked_about_and_none_is_called_missed() -> None:
    found = ask("request_made=2026-10-02", plan="nj_insured_group", today=date(2026, 12, 31))
    assert {each.state for each in found.deadlines} == {State.DEPENDS}
    assert "standard, sent on paper (standard_paper)" in found.questions[0]


def test_hours_without_a_time_are_counted_late_rather_than_early() -> None:
    told = {"plan": "nj_insured", "urgency": "urgent"}
    (found,) = ask("request_made=2026-10-02", today=date(2026, 10, 5), **told).deadlines
    (exact,) = ask("request_made=2026-10-02T10:00", today=date(2026, 10, 5), **told).deadlines
    assert found.due is not None
    assert exact.due is not None
    assert found.due > exact.due
    assert any("No time was told" in warning for warning in found.warnings)


def test_a_group_policy_is_asked_about_where_it_has_a_clock_of_its_own() -> None:
    found = ask("denial_received=2026-10-02", plan="nj_insured")
    assert found.deadlines == ()
    assert found.questions == (
        "Is it a group policy, such as an employer's? Then the plan is nj_insured_group, which has clocks of its own.",
    )
    assert ask("denial_received=2026-10-02", plan="nj_insured_group").deadlines[0].id == "nj-s1-file"


# --- What nobody has verified ----------------------------------------------------------------------------------------


def test_no_answer_rests_on_a_row_of_confidence_c() -> None:
    law = Law.open()
    hidden = {clock.id for clock in law.withheld}
    urgencies: list[str | None] = [None, *law.terms.urgencies]
    for plan, urgency in product(law.plan_book.plans, (each for each in urgencies if each != "any")):
        for event in law.terms.events:
            events = (Event.read(event, "2026-10-02T10:00"),)
            if event == "information_supplied":
                events = (Event.read("information_requested", "2026-10-01"), *events)
            found = answer(Case(plan=plan, events=events, urgency=urgency), law, TODAY)
            assert not {each.id for each in found.deadlines} & hidden
            assert {each.confidence for each in found.deadlines} <= {"A", "B"}
            assert found.regime is not None
            rows = (*found.regime.clocks, *found.regime.reviewers, *found.regime.notices, *found.regime.rights)
            assert {row.confidence for row in rows} <= {"A", "B"}
            assert {row.confidence for row in found.regime.consequences.values()} <= {"A", "B"}


def test_every_deadline_says_its_source_and_when_it_was_read() -> None:
    law = Law.open()
    for clock in law.clocks:
        plan = next(each.id for each in law.plan_book.plans.values() if clock.plan in each.clocks)
        case = Case(plan=plan, events=(Event.read(clock.starts, "2026-10-02T10:00"),), stage=clock.stage)
        (found,) = [each for each in deadlines(case, law) if each.id == clock.id]
        assert found.law == clock.law
        assert found.citation == clock.citation
        assert found.confidence in {"A", "B"}
        assert found.effective == clock.effective
        assert found.retrieved_on is not None
        assert found.due is not None


# --- Reviewers and notices -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "stage", "specialty"),
    [
        ("medicare_advantage", "initial", {"not_required"}),
        ("medicare_advantage", "appeal", {"not_required"}),
        ("nj_insured", "initial", {"not_stated"}),
        ("nj_insured", "appeal", {"required"}),
        ("nj_insured_group", "appeal", {"required"}),
        ("erisa_self_funded", "appeal", {"not_stated"}),
        ("medicaid_managed_care", "appeal", set()),
    ],
)
def test_who_must_review(plan: str, stage: str, specialty: set[str]) -> None:
    found = ask(plan=plan)
    assert found.regime is not None
    assert {each.same_specialty for each in found.regime.reviewers_of(stage)} == specialty


def test_a_notice_under_the_federal_claims_procedure_names_its_reasons() -> None:
    found = ask(plan="erisa_self_funded")
    assert found.regime is not None
    assert [each.id for each in found.regime.notices] == [
        *("specific-reasons", "plan-provisions", "what-is-missing", "review-procedure"),
    ]
    assert all(each.law.startswith("29 CFR 2560.503-1(g)") for each in found.regime.notices)


# --- Properties ------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2026, 2, 1), date(2060, 12, 31))
LAW = Law.open()


@given(DAYS, st.integers(0, 500), st.sampled_from(LAW.clocks))
def test_a_later_event_never_gives_an_earlier_deadline(day: date, after: int, clock: Any) -> None:
    plan = next(each.id for each in LAW.plan_book.plans.values() if clock.plan in each.clocks)

    def due(on: date) -> Any:
        case = Case(plan=plan, events=(Event(clock.starts, on),), stage=clock.stage)
        return next(each.due for each in deadlines(case, LAW) if each.id == clock.id)

    assert due(day) <= due(day + timedelta(days=after))


@given(DAYS, st.integers(0, 15), st.integers(0, 90), st.integers(0, 30))
def test_the_longer_a_plan_waited_for_information_the_later_it_must_decide(
    day: date, after: int, waited: int, longer: int
) -> None:
    def due(days: int) -> Any:
        asked = day + timedelta(days=after)
        events = (
            Event("claim_received", day),
            Event("information_requested", asked),
            Event("information_supplied", asked + timedelta(days=days)),
        )
        case = Case(plan="erisa_self_funded", events=events, urgency="pre_service")
        return next(each.day for each in deadlines(case, LAW) if each.id == "erisa-pre")

    assert due(waited) == day + timedelta(days=15 + waited)
    assert due(waited) <= due(waited + longer)


@given(DAYS, st.integers(1, 400))
def test_a_letter_never_makes_a_deadline_later(day: date, after: int) -> None:
    events = (Event("denial_received", day),)
    with_letter = Case(plan="erisa_self_funded", events=events, letter_deadline=day + timedelta(days=after))
    (found,) = deadlines(with_letter, LAW)
    assert found.day == min(day + timedelta(days=180), day + timedelta(days=after))


def test_the_overview_is_in_the_order_of_the_days() -> None:
    answers = {
        "b": ask("denial_received=2026-10-02", plan="erisa_self_funded"),
        "a": ask("request_received=2026-11-16", plan="medicare_advantage", urgency="standard"),
        "c": ask("denial_received=2026-10-02", plan="commercial"),
        "d": ask("denial_received=2026-10-02", "appeal_filed=2026-10-20", plan="erisa_self_funded"),
    }
    assert [(name, each.day) for name, each in overview(answers)] == [
        ("a", date(2026, 11, 23)),
        ("b", date(2027, 3, 31)),
    ]
