"""Addresses from one page to another, so that the site works in any folder of any server."""

from __future__ import annotations


def relative(page: str, target: str) -> str:
    """The address of `target` as seen from `page`; both are paths of this site, with "/" at the end of a page's.

    An anchor alone ("#codes") is one of the page itself.
    """
    path, hash_, anchor = target.partition("#")
    if hash_ and path in ("", page):
        return f"#{anchor}"
    return ("../" * page.count("/") + path or "./") + hash_ + anchor
