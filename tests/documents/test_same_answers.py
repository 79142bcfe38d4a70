"""The same note gives the same answers in every format, and a damaged one never more than a refusal."""

from __future__ import annotations

import pytest
from benchmarks import formats, fuzz_documents

from praxigen import read_document
from praxigen.documents import recognition

NOTES = formats.read_notes(formats.NOTES)[:2]


@pytest.mark.parametrize("form", formats.FORMATS)
@pytest.mark.parametrize(("name", "text"), NOTES, ids=[name for name, _ in NOTES])
def test_the_format_does_not_change_an_answer(form: str, name: str, text: str) -> None:
    del name
    expected = formats.answers(read_document(text.encode()))
    assert formats.answers(read_document(formats.FORMATS[form](text))) == expected
    assert set(expected.values()) > {"not_documented"}


@pytest.mark.skipif(not recognition.available(), reason='the extra "ocr" is not installed')
@pytest.mark.parametrize("form", formats.SCANS)
def test_a_fax_changes_few_answers_and_makes_none_met(form: str) -> None:
    same = asked = 0
    for _, text in formats.read_notes(formats.NOTES)[:4]:
        expected = formats.answers(read_document(text.encode()))
        got = formats.answers(read_document(formats.SCANS[form](text)))
        same += sum(got[each] == expected[each] for each in expected)
        asked += len(expected)
        assert not [each for each in expected if got[each] == "met" != expected[each]]
    assert same >= formats.LEAST_OF_SCANS * asked


@pytest.mark.skipif(not recognition.available(), reason='the extra "ocr" is not installed')
@pytest.mark.parametrize("form", formats.SCANS)
def test_a_damaged_scan_is_read_or_refused(form: str) -> None:
    ended = [fuzz_documents.outcome(data) for data in fuzz_documents.files(form, 4, seed=7)]
    assert set(ended) <= {"read", "refused"}


@pytest.mark.parametrize("form", formats.FORMATS | formats.SCANS)
def test_the_same_note_gives_the_same_file(form: str) -> None:
    write = (formats.FORMATS | formats.SCANS)[form]
    assert write(NOTES[0][1]) == write(NOTES[0][1])


@pytest.mark.parametrize("form", formats.FORMATS)
def test_a_damaged_file_is_read_or_refused(form: str) -> None:
    ended = [fuzz_documents.outcome(data) for data in fuzz_documents.files(form, 10, seed=7)]
    assert set(ended) <= {"read", "refused"}
