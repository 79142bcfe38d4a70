"""A small library, built by hand, for tests of the engine: one payer, one procedure, two guidelines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from praxigen.errors import UsageError
from praxigen.model.criterion import Criterion
from praxigen.model.guideline import Guideline, Indication
from praxigen.model.provenance import Citation, Read, Source, Trust
from praxigen.model.requirement import CodeEntry, Requirement, Route
from support.charts import all_, attest, leaf, pattern

SOURCE = Source("page", "Requirements page", "QualCare", Trust.BINDING, Read.FULL_TEXT)
CITATION = Citation(SOURCE, "code list", Read.FULL_TEXT, Trust.BINDING)


def entry(code: str, prior_authorization: str = "required", **rest: object) -> CodeEntry:
    """One code of a requirement."""
    return CodeEntry(code, prior_authorization, f"label of {code}", CITATION, **rest)  # type: ignore[arg-type]


def route(name: str, codes: str, *stages: str, guideline: str | None = "evicore.cmm-211", why: str = "") -> Route:
    """One route: its guideline has an indication of the same name."""
    return Route(name, tuple(codes.split()), stages, guideline, name if guideline else None, CITATION, why)


ROUTES = (
    route("trial", "63650 63655", "trial"),
    route("permanent", "63650 63655 63685", "permanent"),
    route("removal", "63661 63662", guideline=None, why="The criteria are shown only in the portal."),
    route("lumbar", "63047", guideline="evicore.cmm-608"),
)


def requirement(**changes: object) -> Requirement:
    """What the payer asks. Leads are for a trial or permanent, the generator is permanent."""
    held = Requirement(
        id="qualcare.stimulator",
        payer="qualcare",
        procedure="stimulator",
        plans=("commercial",),
        title="Spinal cord stimulators",
        prior_authorization="required",
        administrator="eviCore",
        codes={
            code: entry(code) for code in ("63047", "63650", "63655", "63685", "63661")
        } | {"63662": entry("63662", "unknown", listed=False, note="The page lists 63661 and not its pair.")},
        routes=ROUTES,
        submissions=(),
        turnaround="",
        diagnoses=(),
        documents=(),
        page_criteria=(),
        questions=(),
        cautions=(),
        sources={"page": SOURCE},
        effective_from=None,
        last_verified=date(2026, 6, 26),
        review_every_days=180,
        stages={"63661": ("removal", "revision"), "63685": ("permanent", "replacement")},
        stage_concepts={"permanent": ("plan.scs_permanent",), "trial": ("plan.scs_trial",)},
        sha256="b" * 64,
    )  # fmt: skip
    return replace(held, **changes)  # type: ignore[arg-type]


TREES: Mapping[str, Criterion] = {
    "trial": all_(leaf("diagnosis.fbss"), leaf(pattern("treatment", duration=">= 6 months")), attest("surgeon")),
    "permanent": all_(leaf("diagnosis.fbss"), leaf(pattern("trial.scs", value=">= 50 %"))),
    "lumbar": leaf("imaging.compression"),
}


def guideline(guideline_id: str, **changes: object) -> Guideline:
    """An edition of a guideline: the trees of the routes that name it."""
    names = [one.id for one in ROUTES if one.guideline == guideline_id]
    held = Guideline(
        id=guideline_id,
        title="Stimulation",
        publisher="evicore",
        edition="V1.0.2025",
        effective_from=date(2025, 7, 1),
        effective_to=None,
        last_verified=date(2026, 6, 26),
        review_every_days=180,
        status="reviewed",
        sources={"page": SOURCE},
        main_source=SOURCE,
        indications={name: Indication(name, name, TREES[name]) for name in names},
        sha256="c" * 64,
    )
    return replace(held, **changes)  # type: ignore[arg-type]


@dataclass
class SmallLibrary:
    """As much of a library as the engine asks for."""

    held: Requirement = field(default_factory=requirement)
    changes: Mapping[str, object] = field(default_factory=dict)

    def requirement_for(self, payer: str, code: str, plan: str) -> Requirement:
        """The one requirement, for its one payer."""
        if payer != self.held.payer or plan not in self.held.plans:
            raise UsageError(f"nothing is known of {code} for {payer}")
        return self.held

    def guideline(self, guideline_id: str, on: date | None = None) -> Guideline:
        """The one edition of a guideline."""
        if on is not None and on < date(2025, 7, 1):
            raise UsageError(f"{guideline_id} has no edition for {on}")
        return guideline(guideline_id, **self.changes)
