"""XML that may come from anybody: no document type, no entities, no network, bounded depth."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from praxigen.documents.parsed import Refusal

DEEPEST = 64
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DANGER = "An honest clinical document has none. Ask the sender for it without one."


def root_of(data: bytes) -> Any:
    """The root element. Raises Refusal for a document type, for entities, and for XML that is not well formed."""
    plain = data.replace(b"\x00", b"")  # UTF-16 hides nothing from the look
    if _DOCTYPE.search(plain):
        raise Refusal(
            "declares a document type or entities, which can be used to attack the program that reads it", _DANGER
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise Refusal(
            f"is not well-formed XML: it breaks off or is damaged at line {line}", "Export it anew."
        ) from None
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise Refusal(f"is nested deeper than {DEEPEST} elements", "Export it anew.")
    return root
