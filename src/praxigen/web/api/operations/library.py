"""What payers require: the library as read by programs. Holds nothing of any patient, and so needs no key."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from praxigen.exports.json_report import requirement_dict
from praxigen.library.catalog import Catalog
from praxigen.web.api.answers import RESOURCE, told
from praxigen.web.api.problems import Problem
from praxigen.web.cases.library import policies

router = Router(tags=["library"])


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The catalog of the library that this process uses."""
    return Catalog.open(policies())


@router.get("/lookup", openapi_extra=told("What is required (schema praxigen.lookup/1)."))
def lookup(
    request: HttpRequest,  # noqa: ARG001  ninja's first argument
    q: str = Query("", max_length=200, description="Any words: payer, code, procedure, diagnosis."),
    payer: str | None = Query(None, max_length=80),
    code: list[str] = Query([], max_length=20),
    procedure: str | None = Query(None, max_length=80),
    diagnosis: str | None = Query(None, max_length=20),
    plan: str | None = Query(None, max_length=40),
    state: str | None = Query(None, max_length=20),
    on: date | None = Query(None, description="The date of service, which picks the edition."),
    limit: int = Query(20, ge=1, le=100),
) -> HttpResponse:
    """What is required: authorization, criteria, who reviews, how to submit, how each fact is known."""
    from praxigen.exports.looking_up import look_up
    from praxigen.exports.lookup import to_json

    given = {
        "payers": () if payer is None else (payer,),
        "codes": tuple(code),
        "procedure": procedure,
        "diagnosis": diagnosis,
        "plan": plan,
        "state": state,
    }
    return RESOURCE(to_json(look_up(catalog(), q, given, on=on, limit=limit)))


@router.get("/compare", openapi_extra=told("What payers ask for one code, side by side."))
def compare(
    request: HttpRequest,  # noqa: ARG001
    code: str = Query(..., min_length=1, max_length=20),
    payers: list[str] = Query([], max_length=20),
    plan: str | None = Query(None, max_length=40),
    stage: str | None = Query(None, max_length=30),
    on: date | None = None,
) -> HttpResponse:
    """The limits that payers set for a code: conservative care, imaging, trial, exclusions, who reviews."""
    from praxigen.exports.comparison import to_json
    from praxigen.exports.looking_up import compare_payers
    from praxigen.model.request import Request

    Request("any", code, stage=stage)  # refuses an unknown stage
    return RESOURCE(to_json(compare_payers(catalog(), code, payers, plan=plan, stage=stage, on=on), on))


@router.get("/payers", openapi_extra=told("Every payer of the library."))
def payers(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every payer, with its other names."""
    held = catalog().library.payers()
    return _dump({"payers": [{"id": each.id, "name": each.name, "also": list(each.also)} for each in held]})


@router.get("/procedures", openapi_extra=told("Every procedure of the library."))
def procedures(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every procedure, with its other names."""
    held = catalog().library.procedures()
    return _dump({"procedures": [{"id": each.id, "label": each.label, "also": list(each.also)} for each in held]})


@router.get("/requirements", openapi_extra=told("Every requirement of the library."))
def requirements(
    request: HttpRequest,  # noqa: ARG001
    payer: str | None = Query(None, max_length=80),
    code: str | None = Query(None, max_length=20),
) -> HttpResponse:
    """Every requirement, or those of a payer or a code, without their codes and routes."""
    held = catalog().library.requirements(payer, code)
    return _dump({"requirements": [requirement_dict(each) for each in held]})


@router.get("/guidelines", openapi_extra=told("Every guideline of the library."))
def guidelines(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every edition of every guideline, without its criteria."""
    held = catalog().library.all_guidelines()
    return _dump({"guidelines": [_head(each) for each in held]})


@router.get("/guidelines/{path:guideline}", openapi_extra=told("A guideline with its criteria."))
def guideline(
    request: HttpRequest,  # noqa: ARG001
    guideline: str,
    on: date | None = None,
) -> HttpResponse:
    """The edition of a guideline that holds on a day, else the newest, with its criteria as a tree."""
    from praxigen.exports.lookup import criterion_dict

    library = catalog().library
    if guideline not in {each.id for each in library.all_guidelines()}:
        raise Problem(404, "The library holds no guideline of that id", "GET /api/v1/guidelines lists all.")
    held = library.guideline(guideline, on)
    told_of = {name: criterion_dict(each.criteria) for name, each in held.indications.items()}
    return _dump({**_head(held), "indications": told_of})


def _head(each: Any) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "publisher": each.publisher,
        "edition": each.edition,
        "effective_from": each.effective_from.isoformat() if each.effective_from else None,
        "effective_to": each.effective_to.isoformat() if each.effective_to else None,
        "status": each.status,
        "sha256": each.sha256,
    }


def _dump(value: dict[str, Any]) -> HttpResponse:
    return RESOURCE(json.dumps(value, ensure_ascii=False))
