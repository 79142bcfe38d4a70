"""Several patterns, several facts"""

from praxigen.model.answer import Answer, Reason
from praxigen.model.fact import State
from support.charts import answer, fact, leaf, pattern, says

MET, OPEN, REFUTED = Answer.MET, Answer.NOT_DOCUMENTED, Answer.NOT_MET
CARE = leaf(pattern("treatment", duration=">= 6 weeks"))


def test_one_alternative_is_enough() -> None:
    either = leaf((pattern("treatment", duration=">= 6 weeks"), pattern("treatment", outcome="worse")))
    assert says(either, fact("treatment", for_="3 weeks", outcome="worse")) == (MET, Reason.DOCUMENTED)


def test_a_fact_that_another_alternative_leaves_open_refutes_nothing() -> None:
    either = leaf((pattern("treatment", duration=">= 6 weeks"), pattern("treatment", outcome="worse")))
    assert says(either, fact("treatment", for_="3 weeks")) == (OPEN, Reason.NO_OUTCOME)


def test_an_alternative_that_means_something_else_leaves_nothing_open() -> None:
    either = leaf(
        (
            pattern("treatment", duration=">= 6 weeks"),
            pattern("treatment", where={"region": "cervical"}, duration=">= 4 weeks"),
            pattern("treatment", where={"setting": "clinic"}, duration=">= 4 weeks"),
        )
    )
    assert says(either, fact("treatment", for_="3 weeks", region="lumbar")) == (REFUTED, Reason.TOO_SHORT)


def test_what_one_fact_refutes_another_may_show() -> None:
    assert says(CARE, fact("treatment", for_="3 weeks"), fact("treatment", for_="7 weeks")) == (MET, Reason.DOCUMENTED)


def test_quotes_stand_in_the_order_of_the_document_and_templates_last() -> None:
    facts = [
        fact("treatment", for_="9 weeks", words=words, at=at, template=template, basis=basis)
        for words, at, template, basis in (
            ("fourth", 40, False, ""),
            ("form", 10, True, ""),
            ("second", 20, False, "nine weeks"),
            ("third", 30, False, ""),
        )
    ]
    quotes = [quote.text for quote in answer(CARE, *facts).quotes]
    assert quotes == ["second", "nine weeks", "third", "fourth"]


def test_a_quote_stands_once() -> None:
    same = [fact(name, words="PT and NSAIDs", for_="9 weeks") for name in ("treatment.pt", "treatment.nsaid")]
    assert len(answer(CARE, *same).quotes) == 1


def test_the_strongest_contrary_gives_the_reason() -> None:
    result = answer(
        CARE,
        fact("treatment", State.ABSENT, words="no treatment so far", at=5),
        fact("treatment.pt", for_="3 weeks", words="PT for 3 weeks", at=20),
    )
    assert (result.answer, result.reason) == (REFUTED, Reason.TOO_SHORT)
    assert [quote.text for quote in result.quotes] == ["PT for 3 weeks", "no treatment so far"]


def test_the_absence_of_one_kind_leaves_the_others_open() -> None:
    none_of_one_kind = fact("treatment.chiropractic", State.ABSENT, words="no chiropractic")
    assert says(CARE, none_of_one_kind) == (OPEN, Reason.OTHER_KIND)


def test_what_was_dictated_refutes_before_a_template() -> None:
    dictated = fact("treatment", State.ABSENT, at=50)
    assert says(CARE, fact("treatment", for_="1 week", template=True), dictated) == (REFUTED, Reason.DENIED_IN_NOTE)


def test_the_nearest_miss_gives_the_reason() -> None:
    result = answer(
        CARE,
        fact("treatment", State.CLAIMED, at=1),
        fact("treatment", State.PLANNED, at=2),
        fact("treatment", at=3),
        fact("treatment", State.PAST, at=4),
    )
    assert (result.answer, result.reason) == (OPEN, Reason.NO_DURATION)
    assert [miss.reason for miss in result.near] == [Reason.NO_DURATION, Reason.PLANNED_ONLY, Reason.PAST_ONLY]


def test_the_same_words_are_one_near_miss() -> None:
    result = answer(CARE, *[fact(name, words="PT and NSAIDs") for name in ("treatment.pt", "treatment.nsaid")])
    assert len(result.near) == 1


def test_one_course_that_is_too_short_leaves_another_without_a_length_open() -> None:
    result = answer(CARE, fact("treatment.pt", for_="3 weeks"), fact("treatment.nsaid", at=50))
    assert (result.answer, result.reason) == (OPEN, Reason.NO_DURATION)
    # The short course settles nothing, and whoever answers the question must still see it.
    assert [miss.reason for miss in result.near] == [Reason.NO_DURATION, Reason.TOO_SHORT]


def test_near_misses_stay_beside_what_refutes() -> None:
    result = answer(CARE, fact("treatment.pt", for_="3 weeks"), fact("treatment.nsaid", State.PLANNED, at=50))
    assert (result.answer, [miss.reason for miss in result.near]) == (REFUTED, [Reason.PLANNED_ONLY])


def test_a_plan_is_a_nearer_reason_than_a_mention_of_which_nothing_is_clear() -> None:
    result = answer(
        CARE,
        fact("treatment", State.POSSIBLE, words="after the therapy", at=5),
        fact("treatment", State.PLANNED, words="therapy was ordered", at=40),
    )
    assert (result.reason, [miss.reason for miss in result.near]) == (
        Reason.PLANNED_ONLY,
        [Reason.PLANNED_ONLY, Reason.POSSIBLE_ONLY],
    )
