"""Several mentions of one treatment are one episode; care for an earlier illness is another."""

import pytest

from praxigen.model.fact import State
from support.readings import days, found, treated

HISTORY = "HPI: Low back pain."


def outcomes(text: str) -> list[tuple[tuple[int | None, int | None], tuple[str, ...]]]:
    """Length and outcome of each mention of physical therapy."""
    return [(days(fact), fact.quality("outcome")) for fact in found(text, "treatment.physical_therapy")]


def test_a_length_and_an_outcome_told_apart_hold_together() -> None:
    text = f"{HISTORY} He completed physical therapy for 8 weeks. He reports physical therapy gave no relief."
    assert outcomes(text)[0] == ((56, 56), ("none",))


def test_what_it_rests_on_is_quoted() -> None:
    text = f"{HISTORY} He completed physical therapy for 8 weeks. He reports physical therapy gave no relief."
    first = found(text, "treatment.physical_therapy")[0]
    assert "He reports physical therapy gave no relief." in [quote.text for quote in first.basis]


def test_two_outcomes_are_not_merged() -> None:
    text = (
        f"{HISTORY} He completed physical therapy for 8 weeks.\n"
        "HPI: He finished physical therapy with good relief. He reports physical therapy gave no relief."
    )
    assert outcomes(text) == [((56, 56), ("persisting",)), ((None, None), ("good",)), ((None, None), ("none",))]


def test_physical_therapy_of_the_neck_says_nothing_of_the_back() -> None:
    text = f"{HISTORY} Physical therapy for the neck gave no relief. He completed physical therapy for the low back."
    assert found(text, "treatment.physical_therapy")[1].quality("outcome") != ("none",)


@pytest.mark.parametrize(
    "sentence",
    [
        "He completed physical therapy for 8 weeks in 2015 for an earlier episode.",
        "He was treated in 2015 with physical therapy for 8 weeks for an old injury.",
        "He did physical therapy for 8 weeks for a sprain in 2015.",
    ],
)
def test_care_for_an_earlier_episode_is_past(sentence: str) -> None:
    fact = treated(sentence)
    assert (fact.state, fact.quality("episode")) == (State.PAST, ("earlier",))


@pytest.mark.parametrize(
    "verdict", ["He has failed nonsurgical treatment.", "Six weeks of conservative treatment has failed."]
)
def test_a_verdict_on_all_care_holds_for_each_treatment_with_a_length(verdict: str) -> None:
    fact = treated(f"{verdict} He did chiropractic care for 8 weeks.", "chiropractic")
    assert fact.quality("outcome") == ("none",)
    assert verdict in [quote.text for quote in fact.basis]


def test_pain_that_is_still_there_outlasts_the_treatment() -> None:
    fact = treated("He completed physical therapy for 8 weeks.")
    assert fact.quality("outcome") == ("persisting",)
    assert "Low back pain." in [quote.text for quote in fact.basis]


def test_a_treatment_that_was_not_given_has_not_failed() -> None:
    assert treated("Will start physical therapy for six weeks.").quality("outcome") == ()
