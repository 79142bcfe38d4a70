"""The benchmark of redaction holds what docs/redaction.md publishes, on fewer notes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.redaction import KEY, clinical, covered, main, notes
from benchmarks.redaction_answers import differences, documents

from praxigen import Library
from praxigen.model.document import Document
from praxigen.redaction import redact


@pytest.mark.parametrize(("half", "least"), [("development", 0.985), ("heldout", 0.87)])
def test_recall_does_not_fall(half: str, least: float) -> None:
    found = [
        covered(redact(Document("note", note.text), KEY), note.text, each)[0]
        for note in notes(half, 4, 7)
        for each in note.identifiers
    ]
    assert len(found) > 400
    assert sum(found) / len(found) >= least


def test_the_same_seed_makes_the_same_notes_and_halves_share_none() -> None:
    first, again = list(notes("heldout", 2, 7)), list(notes("heldout", 2, 7))
    assert first == again
    assert not {note.text for note in first} & {note.text for note in notes("development", 2, 7)}
    for note in first:
        assert all(note.text[each.start : each.end].strip() for each in note.identifiers)


def test_checks_of_a_copy_say_what_checks_of_the_note_say() -> None:
    library = Library.open()
    told = {document.name: differences(document, KEY, library) for document in documents(8)}
    assert sum(compared for compared, _ in told.values()) > 1000
    assert [line for _, lines in told.values() for line in lines] == []


def test_the_tables_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["redaction.py", "--notes", "1", "--missed", "--false"])
    assert main() == 0
    assert "| kind | identifiers |" in capsys.readouterr().out
    path = tmp_path / "notes.jsonl"
    path.write_text(json.dumps({"id": "1", "text": "Mrs. Canary has leg pain."}) + "\n", encoding="utf-8")
    clinical(path, false=True)
    assert "1 notes, 5 words, 1 masked" in capsys.readouterr().out
