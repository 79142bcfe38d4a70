"""The files that machines look for: the map of the site, what robots may read, and a guide for language models."""

from __future__ import annotations

import json
from collections.abc import Iterable
from xml.sax.saxutils import escape

from praxigen.site.blocks import Page
from praxigen.site.html import twin

_ABOUT = (
    "> What payers require before they approve a procedure: whether prior authorization is needed by code, the "
    "criteria with the source of each line, records to send, how to submit. Compiled from public sources."
)
_MIND = (
    "Not a coverage decision and not medical advice. Each line has a label: binding, proxy or portal-only, and how it "
    "was read. Quote the label with the line. Unknown is never the same as not required. Every page is also there as "
    ".md and .json under its own name."
)


def sitemap(pages: Iterable[Page], base: str) -> str:
    """Every page with the day on which it was last verified, where that is known."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for page in pages:
        day = f"<lastmod>{page.reviewed.isoformat()}</lastmod>" if page.reviewed else ""
        lines.append(f"<url><loc>{escape(base + page.path)}</loc>{day}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def robots(base: str) -> str:
    """Everybody may read everything."""
    return "User-agent: *\nAllow: /\n" + (f"\nSitemap: {base}sitemap.xml\n" if base else "")


def llms(pages: Iterable[Page], base: str) -> str:
    """The site in short, with the pages in Markdown (llmstxt.org)."""
    lines = [
        "# praxigen",
        "",
        _ABOUT,
        "",
        _MIND,
        "",
    ]
    for heading, begins in (("Requirements", "prior-authorization/"), ("Criteria", "criteria/"), ("Guides", "guides/")):
        lines += [f"## {heading}", ""]
        lines += [
            f"- [{_plain(page.title)}]({base}{twin(page.path, 'md')})"
            for page in pages
            if page.path.startswith(begins) and page.path != begins and page.searchable
        ]
        lines.append("")
    return "\n".join(lines)


def search_index(pages: Iterable[Page]) -> str:
    """The list of pages for the search: title, address, further words."""
    found = [[page.title, page.path, page.keywords] for page in pages if page.searchable and page.path]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(title: str) -> str:
    return " ".join(title.split()).translate(str.maketrans("[]", "()"))
