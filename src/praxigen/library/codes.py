"""The shape of procedure codes: five digits or four and a letter (CPT), a letter and four digits (HCPCS)."""

from __future__ import annotations

import re
from collections.abc import Collection

from praxigen.datafiles import Faults, Fields, TextNode, did_you_mean

# CPT category II and III, administrative and proprietary laboratory codes end in F, T, M, A or U.
_SHAPE = re.compile(r"[0-9]{5}|[0-9]{4}[AFMTU]|[A-Z][0-9]{4}")
_HINT = "Write five digits, such as 63650, or a letter and four digits, such as L8679."


def is_procedure_code(text: str) -> bool:
    """Whether the text has the shape of a CPT or HCPCS code. Look-alike digits of other scripts do not pass."""
    return _SHAPE.fullmatch(text) is not None


def shape_problem(text: str) -> str:
    """What is wrong with a text that is not a procedure code."""
    strange = next((character for character in text if not character.isascii()), None)
    if strange is None:
        return f"{text!r} is not a procedure code"
    return f"{text!r} is not a procedure code: the character U+{ord(strange):04X} only looks like one of a code"


def check_code(node: TextNode, faults: Faults) -> None:
    """Note a fault where a text has not the shape of a procedure code."""
    if not is_procedure_code(node.text):
        faults.add(node, shape_problem(node.text), _HINT, code="code-shape")


def read_code(fields: Fields) -> str:
    """The procedure code under `code`."""
    node = fields.node("code")
    if isinstance(node, TextNode):
        check_code(node, fields.faults)
    return fields.text("code")


def refuse_unlisted(node: TextNode, codes: Collection[str], faults: Faults) -> None:
    """Note a fault where a file speaks of a code that its own list of codes does not hold."""
    if node.text not in codes:
        hint = did_you_mean(node.text, codes) or "Add it to 'codes', with 'listed: no' if the payer does not list it."
        faults.add(node, f"the code {node.text!r} is not in 'codes'", hint, code="unlisted-code")
