"""Procedure codes: their systems, and the practice's own descriptors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.codesets import CodeSystem, look_up_procedure
from praxigen.codesets.descriptors import FILE, MAX_BYTES, read_descriptors, read_licensed
from praxigen.errors import InputError
from praxigen.library import Library

LICENSED = "Some licence text, with commas\n\nCPT Code\tLong Descriptor\n63650\tInvented words of a licensed file\n"


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("63650", CodeSystem.CPT),
        (" 63650 ", CodeSystem.CPT),
        ("0275T", CodeSystem.CPT_CATEGORY_III),
        ("1111F", CodeSystem.CPT_CATEGORY_II),
        ("0001U", CodeSystem.CPT_LABORATORY),
        ("L8679", CodeSystem.HCPCS),
        ("c1821", CodeSystem.HCPCS),
        ("D1234", None),
        ("W1234", None),
        ("6365", None),
        ("636500", None),
        ("\uff163650", None),
        ("", None),
    ],
)
def test_which_system_a_code_belongs_to(text: str, system: CodeSystem | None) -> None:
    found = look_up_procedure(text)
    assert found.system is system
    assert system is not None or found.says


def test_a_code_that_the_table_of_payment_does_not_hold() -> None:
    assert look_up_procedure("27445").says == (
        "CMS OPPS Addendum B, release 2026-04: Not in the table. Check whether it was deleted before requesting it.",
    )
    assert look_up_procedure("63650").says == ()


@pytest.mark.parametrize(
    "text",
    [
        LICENSED,
        "code,description\n63650,Invented words of a licensed file\n",
        '"HCPCS Code"|"Short Descriptor"\n63650|Invented words of a licensed file\n',
        "\ufeffConcept Id;Consumer Descriptor\r\n63650;Invented  words of a licensed file\r\nno code;x\r\n63655;\r\n",
    ],
)
def test_files_as_licensees_have_them(text: str) -> None:
    assert dict(read_licensed(text.encode(), "f")) == {"63650": "Invented words of a licensed file"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no line that names a column"),
        (b"code,descriptor\n", "no procedure code with a descriptor"),
        (b"\x00\x01\x02", "no text file"),
        (b"x" * (MAX_BYTES + 1), "larger than 64 MB"),
    ],
)
def test_files_that_are_none(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_licensed(data, "f")


def test_the_command_imports_and_the_library_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    licensed = tmp_path / "cpt.txt"
    licensed.write_text(LICENSED, encoding="utf-8")
    assert run(["library", "descriptors", str(licensed), "--into", str(tmp_path / "mine")]) == 0
    assert "1 descriptors written" in capsys.readouterr().out
    assert Library.open(tmp_path / "mine").descriptor("63650") == "Invented words of a licensed file"
    assert Library.open(tmp_path / "mine").descriptor("63655") == ""
    assert run(["library", "descriptors", str(tmp_path / "none.txt"), "--into", str(tmp_path / "mine")]) == 3
    assert "could not be read" in capsys.readouterr().err


def test_a_spoiled_file_of_descriptors_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("63650\tWords\nnonsense\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_descriptors(tmp_path)


def test_the_command_tells_of_both_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "M51.36", "63650", "27445", "junk", "--date-of-service", "2026-08-03"]) == 0
    shown = capsys.readouterr().out
    assert "M51.36 is not billable since fiscal year 2025" in shown
    assert "63650  lead through the skin\n  CPT, in library" in shown
    assert "27445\n  CPT, not in library" in shown or "27445  " in shown
    assert run(["code", "M51.36", "--date-of-service", "2021-08-03", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["schema"], answer["codes"][0]["state"]) == ("praxigen.codes/1", "billable")
