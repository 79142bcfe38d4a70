"""What tests of the public site share."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from praxigen.library import Library
from praxigen.site.blocks import Page
from praxigen.site.build import make

BASE = "https://policies.example.org/site/"


@cache
def built_site() -> tuple[dict[str, bytes], list[Page]]:
    """The public site of the shipped library, built once for all tests of a process: its files and its pages."""
    return make(Library.open(), BASE, lambda *_: None)


def html_of(content: bytes) -> etree._Element:
    """A page as a tree, read as XML: an element left open or a bare "&" is an error."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def runs_script(name: str) -> bool:
    """Whether a page runs a script of the site: the search as you type, a requirement to copy its checklist."""
    return name == "search/index.html" or re.fullmatch(r"prior-authorization/[^/]+/[^/]+/index\.html", name) is not None
