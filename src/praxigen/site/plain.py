"""A page as JSON (schema praxigen.page/1), for pages whose answer has no schema of its own."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from praxigen.site.blocks import Page

SCHEMA = "praxigen.page/1"


def to_json(page: Page) -> str:
    """What the page says, block by block; or its own data where it has some."""
    if page.data:
        return page.data
    plain = {
        "schema": SCHEMA,
        "path": page.path,
        "title": page.title,
        "description": page.description,
        "last_verified": page.reviewed.isoformat() if page.reviewed else None,
        "lead": _plain(page.lead),
        "sections": _plain(page.sections),
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value).__name__.lower()
        return {"kind": kind} | {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
