"""What tests of the public site share."""

from __future__ import annotations

from lxml import etree

BASE = "https://policies.example.org/site/"


def html_of(content: bytes) -> etree._Element:
    """A page as a tree, read as XML: an element left open or a bare "&" is an error."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
