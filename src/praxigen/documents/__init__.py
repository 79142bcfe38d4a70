"""Bytes in, Document out. One file a format; this version reads plain text."""

from praxigen.documents.read import MAX_BYTES, read_document

__all__ = ["MAX_BYTES", "read_document"]
