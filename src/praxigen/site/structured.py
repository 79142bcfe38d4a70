"""What a page says of itself to machines: breadcrumbs, questions and the day of the last review, as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from praxigen.exports.safe_text import printable
from praxigen.site.blocks import Page, Questions

# Inside a script element these could end it or begin another one.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def structured(page: Page, base: str) -> Markup:
    """The JSON-LD of a page, safe inside a script element. Addresses are whole only where the site's is known."""
    graph: list[dict[str, Any]] = [_web_page(page, base)]
    if page.crumbs and base:
        graph.append(_breadcrumbs(page, base))
    asked = [one for section in page.sections for block in section.blocks if isinstance(block, Questions)
             for one in block.questions]  # fmt: skip
    if asked:
        graph.append(
            {
                "@type": "FAQPage",
                "mainEntity": [
                    {"@type": "Question", "name": printable(one.ask),
                     "acceptedAnswer": {"@type": "Answer", "text": printable(one.answer)}}
                    for one in asked
                ],
            }
        )  # fmt: skip
    plain = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        plain = plain.replace(character, escape)
    return Markup(plain)  # noqa: S704  every character that could leave the element is escaped above


def _web_page(page: Page, base: str) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "WebPage", "name": printable(page.title), "inLanguage": "en-US"}
    found["description"] = printable(page.description)
    if base:
        found["url"] = base + page.path
    if page.reviewed is not None:
        found["lastReviewed"] = page.reviewed.isoformat()
    return found


def _breadcrumbs(page: Page, base: str) -> dict[str, Any]:
    named = [(link.text, link.to) for link in page.crumbs] + [(page.title, page.path)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": printable(name), "item": base + to}
            for number, (name, to) in enumerate(named, start=1)
        ],
    }
