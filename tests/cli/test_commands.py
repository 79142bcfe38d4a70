"""The other commands, over the shipped library."""

import json
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.library import Library


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


def failure(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def test_help_has_examples_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "--help")
    assert "praxigen check note.txt --payer qualcare" in text
    assert "4  no public criteria for this request" in text


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "lookup",
        "compare",
        "explain",
        "library lint",
        "library status",
        "library index",
        "library coverage",
        "evaluate",
        "read",
    ],
)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"Usage: praxigen {command} " in answer(capsys, *command.split(), "--help")


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    from praxigen import __version__

    assert answer(capsys, "--version") == f"praxigen {__version__}\n"


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert failure(capsys).startswith("Usage: praxigen ")
    assert failure(capsys, "library").startswith("Usage: praxigen library ")


def test_an_unknown_command_comes_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert failure(capsys, "chek") == (
        "praxigen: there is no command 'chek'. Did you mean 'check'?\n  'praxigen --help' shows how.\n"
    )


def test_lookup_answers_without_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "lookup", "--payer", "qualcare", "--code", "63047")
    assert "Authorization  63047: required" in text
    assert "evicore.cmm-608" in text
    assert "eviCore by Evernorth" in text
    assert " ".join(text.split()).endswith("You review and submit; nothing is sent.")


def test_lookup_without_a_payer_knows_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, "lookup", "--code", "63650", "--format", "json"))
    assert "qualcare" in [result["payer"]["id"] for result in found["results"]]
    assert {result["prior_authorization"] for result in found["results"]} == {"required", "varies", "unknown"}


def test_lookup_of_a_payer_lists_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "lookup", "--payer", "qualcare")
    assert "37 codes" in text
    assert "neurostimulators" in text


def test_lookup_json_has_the_tree(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = json.loads(answer(capsys, "lookup", "--payer", "QualCare", "--code", "63047", "--format", "json"))[
        "results"
    ]
    trees = [route["criteria"] for route in found["routes"] if route["criteria"]]
    assert trees
    assert all(tree["children"] and tree["source"]["label"] for tree in trees)


def test_lookup_of_a_code_without_public_criteria_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "lookup", "--payer", "qualcare", "--code", "63046")
    assert "No public criteria" in text
    assert "Upload" in text


def test_lookup_of_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert "63047: required" in answer(
        capsys,
        "lookup",
        "--payer",
        "qualcare",
        "--code",
        "63047",
        "--plan",
        "commercial",
        "--date-of-service",
        "2026-08-03",
    )
    assert "ask the payer" in failure(capsys, "lookup", "--payer", "qualcare", "--code", "63047", "--plan", "tricare")
    assert "ask the payer" in failure(capsys, "lookup", "--code", "63047", "--plan", "medicaid")


@pytest.mark.parametrize(
    "arguments", [["--code", "99999"], ["--payer", "qualcare", "--code", "63048X"], ["--payer", "nobody"]]
)
def test_unknown_is_never_not_required(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = failure(capsys, "lookup", *arguments)
    assert "not required" not in text


def test_lookup_needs_something_to_look_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert failure(capsys, "lookup") == (
        "praxigen: nothing was given to look up\n  Give a payer, a code, a procedure or other words.\n"
    )


def test_explain_says_what_is_asked_from_where_and_what_would_document_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "explain", "cmm-211/conservative-care")
    for name in ("Guideline", "Asked in", "Source", "Shown by", "Documents it", "Question"):
        assert f"\n{name} " in text
    assert text.startswith("evicore.cmm-211/conservative-care\n")


def test_explain_takes_the_whole_name_and_the_id_alone(capsys: pytest.CaptureFixture[str]) -> None:
    whole = answer(capsys, "explain", "evicore.cmm-211/conservative-care")
    assert whole in answer(capsys, "explain", "conservative-care")


def test_explain_shows_parts_and_waivers(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "explain", "cmm-608/conservative-care")
    assert "\nWaived if " in text
    assert "\nPart " in text
    found = json.loads(answer(capsys, "explain", "cmm-608/conservative-care", "--format", "json"))
    assert found["criteria"][0]["waiver"]
    assert found["criteria"][0]["children"]


def test_explain_of_an_unknown_name_suggests(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Did you mean 'conservative-care'" in failure(capsys, "explain", "conservativ-care")
    assert "Did you mean 'cmm-211/conservative-care'" in failure(capsys, "explain", "cmm-211/conservative-car")
    assert "praxigen lookup" in failure(capsys, "explain", "qqqqqqqq")


@pytest.mark.parametrize("name", ["cmm-211/trial/1.1.1.4", "evicore.cmm-211/1.1.1.4"])
def test_explain_takes_a_number_of_a_report(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "explain", name).startswith("evicore.cmm-211/conservative-care\n")


def test_explain_takes_a_number_with_the_request_of_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--payer", "qualcare", "--code", "63650", "--stage", "trial"]
    text = answer(capsys, "explain", "1.1.1.4", *asked)
    assert text.startswith("evicore.cmm-211/conservative-care\n")
    assert "\nAsked in       trial\n" in text
    assert answer(capsys, "explain", "A1.1.1.4", *asked) == text


def test_explain_of_a_number_that_several_sets_have_says_how_to_choose(capsys: pytest.CaptureFixture[str]) -> None:
    text = failure(capsys, "explain", "1.1")
    assert "1.1 is the number of " in text
    assert "cmm-211/trial/1.1" in text
    assert "--payer, --code and --stage" in text


def test_explain_of_a_number_that_is_not_there_says_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Give the number as the check shows it" in failure(capsys, "explain", "9.9.9")
    assert "no public criteria decide" in failure(
        capsys, "explain", "1.1", "--payer", "qualcare", "--code", "63650", "--stage", "removal"
    )


def test_explain_lists_what_the_guideline_does_not_cover(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Not covered under this guideline (evicore.cmm-211)\n" in answer(
        capsys, "explain", "cmm-211/conservative-care"
    )
    found = json.loads(answer(capsys, "explain", "cmm-211/conservative-care", "--format", "json"))
    assert "phantom-limb" in [line["id"] for line in found["guidelines"][0]["not_covered"]]


def test_status_counts_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "library", "status", "--today", "2026-11-21")
    assert text.startswith("Policy library on 2026-11-21\n")
    assert "evicore.cmm-211" in text
    found = json.loads(answer(capsys, "library", "status", "--today", "2026-11-21", "--format", "json"))
    assert found["guidelines"][0]["age_days"] >= 0


def test_status_says_what_is_overdue(capsys: pytest.CaptureFixture[str]) -> None:
    assert "OVERDUE" in answer(capsys, "library", "status", "--today", "2029-01-01")


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "'soon' is not a date" in failure(capsys, "library", "status", "--today", "soon")


def test_lint_names_file_line_and_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "payers.yaml").write_text(
        "schema: praxigen.payers/1\npayers:\n  - {id: one, nmae: One, plans: [commercial]}\n"
    )
    assert run(["library", "lint", "--library", str(tmp_path), "--today", "2026-11-21"]) == 2
    text = capsys.readouterr().out
    assert f"{tmp_path.name}/payers.yaml:3:" in text
    assert "Did you mean 'name'?" in text
    assert run(["library", "lint", "--library", str(tmp_path), "--format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)["faults"][0]["line"] == 3


def test_a_library_with_a_fault_stops_a_lookup_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "payers.yaml").write_text("payers: &all []\n")
    assert "payers.yaml:1:" in failure(capsys, "lookup", "--payer", "qualcare", "--library", str(tmp_path))


def test_read_shows_findings_with_their_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = tmp_path / "note.txt"
    note.write_text("HPI: Left leg pain. Physical therapy for eight months without relief.\n")
    plain = answer(capsys, "read", str(note))
    assert "treatment.physical_therapy" in plain
    assert "\n  rule " not in plain
    assert "\n  rule " in answer(capsys, "read", str(note), "--explain")
    found = json.loads(answer(capsys, "read", str(note), "--format", "json"))
    for fact in found["facts"]:
        quote = fact["quote"]
        assert note.read_text()[quote["start"] : quote["end"]] == quote["text"]


def test_evaluate_prints_its_table_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes, labels = tmp_path / "notes.jsonl", tmp_path / "labels.jsonl"
    notes.write_text(json.dumps({"id": "n", "text": "No radicular symptoms."}) + "\n")
    labels.write_text(json.dumps({"id": "n", "answers": {"crps": {"accept": ["not_documented"], "quotes": []}}}) + "\n")
    assert "1 decisions, 1 notes" in answer(capsys, "evaluate", str(labels), "--notes", str(notes))
    found = json.loads(answer(capsys, "evaluate", str(labels), "--notes", str(notes), "--format", "json"))
    assert found["overall"]["accuracy"] == 1.0


@pytest.mark.parametrize(("kind", "line"), [("attest", "Answered by"), ("none", "Part")])
def test_explain_says_who_answers_and_names_parts(kind: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    trees = [tree.criteria for book in Library.open().all_guidelines() for tree in book.indications.values()]
    node = next(node for tree in trees for node in tree.walk() if node.op == kind)
    assert f"\n{line} " in answer(capsys, "explain", node.id)
