"""Where the data that comes with praxigen lies. The working directory never plays a part."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from praxigen.errors import LibraryError

ShippedName = Literal["policies", "lexicon", "questions", "codesets", "redaction", "templates", "examples"]

_PACKAGE = Path(__file__).resolve().parent.parent
_IN_CHECKOUT = {
    "policies": "policies",
    "lexicon": "lexicon",
    "questions": "benchmarks/questions",
    "codesets": "codesets",
    "redaction": "redaction",
    "templates": "templates",
    "examples": "examples",
}


def shipped(name: ShippedName) -> Path:
    """The folder of shipped data: inside the installed package, else at the root of the source checkout."""
    return _find(_PACKAGE, name)


def _find(package: Path, name: ShippedName) -> Path:
    installed = package / "_shipped" / name
    if installed.is_dir():
        return installed
    root = package.parent.parent
    # Only a checkout of praxigen itself has this file beside src/; a stray folder of the same name is not ours.
    if package.parent.name == "src" and (root / "pyproject.toml").is_file() and (root / _IN_CHECKOUT[name]).is_dir():
        return root / _IN_CHECKOUT[name]
    raise LibraryError(
        f"the {name} that come with praxigen are missing from this installation",
        "Install praxigen again, or name your own folder.",
    )
