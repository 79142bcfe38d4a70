"""What people give beside the chart: names, letterhead, templates, decisions; and the files that come out."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from letters.test_letters import MET, REASON
from praxigen.cli.main import run
from praxigen.errors import InputError, LibraryError, UsageError
from praxigen.letters.composing.compose import compose
from praxigen.letters.composing.dispositions import blank, read_dispositions
from praxigen.letters.composing.gather import Answer, reasons_by_hand
from praxigen.letters.composing.letter import LetterKind
from praxigen.letters.composing.matter import FIELDS, given
from praxigen.letters.composing.patient import find_person, same_name
from praxigen.letters.composing.practice import is_npi, read_practice
from praxigen.letters.composing.template import TEMPLATED, read_template
from praxigen.letters.composing.writers.docx import to_docx
from praxigen.letters.composing.writers.html import to_html
from praxigen.letters.composing.writers.pdf import to_pdf, typeset
from praxigen.letters.composing.writers.plain import DRAFT
from praxigen.letters.composing.writers.text import to_text
from praxigen.model.document import Document
from support.matters import EXAMPLES, matter_of, report_on


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jane Doe", "DOE, JANE", True),
        ("Jane Q. Doe", "Jane Doe", True),
        ("Mrs. Jane Doe", "jane doe", True),
        ("Jane Doe", "Jane Roe", False),
        ("Test Patient A", "Test Patient B", False),
        ("María de la Cruz", "Cruz, María de la", True),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_the_patient_of_a_chart() -> None:
    person = find_person(Document("n", "Patient: Jane Doe      DOB: 01/02/1968\nPatient: Alert and oriented\n"))
    assert [name.value for name in person.names] == ["Jane Doe"]
    assert [born.day.isoformat() for born in person.births] == ["1968-01-02"]
    assert find_person(Document("n", "DOB: 13/45/1968\nPatient: reports pain")).names == ()


@pytest.mark.parametrize(
    "letter", ["Patient: Other Person    DOB: 01/02/1968", "Patient: Test Patient A    DOB: 03/03/1970"]
)
def test_papers_of_two_patients_are_refused_until_a_person_compared_them(letter: str) -> None:
    report = report_on(MET.replace(b"Test Patient A", b"Test Patient A    DOB: 01/02/1968"), stage="trial")
    by_hand = reasons_by_hand([REASON])
    answer = Answer(by_hand.document, by_hand.reasons, person=find_person(Document("letter", letter)))
    with pytest.raises(UsageError, match="may be about two patients") as refused:
        matter_of(report, answer)
    assert "Other Person" not in str(refused.value)
    notes = matter_of(report, answer, confirmed=True).notes
    assert any("Confirmed by a person" in note for note in notes)


def test_a_chart_of_two_patients_is_refused() -> None:
    report = report_on(MET + MET.replace(b"Test Patient A", b"Test Patient B"), stage="trial")
    with pytest.raises(UsageError, match="more than one patient name"):
        matter_of(report)


def test_npi() -> None:
    assert is_npi("1234567893")
    assert not is_npi("1234567890")
    assert not is_npi("123")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("schema: praxigen.practice/1\nname: A\nnpi: '1234567890'\n", "not an NPI"),
        ("schema: praxigen.practice/1\nname: A\nfone: 1\n", "fone"),
        ("schema: praxigen.practice/2\nname: A\n", "praxigen.practice/1"),
        ("name: A\n", "schema"),
    ],
)
def test_a_faulty_letterhead_is_refused_with_its_place(text: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "practice.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match=why):
        read_practice(path)


@pytest.mark.parametrize("kind", TEMPLATED)
def test_every_shipped_template_is_sound(kind: LetterKind) -> None:
    template = read_template(kind, (), tuple(FIELDS))
    assert template.kind is kind
    assert template.steps


def test_a_practice_replaces_a_template_and_faults_have_a_place(tmp_path: Path) -> None:
    own = "schema: praxigen.letter-template/1\nkind: request\ntitle: Ours\nask: Please.\nsteps:\n"
    own += '  - say: ["Hello {payer}"]\n'
    (tmp_path / "request.yaml").write_text(own, encoding="utf-8")
    letter = compose(matter_of(report_on("stimulator-trial.txt")), LetterKind.REQUEST, [tmp_path])
    assert letter.title == "Ours"
    (tmp_path / "request.yaml").write_text(own.replace("{payer}", "{payr}"), encoding="utf-8")
    with pytest.raises(LibraryError, match=r"request\.yaml:\d+:\d+: there is no field \{payr\}"):
        read_template(LetterKind.REQUEST, [tmp_path], tuple(FIELDS))


def test_unknown_fields_and_empty_values_are_refused() -> None:
    with pytest.raises(UsageError, match="no field 'unit'"):
        given("unit", "1")
    with pytest.raises(UsageError, match="without a value"):
        given("units", " ")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"state": "fine"}, "unknown state"),
        ({"state": "confirmed", "by": ""}, "who decided"),
        ({"state": "confirmed", "by": "A", "on": "soon"}, "which day"),
        ({"criterion": 3}, "names no criterion"),
    ],
)
def test_faulty_decisions_are_refused(change: dict[str, object], why: str, tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    entry = {"criterion": "a", "state": "", "by": "A", "on": "2026-08-01"} | change
    path.write_text(json.dumps({"schema": "praxigen.dispositions/1", "dispositions": [entry]}), encoding="utf-8")
    with pytest.raises(InputError, match=why):
        read_dispositions(path)


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff\xfe", b"{" * 10000, b'{"schema": "x"}'])
def test_what_is_no_list_of_decisions_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_dispositions(path)


def test_a_blank_list_decides_nothing(tmp_path: Path) -> None:
    report = report_on("stimulator-trial.txt")
    (first, *_) = (each.result for each in report.determinations if each.result)
    path = tmp_path / "d.json"
    path.write_text(blank(first.walk(), report.document.sha256), encoding="utf-8")
    assert read_dispositions(path).by_criterion == {}


def test_every_format_has_the_same_sentences_and_bytes() -> None:
    chart = MET.replace(
        b"stimulator trial with", "trial 日本 <script>alert(1)</script> #x $y$ *z* \x1b[2J with".encode()
    )
    letter = compose(matter_of(report_on(chart, stage="trial"), reasons_by_hand([REASON])), LetterKind.LEVEL_1)
    html, text = to_html(letter, draft=True), to_text(letter, draft=True)
    assert "<script>alert" not in html
    assert "\x1b" not in text
    assert DRAFT in html
    assert text.count(DRAFT) == 2
    for write in (to_docx, to_pdf):
        assert write(letter, draft=True) == write(letter, draft=True)
    with zipfile.ZipFile(io.BytesIO(to_docx(letter, draft=True))) as word:
        body = word.read("word/document.xml").decode()
        assert DRAFT in word.read("word/header1.xml").decode()
        assert 'w:val="Heading2"' in body
        assert "en-US" in word.read("docProps/core.xml").decode()
    flat = " ".join(text.split())
    for sentence in letter.sentences():
        assert " ".join(sentence.text.split()) in flat
    final = to_text(letter, draft=False)
    assert DRAFT not in final
    assert "For the person who reviews" not in final


def test_a_pdf_is_tagged_and_has_title_and_language() -> None:
    letter = compose(matter_of(report_on("stimulator-trial.txt")), LetterKind.REQUEST)
    data = to_pdf(letter, draft=True)
    assert b"/StructTreeRoot" in data
    assert b"/Lang" in data
    assert b"/MarkInfo" in data


COMMON = ["--chart", str(EXAMPLES / "stimulator-trial.txt"), "--payer", "qualcare", "--code", "63650"]


@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "txt", "json"])
def test_the_command_writes_each_format(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"letter.{ending}"
    assert run(["request-letter", *COMMON, "--date-of-service", "2026-08-03", "-o", str(path)]) == 0
    assert path.stat().st_size > 1000


def test_a_final_letter_with_open_ends_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letter.txt"
    assert run(["request-letter", *COMMON, "--date-of-service", "2026-08-03", "-o", str(path), "--final"]) == 1
    assert "no person has decided about criterion" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["appeal", *COMMON, "--reason", "x", "-o", "x.odt"], "no letter of the kind '.odt'"),
        (["appeal", *COMMON, "--reason", " ", "--date-of-service", "2026-08-03"], "without words"),
        (["appeal", *COMMON, "--reason", "x"], "date of service"),
        (["appeal", "--reason", "x", "--payer", "qualcare", "--code", "63650"], "no chart was given"),
        (["appeal", *COMMON, "--give", "units", "--date-of-service", "2026-08-03"], "has no value"),
        (["appeal", *COMMON, "--date", "soon", "--date-of-service", "2026-08-03"], "'soon' is not a date"),
        (["request-letter", *COMMON, "--format", "pdf", "--date-of-service", "2026-08-03"], "not shown in a terminal"),
        (["packet", *COMMON, "--date-of-service", "2026-08-03"], "a packet is a PDF"),
        (["addendum", *COMMON[:2]], "no payer was given"),
    ],
)
def test_wrong_usage_is_refused(arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert why in capsys.readouterr().err


@pytest.mark.parametrize(
    ("odd", "shown"), [("\uff1c", "[U+FF1C]"), ("漢字", "[U+6F22][U+5B57]"), ("\u169b\uff1c", "[U+169B][U+FF1C]")]
)
def test_a_letter_that_no_font_has_is_written_as_its_number(tmp_path: Path, odd: str, shown: str) -> None:
    (tmp_path / "page.typ").write_text('#set document(title: "t")\n#json(bytes(sys.inputs.data)).a', encoding="utf-8")
    page = PdfDocument(typeset(tmp_path, "page.typ", {"a": f"pain {odd} leg"}, "ua-1"))[0]
    assert page.get_textpage().get_text_bounded().strip() == f"pain {shown} leg"
