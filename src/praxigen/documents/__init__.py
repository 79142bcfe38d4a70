"""Bytes in, Document out. One file a format; every format but plain text is parsed in a limited child process."""

from praxigen.documents.joined import join_documents
from praxigen.documents.ocr_options import Recognition
from praxigen.documents.read import MAX_BYTES, MAX_FILE, MAX_FILES, read_chart, read_document
from praxigen.documents.stored import dump_document, load_document

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
]
