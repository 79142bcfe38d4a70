"""A letter as one web page that loads nothing and runs nothing."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from praxigen.exports.inline import csp_hash
from praxigen.letters.composing.letter import Letter
from praxigen.letters.composing.writers.plain import plain_letter


def to_html(letter: Letter, *, draft: bool) -> str:
    """The whole letter; each sentence has its kind as its class."""
    style = _file("letter.css")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    page = environment.from_string(_file("letter.html.jinja"))
    return page.render(letter=plain_letter(letter, draft=draft), style=style, style_hash=csp_hash(style))


def _file(name: str) -> str:
    return files("praxigen.letters.composing.writers").joinpath("page", name).read_text(encoding="utf-8")
