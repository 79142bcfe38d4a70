"""What the web pages share: their template, and style and script that stand in the page and run by hash only."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template


def data(name: str) -> str:
    """A file of the folder `page`, as text."""
    return files("praxigen.exports").joinpath("page", name).read_text(encoding="utf-8")


def csp_hash(inline: str) -> str:
    """The hash by which a content security policy allows one inline style or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(data), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )


def template(name: str) -> Template:
    """A template of the folder `page`. Everything that it is given is escaped."""
    return _environment().get_template(name)
