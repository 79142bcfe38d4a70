"""HTML, as a portal or an EHR prints a note to a web page: what a browser would show, in its order."""

from __future__ import annotations

from praxigen.documents.formats.flow import Flow
from praxigen.documents.formats.markup import page_root, tell
from praxigen.documents.parsed import Parsed

HIDDEN = "Text that a person would not see on the page was left out."


def parse(data: bytes) -> Parsed:
    """Read a page. Scripts, styles and what the page hides are left out."""
    try:
        data.decode("utf-8")
        encoding = None if b"charset" in data[:2048].lower() else "utf-8"
    except UnicodeDecodeError:
        encoding = None
    flow = Flow()
    hidden = tell(page_root(data, encoding=encoding), flow)
    return Parsed(flow.text(), warnings=(HIDDEN,) if hidden else ())
