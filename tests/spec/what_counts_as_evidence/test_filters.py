"""Which facts are meant"""

import pytest

from praxigen.model.answer import Answer, Reason
from praxigen.model.fact import State, Who
from support.charts import fact, leaf, pattern, says

MET, OPEN, REFUTED = Answer.MET, Answer.NOT_DOCUMENTED, Answer.NOT_MET
SURGERY = leaf("history.spine_surgery")
LUMBAR = leaf(pattern("symptom.radicular", where={"region": "lumbar lumbosacral"}))
SCAN = leaf(pattern("imaging.study", where={"modality": "mri ct", "region": "lumbar"}))
LEFT = leaf(pattern("symptom.radicular", where={"side": "left"}))


def test_a_fact_that_is_present_or_done_shows_it() -> None:
    assert says(SURGERY, fact("history.spine_surgery", State.DONE)) == (MET, Reason.DOCUMENTED)
    assert says(SURGERY, fact("history.spine_surgery", State.PRESENT)) == (MET, Reason.DOCUMENTED)


def test_a_kind_of_the_concept_shows_it() -> None:
    assert says(leaf("treatment"), fact("treatment.injection.epidural")) == (MET, Reason.DOCUMENTED)


def test_the_general_concept_does_not_show_a_kind_of_it() -> None:
    assert says(leaf("treatment.injection"), fact("treatment")) == (OPEN, Reason.SILENT)


def test_family_history_is_not_the_patient() -> None:
    assert says(SURGERY, fact("history.spine_surgery", who=Who.OTHER)) == (OPEN, Reason.OTHER_PERSON)


def test_family_history_that_is_denied_refutes_nothing() -> None:
    assert says(SURGERY, fact("history.spine_surgery", State.ABSENT, who=Who.OTHER)) == (OPEN, Reason.OTHER_PERSON)


def test_a_denial_refutes() -> None:
    assert says(SURGERY, fact("history.spine_surgery", State.ABSENT)) == (REFUTED, Reason.DENIED_IN_NOTE)


def test_a_denial_may_be_declared_not_to_refute() -> None:
    lenient = leaf("history.spine_surgery", absent_refutes=False)
    assert says(lenient, fact("history.spine_surgery", State.ABSENT)) == (OPEN, Reason.SILENT)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.PLANNED, Reason.PLANNED_ONLY),
        (State.POSSIBLE, Reason.POSSIBLE_ONLY),
        (State.PAST, Reason.PAST_ONLY),
        (State.DECLINED, Reason.DECLINED),
        (State.DENIED, Reason.DENIED_BY_INSURANCE),
        (State.CLAIMED, Reason.CLAIMED_ONLY),
        (State.HYPOTHETICAL, Reason.HYPOTHETICAL_ONLY),
    ],
)
def test_what_did_not_happen_is_not_documented(state: State, reason: Reason) -> None:
    assert says(SURGERY, fact("history.spine_surgery", state)) == (OPEN, reason)


def test_a_pattern_may_ask_for_another_state() -> None:
    planned = leaf(pattern("plan.scs_trial", State.PLANNED))
    assert says(planned, fact("plan.scs_trial", State.PLANNED)) == (MET, Reason.DOCUMENTED)
    assert says(planned, fact("plan.scs_trial", State.DONE)) == (OPEN, Reason.OTHER_KIND)


def test_a_pattern_may_ask_for_a_denial() -> None:
    not_an_option = leaf(pattern("plan.spine_surgery", State.ABSENT, State.DECLINED))
    assert says(not_an_option, fact("plan.spine_surgery", State.ABSENT)) == (MET, Reason.DOCUMENTED)
    assert says(not_an_option, fact("plan.spine_surgery", State.PLANNED)) == (OPEN, Reason.PLANNED_ONLY)


def test_the_region_must_be_the_one_that_is_asked_for() -> None:
    assert says(LUMBAR, fact("symptom.radicular", region="lumbar")) == (MET, Reason.DOCUMENTED)
    assert says(LUMBAR, fact("symptom.radicular", region="cervical lumbosacral")) == (MET, Reason.DOCUMENTED)
    assert says(LUMBAR, fact("symptom.radicular", region="cervical")) == (OPEN, Reason.OTHER_SITE)


def test_a_region_that_is_not_stated_leaves_it_open() -> None:
    assert says(LUMBAR, fact("symptom.radicular")) == (OPEN, Reason.DETAIL_MISSING)


def test_every_quality_must_be_stated() -> None:
    assert says(SCAN, fact("imaging.study", modality="mri", region="lumbar")) == (MET, Reason.DOCUMENTED)
    assert says(SCAN, fact("imaging.study", modality="mri")) == (OPEN, Reason.DETAIL_MISSING)


def test_another_kind_of_study_is_another_kind() -> None:
    assert says(SCAN, fact("imaging.study", modality="xray", region="lumbar")) == (OPEN, Reason.OTHER_KIND)


def test_what_is_on_both_sides_is_on_the_left() -> None:
    assert says(LEFT, fact("symptom.radicular", side="bilateral")) == (MET, Reason.DOCUMENTED)
    assert says(LEFT, fact("symptom.radicular", side="right")) == (OPEN, Reason.OTHER_SITE)


def test_what_is_on_the_left_is_not_on_both_sides() -> None:
    both = leaf(pattern("symptom.radicular", where={"side": "bilateral"}))
    assert says(both, fact("symptom.radicular", side="left")) == (OPEN, Reason.OTHER_SITE)


def test_a_denial_about_another_region_refutes_nothing() -> None:
    assert says(LUMBAR, fact("symptom.radicular", State.ABSENT, region="cervical")) == (OPEN, Reason.OTHER_SITE)


def test_a_denial_without_a_region_refutes() -> None:
    assert says(LUMBAR, fact("symptom.radicular", State.ABSENT)) == (REFUTED, Reason.DENIED_IN_NOTE)


def test_a_disqualifying_quality_disqualifies() -> None:
    limb = leaf(pattern("symptom.pain", unless_where={"region": "trunk", "course": "resolved"}))
    assert says(limb, fact("symptom.pain")) == (MET, Reason.DOCUMENTED)
    assert says(limb, fact("symptom.pain", region="leg")) == (MET, Reason.DOCUMENTED)
    assert says(limb, fact("symptom.pain", region="trunk")) == (OPEN, Reason.OTHER_SITE)
    assert says(limb, fact("symptom.pain", course="resolved")) == (OPEN, Reason.OTHER_KIND)


def test_a_pattern_may_be_about_another_person() -> None:
    donor = leaf(pattern("diagnosis.match", who=Who.OTHER))
    assert says(donor, fact("diagnosis.match", who=Who.OTHER)) == (MET, Reason.DOCUMENTED)
    assert says(donor, fact("diagnosis.match")) == (OPEN, Reason.OTHER_PERSON)
