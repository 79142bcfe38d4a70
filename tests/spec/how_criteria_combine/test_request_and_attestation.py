"""What the chart does not answer

What is requested is answered from the request. What only a person can know is answered by a person, never from the
note.
"""

from praxigen.model.answer import Answer, Reason
from support.charts import attest, fact, leaf, requested, says


def test_what_is_requested_answers_a_question_about_the_request() -> None:
    assert says(requested("stage", "trial"), stage="trial") == (Answer.MET, Reason.BY_REQUEST)
    assert says(requested("stage", "trial"), stage="permanent") == (Answer.NOT_MET, Reason.BY_REQUEST)
    assert says(requested("codes", "63650", "63655"), codes=["63685", "63655"]) == (Answer.MET, Reason.BY_REQUEST)
    assert says(requested("plan", "medicare")) == (Answer.NOT_MET, Reason.BY_REQUEST)
    assert says(requested("payer", "qualcare")) == (Answer.MET, Reason.BY_REQUEST)


def test_what_was_not_given_is_asked() -> None:
    assert says(requested("stage", "trial")) == (Answer.NOT_DOCUMENTED, Reason.NOT_ASKED)


def test_a_person_attests_by_the_id_of_the_criterion() -> None:
    assert says(attest("surgeon")) == (Answer.NOT_DOCUMENTED, Reason.NOT_ATTESTED)
    assert says(attest("surgeon"), attested=["surgeon"]) == (Answer.MET, Reason.ATTESTED)


def test_the_note_never_attests() -> None:
    assert says(attest("surgeon"), fact("surgeon")) == (Answer.NOT_DOCUMENTED, Reason.NOT_ATTESTED)


def test_a_person_cannot_attest_what_the_chart_must_show() -> None:
    assert says(leaf("imaging"), attested=["imaging"]) == (Answer.NOT_DOCUMENTED, Reason.SILENT)
