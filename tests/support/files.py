"""Files of every format that praxigen reads, made up in a few words."""

from __future__ import annotations

import base64
import json
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NOTE = "Date of visit: 07/20/2026\nHPI: Left leg pain for eight months.\nEXAM: Strength 4/5 in the left EHL."


def pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF with a page for each text, line by line from the top. An empty text makes an empty page."""
    from reportlab.lib.pagesizes import letter
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    sheet = BytesIO()
    lock = StandardEncryption(password, canPrint=1) if password else None
    canvas = Canvas(sheet, pagesize=letter, invariant=1, encrypt=lock)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for row, line in enumerate(page.split("\n")):
            canvas.drawString(72, 720 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return sheet.getvalue()


def drawn_pdf(pages: int = 1, *, written: dict[int, str] | None = None) -> bytes:
    """A PDF whose pages are pictures, as a scanner makes them, but for those in `written` (counted from 1)."""
    from reportlab.pdfgen.canvas import Canvas

    sheet = BytesIO()
    canvas = Canvas(sheet, invariant=1)
    for number in range(1, pages + 1):
        if written and number in written:
            for row, line in enumerate(written[number].split("\n")):
                canvas.drawString(72, 720 - 14 * row, line)
        else:
            canvas.rect(72, 72, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return sheet.getvalue()


def raw_pdf(content: bytes, *, deflations: int = 0, page: str = "", count: int = 1) -> bytes:
    """A PDF written by hand: one page with this content stream, deflated so many times."""
    for _ in range(deflations):
        content = zlib.compress(content, 9)
    filters = f"/Filter [{' '.join(['/FlateDecode'] * deflations)}]" if deflations else ""
    kids = "[3 0 R]" if count else "[]"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids{kids}/Count {count}>>".encode(),
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R{page}"
        "/Resources<</Font<</F 5 0 R>>>>>>".encode(),
        f"<</Length {len(content)}{filters}>>stream\n".encode() + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def packed(*entries: tuple[str, bytes]) -> bytes:
    """A ZIP file with these entries."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def docx(body: str, *others: tuple[str, bytes]) -> bytes:
    """A Word file whose body is this WordprocessingML."""
    return packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", _WORD.format(body).encode()), *others)


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of WordprocessingML."""
    return f"<w:p><w:r>{properties}<w:t>{text}</w:t></w:r></w:p>"


def ccda(sections: str, *, head: str = "", before: str = "", body: str | None = None) -> bytes:
    """A C-CDA document with these sections, or with another body."""
    held = body if body is not None else f"<structuredBody>{sections}</structuredBody>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<ClinicalDocument xmlns="urn:hl7-org:v3">'
        f"{head}<component>{held}</component></ClinicalDocument>"
    ).encode()


def section(title: str, text: str) -> str:
    """A section of a C-CDA document."""
    return f"<component><section><title>{title}</title><text>{text}</text></section></component>"


def reference(data: bytes, **more: object) -> dict[str, object]:
    """A FHIR DocumentReference that carries a file."""
    attachment = {"contentType": "application/octet-stream", "data": base64.b64encode(data).decode()}
    return {"resourceType": "DocumentReference", "status": "current", "content": [{"attachment": attachment}], **more}


def bundle(*resources: dict[str, object]) -> bytes:
    """A FHIR bundle of resources."""
    entries = [{"resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def mdm(*lines: str, txa: str = "TXA|1|11506-3|TX|20260720103000|||||^Moreno^Elena||||||||AU") -> bytes:
    """An HL7 v2 message with a note, a line in each OBX."""
    observations = [f"OBX|{number}|TX|||{line}||||||F" for number, line in enumerate(lines, 1)]
    return "\r".join(["MSH|^~\\&|EHR|A|B|C|20260721||MDM^T02|1|P|2.5.1", txa, *observations, ""]).encode()
