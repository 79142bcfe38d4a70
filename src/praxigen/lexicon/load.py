"""Reads the lexicon's files into one Lexicon, refusing whatever is not exactly right."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from praxigen.datafiles.faults import Faults
from praxigen.datafiles.fields import Fields
from praxigen.datafiles.near import did_you_mean
from praxigen.datafiles.nodes import MapNode, Node, TextNode
from praxigen.datafiles.shipped import shipped
from praxigen.datafiles.strict import read_yaml
from praxigen.lexicon.compiled import read_compiled
from praxigen.lexicon.forms import expand
from praxigen.lexicon.term import Compose, Lexicon, Term
from praxigen.lexicon.trie import build_trie, words_of
from praxigen.lexicon.words import phrase_words
from praxigen.model.fact import State

SCHEMA = "praxigen.lexicon/1"
LAYERS = ("concept", "cue", "part", "section", "cell")


@dataclass(slots=True)
class _Gathered:
    terms: list[Term] = field(default_factory=list)
    composes: list[Compose] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)
    means: dict[str, str] = field(default_factory=dict)
    headings: dict[tuple[str, ...], str] = field(default_factory=dict)
    cells: dict[tuple[str, ...], str] = field(default_factory=dict)
    places: dict[str, tuple[Faults, TextNode]] = field(default_factory=dict)
    used: list[tuple[Faults, TextNode]] = field(default_factory=list)


@cache
def open_lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon in `folder`, by default the one that comes with praxigen. Faults raise FileError with their place.

    A compiled copy is used where there is one that was made from exactly these files.
    """
    root = folder or shipped("lexicon")
    paths = sorted(root.glob("*.yaml"))
    sha256 = _hash_of(paths)
    compiled = read_compiled(sha256)
    return compiled if compiled is not None else _read_folder(root, paths, sha256)


def _hash_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _read_folder(root: Path, paths: Iterable[Path], sha256: str) -> Lexicon:
    gathered = _Gathered()
    files: list[Faults] = []
    for path in paths:
        faults = Faults(f"{root.name}/{path.name}")
        files.append(faults)
        _read_file(read_yaml(path, faults.file), faults, gathered)
    _check_names(gathered)
    for faults in files:
        faults.raise_any()
    kinds = {name: _line_of(name, gathered.parents) for name in gathered.means}
    trie = build_trie(gathered.terms)
    return Lexicon(
        terms=tuple(gathered.terms),
        composes=tuple(gathered.composes),
        kinds=MappingProxyType(kinds),
        events=frozenset(gathered.events),
        means=MappingProxyType(gathered.means),
        headings=MappingProxyType(gathered.headings),
        cells=MappingProxyType(gathered.cells),
        trie=trie,
        words="\n".join(sorted(set(words_of(trie)))),
        sha256=sha256,
    )


def _line_of(name: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    line = [name]
    while line[-1] in parents and parents[line[-1]] not in line:
        line.append(parents[line[-1]])
    return tuple(line)


def _read_file(node: Node, faults: Faults, gathered: _Gathered) -> None:
    top = Fields(node, faults, "the file", required=("schema", "layer", "terms"), optional=("compose",))
    top.word("schema", (SCHEMA,))
    layer = top.word("layer", LAYERS, "concept")
    for name, value in top.entries("terms"):
        _read_term(name, value, layer, faults, gathered)
    for item in top.items("compose"):
        _read_compose(item, layer, faults, gathered)


def _read_term(name: TextNode, node: Node, layer: str, faults: Faults, gathered: _Gathered) -> None:
    fields = Fields(
        node,
        faults,
        f"the term {name.text}",
        required=("means",),
        optional=("kind_of", "event", "say", "exact", "never", "with"),
    )
    if name.text in gathered.means:
        faults.add(name, f"the term {name.text} is defined twice", "Keep one of them.")
    gathered.means[name.text] = fields.text("means")
    gathered.places[name.text] = (faults, name)
    if fields.has("kind_of"):
        gathered.parents[name.text] = fields.text("kind_of")
    if fields.flag("event", default=False):
        gathered.events.add(name.text)
    plain = _phrases(fields, "say", faults)
    if layer in ("section", "cell"):
        known = gathered.headings if layer == "section" else gathered.cells
        for form in plain:
            known.setdefault(phrase_words(form), name.text)
        return
    _add(gathered, Term(name.text, layer, plain))
    _add(gathered, Term(name.text, layer, fields.texts("exact"), exact=True))
    _add(gathered, Term(name.text, layer, _phrases(fields, "never", faults), never=True))
    for item in fields.items("with"):
        more = Fields(item, faults, f"a phrase of {name.text}", optional=("say", "exact", "quality", "state"))
        qualities = MappingProxyType(_qualities(more))
        word = more.word("state", [str(state) for state in State])
        state = State(word) if word else None
        _add(gathered, Term(name.text, layer, _phrases(more, "say", faults), qualities, state))
        _add(gathered, Term(name.text, layer, more.texts("exact"), qualities, state, exact=True))


def _add(gathered: _Gathered, term: Term) -> None:
    if term.forms:
        gathered.terms.append(term)


def _phrases(fields: Fields, key: str, faults: Faults) -> tuple[str, ...]:
    forms: list[str] = []
    for node in fields.text_nodes(key):
        try:
            forms.extend(expand(node.text))
        except ValueError as error:
            faults.add(node, f"{node.text!r} cannot be written out: {error}", "Write alternatives as (one|two).")
    return tuple(dict.fromkeys(forms))


def _qualities(fields: Fields) -> dict[str, str]:
    node = fields.node("quality")
    if not isinstance(node, MapNode):
        return {}
    return {key.text: value.text for key, value in node.entries if isinstance(value, TextNode)}


def _read_compose(node: Node, layer: str, faults: Faults, gathered: _Gathered) -> None:
    fields = Fields(node, faults, "a sequence", required=("name", "of", "gap"), optional=("quality",))
    name = fields.node("name")
    parts = fields.text_nodes("of")
    used = (name, *parts) if isinstance(name, TextNode) and name.text.strip() else parts
    gathered.used.extend((faults, node) for node in used)
    gap = fields.text("gap")
    if not gap.isdecimal():
        faults.add(fields.place("gap"), f"{gap!r} is not a number of words", "Write for example 4.")
        gap = "0"
    of = tuple(part.text for part in parts)
    gathered.composes.append(Compose(fields.text("name"), layer, of, int(gap), MappingProxyType(_qualities(fields))))


def _check_names(gathered: _Gathered) -> None:
    for name, parent in gathered.parents.items():
        if parent not in gathered.means:
            faults, place = gathered.places[name]
            faults.add(place, f"{name} is a kind of {parent}, which no file defines", "Define it or mend the name.")
    _check_circles(gathered)
    for faults, node in gathered.used:
        if node.text.strip() not in gathered.means:
            hint = did_you_mean(node.text, gathered.means) or "Define it or mend the name."
            faults.add(node, f"a sequence names {node.text}, which no file defines", hint)


def _check_circles(gathered: _Gathered) -> None:
    """Note each circle of kinds once, at the first of its names."""
    told: set[str] = set()
    for name in gathered.parents:
        line = _line_of(name, gathered.parents)
        if gathered.parents.get(line[-1]) == name and told.isdisjoint(line):
            told.update(line)
            faults, place = gathered.places[name]
            message = f"{name} is a kind of itself: {', a kind of '.join((*line, name))}"
            faults.add(place, message, "Remove one 'kind_of' of the circle.")
