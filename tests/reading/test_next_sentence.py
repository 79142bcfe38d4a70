"""What the sentences after a treatment add: whether it was attended, how long it went on, what it did."""

import pytest

from praxigen import Document, find_facts
from praxigen.model.fact import State
from support.readings import days, one, treated


@pytest.mark.parametrize(
    "after", ["He never went.", "He was unable to attend.", "He did not go.", "He could not start.", "No-show."]
)
def test_an_order_that_was_not_followed_is_no_treatment(after: str) -> None:
    fact = treated(f"Physical therapy was ordered. {after}")
    assert (fact.state, fact.duration) == (State.ABSENT, None)
    assert after in [quote.text for quote in fact.basis]


@pytest.mark.parametrize("after", ["He attended all visits.", "He went throughout.", "He completed it."])
def test_an_order_that_was_followed_is_a_treatment(after: str) -> None:
    assert treated(f"Physical therapy was ordered. {after}").state is State.DONE


@pytest.mark.parametrize(
    ("after", "least", "most"),
    [
        ("He quit after 2 weeks.", None, 14),
        ("He dropped out at week four.", 21, 28),  # three weeks were over
        ("He discontinued after only one month.", None, 31),
        ("He left after 10 days.", None, 10),
    ],
)
def test_who_left_early_was_not_treated_longer(after: str, least: int | None, most: int) -> None:
    assert days(treated(f"He was in physical therapy for 8 weeks. {after}")) == (least, most)


def test_a_course_taken_up_again_is_a_second_one() -> None:
    facts = [
        fact
        for fact in find_facts(Document("n", "Back pain. Pregabalin January to April 2022. Restarted for 7 months."))
        if fact.concept == "treatment.anticonvulsant"
    ]
    assert sorted(map(days, facts)) == [(89, 123), (212, 215)]


def test_the_same_dates_are_those_of_the_treatment_before() -> None:
    note = "Care for back pain, without benefit:\n- PT 3/2023 to 5/2023\n- gabapentin, same dates\n"
    found = {fact.concept: fact for fact in find_facts(Document("n", note))}
    assert found["treatment.anticonvulsant"].duration == found["treatment.physical_therapy"].duration is not None


@pytest.mark.parametrize(
    ("after", "state"),
    [
        ("It has returned this month.", State.PRESENT),
        ("It has come back.", State.PRESENT),
        ("It has never returned.", State.ABSENT),
        ("It did not recur.", State.ABSENT),
        ("She works as a driver.", State.PAST),
    ],
)
def test_what_the_next_sentence_says_of_an_old_symptom(after: str, state: State) -> None:
    note = f"Before her 2019 microdiscectomy she had left sciatica. {after}"
    (fact,) = [each for each in find_facts(Document("n", note)) if each.concept == "symptom.radicular"]
    assert fact.state is state


@pytest.mark.parametrize(
    ("after", "worse"),
    [("It is getting steadily worse.", True), ("It has been progressing.", True), ("It is unchanged.", False)],
)
def test_a_weakness_that_the_next_sentence_says_gets_worse_is_a_red_flag(after: str, worse: bool) -> None:
    note = f"Back pain. Exam: EHL 4/5 on the left from the L5 radiculopathy. {after}"
    flags = [each for each in find_facts(Document("n", note)) if each.concept == "redflag.progressive_deficit"]
    assert bool(flags) is worse


def test_who_left_after_a_visit_was_treated_for_no_known_time() -> None:
    assert treated("He did physical therapy for 6 weeks. He left after one visit.").duration is None


@pytest.mark.parametrize(
    ("after", "length"), [("Was taken for 6 weeks.", 42), ("It lasted 10 weeks.", 70), ("Treated for 8 weeks.", 56)]
)
def test_a_length_may_be_told_next(after: str, length: int) -> None:
    assert days(treated(f"Naproxen has not helped. {after}", "nsaid")) == (length, length)


@pytest.mark.parametrize("after", ["Leg pain for 8 weeks.", "Pain lasted 6 weeks.", "He has smoked for 10 years."])
def test_a_length_of_something_else_told_next_is_not_taken(after: str) -> None:
    assert treated(f"Naproxen has not helped. {after}", "nsaid").duration is None


def test_a_length_told_next_does_not_replace_the_first() -> None:
    text = "He took naproxen for 8 weeks without relief. It was taken for 3 weeks."
    assert days(treated(text, "nsaid")) == (56, 56)


@pytest.mark.parametrize(
    "after", ["None of these helped.", "This gave no relief.", "She had no relief.", "It did not help."]
)
def test_an_outcome_may_be_told_next(after: str) -> None:
    assert treated(f"He completed physical therapy for 8 weeks. {after}").quality("outcome") == ("none",)


def test_an_outcome_told_much_later_is_of_something_else() -> None:
    text = "He completed physical therapy. He is married. He has a dog. None of these helped."
    assert treated(text).quality("outcome") == ("persisting",)


def test_an_outcome_in_another_section_is_of_something_else() -> None:
    text = "HPI: Low back pain. He completed physical therapy.\nPLAN: None of these helped."
    assert one(text, "treatment.physical_therapy").quality("outcome") == ("persisting",)
