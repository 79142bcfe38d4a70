"""Where each thing stands on the site. The loader sees to it that ids are lower-case words."""

from __future__ import annotations

from praxigen.library import Library
from praxigen.model.requirement import Requirement
from praxigen.site.blocks import Link

HOME = Link("praxigen", "")
REQUIREMENTS = Link("Prior authorization", "prior-authorization/")
PAYERS = Link("Payers", "payers/")
PROCEDURES = Link("Procedures", "procedures/")
CODES = Link("Codes", "codes/")
DIAGNOSES = Link("Diagnoses", "diagnoses/")
CRITERIA = Link("Criteria", "criteria/")
RULES = Link("Rules above the payers", "rules/")
GUIDES = Link("Guides", "guides/")
DEADLINES = Link("Deadlines", "deadlines/")
STATUS = Link("Library status", "status/")
CHANGES = Link("Changes", "changes/")
SEARCH = Link("Search", "search/")
LABELS = Link("What the labels mean", "about/#labels")

MENU = (REQUIREMENTS, PAYERS, PROCEDURES, CODES, CRITERIA, DEADLINES, GUIDES, SEARCH)
FOOT = (DIAGNOSES, RULES, STATUS, CHANGES, Link("About", "about/"))


def requirement(each: Requirement) -> str:
    """The address of a requirement: its payer, and its name, which is that of the procedure wherever it can be."""
    return f"prior-authorization/{each.payer}/{each.id.partition('.')[2]}/"


def payer(payer_id: str) -> str:
    """The address of a payer."""
    return f"payers/{payer_id}/"


def procedure(procedure_id: str) -> str:
    """The address of a procedure."""
    return f"procedures/{procedure_id}/"


def code(code_id: str) -> str:
    """The address of a procedure code."""
    return f"codes/{code_id.lower()}/"


def diagnosis(code_id: str) -> str:
    """The address of a diagnosis."""
    return f"diagnoses/{code_id.lower()}/"


def criteria(guideline_id: str, indication: str = "") -> str:
    """The address of a guideline, or of one of its indications."""
    return f"criteria/{guideline_id}/" + (f"{indication}/" if indication else "")


def requirement_link(library: Library, each: Requirement) -> Link:
    """A requirement by its payer and title."""
    return Link(f"{library.payer(each.payer).name}: {each.title}", requirement(each))
