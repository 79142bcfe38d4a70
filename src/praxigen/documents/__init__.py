"""Bytes in, Document out. One file a format; every format but plain text is parsed in a limited child process.

The names are loaded when they are first used: the child that parses one file needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from praxigen.documents.joined import join_documents
    from praxigen.documents.ocr_options import Recognition
    from praxigen.documents.read import MAX_BYTES, MAX_FILE, MAX_FILES, read_chart, read_document
    from praxigen.documents.stored import dump_document, load_document
    from praxigen.documents.unlocking import unlock_document

__all__ = [
    "MAX_BYTES",
    "MAX_FILE",
    "MAX_FILES",
    "Recognition",
    "dump_document",
    "join_documents",
    "load_document",
    "read_chart",
    "read_document",
    "unlock_document",
]

_HOMES = {
    "Recognition": "ocr_options",
    "dump_document": "stored",
    "join_documents": "joined",
    "load_document": "stored",
    "unlock_document": "unlocking",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'praxigen.documents' has no attribute {name!r}")
    value: object = getattr(import_module(f"praxigen.documents.{_HOMES.get(name, 'read')}"), name)
    globals()[name] = value
    return value
