"""Sources and citations: `sources: {...}` at the head of a file, `source: {from: ..., at: ...}` at every line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from praxigen.datafiles import Fields, ListNode, Node, TextNode, did_you_mean
from praxigen.datafiles.faults import Faults
from praxigen.datafiles.nodes import describe
from praxigen.model.provenance import READ_STRENGTH, Citation, Read, Snapshot, Source, Trust

_SNAPSHOT_FILE = re.compile(r"[a-z0-9-]+/[a-z0-9.-]+@[A-Za-z0-9.-]+\.txt")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOWHERE = Source("", "", "", Trust.PORTAL_ONLY, Read.NOT_LOCATED)


def read_sources(head: Fields) -> Mapping[str, Source]:
    """The sources that a file names, by their ids."""
    return MappingProxyType({key.text: _source(key, node, head.faults) for key, node in head.entries("sources")})


def _source(key: TextNode, node: Node, faults: Faults) -> Source:
    fields = Fields(
        node,
        faults,
        f"source {key.text!r}",
        required=("title", "publisher", "trust", "read"),
        optional=("number", "edition", "effective", "retrieved", "url", "note", "snapshot"),
    )
    # The stand-ins for a faulty word are the strongest: no citation claims more, and the one fault is told alone.
    return Source(
        id=key.text,
        title=fields.text("title"),
        publisher=fields.text("publisher"),
        trust=fields.choice("trust", Trust, Trust.BINDING),
        read=fields.choice("read", Read, Read.FULL_TEXT),
        number=fields.known("number"),
        edition=fields.known("edition"),
        effective=fields.known_day("effective"),
        retrieved=fields.known_day("retrieved"),
        url=fields.known("url"),
        note=fields.text("note"),
        snapshot=_snapshot(fields),
    )


def _snapshot(owner: Fields) -> Snapshot | None:
    node = owner.node("snapshot")
    if node is None:
        return None
    fields = Fields(node, owner.faults, "a snapshot", required=("file", "sha256"))
    file, sha256 = fields.text("file"), fields.text("sha256")
    if file and not _SNAPSHOT_FILE.fullmatch(file):
        hint = "Write '<publisher>/<number>@<edition>.txt', a file of the folder 'snapshots'."
        owner.faults.add(fields.place("file"), f"{file!r} is not the name of a snapshot", hint, code="snapshot")
    if sha256 and not _SHA256.fullmatch(sha256):
        hint = "Write the 64 hexadecimal digits that sha256sum prints."
        owner.faults.add(fields.place("sha256"), "this is not a SHA-256 hash", hint, code="snapshot")
    return Snapshot(file, sha256)


def find_source(node: Node | None, sources: Mapping[str, Source], faults: Faults) -> Source:
    """The source that a text names. A missing node is somebody else's fault and passes."""
    if not isinstance(node, TextNode):
        if node is not None:
            faults.add(node, f"a source is named by a text, not by {describe(node)}", "Write its id under 'sources'.")
        return _NOWHERE
    found = sources.get(node.text)
    if found is None:
        hint = did_you_mean(node.text, sources) or f"Sources of this file: {', '.join(sources) or 'none'}."
        faults.add(node, f"no source is called {node.text!r}", hint, code="unknown-source")
        return _NOWHERE
    return found


def read_citation(owner: Fields, sources: Mapping[str, Source]) -> Citation:
    """The citation under `source` of `owner`; `owner` itself sees to it that the key is there."""
    node = owner.node("source")
    if node is None:
        return Citation(_NOWHERE, "", Read.NOT_LOCATED, Trust.PORTAL_ONLY)
    faults = owner.faults
    fields = Fields(node, faults, "source", required=("from", "at"), optional=("read", "trust", "note", "words"))
    source = find_source(fields.node("from"), sources, faults)
    read = fields.choice("read", Read, source.read)
    trust = fields.choice("trust", Trust, source.trust)
    if source is not _NOWHERE:
        _only_weaker(fields, "read", READ_STRENGTH.index(read) < READ_STRENGTH.index(source.read), source.read)
        _only_weaker(fields, "trust", trust is Trust.BINDING and source.trust is not Trust.BINDING, source.trust)
    words = read_words(fields, source)
    return Citation(source, fields.text("at"), read, trust, fields.text("note"), words)


def read_words(fields: Fields, source: Source) -> tuple[str, ...]:
    """The passage or the list of passages under `words`, which only a source with a snapshot can have."""
    node = fields.node("words")
    if node is None:
        return ()
    if source is not _NOWHERE and source.snapshot is None:
        hint = "Add 'snapshot' to the source, or leave 'words' out."
        fields.faults.add(node, f"the source {source.id!r} has no snapshot to take words from", hint, code="snapshot")
    return fields.texts("words") if isinstance(node, ListNode) else (fields.text("words"),)


def _only_weaker(fields: Fields, key: str, stronger: bool, own: str) -> None:
    if stronger:
        word = fields.text(key)
        fields.faults.add(
            fields.place(key),
            f"{key!r} is {word!r}, which claims more than the source itself ({str(own)!r})",
            f"Remove it, or correct {key!r} in 'sources'.",
            code="claims-more",
        )
