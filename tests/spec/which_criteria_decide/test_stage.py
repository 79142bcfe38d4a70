"""Which stage is requested"""

import pytest

from praxigen.engine.stage import Stage, settle_stage
from praxigen.errors import UsageError
from praxigen.model.fact import Fact, State, Who
from praxigen.model.request import STAGES
from support.charts import fact, request
from support.policies import requirement

TRIAL = fact("plan.scs_trial", State.PLANNED, words="trial is planned", at=30)
PERMANENT = fact("plan.scs_permanent", State.PLANNED, words="then the implant", at=90)


def settle(*facts: Fact, codes: str = "63650", stage: str | None = None) -> Stage:
    return settle_stage(request(codes=codes.split(), stage=stage), requirement(), facts)


def test_the_stage_that_is_given_holds() -> None:
    found = settle(PERMANENT, stage="trial")
    assert (found.name, found.settled_by, found.quote) == ("trial", "given", None)


def test_a_code_may_leave_one_stage() -> None:
    found = settle_stage(request(codes=["63685"]), requirement(stages={"63685": ("permanent",)}), [TRIAL])
    assert (found.name, found.settled_by) == ("permanent", "code")


def test_several_codes_may_leave_one_stage_together() -> None:
    stages = {"63650": ("trial", "permanent"), "63685": ("permanent", "replacement")}
    found = settle_stage(request(codes=["63650", "63685"]), requirement(stages=stages), [])
    assert (found.name, found.settled_by) == ("permanent", "code")


def test_a_code_without_a_list_fits_every_stage() -> None:
    assert settle().fits == STAGES


def test_the_note_says_the_stage_in_its_own_words() -> None:
    found = settle(TRIAL)
    assert (found.name, found.settled_by) == ("trial", "note")
    assert found.quote == TRIAL.quote


def test_the_first_stage_of_the_requirement_wins_whatever_the_note_says_first() -> None:
    assert settle(TRIAL, PERMANENT).name == "permanent"


def test_the_note_cannot_name_a_stage_that_the_code_does_not_have() -> None:
    assert settle(TRIAL, codes="63685").name is None


@pytest.mark.parametrize(
    "said",
    [
        fact("plan.scs_trial", State.ABSENT),
        fact("plan.scs_trial", State.HYPOTHETICAL),
        fact("plan.scs_trial", State.PLANNED, who=Who.OTHER),
        fact("plan.spine_fusion", State.PLANNED),
    ],
)
def test_a_stage_that_is_not_planned_for_the_patient_is_not_read(said: Fact) -> None:
    assert settle(said) == Stage(None, "", STAGES)


def test_a_stage_that_the_code_cannot_have_is_refused_with_those_that_it_can() -> None:
    with pytest.raises(UsageError) as refused:
        settle(codes="63661", stage="trial")
    assert str(refused.value) == (
        "the stage is given as 'trial', but 63661 is removal or revision\n"
        "  Give the stage as removal or revision, or another code."
    )


def test_codes_without_a_stage_in_common_are_refused() -> None:
    with pytest.raises(UsageError) as refused:
        settle(codes="63661 63685")
    assert str(refused.value) == (
        "no stage fits all the codes: 63661 is removal or revision; 63685 is permanent or replacement\n"
        "  Check the codes one stage at a time."
    )


def test_a_stage_that_fits_every_code_given_is_taken() -> None:
    assert settle(codes="63661 63650", stage="removal").name == "removal"
