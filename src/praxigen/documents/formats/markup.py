"""Elements in, running text out: for HTML, the narrative blocks of C-CDA and the divisions of FHIR."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from praxigen.documents.formats.flow import Flow
from praxigen.documents.parsed import Refusal

_APART = frozenset(
    {"p", "paragraph", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "list", "blockquote", "pre"}
)
_OWN_LINE = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "item",
        "li",
        "main",
        "nav",
        "section",
        "tbody",
        "text",
        "tfoot",
        "thead",
        "title",
        "tr",
    ]
)
_NOT_SHOWN = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "object",
        "embed",
        "iframe",
        "audio",
        "video",
        "select",
    ]
)
_ITEMS = frozenset({"li", "item"})
_CELLS = frozenset({"td", "th"})
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
DEEPEST = 64


def page_root(data: bytes | str, *, encoding: str | None = None) -> Any:
    """The root of HTML as browsers understand it. Raises Refusal for an empty one and for one that is too deep."""
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(data, parser=parser)
    except etree.ParserError:
        raise Refusal("is a page with nothing on it that can be read", "Export it anew.") from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Refusal("is nested too deep to be a clinical document", "Save it anew.")
    return root


def tell(root: Any, flow: Flow) -> bool:
    """Write the text of an element to a flow; whether some of it is hidden from a person, and was left out."""
    walk = _Walk(root, flow)
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        walk.step(event, element)
    flow.end_line()
    return walk.hidden


class _Walk:
    """One pass over an element: where it stands in tables, and what is being left out."""

    def __init__(self, root: Any, flow: Flow) -> None:
        self.hidden = False
        self._root = root
        self._flow = flow
        self._cells: list[Flow] = []
        self._rows: list[list[str]] = []
        self._left_out: Any = None
        self._depth = 0

    def step(self, event: str, element: Any) -> None:
        """Take in the beginning or the end of an element."""
        if event == "start":
            self._depth += 1
            if self._depth > 4 * DEEPEST:
                raise Refusal("is nested too deep to be a clinical document", "Save it anew.")
            if self._left_out is None:
                self._begin(element, _name(element))
            return
        if event == "end":
            self._depth -= 1
            if self._left_out is element:
                self._left_out = None
            elif self._left_out is None:
                self._finish(_name(element))
        if self._left_out is None and element is not self._root:
            self._into.words(element.tail or "")

    @property
    def _into(self) -> Flow:
        return self._cells[-1] if self._cells else self._flow

    def _begin(self, element: Any, name: str) -> None:
        if name in _NOT_SHOWN or _hides(element):
            self._left_out = element
            shown = name in _NOT_SHOWN or not "".join(element.itertext()).strip()
            self.hidden = self.hidden or not shown
            return
        if name == "tr":
            self._into.end_line()
            self._rows.append([])
        elif name in _CELLS and self._rows:
            self._cells.append(Flow())
        else:
            _open(name, self._into)
        if name == "pre":
            self._into.raw(element.text or "")
        else:
            self._into.words(element.text or "")

    def _finish(self, name: str) -> None:
        if name in _CELLS and self._cells and self._rows:
            self._rows[-1].append(self._cells.pop().text())
        elif name == "tr" and self._rows:
            self._into.row(self._rows.pop())
        else:
            _close(name, self._into)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _hides(element: Any) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("revised") == "delete"
        or (style is not None and _HIDING.search(style) is not None)
    )


def _open(name: str, flow: Flow) -> None:
    if name in _APART:
        flow.blank()
    elif name in _OWN_LINE:
        flow.end_line()
    if name in _ITEMS:
        flow.words("- ")


def _close(name: str, flow: Flow) -> None:
    if name == "br":
        flow.line_break()
    elif name in _APART:
        flow.blank()
    elif name in _OWN_LINE:
        flow.end_line()
