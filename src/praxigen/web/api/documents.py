"""Documents in requests: plain text, or the bytes of any format that is read."""

from __future__ import annotations

import base64
import binascii

from ninja import Field, Schema
from pydantic import ConfigDict

from praxigen.model.document import Document
from praxigen.web.api.problems import Problem


class Given(Schema):
    """One document: `text` as it is, or `content` in base64 (PDF, DOCX, RTF, HTML, C-CDA, FHIR, HL7 v2, pictures, ZIP).

    `name` is what quotes call it; it decides nothing about the format.
    """

    model_config = ConfigDict(extra="forbid")
    name: str = Field("document", min_length=1, max_length=200)
    text: str | None = Field(None, max_length=5_000_000)
    content: str | None = Field(None, max_length=34_000_000)

    def read(self) -> Document:
        """The document as read. Raises InputError for what cannot be read, Problem 422 for what was not given."""
        from praxigen.documents import read_document

        return read_document(self.bytes(), self.name)

    def bytes(self) -> bytes:
        """The bytes that were given."""
        if (self.text is None) == (self.content is None):
            raise Problem(422, "A document has neither text nor content, or both", "Give one of the two.")
        if self.text is not None:
            return self.text.encode("utf-8", "replace")
        try:
            return base64.b64decode(self.content or "", validate=True)
        except (binascii.Error, ValueError):
            raise Problem(422, "The content of a document is not base64", "Encode the bytes of the file.") from None
