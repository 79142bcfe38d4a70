"""A chart for which the library holds no criteria of the payer: what letters then stand on is the request alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from praxigen.datafiles.near import near_names
from praxigen.errors import UsageError
from praxigen.library import Library
from praxigen.library.codes import is_procedure_code, shape_problem
from praxigen.library.directory import names_of, plain
from praxigen.library.words import PLANS
from praxigen.model.answer import Verdict
from praxigen.model.document import Document
from praxigen.model.provenance import Citation, Read, Source, Trust
from praxigen.model.report import Determination, Receipt, Report
from praxigen.model.request import Request
from praxigen.model.requirement import CodeEntry, Requirement, Route
from praxigen.version import __version__

_NOWHERE = Citation(
    Source("none", "", "", Trust.PORTAL_ONLY, Read.NOT_LOCATED), "", Read.NOT_LOCATED, Trust.PORTAL_ONLY
)


def knows_nothing(library: Library, payer: str, codes: Sequence[str], plan: str) -> bool:
    """Whether the library has no requirement of a payer it knows for any of the codes under this plan.

    Raises UsageError for an unknown payer, and for what is no procedure code. A mistyped plan is not "nothing": the
    check refuses it.
    """
    library.payer(payer)
    if plan.strip().casefold().replace(" ", "_").replace("-", "_") not in PLANS:
        return False
    return not any(_known(library, payer, code, plan) for code in map(checked_code, codes))


def is_no_payer_of(library: Library, name: str) -> bool:
    """Whether a typed name is of no payer that the library knows, nor near to one: then it is no slip of the hand.

    A name that is near to one, or that several go by, is left to `Library.payer`, which refuses it and asks.
    """
    typed = plain(name)
    known = {word for payer in library.payers() for word in names_of(payer.id, payer.name, payer.also)}
    return bool(typed) and typed not in known and not near_names(typed, known)


def checked_code(code: str) -> str:
    """A procedure code as the library writes it. Raises UsageError for what is none."""
    plain = code.strip().upper()
    if not is_procedure_code(plain):
        raise UsageError(shape_problem(plain), "Give five digits, such as 63650, or a letter and four digits.")
    return plain


def report_without_criteria(document: Document, request: Request, payer_id: str, payer_name: str) -> Report:
    """A report that answers no criterion, because none is known. `payer_id` is empty for an unknown payer."""
    codes = tuple(dict.fromkeys(map(checked_code, request.codes)))
    why = f"the library holds no criteria of {payer_name} for {', '.join(codes)} under {request.plan} plans."
    entries = {code: CodeEntry(code, "unknown", "", _NOWHERE, listed=False) for code in codes}
    route = Route("none", codes, (), None, None, _NOWHERE, why)
    return Report(
        document=document,
        request=request,
        requirement=Requirement(
            id="", payer=payer_id, procedure="", plans=(request.plan,), title="", prior_authorization="unknown",
            administrator="", codes=entries, routes=(route,), submissions=(), turnaround="", diagnoses=(),
            documents=(), page_criteria=(), questions=(), cautions=(), sources={}, effective_from=None,
            last_verified=date.min, review_every_days=0,
        ),
        codes=tuple(entries.values()),
        verdict=Verdict.NO_PUBLIC_CRITERIA,
        determinations=(Determination(route, codes, Verdict.NO_PUBLIC_CRITERIA, why=why),),
        warnings=(),
        receipt=Receipt(__version__, document.name, document.sha256, "", "", (), ()),
    )  # fmt: skip


def _known(library: Library, payer: str, code: str, plan: str) -> bool:
    try:
        library.requirement_for(payer, code, plan)
    except UsageError:  # its message says what else is known, and that this is no "no": the letter says that itself
        return False
    return True
