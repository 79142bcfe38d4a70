"""A copy of the lexicon that opens in a few milliseconds: made when praxigen is installed, never needed.

Reading, checking and spelling out the YAML files takes most of the time of a short check. The copy names the hash of
the files that it was made from; a copy of other files is left aside, so that an edited lexicon is the one that is used.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import MappingProxyType
from typing import Any

from praxigen.lexicon.term import Compose, Lexicon, Term
from praxigen.lexicon.trie import fold
from praxigen.model.fact import State

FORMAT = 2
COPY = Path(__file__).resolve().parent.parent / "_compiled" / "lexicon.json"


def read_compiled(sha256: str, path: Path = COPY) -> Lexicon | None:
    """The compiled lexicon of the files with this hash; None where there is none, or one of another make."""
    try:
        data = json.loads(path.read_bytes())
        if data["format"] != FORMAT or data["sha256"] != sha256:
            return None
        return _lexicon(data)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a copy that cannot be used is as good as none


def write_compiled(lexicon: Lexicon, path: Path = COPY) -> None:
    """Write the copy in one step, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(_data(lexicon), separators=(",", ":"), ensure_ascii=False), "utf-8")
    part.replace(path)


def _data(lexicon: Lexicon) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "sha256": lexicon.sha256,
        "terms": [
            [term.name, term.layer, dict(term.qualities), term.state, term.exact, term.never] for term in lexicon.terms
        ],
        "composes": [
            [compose.name, compose.layer, list(compose.parts), compose.gap, dict(compose.qualities)]
            for compose in lexicon.composes
        ],
        "kinds": {name: list(line) for name, line in lexicon.kinds.items()},
        "events": sorted(lexicon.events),
        "means": dict(lexicon.means),
        "headings": {" ".join(words): kind for words, kind in lexicon.headings.items()},
        "cells": {" ".join(words): kind for words, kind in lexicon.cells.items()},
        "trie": fold(lexicon.trie),
        "words": lexicon.words,
    }


def _lexicon(data: dict[str, Any]) -> Lexicon:
    return Lexicon(
        terms=tuple(
            Term(name, layer, (), qualities, None if state is None else State(state), exact, never)
            for name, layer, qualities, state, exact, never in data["terms"]
        ),
        composes=tuple(
            Compose(name, layer, tuple(parts), gap, qualities)
            for name, layer, parts, gap, qualities in data["composes"]
        ),
        kinds=MappingProxyType({name: tuple(line) for name, line in data["kinds"].items()}),
        events=frozenset(data["events"]),
        means=MappingProxyType(data["means"]),
        headings=MappingProxyType({tuple(words.split(" ")): kind for words, kind in data["headings"].items()}),
        cells=MappingProxyType({tuple(words.split(" ")): kind for words, kind in data["cells"].items()}),
        trie=data["trie"],
        words=data["words"],
        sha256=data["sha256"],
    )
