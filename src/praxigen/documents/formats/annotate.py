"""Writes a copy of a chart with real PDF highlights, a bookmark for each criterion, and pages of our own in front.

The originals come from elsewhere, so this runs in the limited child process. Only their pages are taken over: scripts,
attached files and actions that start by themselves stay behind. The same input gives the same bytes.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from praxigen.documents.formats import picture
from praxigen.documents.parsed import Embedded, Parsed, Refusal

_STEPS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition")
_PRINT = 4  # annotation flag: the highlight is printed with the page
_OPACITY = 0.45


def annotate(data: bytes, spec: dict[str, Any], password: str | None) -> Parsed:
    """The annotated copy, as the one embedded file.

    `data` holds our own pages and then the originals one after another; `spec` says how long each is (`sizes`), of
    which `kinds` they are, and which `marks`, `links` and `bookmarks` to set (see documents/marking.py).
    """
    blobs = _cut(data, spec["sizes"])
    copy = pikepdf.open(BytesIO(blobs[0]))
    begins = []
    for kind, blob in zip(spec["kinds"], blobs[1:], strict=True):
        begins.append(len(copy.pages))
        with _original(kind, blob, password) as source:
            for page in source.pages:
                _disarm(page)
            copy.pages.extend(source.pages)
    marks = [(begins[mark["file"]] + mark["page"] - 1, mark) for mark in spec["marks"]]
    tops = [_highlight(copy, at, mark, number) for number, (at, mark) in enumerate(marks)]
    for link in spec["links"]:
        at, _ = marks[link["mark"]]
        _link(copy, link, copy.pages[at].obj, tops[link["mark"]])
    _bookmarks(copy, spec, marks, tops)
    copy.docinfo["/Title"] = String(spec["title"])
    copy.Root.PageMode = Name.UseOutlines
    out = BytesIO()
    copy.save(out, deterministic_id=True, compress_streams=True)
    return Parsed(embedded=(Embedded("marked.pdf", out.getvalue()),))


def _cut(data: bytes, sizes: list[int]) -> list[bytes]:
    blobs, at = [], 0
    for size in sizes:
        blobs.append(data[at : at + size])
        at += size
    return blobs


def _original(kind: str, blob: bytes, password: str | None) -> pikepdf.Pdf:
    if kind == "picture":
        return pikepdf.open(BytesIO(_paper(blob)))
    try:
        return pikepdf.open(BytesIO(blob), password=password or "")
    except pikepdf.PasswordError:
        raise Refusal("cannot be opened without its password", "Give it with --password.") from None
    except pikepdf.PdfError:
        raise Refusal("is a damaged PDF, of which no copy can be made", "Print it to a new PDF.") from None


def _paper(blob: bytes) -> bytes:
    """The pages of a picture as pages of a PDF, as large as their resolution says."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    with picture.opened(blob) as source:
        for number in range(1, picture.MOST_PAGES + 1):
            try:
                source.seek(number - 1)
            except EOFError:
                break
            try:
                sheet = picture.grey(source, number)
            except Refusal:  # it is listed as unread
                sheet, wide, high = None, 612.0, 792.0
            else:
                wide, high = picture.paper_size(sheet, source)
            canvas.setPageSize((wide, high))
            if sheet is not None:
                canvas.drawImage(ImageReader(sheet), 0, 0, wide, high)
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _disarm(page: pikepdf.Page) -> None:
    """Take off what would act by itself when the page is opened or clicked."""
    for key in ("/AA", "/Metadata", "/PieceInfo"):
        if key in page.obj:
            del page.obj[key]
    for annotation in page.obj.get("/Annots", ()):
        if not isinstance(annotation, Dictionary):
            continue
        action = annotation.get("/A")
        if isinstance(action, Dictionary) and str(action.get("/S", "")) in _STEPS:
            del annotation["/A"]
        if "/AA" in annotation:
            del annotation["/AA"]


def _highlight(copy: pikepdf.Pdf, at: int, mark: dict[str, Any], number: int) -> float:
    """Set one highlight; the height on its page to which a bookmark jumps."""
    page = copy.pages[at]
    quads = [_corners(page, box) for box in mark["boxes"]]
    xs = [x for quad in quads for x, _ in quad]
    ys = [y for quad in quads for _, y in quad]
    rect = [min(xs), min(ys), max(xs), max(ys)]
    # ISO 32000 asks for the corners counterclockwise; every viewer follows Acrobat: both upper ones, both lower ones.
    points = [edge for a, b, c, d in quads for corner in (a, b, d, c) for edge in corner]
    annotation = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Highlight,
        Rect=_numbers(rect),
        QuadPoints=_numbers(points),
        C=_numbers(mark["color"]),
        CA=_OPACITY,
        Contents=String(mark["says"]),
        T=String("praxigen"),
        NM=String(f"praxigen-{number}"),
        F=_PRINT,
        P=page.obj,
    )
    annotation.AP = Dictionary(N=_appearance(copy, quads, rect, mark["color"]))
    if "/Annots" not in page.obj:
        page.obj.Annots = copy.make_indirect(Array())
    page.obj.Annots.append(copy.make_indirect(annotation))
    return float(max(ys))


def _appearance(
    copy: pikepdf.Pdf, quads: list[list[tuple[float, float]]], rect: list[float], color: list[float]
) -> pikepdf.Object:
    """How the highlight looks, for viewers that draw none by themselves: ink that lets the letters through."""
    paths = [
        " ".join(f"{x:.2f} {y:.2f} {'m' if index == 0 else 'l'}" for index, (x, y) in enumerate(quad)) + " h f"
        for quad in quads
    ]
    ink = " ".join(f"{part:.3f}" for part in color)
    stream = copy.make_stream(f"/G gs {ink} rg {' '.join(paths)}".encode())
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, _numbers(rect)
    stream.Resources = Dictionary(
        ExtGState=Dictionary(G=Dictionary(Type=Name.ExtGState, BM=Name.Multiply, ca=_OPACITY, CA=_OPACITY))
    )
    return stream


def _corners(page: pikepdf.Page, box: list[float]) -> list[tuple[float, float]]:
    """The corners of a box, clockwise from its upper left, from the page as it is shown to the page's own points."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    left, right = min(left, right), max(left, right)
    bottom, top = min(bottom, top), max(bottom, top)
    turn = int(page.rotation if hasattr(page, "rotation") else page.obj.get("/Rotate", 0)) % 360
    x0, y0, x1, y1 = box

    def place(x: float, y: float) -> tuple[float, float]:
        if turn == 90:
            return left + y, bottom + x
        if turn == 180:
            return right - x, bottom + y
        if turn == 270:
            return right - y, top - x
        return left + x, top - y

    return [place(x0, y0), place(x1, y0), place(x1, y1), place(x0, y1)]


def _link(copy: pikepdf.Pdf, link: dict[str, Any], target: pikepdf.Object, top: float) -> None:
    page = copy.pages[link["page"] - 1]
    annotation = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=_numbers(link["rect"]),
        Border=Array([0, 0, 0]),
        Dest=Array([target, Name.XYZ, None, top + 40, None]),
    )
    if "/Annots" not in page.obj:
        page.obj.Annots = copy.make_indirect(Array())
    page.obj.Annots.append(copy.make_indirect(annotation))


def _bookmarks(
    copy: pikepdf.Pdf, spec: dict[str, Any], marks: list[tuple[int, dict[str, Any]]], tops: list[float]
) -> None:
    """A bookmark for each criterion: to its first highlight, or to its line of the checklist where it has none."""
    with copy.open_outline() as outline:
        above: list[OutlineItem] = []
        for each in spec["bookmarks"]:
            if each["mark"] is not None:
                at, top = marks[each["mark"]][0], tops[each["mark"]] + 40
            else:
                at, top = each["page"] - 1, each["top"]
            item = OutlineItem(each["title"], at, page_location="XYZ", top=top)
            del above[each["depth"] :]
            (above[-1].children if above else outline.root).append(item)
            above.append(item)


def _numbers(values: list[float]) -> Array:
    return Array([round(float(value), 2) for value in values])
