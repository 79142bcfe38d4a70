"""Two states of a requirement: its codes, their authorization, and what decides them."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.library.diff.changes import Change, Effect, differing, listed
from praxigen.model.request import STAGES
from praxigen.model.requirement import Requirement

_HEAD = {
    "title": "title",
    "plans": "plans",
    "administrator": "administrator",
    "effective_from": "first day",
    "turnaround": "turnaround",
}
# From the easiest to the hardest; unknown can be compared with none of them.
_EASE = ("not_required", "varies", "required")


def compare_requirements(old: Requirement, new: Requirement) -> tuple[Change, ...]:
    """The changes from one state to the other, those of the codes first."""
    return tuple(_all(old, new))


def _all(old: Requirement, new: Requirement) -> Iterator[Change]:
    yield from _codes(old, new)
    yield from _routes(old, new)
    yield from differing(old, new, _HEAD, "head")
    yield from listed(_submissions(old), _submissions(new), "submit", "the way to submit by")
    yield from listed(_diagnoses(old), _diagnoses(new), "diagnoses", "the diagnosis")
    yield from listed(_documents(old), _documents(new), "documents", "the document")
    for key, noun in (("page_criteria", "the page's criterion"), ("cautions", "the caution")):
        before, after = ({each.id: each.says for each in getattr(state, key)} for state in (old, new))
        yield from listed(before, after, key.replace("_", " "), noun)
    yield from listed(_corrections(old), _corrections(new), "corrections", "the correction")
    yield from listed(_questions(old), _questions(new), "questions", "the question")


def _codes(old: Requirement, new: Requirement) -> Iterator[Change]:
    for code, entry in new.codes.items():
        earlier = old.codes.get(code)
        answer = entry.prior_authorization.replace("_", " ")
        if earlier is None:
            says = f"the code {code} appeared, authorization {answer}"
            yield Change(Effect.APPEARED, "codes", code, says)
            continue
        if earlier.prior_authorization != entry.prior_authorization:
            was = earlier.prior_authorization.replace("_", " ")
            effect = _direction(earlier.prior_authorization, entry.prior_authorization)
            yield Change(effect, "codes", code, f"authorization of {code} is {answer}, was {was}")
        if earlier.listed is not entry.listed:
            says = f"the payer {'lists' if entry.listed else 'no longer lists'} {code}"
            yield Change(Effect.CHANGED, "codes", code, says)
    for code in old.codes:
        if code not in new.codes:
            yield Change(Effect.WENT, "codes", code, f"the code {code} went")


def _direction(old: str, new: str) -> Effect:
    if old not in _EASE or new not in _EASE:
        return Effect.CHANGED
    return Effect.TIGHTENED if _EASE.index(new) > _EASE.index(old) else Effect.LOOSENED


def _routes(old: Requirement, new: Requirement) -> Iterator[Change]:
    """Which codes moved to other criteria, stage by stage; stages that moved alike are told together."""
    for code in new.codes:
        if code not in old.codes:
            continue
        moves: dict[tuple[str, str], list[str]] = {}
        for stage in new.stages.get(code, STAGES):
            was, now = _decided(old, code, stage), _decided(new, code, stage)
            if was != now:
                moves.setdefault((was, now), []).append(stage)
        for (was, now), stages in moves.items():
            at = "" if len(stages) == len(new.stages.get(code, STAGES)) else f" at {', '.join(stages)}"
            yield Change(Effect.MOVED, "routes", code, f"{code}{at} is decided by {now}, was by {was}")


def _decided(requirement: Requirement, code: str, stage: str) -> str:
    for route in requirement.routes:
        if code in route.codes and (not route.stages or stage in route.stages):
            return f"{route.guideline}, {route.indication}" if route.guideline else "no public criteria"
    return "no route"


def _submissions(requirement: Requirement) -> dict[str, str]:
    return {
        f"{each.method} {each.portal}".strip(): " ".join(filter(None, (each.url, each.phone, each.fax)))
        for each in requirement.submissions
    }


def _diagnoses(requirement: Requirement) -> dict[str, str]:
    return {each.code: each.label for each in requirement.diagnoses}


def _documents(requirement: Requirement) -> dict[str, str]:
    return {each.id: f"{each.says} ({each.needed})" for each in requirement.documents}


def _corrections(requirement: Requirement) -> dict[str, str]:
    return {each.id: f"{each.we_say} instead of {each.page_says}" for each in requirement.corrections}


def _questions(requirement: Requirement) -> dict[str, str]:
    return {each.ask: each.answer for each in requirement.questions}
