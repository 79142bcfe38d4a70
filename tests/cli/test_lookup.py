"""praxigen lookup: free words and options, every form of the answer, and what it refuses to answer."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.exports.blocks import Blocks, to_html, to_markdown
from support.many_payers import requirement, write_payers
from support.policy_files import GUIDELINE, swap

RULE = """\
schema: praxigen.rule/1
id: outpatient-list
title: List of hospital services
kind: authorization
law: 42 CFR 419.83
plans: [medicare]
places: [hospital_outpatient]
prior_authorization: required
whole_list: yes
effective: {from: "2020-07-01"}
last_verified: "2026-06-26"
review_every: 180 days
sources:
  list: {title: The list, publisher: CMS, trust: binding, read: full_text}
groups:
  - {id: stimulator, label: Stimulators, codes: ["63650", "64490"], since: "2021-07-01", source: {from: list, at: A}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_payers(tmp_path / "policies", **{"national/outpatient-list.yaml": RULE})


def answer(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> str:
    assert run(["lookup", *arguments, "--library", str(folder)]) == 0
    return capsys.readouterr().out


def refusal(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> str:
    assert run(["lookup", *arguments, "--library", str(folder)]) == 2
    return capsys.readouterr().err


def test_words_find_a_requirement_and_say_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, folder, "oscar", "63047")
    assert "Oscar Health: laminectomy\ncommercial plans; code 63047\n\n" in text
    assert "\nAuthorization  63047: required\n" in text
    assert "\nWhy            The page, code list (binding, read in full)\n" in text
    assert "\nCoverage rule  evicore.cmm-608 V1.0.2025, lumbar\n" in text
    assert "Criteria: Open lumbar decompression" in text
    assert "Understood" not in text


def test_a_mended_word_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "'oscr': read as payer oscar" in answer(capsys, folder, "oscr laminectomy")


def test_a_part_of_a_payers_name_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "'united': part of a name of payer united" not in answer(capsys, folder, "uhc laminectomy")
    assert "'original': part of a name of payer medicare" in answer(capsys, folder, "original scs")


def test_more_answers_come_in_brief(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, folder, "laminectomy", "--limit", "2")
    assert text.startswith("3 requirements found, of which the first 2 are shown; name a payer or a code")
    assert "Criteria:" not in text
    assert "Criteria:" in answer(capsys, folder, "laminectomy", "--detail", "full")


def test_unknown_is_not_no_and_a_coverage_rule_is_no_authorization(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = " ".join(answer(capsys, folder, "63650", "--plan", "medicare").split())
    assert "63650: unknown, which is not the same as not required: ask the payer" in text
    assert "A coverage rule says when the service is paid for, not whether to ask beforehand." in text
    assert "List of hospital services: on the list since 2021-07-01; this rule asks for prior authorization." in text
    assert "Depends on the place of service." in text


def test_a_rule_answers_where_no_payer_does(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, folder, "64490", "nj")
    assert text.startswith("No payer's requirement is in the library for this; a rule above the payers is\n")
    assert "What a payer asks is not known from this: ask the payer." in text
    assert "64490" in refusal(capsys, folder, "64490", "oscar")


def test_the_date_of_service_picks_the_edition(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = swap(
        swap(GUIDELINE, 'from: "2025-07-01"}', 'from: "2026-01-01"}'), "edition: V1.0.2025\neff", "edition: V2\neff"
    )
    editions = folder / "guidelines/evicore/editions"
    editions.mkdir()
    (editions / "cmm-608@V2.yaml").write_text(later)
    assert "cmm-608 V2, lumbar" in answer(capsys, folder, "oscar 63047")
    assert "cmm-608 V1.0.2025, lumbar" in answer(capsys, folder, "oscar 63047", "--date-of-service", "2025-12-31")
    early = answer(capsys, folder, "oscar 63047", "--date-of-service", "2020-01-01")
    assert "none on this day: evicore.cmm-608 has no edition for 2020-01-01" in " ".join(early.split())
    assert "Criteria:" not in early


def test_a_diagnosis(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, folder, "--diagnosis", "m48.06", "--format", "json"))
    assert [each["payer"]["id"] for each in found["results"]] == ["oscar", "qualcare", "united"]


def test_json_says_how_the_words_were_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, folder, "oscr 63047", "--format", "json"))
    assert found["asked"]["readings"][0] == {
        "text": "oscr",
        "kind": "payer",
        "meant": ["oscar"],
        "corrected": True,
        "part": False,
    }
    (result,) = found["results"]
    assert (result["prior_authorization"], result["source"]["label"]) == ("required", "binding, read in full")
    assert (found["total"], found["detail"]) == (1, "full")
    assert result["routes"][0]["criteria"]["children"]
    brief = json.loads(answer(capsys, folder, "laminectomy", "--format", "json"))
    assert (brief["detail"], brief["results"][0]["routes"][0]["criteria"]) == ("brief", None)


def test_corrections_telephone_and_fax(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = swap(
        requirement("oscar"),
        "url: https://www.evicore.com,",
        "url: https://e.com, phone: 800-555-0100, fax: 800-555-0101,",
    )
    text += """\
corrections:
  - id: wrong
    codes: ["63047"]
    page_says: It is 63048.
    we_say: It is 63047.
    why: The list says so.
    source: {from: page, at: list}
"""
    (folder / "requirements/oscar/laminectomy.yaml").write_text(text)
    shown = " ".join(answer(capsys, folder, "oscar 63047").split())
    assert "Correction The page says: It is 63048. We say: It is 63047. The list says so." in shown
    assert "telephone 800-555-0100; fax 800-555-0101" in shown
    assert "It is 63048" not in answer(capsys, folder, "oscar 63046")
    found = json.loads(answer(capsys, folder, "oscar 63047", "--format", "json"))
    assert found["results"][0]["corrections"][0]["we_say"] == "It is 63047."


def test_markdown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, folder, "oscar 63047", "--format", "markdown")
    assert text.startswith(
        "# Oscar Health: laminectomy\n\ncommercial plans; code 63047\n\n- **Authorization**: 63047: "
    )
    assert "\n## Criteria: Open lumbar decompression\n" in text
    assert "\n  - Leg pain\n" in text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert all(not value.startswith("http") for _, value in attrs if value)
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_whole_and_loads_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = answer(capsys, folder, "laminectomy", "--format", "html")
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    assert "Oscar Health: laminectomy" in tags.text
    assert page.count("<h1>") == 1


def test_text_of_a_policy_cannot_become_markup() -> None:
    page = Blocks()
    page.title("<script>alert(1)</script>")
    page.item("a | b `c` *d* [e](f) \u202e\x1b[31m")
    assert "<script>" not in to_html(page)
    markdown = to_markdown(page)
    assert r"\<script\>" in markdown
    assert r"a \| b \`c\` \*d\* \[e\](f)" in markdown
    assert not re.search("[\u202e\x1b]", markdown)


@pytest.mark.parametrize(
    "arguments",
    [
        ["horizon"],
        ["scs", "horizon"],
        ["99999"],
        ["oscar", "63650"],
        ["qualcare", "tricare"],
        ["--payer", "qualcair", "--code", "63047"],
        ["--code", "6304O"],
        ["--plan", "gold"],
        ["--state", "ZZ", "63650"],
        ["--diagnosis", "back"],
        ["--date-of-service", "yesterday", "63650"],
        ["--limit", "0", "63650"],
        ["a" * 300],
        ["6365\uff10"],
        ["PA"],
        ["nj"],
    ],
)
def test_what_it_cannot_answer_is_refused_and_never_told_as_no(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refusal(capsys, folder, *arguments)
    assert "not required" not in told
    assert "Traceback" not in told


def test_several_folders_the_later_wins(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine/requirements/oscar"
    mine.mkdir(parents=True)
    (mine / "laminectomy.yaml").write_text(requirement("oscar", title="Our own copy"))
    assert run(["lookup", "oscar", "--library", str(folder), "--library", str(tmp_path / "mine")]) == 0
    assert "Oscar Health: Our own copy" in capsys.readouterr().out


def test_a_fault_in_a_policy_is_told_with_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "requirements/oscar/laminectomy.yaml").write_text("a: &x 1\n")
    assert "policies/requirements/oscar/laminectomy.yaml:1:4: an anchor" in refusal(capsys, folder, "oscar")
    assert "QualCare" in answer(capsys, folder, "qualcare laminectomy")


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (
            "knee replacement priority",
            "this payer has nothing of that name; Joint replacement lists the same codes: 27447",
        ),
        ("lumbar fusion aetna", "this payer has nothing of that name; Spinal fusion lists the same codes: 22612"),
    ],
)
def test_what_a_payer_calls_otherwise_is_found_by_its_codes(
    asked: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lookup", asked]) == 0
    assert line in " ".join(capsys.readouterr().out.split())
    assert run(["lookup", asked, "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["asked"]["shared_codes"] == [line[-5:]] == plain["asked"]["codes"]
    assert {each["payer"]["id"] for each in plain["results"]} == {
        asked.split()[-1].replace("priority", "priority-health")
    }


@pytest.mark.parametrize("asked", ["epidural oxford", "kyphoplasty qualcare"])
def test_a_few_codes_in_common_make_no_other_name(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lookup", asked]) == 2
    assert "This does not say that no prior authorization is needed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("wiser", "WISeR, review before payment of selected services in Original Medicare. To see"),
        ("botulinum", "(Botulinum toxin injection). To see what it says of a code: praxigen lookup --code 64612"),
    ],
)
def test_a_word_that_only_a_national_rule_has_leads_to_the_rule(
    word: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lookup", word]) == 2
    told_to_the_user = " ".join(capsys.readouterr().err.split())
    assert told in told_to_the_user
    assert "This does not say that no prior authorization is needed" in told_to_the_user
