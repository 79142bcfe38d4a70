"""A letter as a tagged PDF.

Typst sets it with the fonts that it brings along, so that every machine makes the same bytes. The words go in as data
beside a fixed template: none of them can become markup, and no file of the machine is read.
"""

from __future__ import annotations

import json
import re
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal

from praxigen.letters.composing.letter import Letter
from praxigen.letters.composing.writers.plain import plain_letter

_PPI = 96.0  # of the pictures
_UNKNOWN_TO_FONT = re.compile(r'the text `"(.+?)"` could not be displayed with font')
_PLAIN = "\u2e7f"  # scripts of the east, private letters and pictures come after it
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

    while True:
        try:
            return typst.compile(
                str(root / name),
                root=str(root),
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
                pdf_standards=[standard] if standard else [],
            )
        except typst.TypstError as error:
            found = _UNKNOWN_TO_FONT.search(str(error))
            named = _by_number(given, {found[1][0]} if found else set())
            if named == given:
                raise
            # Others of the same script would fail one by one; the first that fails speaks for all beyond Latin.
            given = _by_number(named, {letter for letter in json.dumps(named, ensure_ascii=False) if letter > _PLAIN})


def _by_number(value: Any, letters: set[str]) -> Any:
    """The value with each of the letters written as its number, [U+FF1C]: nothing is left out or guessed."""
    if isinstance(value, dict):
        return {key: _by_number(each, letters) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_by_number(each, letters) for each in value]
    if not isinstance(value, str):
        return value
    return "".join(f"[U+{ord(letter):04X}]" if letter in letters else letter for letter in value)
