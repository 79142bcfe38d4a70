"""A page as HTML that is also XML, so that any parser reads it the same way. Everything in it is escaped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from praxigen.exports.safe_text import printable
from praxigen.site import blocks, places
from praxigen.site.blocks import Page
from praxigen.site.checklist import CHECKLIST
from praxigen.site.relative import relative
from praxigen.site.structured import structured

LIMIT = 60_000  # bytes of one page without the style sheet, which all pages share


@dataclass(frozen=True, slots=True)
class Script:
    """A script and the hash by which a browser knows it."""

    path: str
    integrity: str


@dataclass(frozen=True, slots=True)
class Assets:
    """The files that pages load, each named by a hash of what it holds.

    `search` finds as you type on the search page, `copy` copies the checklist of a requirement; no other page runs one.
    `workspace` is the folder of the same server in which a practice works; "" where there is none.
    """

    style: str
    search: Script
    copy: Script
    workspace: str = ""

    def of(self, page: Page) -> Script | None:
        """The script of a page."""
        return self.search if page.path == places.SEARCH.to else self.copy if page.checklist else None


def to_html(page: Page, assets: Assets, base: str) -> str:
    """The page. `base` is the address of the site, or empty where it is not known yet."""
    written: str = _template().render(
        page=page,
        assets=assets,
        script=assets.of(page),
        checklist=CHECKLIST,
        base=base,
        menu=places.MENU,
        foot=places.FOOT,
        home=places.HOME,
        structured=structured(page, base),
        href=lambda link: link.to if link.outside else relative(page.path, link.to),
        to=lambda path: relative(page.path, path),
        twin=lambda ending: twin(page.path, ending),
        kind=_kind,
    )
    return written


def twin(path: str, ending: str) -> str:
    """Where the same page stands in another form: beside its folder, under the same name."""
    return f"{path.rstrip('/') or 'index'}.{ending}"


def text_of(name: str) -> str:
    """A file of the package, as text."""
    return files("praxigen.site").joinpath(*name.split("/")).read_text(encoding="utf-8")


def _kind(value: Any) -> str:
    """The kind of a block or of a run, by which the template chooses how to write it."""
    return type(value).__name__ if type(value).__module__ == blocks.__name__ else "str"


def _shown(value: Any) -> Any:
    """What an expression writes: text with its control and text-turning characters written out."""
    return printable(value) if type(value) is str else value


@cache
def _template() -> Any:
    environment = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_shown,
        loader=FunctionLoader(lambda name: text_of(f"templates/{name}")),
    )
    return environment.get_template("page.html.jinja")
