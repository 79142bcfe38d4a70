"""Which concepts are compared with which: families, in the order in which a reviewer reads them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Concepts whose limits belong side by side. `concepts` are whole names, or beginnings that end in a dot."""

    id: str
    title: str
    concepts: tuple[str, ...]

    def holds(self, concept: str) -> bool:
        """Whether a concept belongs here."""
        return any(concept == each or (each.endswith(".") and concept.startswith(each)) for each in self.concepts)


_JOINT_CARE = ("joint.care", "joint.care.", "joint.care_unsuitable")
_JOINT_IMAGES = ("joint.bone_on_bone", "joint.grade", "joint.narrowing", "joint.radiographic_change")

# The first family that holds a concept has it.
FAMILIES = (
    Family("diagnosis", "Diagnosis", ("diagnosis.", "crps.")),
    Family("onset", "How long there are symptoms", ("symptom.onset",)),
    Family("pain", "Pain and function", ("symptom.", "score.", "intractable_pain", "joint.pain", "joint.limits")),
    Family("conservative-care", "Conservative care", ("treatment", "treatment.", *_JOINT_CARE, "care.rehabilitation")),
    Family("examination", "Examination", ("sign.", "provocation.")),
    Family("imaging", "Imaging", ("imaging.", *_JOINT_IMAGES)),
    Family("psychology", "Psychological evaluation", ("evaluation.psychological", "psychiatric.")),
    Family("evaluation", "Other evaluations", ("evaluation.",)),
    Family("trial", "Trial", ("trial.",)),
    Family("block", "Diagnostic blocks", ("block.",)),
    Family("earlier-surgery", "Earlier surgery", ("history.",)),
    Family("device", "Device in place", ("device.",)),
    Family("operation", "Operation that is planned", ("plan.",)),
    Family("joint", "State of the joint", ("joint.",)),
    Family("measure", "Measurements", ("measure.",)),
    Family("tobacco", "Tobacco", ("tobacco.",)),
    Family("emergency", "Emergencies and red flags", ("redflag", "redflag.")),
)


def family_of(concept: str) -> Family:
    """The family of a concept; of one that no family names, that of its namespace."""
    for family in FAMILIES:
        if family.holds(concept):
            return family
    namespace = concept.partition(".")[0]
    return Family(namespace, namespace.replace("_", " ").capitalize(), (f"{namespace}.",))


def rank(family: str) -> tuple[int, str]:
    """Where a family stands among the others."""
    ids = [each.id for each in FAMILIES]
    return (ids.index(family) if family in ids else len(ids), family)
