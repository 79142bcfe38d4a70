"""A small library of four payers, for tests of finding and comparing."""

from __future__ import annotations

from pathlib import Path

from support.policy_files import REQUIREMENT, swap, write_library

PAYERS = """\
schema: praxigen.payers/1
payers:
  - {id: qualcare, name: QualCare, also: [QualCare Inc, QCA], plans: [commercial, medicare_advantage]}
  - {id: oscar, name: Oscar Health, plans: [commercial]}
  - {id: united, name: United Healthcare, also: [UHC], plans: [commercial]}
  - {id: medicare, name: Original Medicare, also: [Medicare], plans: [medicare]}
"""
PROCEDURES = """\
schema: praxigen.procedures/1
procedures:
  - {id: laminectomy, label: Laminectomy, also: [decompression]}
  - {id: spinal-cord-stimulation, label: Spinal cord stimulation, also: [SCS, spinal cord stimulator]}
  - {id: lumbar-fusion, label: Lumbar fusion, also: [spinal fusion]}
"""


def requirement(payer: str, procedure: str = "laminectomy", title: str = "", **changes: str) -> str:
    """The requirement of a payer. `changes` maps what the usual text has (with '_' for ' ') to what stands instead."""
    text = swap(REQUIREMENT, "id: qualcare.laminectomy", f"id: {payer}.{procedure}")
    text = swap(text, "payer: qualcare\n", f"payer: {payer}\n")
    text = swap(text, "procedure: laminectomy\n", f"procedure: {procedure}\n")
    text = swap(text, "title: Laminectomy or laminotomy", f"title: {title or procedure.replace('-', ' ')}")
    for old, new in changes.items():
        text = text.replace(old.replace("__", ": "), new)
    return text


def stimulation(payer: str, plans: str = "commercial", answer: str = "required") -> str:
    """A requirement of another procedure, with codes of its own."""
    text = requirement(payer, "spinal-cord-stimulation", "Neurostimulators")
    text = text.replace("63047", "63650").replace("63046", "63685").replace("M48.062", "M96.1")
    text = swap(text, "plans: [commercial]", f"plans: [{plans}]")
    return swap(text, "prior_authorization: required\nadmin", f"prior_authorization: {answer}\nadmin")


def write_payers(folder: Path, **others: str) -> Path:
    """The library as files."""
    return write_library(
        folder,
        payers=PAYERS,
        procedures=PROCEDURES,
        **{
            "requirements/oscar/laminectomy.yaml": requirement("oscar"),
            "requirements/united/laminectomy.yaml": requirement("united", title="Decompression of the neck"),
            "requirements/qualcare/spinal-cord-stimulation.yaml": stimulation("qualcare"),
            "requirements/medicare/spinal-cord-stimulation.yaml": stimulation("medicare", "medicare", "unknown"),
            **others,
        },
    )
