"""Which guideline decides which code"""

from dataclasses import replace

import pytest

from praxigen.engine.routes import RoutedCodes, Routing, find_routes
from praxigen.errors import UsageError
from praxigen.model.fact import State
from praxigen.model.requirement import Requirement
from support.charts import fact, request
from support.policies import SmallLibrary, entry, requirement, route


def routes(*codes: str, stage: str | None = None) -> Routing:
    return find_routes(request(codes=codes, stage=stage), SmallLibrary(), [])


def names(found: Routing) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.route.id, one.codes) for one in found.routes]


def test_the_first_route_with_the_code_and_the_stage_decides() -> None:
    assert names(routes("63650", stage="trial")) == [("trial", ("63650",))]
    assert names(routes("63650", stage="permanent")) == [("permanent", ("63650",))]


def test_codes_of_one_route_are_decided_together() -> None:
    assert names(routes("63650", "63685", stage="permanent")) == [("permanent", ("63650", "63685"))]


def test_codes_of_different_routes_are_decided_apart_in_the_order_given() -> None:
    assert names(routes("63047", "63650", stage="trial")) == [("lumbar", ("63047",)), ("trial", ("63650",))]


def test_a_route_without_stages_needs_none() -> None:
    found = routes("63047")
    assert names(found) == [("lumbar", ("63047",))]
    assert found.stage_from == ""


def test_where_the_stage_is_open_it_is_asked() -> None:
    found = routes("63655", "63650")
    [asked] = found.routes
    assert (found.stage_from, asked.codes, asked.asks_stage) == ("asked", ("63655", "63650"), True)
    assert asked.route.guideline is None
    assert asked.route.stages == ("trial", "permanent")
    assert asked.route.why == (
        "The stage decides which criteria apply, and the request, the codes and the note leave it open. "
        "Give the stage: trial or permanent."
    )


def test_a_stage_that_changes_nothing_is_not_asked() -> None:
    found = routes("63661")
    assert names(found) == [("removal", ("63661",))]
    assert found.stage_from == ""


def test_the_stage_of_the_note_chooses_the_route() -> None:
    found = find_routes(request(), SmallLibrary(), [fact("plan.scs_trial", State.PLANNED)])
    assert (found.stage_from, names(found)) == ("note", [("trial", ("63650",))])


def test_a_code_without_a_route_at_this_stage_has_no_public_criteria() -> None:
    [found] = routes("63650", stage="revision").routes
    assert (found.route.id, found.route.guideline, found.asks_stage) == ("no-route", None, False)
    assert found.route.why == (
        "The library knows no public criteria for this code at this stage. Ask the payer what it requires."
    )


def test_a_code_that_is_not_listed_is_refused_and_never_called_free() -> None:
    with pytest.raises(UsageError) as refused:
        routes("63650", "63651")
    assert str(refused.value) == (
        "63651 is not in the list for Spinal cord stimulators (qualcare.stimulator): whether it needs prior "
        "authorization is unknown, which does not mean that it does not\n"
        "  Listed codes nearby: 63650, 63655, 63661. Check the code, or ask the payer."
    )


class TwoProcedures(SmallLibrary):
    """Stimulators, and beside them a requirement for two codes of another procedure, which knows no stages."""

    OTHER = replace(
        requirement(routes=(route("lumbar", "63030 63048"),), stages={}, stage_concepts={}),
        id="qualcare.laminectomy",
        title="Laminectomy",
        codes={code: entry(code) for code in ("63030", "63048")},
    )

    def requirement_for(self, payer: str, code: str, plan: str) -> Requirement:
        """The requirement that lists the code."""
        for held in (self.held, self.OTHER):
            if code in held.codes and plan in held.plans:
                return held
        raise UsageError(f"nothing is known of {code} for {payer}")


def test_codes_of_two_procedures_are_refused_and_both_are_named() -> None:
    with pytest.raises(UsageError) as refused:
        find_routes(request(codes=["63650", "63030", "63048"], stage="trial"), TwoProcedures(), [])
    assert str(refused.value) == (
        "the codes belong to two procedures: 63650 to Spinal cord stimulators (qualcare.stimulator); "
        "63030, 63048 to Laminectomy (qualcare.laminectomy)\n"
        "  Check one procedure at a time: first with '--code 63650 --stage trial', "
        "then with '--code 63030 --code 63048'."
    )


def test_a_code_of_no_procedure_beside_a_known_one_is_not_listed() -> None:
    with pytest.raises(UsageError, match="63651 is not in the list for Spinal cord stimulators"):
        find_routes(request(codes=["63650", "63651"]), TwoProcedures(), [])


def test_codes_are_understood_as_people_type_them() -> None:
    held = requirement(codes={"L8679": entry("L8679")}, routes=(route("lumbar", "L8679", guideline="evicore.cmm-608"),))
    found = find_routes(request(codes=[" l8679 "]), SmallLibrary(held), [])
    assert found.routes == (RoutedCodes(held.routes[0], ("L8679",)),)
