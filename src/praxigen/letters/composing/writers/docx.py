"""A letter as a Word file with real headings, lists and tables, title and language, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from praxigen.letters.composing.letter import Block, Heading, Items, Letter, Lines, Paragraph, Quoted, Table
from praxigen.letters.composing.sentence import Kind, Sentence
from praxigen.letters.composing.writers.plain import DRAFT, NOTES_TITLE

if TYPE_CHECKING:
    from docx.document import Document

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # what Word asks for and nobody needs; the letter's own date stands in it
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_INK = "1F3A5F"
_BAR = {Kind.DENIAL: "8A4B08", Kind.POLICY: "787878"}


def to_docx(letter: Letter, *, draft: bool) -> bytes:
    """The whole letter; a draft is marked in the header of every page and ends with its notes."""
    import docx

    document = docx.Document()
    _set_up(document, letter, draft=draft)
    for number, each in enumerate(letter.head):
        paragraph = document.add_paragraph(style="Letterhead" if number else "Letterhead name")
        _run(paragraph, each)
    document.add_heading(letter.title, level=1)
    for block in letter.blocks:
        _block(document, block)
    if draft and letter.notes:
        document.add_heading(NOTES_TITLE, level=1).paragraph_format.page_break_before = True
        for note in letter.notes:
            document.add_paragraph(_legal(note), style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return _same_bytes(stream.getvalue())


def _block(document: Document, block: Block) -> None:
    if isinstance(block, Heading):
        heading = document.add_heading(level=block.level)
        heading.paragraph_format.page_break_before = block.new_page
        _run(heading, block.sentence)
    elif isinstance(block, Quoted):
        paragraph = document.add_paragraph(style="Quote")
        _bar(paragraph, _BAR.get(block.sentence.kind, _INK))
        _run(paragraph, block.sentence)
    elif isinstance(block, Items):
        for item in block.items:
            _runs(document.add_paragraph(style="List Number" if block.numbered else "List Bullet"), item, " ")
    elif isinstance(block, Lines):
        _runs(document.add_paragraph(), block.sentences, "\n")
    elif isinstance(block, Paragraph):
        _runs(document.add_paragraph(), block.sentences, " ")
    else:
        _table(document, block)


def _table(document: Document, block: Table) -> None:
    from docx.shared import Inches

    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    table.columns[0].width, table.columns[1].width = Inches(1.5), Inches(5)
    for field in block.fields:
        name, value = table.add_row().cells
        name.width, value.width = Inches(1.5), Inches(5)
        name.paragraphs[0].add_run(field.name)
        _run(value.paragraphs[0], field.value)
        for cell in (name, value):
            cell.paragraphs[0].paragraph_format.space_after = 0
    document.add_paragraph()


def _runs(paragraph: Any, sentences: tuple[Sentence, ...], between: str) -> None:
    for number, each in enumerate(sentences):
        if number:
            paragraph.add_run(between)
        _run(paragraph, each)


def _run(paragraph: Any, sentence: Sentence) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    run = paragraph.add_run(_legal(sentence.text))
    if sentence.kind is Kind.GAP:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    elif sentence.kind is Kind.ARGUMENT:
        run.italic = True


def _set_up(document: Document, letter: Letter, *, draft: bool) -> None:
    """Page, styles, language, properties, header and footer."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Inches, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    ink = RGBColor.from_string(_INK)
    styles = document.styles
    _font(styles["Normal"], "Georgia", 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in (("Heading 1", 17), ("Heading 2", 13), ("Heading 3", 10.5)):
        _font(styles[name], "Georgia", size)
        styles[name].font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A) if name == "Heading 3" else ink
    styles["Quote"].font.italic = False
    styles["Quote"].font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    styles["Quote"].paragraph_format.left_indent = Inches(0.3)
    for name, size, bold in (("Letterhead name", 15, True), ("Letterhead", 9, False)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.bold, style.paragraph_format.space_after = Pt(size), bold, Pt(0)
    styles["Letterhead name"].font.color.rgb = ink
    core = document.core_properties
    core.title, core.language, core.author = letter.title, "en-US", _legal(letter.author)
    core.comments, core.last_modified_by, core.revision = "", "", 1
    core.created = core.modified = _EPOCH
    if draft:
        banner = section.header.paragraphs[0]
        banner.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = banner.add_run(DRAFT)
        run.bold, run.font.color.rgb = True, RGBColor(0x8B, 0, 0)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run(f"{letter.title}, page ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _font(style: Any, name: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = name, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for slot in ("ascii", "hAnsi"):
        fonts.set(qn(f"w:{slot}"), name)


def _field(paragraph: Any, code: str) -> None:
    """A field that Word fills: the number of the page, or of pages."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # noqa: SLF001  python-docx has no fields


def _bar(paragraph: Any, color: str) -> None:
    """A bar at the left of a quote."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", color)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001  python-docx has no borders


def _legal(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(
        each if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff") else "\ufffd" for each in text
    )


def _same_bytes(data: bytes) -> bytes:
    """The same Word file with every entry packed in its order at one fixed time."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(info, source.read(entry.filename))
    return made.getvalue()
