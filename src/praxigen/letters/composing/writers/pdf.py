"""A letter as a tagged PDF.

Typst sets it with the fonts that it brings along, so that every machine makes the same bytes. The words go in as data
beside a fixed template: none of them can become markup, and no file of the machine is read.
"""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal

from praxigen.letters.composing.letter import Letter
from praxigen.letters.composing.writers.plain import plain_letter

_PPI = 96.0  # of the pictures
STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA-1: headings, lists and tables are tagged, title and language are set


def to_pdf(letter: Letter, *, draft: bool) -> bytes:
    """The whole letter; a draft is marked on every page and ends with its notes."""
    given = plain_letter(letter, draft=draft)
    given["author"] = letter.author
    return set_page("letter.typ", given)


def to_pictures(letter: Letter, *, draft: bool) -> tuple[bytes, ...]:
    """The pages of `to_pdf` as PNG pictures, to look at before the letter is used."""
    import typst

    given = plain_letter(letter, draft=draft)
    given["author"] = letter.author
    with as_file(files("praxigen.letters.composing.writers").joinpath("page")) as folder:
        made: Any = typst.compile(  # one page comes as bytes, several as a list
            str(folder / "letter.typ"),
            root=str(folder),
            ignore_system_fonts=True,
            format="png",
            ppi=_PPI,
            sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
        )
    return tuple(made) if isinstance(made, list) else (made,)


def set_page(name: str, given: dict[str, Any]) -> bytes:
    """A PDF of one of the templates of the folder `page` and the values given to it."""
    with as_file(files("praxigen.letters.composing.writers").joinpath("page")) as folder:
        return typeset(folder, name, given, STANDARD)


def typeset(root: Path, name: str, given: dict[str, Any], standard: Literal["ua-1"] | None) -> bytes:
    """The PDF of a template in a folder, which sees no file outside of it and no font but Typst's own."""
    import typst

    return typst.compile(
        str(root / name),
        root=str(root),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
        pdf_standards=[standard] if standard else [],
    )
