"""What each part of a chart says about one part of the body: complaint, examination, imaging, conclusion, plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from praxigen.engine.matching import is_a
from praxigen.model.fact import Fact, State

COMPLAINT, EXAMINATION, IMAGING, CONCLUSION, PLAN = "complaint", "examination", "imaging", "conclusion", "plan"

_LIMB_PAIN = ("symptom.radicular", "symptom.limb_pain")
_SIGNS = ("sign.motor_weakness", "sign.sensory_loss", "sign.tension", "sign.reflex_change")
_SHOWN = ("imaging.compression", "imaging.disc")
_PROCEDURES = (
    *("plan.spine_surgery", "plan.spine_fusion"),
    *("treatment.epidural_injection", "treatment.facet_procedure"),
)
_TOLD = frozenset({"history", "opening", "ros"})
_CONCLUDED = frozenset({"assessment", "diagnosis"})
_NAMES = {
    COMPLAINT: "the complaint",
    EXAMINATION: "the examination",
    IMAGING: "the imaging",
    CONCLUSION: "the assessment",
    PLAN: "the plan",
}


def name(witness: str) -> str:
    """What a sentence calls a witness."""
    return _NAMES[witness]


def witnesses(facts: Iterable[Fact]) -> Mapping[str, Mapping[str, list[Fact]]]:
    """For each region of the spine with its limb ("lumbar", "cervical") the facts of each witness, as they stand."""
    found: dict[str, dict[str, list[Fact]]] = {}
    for fact in facts:
        witness, region = _witness(fact), _region(fact)
        if witness is not None and region is not None and not fact.template:
            found.setdefault(region, {}).setdefault(witness, []).append(fact)
    return found


def _witness(fact: Fact) -> str | None:
    if fact.state is State.PLANNED:
        return PLAN if any(is_a(fact, concept) for concept in _PROCEDURES) else None
    if fact.state is not State.PRESENT:
        return None
    if fact.concept in _LIMB_PAIN:
        return COMPLAINT if fact.section in _TOLD else CONCLUSION if fact.section in _CONCLUDED else None
    if fact.concept in _SIGNS:
        return EXAMINATION if "examined" in fact.quality("seen") else None
    return IMAGING if fact.concept in _SHOWN else None


def _region(fact: Fact) -> str | None:
    limb = fact.quality("limb")
    if limb in (("leg",), ("arm",)):
        return "lumbar" if limb == ("leg",) else "cervical"
    region = fact.quality("region")
    return region[0] if len(region) == 1 and region[0] in ("lumbar", "cervical") else None
