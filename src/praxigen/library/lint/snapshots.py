"""Whether the words that a guideline cites stand in the texts that the library keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from praxigen.datafiles import Fault
from praxigen.datafiles.faults import Place
from praxigen.errors import LibraryError
from praxigen.library.leaves import cited_leaves
from praxigen.library.lint.places import Page
from praxigen.library.snapshots import occurrences
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import Citation, Read, Snapshot, Source

_SHOWN = 60
_COPY = "Copy them from the file as they stand, typographic quotes and dashes included."


def lint_snapshots(guideline: Guideline, page: Page, read: Callable[[Snapshot], str]) -> Iterator[Fault]:
    """The faults of one edition's snapshots and of the words that it takes from them.

    `read` gives the text of a snapshot and raises LibraryError where it cannot.
    """
    texts: dict[str, str] = {}
    for name, source in guideline.sources.items():
        if source.snapshot is not None:
            try:
                texts[name] = read(source.snapshot)
            except LibraryError as error:
                yield page.error(page.of("sources", name, "snapshot"), "snapshot", error.message, error.hint)
    yield from _statements(guideline, page, texts)
    yield from _criteria(guideline, page, texts)
    yield from _unanchored(guideline, page, texts)


def _statements(guideline: Guideline, page: Page, texts: Mapping[str, str]) -> Iterator[Fault]:
    for key in ("definitions", "not_covered", "notes"):
        for number, statement in enumerate(getattr(guideline, key)):
            yield from _words(page, page.of(key, number, "source", "words"), statement.citation, texts)
    main = guideline.main_source
    for number, aside in enumerate(guideline.set_aside):
        for words in aside.words:
            yield from _passage(page, page.of("set_aside", number, "words"), words, main, texts)


def _criteria(guideline: Guideline, page: Page, texts: Mapping[str, str]) -> Iterator[Fault]:
    seen: set[tuple[int, Citation]] = set()
    for indication in guideline.indications.values():
        for node in indication.criteria.walk():
            if node.citation is not None and (node.line, node.citation) not in seen:
                seen.add((node.line, node.citation))
                place = page.at_line(node.line, "source", "id")
                yield from _words(page, place, node.citation, texts)


def _unanchored(guideline: Guideline, page: Page, texts: Mapping[str, str]) -> Iterator[Fault]:
    for leaf, citation in cited_leaves(guideline):
        if citation.source.id in texts and citation.read is not Read.INFERRED and not citation.words:
            message = f"criterion {leaf.id!r} does not say which words of its source it encodes"
            hint = "Add 'words' to its 'source': the exact passage of the snapshot."
            yield page.error(page.at_line(leaf.line, "source", "id"), "unanchored", message, hint)


def _words(page: Page, place: Place, citation: Citation, texts: Mapping[str, str]) -> Iterator[Fault]:
    for words in citation.words:
        yield from _passage(page, place, words, citation.source, texts)


def _passage(page: Page, place: Place, words: str, source: Source, texts: Mapping[str, str]) -> Iterator[Fault]:
    text = texts.get(source.id)
    if text is None:
        return  # That the text cannot be read has been told.
    count = occurrences(text, words)
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}..."
    if not count:
        message = f"the text of {source.id!r} does not hold the words {shown!r}"
        yield page.error(place, "words", message, _COPY)
    elif count > 1:
        message = f"the words {shown!r} stand {count} times in the text of {source.id!r}"
        yield page.error(place, "words", message, "Take in more words, until they stand there once.")
