"""Labelled notes that are not as they must be: the message says file, line and what to do next."""

import json
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.errors import InputError
from praxigen.evaluation import evaluate_files, lost_quotes

ROOT = Path(__file__).parents[2]
NOTE = {"id": "n", "text": "No radicular symptoms."}
LABEL = {"id": "n", "answers": {"crps": {"accept": ["not_documented"], "quotes": []}}}


def lines(*rows: object) -> bytes:
    return b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows)


def fault(folder: Path, labels: bytes, notes: bytes) -> tuple[str, str]:
    """The message and the hint for these files."""
    (folder / "labels.jsonl").write_bytes(labels)
    (folder / "notes.jsonl").write_bytes(notes)
    with pytest.raises(InputError) as raised:
        evaluate_files(folder / "labels.jsonl", folder / "notes.jsonl")
    message, _, hint = str(raised.value).partition("\n")
    return message, hint.strip()


@pytest.mark.parametrize("line", [b"{\n", b"not json\n", b"{'id': 1}\n"])
def test_a_line_must_be_json(line: bytes, tmp_path: Path) -> None:
    expected = ("labels.jsonl:2: is not a line of JSON", "Each line is one JSON object.")
    assert fault(tmp_path, lines(LABEL, line), lines(NOTE)) == expected


@pytest.mark.parametrize("row", [{"text": "x"}, [1], "id", 5, None])
def test_a_line_must_be_an_object_with_its_keys(row: object, tmp_path: Path) -> None:
    expected = ("notes.jsonl:1: has no 'id'", "Each line needs: id, text.")
    assert fault(tmp_path, lines(LABEL), lines(row)) == expected


def test_empty_lines_count_as_lines_but_hold_nothing(tmp_path: Path) -> None:
    message, hint = fault(tmp_path, lines(LABEL), lines(NOTE, b"\n", {"id": "m"}))
    assert (message, hint) == ("notes.jsonl:3: has no 'text'", "Each line needs: id, text.")


@pytest.mark.parametrize("name", ["labels", "notes"])
def test_a_file_must_be_utf_8(name: str, tmp_path: Path) -> None:
    files = {"labels": lines(LABEL), "notes": lines(NOTE), name: b"\xff\xfe\x00"}
    expected = (f"{tmp_path / name}.jsonl: is not UTF-8 text", "Save it as UTF-8.")
    assert fault(tmp_path, files["labels"], files["notes"]) == expected


def test_a_file_must_be_there(tmp_path: Path) -> None:
    gone = tmp_path / "gone.jsonl"
    with pytest.raises(InputError) as raised:
        evaluate_files(gone, gone)
    assert str(raised.value) == (f"{gone}: cannot be read (No such file or directory)\n  Name a file of JSON lines.")


def test_a_labelled_note_must_be_among_the_notes(tmp_path: Path) -> None:
    message, hint = fault(tmp_path, lines(LABEL | {"id": "m"}), lines(NOTE))
    assert message == "labels.jsonl:1: the note 'm' is labelled but not among the notes"
    assert hint == "Give the notes that were labelled."


def test_a_question_must_be_among_the_questions(tmp_path: Path) -> None:
    labels = lines({"id": "n", "answers": {"weather": {"accept": ["met"]}}})
    message, hint = fault(tmp_path, labels, lines(NOTE))
    assert message.startswith("labels.jsonl:1: the question 'weather' is not among the questions of ")
    assert "crps" in hint


def test_good_files_give_a_row_for_each_answer(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_bytes(lines(LABEL))
    (tmp_path / "notes.jsonl").write_bytes(lines(NOTE))
    (row,) = evaluate_files(tmp_path / "labels.jsonl", tmp_path / "notes.jsonl")
    assert (row.note, row.question, row.answer, row.right) == ("n", "crps", "not_documented", True)


def test_a_question_may_be_written_with_underscores(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_bytes(
        lines({"id": "n", "answers": {"fbss_pain": {"accept": ["not_documented"]}}})
    )
    (tmp_path / "notes.jsonl").write_bytes(lines(NOTE))
    (row,) = evaluate_files(tmp_path / "labels.jsonl", tmp_path / "notes.jsonl")
    assert row.answer == "not_documented"


ANSWER = 'Write for example: {"accept": ["met"], "quotes": ["words of the note"]}.'
WORDS = "Write one or more of: met, not_met, not_documented."
QUOTES = 'Write: "quotes": ["words of the note"], or [] where there are none.'


@pytest.mark.parametrize(
    ("label", "message", "hint"),
    [
        ({"quotes": []}, "the label of 'crps' has no 'accept'", ANSWER),
        ("met", "the label of 'crps' must be an object, not a text", ANSWER),
        (None, "the label of 'crps' must be an object, not null", ANSWER),
        ({"accept": []}, "'accept' of 'crps' is empty", WORDS),
        ({"accept": "met"}, "'accept' of 'crps' must be a list, not a text", ANSWER),
        ({"accept": {"met": 1}}, "'accept' of 'crps' must be a list, not an object", ANSWER),
        ({"accept": ["maybe"]}, "'accept' of 'crps' cannot hold 'maybe'", WORDS),
        ({"accept": ["met", "mett"]}, "'accept' of 'crps' cannot hold 'mett'", f"Did you mean 'met'? {WORDS}"),
        ({"accept": [["met"]]}, "'accept' of 'crps' cannot hold a list", WORDS),
        ({"accept": [True]}, "'accept' of 'crps' cannot hold true or false", WORDS),
        ({"accept": ["met"], "quotes": 5}, "'quotes' of 'crps' must be a list, not a number", QUOTES),
        ({"accept": ["met"], "quotes": "No"}, "'quotes' of 'crps' must be a list, not a text", QUOTES),
        ({"accept": ["met"], "quotes": [5.5]}, "'quotes' of 'crps' cannot hold a number", QUOTES),
        ({"accept": ["met"], "quotes": [""]}, "'quotes' of 'crps' cannot hold an empty text", QUOTES),
    ],
)
def test_a_label_must_be_as_labels_are(label: object, message: str, hint: str, tmp_path: Path) -> None:
    row = {"id": "n", "answers": {"crps": label}}
    assert fault(tmp_path, lines(b"\n", row), lines(NOTE)) == (f"labels.jsonl:2: {message}", hint)


@pytest.mark.parametrize(("answers", "kind"), [(["crps"], "a list"), ("crps", "a text"), (None, "null")])
def test_answers_must_be_an_object(answers: object, kind: str, tmp_path: Path) -> None:
    expected = (f"labels.jsonl:1: 'answers' must be an object, not {kind}", f"Give each question one. {ANSWER}")
    assert fault(tmp_path, lines({"id": "n", "answers": answers}), lines(NOTE)) == expected


def test_a_question_stands_once_in_a_line(tmp_path: Path) -> None:
    twice = b'{"id": "n", "answers": {"crps": {"accept": ["met"]}, "crps": {"accept": ["not_met"]}}}'
    expected = ("labels.jsonl:1: the key 'crps' stands twice in one object", "Keep one of them.")
    assert fault(tmp_path, twice, lines(NOTE)) == expected


def test_an_id_stands_once_in_a_file(tmp_path: Path) -> None:
    assert fault(tmp_path, lines(LABEL), lines(NOTE, {"id": "m", "text": ""}, NOTE)) == (
        "notes.jsonl:3: the id 'n' stands twice, first on line 1",
        "Give every note an id of its own.",
    )
    assert fault(tmp_path, lines(LABEL, LABEL), lines(NOTE)) == (
        "labels.jsonl:2: the id 'n' stands twice, first on line 1",
        "Put all answers of a note into one line.",
    )


@pytest.mark.parametrize(("name", "kind"), [("", "an empty text"), ([1], "a list"), (True, "true or false")])
def test_an_id_must_be_a_text(name: object, kind: str, tmp_path: Path) -> None:
    expected = (f"notes.jsonl:1: 'id' must be a text, not {kind}", "Write the id of the note.")
    assert fault(tmp_path, lines(LABEL), lines(NOTE | {"id": name})) == expected


@pytest.mark.parametrize(("text", "kind"), [(5, "a number"), (None, "null"), (["a"], "a list")])
def test_the_text_of_a_note_must_be_a_text(text: object, kind: str, tmp_path: Path) -> None:
    expected = (f"notes.jsonl:1: 'text' must be a text, not {kind}", "Write the note as one text.")
    assert fault(tmp_path, lines(LABEL), lines(NOTE | {"text": text})) == expected


@pytest.mark.parametrize("labels", [b"", b"\n\n", lines({"id": "n", "answers": {}})])
def test_labels_without_an_answer_are_refused(labels: bytes, tmp_path: Path) -> None:
    expected = ("labels.jsonl: holds no labelled answer", "Each line needs: id, answers.")
    assert fault(tmp_path, labels, lines(NOTE)) == expected


def test_brackets_without_end_are_not_json(tmp_path: Path) -> None:
    assert fault(tmp_path, b"[" * 200_000, lines(NOTE))[0] == "labels.jsonl:1: is not a line of JSON"


def test_a_byte_order_mark_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_bytes(b"\xef\xbb\xbf" + lines(LABEL))
    (tmp_path / "notes.jsonl").write_bytes(b"\xef\xbb\xbf" + lines(NOTE))
    assert len(evaluate_files(tmp_path / "labels.jsonl", tmp_path / "notes.jsonl")) == 1


@pytest.mark.parametrize(
    ("quotes", "message"),
    [
        (["No radicular"], ""),
        (
            ["no radicular"],
            "labels.jsonl:1: a labelled quote of 'crps' does not stand in its note and counts for nothing",
        ),
        (
            ["no radicular", "No radicular", "absent"],
            (
                "labels.jsonl:1: a labelled quote of 'crps' does not stand in its note; "
                "2 such quotes in this file count for nothing"
            ),
        ),
    ],
)
def test_a_labelled_quote_that_is_not_in_its_note_is_told(
    quotes: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels, notes = tmp_path / "labels.jsonl", tmp_path / "notes.jsonl"
    labels.write_bytes(lines({"id": "n", "answers": {"crps": {"accept": ["met"], "quotes": quotes}}}))
    notes.write_bytes(lines(NOTE))
    assert lost_quotes(evaluate_files(labels, notes)) == message
    assert run(["evaluate", str(labels), "--notes", str(notes)]) == 0
    told = f"praxigen: warning: {message}\n  Copy quotes exactly as they stand in the note.\n" if message else ""
    assert capsys.readouterr().err == told


def test_a_fault_in_a_label_ends_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message, hint = fault(tmp_path, lines({"id": "n", "answers": {"crps": {"accept": ["mett"]}}}), lines(NOTE))
    given = ["evaluate", str(tmp_path / "labels.jsonl"), "--notes", str(tmp_path / "notes.jsonl")]
    assert run(given) == InputError.exit_code
    assert capsys.readouterr().err == f"praxigen: {message}\n  {hint}\n"


def test_the_help_names_files_that_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    run(["evaluate", "--help"])
    named = [word for word in capsys.readouterr().out.split() if word.endswith(".jsonl")]
    assert len(named) == 2
    assert [word for word in named if not (ROOT / word).is_file()] == []
