"""Documents that were read one by one, put together as the chart that they are: the same as if read at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from praxigen.documents.chart import FOUND_IN_WHOLE, FileRead, assemble, left_out
from praxigen.documents.parsed import Parsed
from praxigen.errors import InputError
from praxigen.model.document import Document
from praxigen.model.layout import Page, Part, SourceFile, Unread, Unused

_OF_THE_WHOLE = ("duplicate", "copied")  # found by comparing all files, so they are looked for anew
_Stretch = TypeVar("_Stretch", Page, Part, Unused)


def join_documents(name: str, documents: Sequence[Document]) -> Document:
    """One chart of several documents, in their order. Raises InputError where there are none."""
    if not documents:
        raise InputError("there is nothing to check", "Give at least one file.")
    if len(documents) == 1:
        return replace(documents[0], name=name)
    files = [file for document in documents for file in _files(document)]
    return assemble(name, files, [each for document in documents for each in _unread(document)])


def _files(document: Document) -> Iterator[FileRead]:
    """The files of a document, each as its parser handed it over."""
    whole = SourceFile(document.name, "text", document.sha256, 0, len(document.text))
    for file in document.files or (whole,):
        first = sum(page.start < file.start for page in document.pages)
        parsed = Parsed(
            text=document.text[file.start : file.end],
            pages=tuple(_moved(document.pages, file)),
            words=tuple(
                word._replace(start=word.start - file.start, end=word.end - file.start, page=word.page - first)
                for word in document.words_in(file.start, file.end)
            ),
            parts=tuple(_moved(document.parts, file)),
            unused=tuple(span for span in _moved(document.unused, file) if span.why not in _OF_THE_WHOLE),
            unread=tuple((each.page, each.reason) for each in document.unread if each.file == file.name),
            warnings=tuple(_warnings(document, file)),
        )
        yield FileRead(file.name, file.kind, file.sha256, parsed, data=file.data, ready=True)


def _unread(document: Document) -> Iterator[Unread]:
    """The files of which nothing could be read."""
    names = {file.name for file in document.files}
    return (each for each in document.unread if each.file not in names)


def _warnings(document: Document, file: SourceFile) -> Iterator[str]:
    """What the file's own parser warned of; what was said of the whole is found again."""
    again = set(left_out(document.unread))
    lead = f"{file.name}: "
    for warning in document.warnings:
        if warning.startswith(FOUND_IN_WHOLE) or warning in again:
            continue
        if warning.startswith(lead) or len(document.files) < 2:
            yield warning.removeprefix(lead)


def _moved(stretches: Sequence[_Stretch], file: SourceFile) -> Iterator[_Stretch]:
    """The stretches of a file, counted from its beginning."""
    for each in stretches:
        if file.start <= each.start and each.end <= file.end:
            yield replace(each, start=each.start - file.start, end=each.end - file.start)
