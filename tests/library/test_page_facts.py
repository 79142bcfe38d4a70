"""Every fact of the sixty payer pages that the library started from is in it, or in a correction with its reason.

The pages' facts are a reference file that is no part of this repository. Where it lies beside the checkout, or where
PRAXIGEN_REFERENCE names its folder, the file is walked page by page; elsewhere these tests are skipped, and
test_payer_pages.py guards the same pages by a table of its own.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from praxigen.library import Library
from praxigen.library.words import AUTHORIZATION
from praxigen.model.provenance import Trust
from praxigen.model.requirement import Requirement

BESIDE = Path(__file__).parents[3] / "shared" / "reference"
PAGES = Path(os.environ.get("PRAXIGEN_REFERENCE", BESIDE)) / "praxigen_pages.yaml"

pytestmark = pytest.mark.skipif(not PAGES.is_file(), reason="the reference file of the payer pages is not here")

LIBRARY = Library.open()

Page = dict[str, Any]


def pages() -> list[Page]:
    if not PAGES.is_file():
        return []
    found: list[Page] = yaml.safe_load(PAGES.read_text(encoding="utf-8"))["pages"]
    return found


def name(page: Page) -> str:
    payer, procedure = page["url"].split("/")[-2:]
    return f"{payer}/{procedure}"


def every() -> Any:
    """A test of each page."""
    return pytest.mark.parametrize("page", pages() or [{}], ids=lambda page: name(page) if page else "none")


def requirement(page: Page) -> Requirement:
    """The requirement of a page, found by the names that the page itself uses."""
    payer = LIBRARY.payer(page["payer"])
    procedure = LIBRARY.procedure(page["procedure_label"])
    (found,) = [each for each in LIBRARY.requirements(payer.id) if each.procedure == procedure.id]
    return found


def normal(text: str) -> str:
    """A text without the differences of form: spelling, numbers as words, signs."""
    text = text.casefold().replace("\u00f6", "o")
    for pattern, plain in FORMS:
        text = re.sub(pattern, plain, text)
    return text


NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
FORMS = [
    *((rf"\b{word}\b", str(number)) for number, word in enumerate(NUMBERS, start=1)),
    (r"\btwice\b", "2"),
    (r"orthopaedic", "orthopedic"),
    (r"tumour", "tumor"),
    (r"oedema", "edema"),
    (r"behavioural", "behavioral"),
    (r"stabilisation", "stabilization"),
    (r"optimised", "optimized"),
    (r"catheterisation", "catheterization"),
    (r"\bslip\b", "slip"),
]


# Words that carry no fact, or that the other words of a line tell already.
SMALL = frozenset(
    re.findall(
        r"\w+",
        "a about an and any are as at be before best both but by can do does earlier each for from general "
        "generally given has have in incl into is it its least less many may more most need needs no none nor not "
        "of off on once one only or other own page per plus region same seen shows states than that the their "
        "then these they this to under unless up use used via was when where which while with within without ",
    )
)
# What we call otherwise: the page's word, and the beginnings of ours.
OURS = {
    "bmi": "body",
    "daily": "day",
    "exam": "examin",
    "guidance": "guide",
    "anterior": "front",
    "kl": "kellgren",
    "lcd": "policy lcd",
    "multilevel": "level",
    "nj": "new",
    "numeric": "numbers",
    "oa": "arthritis",
    "pa": "author request asks",
    "pt": "physical",
    "radiographic": "x-ray",
    "tpm": "manual",
    "uhc": "unitedhealthcare",
    "uncontrolled": "controlled",
    "vcf": "vertebral",
    "yearly": "every",
}


def numbers(text: str) -> set[str]:
    """The numbers of a line, each without its sign or unit."""
    return set(re.findall(r"\d+(?:\.\d+)?", normal(text)))


def missing_words(fact: str, told: str) -> list[str]:
    """The words of a fact that the library does not tell, by their first letters or by the word that we use."""
    told = normal(told)
    lost = []
    for word in re.findall(r"[a-z]{2,}", normal(fact)):
        if word in SMALL:
            continue
        ways = [word[:5], *OURS.get(word, "").split()]
        if not any(way in told for way in ways):
            lost.append(word)
    return lost


def told_of(found: Requirement) -> str:
    """What a requirement tells of its page's criteria: line by line, corrected, or at its codes."""
    text = [line.says for line in found.page_criteria]
    text += [f"{one.page_says} {one.we_say} {one.why}" for one in found.corrections]
    text += [f"{entry.code} {entry.note}" for entry in found.codes.values()]
    return " ".join(text)


def test_the_file_holds_sixty_pages_of_fifteen_payers() -> None:
    assert len(pages()) == 60
    assert len({page["payer"] for page in pages()}) == 15
    assert len({page["procedure_label"] for page in pages()}) == 15
    assert len({code for page in pages() for code in page["codes"]}) == 328


@every()
def test_the_payer_the_procedure_and_the_plan(page: Page) -> None:
    plan = {"Medicare": "medicare", "Commercial": "commercial"}.get(page["plan_type"], page["plan_type"])
    found = requirement(page)
    assert found.plans == (plan,)
    assert found.sources["page"].url == page["url"]


@every()
def test_every_code_is_listed_and_no_other(page: Page) -> None:
    entries = requirement(page).codes.values()
    assert {entry.code for entry in entries if entry.listed} == set(page["codes"])


@every()
def test_what_the_page_says_of_authorization_holds_or_is_corrected(page: Page) -> None:
    found = requirement(page)
    said = {"yes": "required", "no": "not_required", "varies": "varies"}[page["pa_required"]]
    assert said in AUTHORIZATION
    corrected = {code for one in found.corrections for code in (one.codes or found.codes)}
    wrong = [code for code in page["codes"] if found.codes[code].prior_authorization != said and code not in corrected]
    assert wrong == []


@every()
def test_every_diagnosis_is_there_or_corrected(page: Page) -> None:
    found = requirement(page)
    held = {diagnosis.code for diagnosis in found.diagnoses}
    corrected = " ".join(f"{one.page_says} {one.we_say}" for one in found.corrections)
    lost = [each["code"] for each in page["icd10"] if each["code"] not in held and each["code"] not in corrected]
    assert lost == []
    if page["icd10_section"] == "present" and not held:
        assert any(line.id == "diagnoses-not-seen" for line in found.cautions)
    if page["icd10_section"] == "absent":
        assert any(line.id == "no-diagnoses" for line in found.cautions)


@every()
def test_a_wrong_diagnosis_is_never_kept_silently(page: Page) -> None:
    found = requirement(page)
    corrected = " ".join(one.page_says for one in found.corrections)
    for code in ("M51.36", "M19.90", "M50.120"):
        if code in {each["code"] for each in page["icd10"]}:
            assert code in corrected


@every()
def test_every_source_keeps_its_number_and_its_date(page: Page) -> None:
    found = requirement(page)
    for source in page["sources"]:
        held = list(found.sources.values())
        for number in (source["policy_id"] or "").split("; "):
            assert not number or number in {each.number for each in held}, number
        if source["effective"]:
            day = date.fromisoformat(source["effective"])
            numbers_ = (source["policy_id"] or "").split("; ")
            dated = [each for each in held if each.effective == day and (not numbers_[0] or each.number in numbers_)]
            assert dated, f"no source of {found.id} is of {day}"
        title = source["title"].split("(")[0]
        if "cut off" not in source["title"] and "free text" not in source["title"] and "a sentence" not in title:
            text = " ".join(f"{each.title} {each.publisher} {each.number} {each.note}" for each in held)
            assert len(missing_words(title, text)) <= len(re.findall(r"[A-Za-z]{2,}", title)) // 4, (title, text)


@every()
def test_the_label_of_a_source_is_kept_or_corrected(page: Page) -> None:
    found = requirement(page)
    if all(source["kind"] != "binding" for source in page["sources"]):
        return
    binding = [each for each in found.sources.values() if each.trust is Trust.BINDING]
    corrected = [one for one in found.corrections if "Binding" in one.page_says or "binding" in one.page_says]
    assert binding or corrected


@every()
def test_the_way_of_submission(page: Page) -> None:
    found = requirement(page)
    told = " ".join(f"{way.method} {way.portal} {way.url} {way.phone} {way.fax}" for way in found.submissions)
    wanted = page["submission"]
    for key in ("method", "portal"):
        assert missing_words(wanted[key] or "", told) == [], (key, told)
    for key in ("phone", "fax"):
        assert not wanted[key] or wanted[key] in told
    if wanted["section"] == "absent":
        assert found.submissions == ()


@every()
def test_the_time_to_a_decision(page: Page) -> None:
    found = requirement(page)
    stated = page["submission"]["turnaround"]
    days = re.search(r"\d+", stated or "")
    assert found.turnaround_days == (int(days[0]) if days else None)
    assert found.turnaround


@every()
def test_the_day_of_the_last_verification(page: Page) -> None:
    found = requirement(page)
    if page["last_verified"] is None:
        assert any(one.id == "never-verified" for one in found.corrections)
    else:
        assert found.last_verified == date.fromisoformat(page["last_verified"])


@every()
def test_every_record_that_the_page_asks_for(page: Page) -> None:
    told = " ".join(f"{line.says} {line.needed}" for line in requirement(page).documents)
    assert [each for each in page.get("documentation", []) if len(missing_words(each, told)) > 1] == []


CRITERIA = [(page, fact) for page in pages() for fact in page["criteria_facts"]]


@pytest.mark.parametrize(
    ("page", "fact"),
    CRITERIA or [({}, "")],
    ids=lambda value: value if isinstance(value, str) else name(value) if value else "none",
)
def test_every_criterion_can_be_read_back(page: Page, fact: str) -> None:
    told = told_of(requirement(page))
    assert numbers(fact) - numbers(told) == set()
    lost = missing_words(fact, told)
    assert len(lost) <= len(re.findall(r"[A-Za-z]{2,}", fact)) // 5, (lost, told)


@every()
def test_each_criterion_is_a_line_with_its_own_source(page: Page) -> None:
    found = requirement(page)
    assert len(found.page_criteria) >= len(page["criteria_facts"]) - 1
    assert all(line.citation.source.id in found.sources for line in found.page_criteria)
    if any("portal" in fact and "only" in fact for fact in page["criteria_facts"]):
        assert any(line.citation.trust is Trust.PORTAL_ONLY for line in found.page_criteria)
