"""Both pages that the project started from: every fact on them stands on the page that we render, item by item."""

from __future__ import annotations

import json
from datetime import date

import pytest
from lxml import etree

from library.test_seed_facts import LAMINECTOMY_CODES, LISTED, SAID, SOURCES, STIMULATION_CODES
from praxigen.model.provenance import Trust

ADDRESSES = {
    "qualcare.spinal-cord-stimulation": "prior-authorization/qualcare/spinal-cord-stimulation/",
    "qualcare.laminectomy": "prior-authorization/qualcare/laminectomy/",
}
SCS, LAM = ADDRESSES
XHTML = etree.XMLParser(resolve_entities=False, no_network=True)


def page(files: dict[str, bytes], name: str) -> etree._Element:
    return etree.fromstring(files[f"{ADDRESSES[name]}index.html"], XHTML)


def words(element: etree._Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def section(files: dict[str, bytes], name: str, anchor: str) -> str:
    (found,) = page(files, name).xpath(f"//section[@id='{anchor}']")
    return words(found)


# Where on the page a part of the seed page has to stand: each of these elements alone, never the page as a whole.
PLACES = {
    "title": "//main/header/h1",
    "plans": "//section[@id='required']//div[dt='Plan types']",
    "administrator": "//section[@id='required']//div[dt='Reviewed by']",
    "page_criteria": "//section[@id='page']//li",
    "diagnoses": "//section[@id='diagnoses']//tbody",
    "cautions": "//section[@id='cautions']//li",
    "submit": "//section[@id='submit']/dl[1]",
    "turnaround": "//section[@id='submit']//div[dt='Turnaround']",
}


def parts(tree: etree._Element, place: str) -> list[str]:
    """The texts in which a fact may stand: of a question, the answer under it."""
    kind, _, which = place.partition(" ")
    if kind == "questions":
        asked = f"//section[@id='questions']/h3[starts-with(., '{which}')]/following-sibling::p[1]"
        return [words(answer) for answer in tree.xpath(asked)]
    return [words(found) for found in tree.xpath(PLACES[kind])]


@pytest.mark.parametrize(("name", "place", "facts"), SAID)
def test_what_the_seed_page_says_stands_on_our_page(
    files: dict[str, bytes], name: str, place: str, facts: tuple[str, ...]
) -> None:
    shown = [text.casefold() for text in parts(page(files, name), place)]
    assert any(all(fact.casefold() in text for fact in facts) for text in shown), (place, facts, shown)


@pytest.mark.parametrize(("name", "code"), LISTED)
def test_every_listed_code_has_a_row_with_its_answer(files: dict[str, bytes], name: str, code: str) -> None:
    rows = page(files, name).xpath(f"//section[@id='codes']//tbody/tr[th/a='{code}']")
    assert [words(row.xpath("td[2]")[0]) for row in rows] == ["required"]


@pytest.mark.parametrize(("name", "codes"), [(SCS, STIMULATION_CODES), (LAM, LAMINECTOMY_CODES)])
def test_the_codes_are_a_table_and_not_a_wall_of_numbers(
    files: dict[str, bytes], name: str, codes: tuple[str, ...]
) -> None:
    (header,) = page(files, name).xpath("//main/header")
    assert not any(code in words(header) for code in codes)


FACTS = [
    *[(name, "title", ("QualCare prior authorization requirements (2026)",)) for name in ADDRESSES],
    (SCS, "title", ("Dorsal column (lumbar) neurostimulators, trial or implantation",)),
    (LAM, "title", ("Cervical, lumbar and thoracic laminectomy and laminotomy",)),
    *[(name, "lead", ("generally requires", "commercial plans", "required")) for name in ADDRESSES],
    *[(name, "required", ("Yes. QualCare generally requires prior authorization",)) for name in ADDRESSES],
    *[(name, "required", ("Plan types commercial", "Last verified 2026-06-26")) for name in ADDRESSES],
    *[(name, "required", ("not a coverage decision and not medical advice", "Confirm")) for name in ADDRESSES],
    (SCS, "diagnoses", ("M96.1", "Postlaminectomy syndrome", "G90.50", "G89.4", "Chronic pain syndrome")),
    (LAM, "diagnoses", ("M48.061", "M48.062", "Spinal stenosis, lumbar region")),
    *[(name, "diagnoses", ("often seen with medical necessity", "current policy")) for name in ADDRESSES],
    *[(name, "submit", ("Method portal", "eviCore by Evernorth (Cigna MSK/Spine)")) for name in ADDRESSES],
    *[(name, "submit", ("Turnaround", "varies by plan")) for name in ADDRESSES],
    (SCS, "sources", ("Cigna Medical Coverage Policy 0380", "spinal cord and dorsal column stimulation", "CMM-211")),
    (LAM, "sources", ("CMM-603", "CMM-600", "CMM-608", "2025-05-27")),
    *[(name, "sources", ("Binding the payer's own policy",)) for name in ADDRESSES],
    *[(name, "sources", ("Proxy a public, evidence-based guideline that the payer mirrors",)) for name in ADDRESSES],
    *[(name, "sources", ("Portal-only the criteria that bind are confirmed in the administrator's portal",))
      for name in ADDRESSES],
    *[(name, "sources", ("Always confirm with the payer for the member's own plan", "2026-06-26"))
      for name in ADDRESSES],
    *[(name, "questions", ("Does QualCare require prior authorization", "What does QualCare ask for", "How long does"))
      for name in ADDRESSES],
    *[(name, "check", ("before you submit", "drafts an appeal", "You review and submit; nothing is sent"))
      for name in ADDRESSES],
]  # fmt: skip


@pytest.mark.parametrize(("name", "place", "facts"), FACTS)
def test_each_part_of_the_seed_page_has_its_place(
    files: dict[str, bytes], name: str, place: str, facts: tuple[str, ...]
) -> None:
    tree = page(files, name)
    if place == "title":
        shown = words(tree.xpath("//h1")[0])
        assert shown in words(tree.xpath("//title")[0])
    else:
        shown = words(tree.xpath("//main/header")[0]) if place == "lead" else section(files, name, place)
    assert [fact for fact in facts if fact not in shown] == []


@pytest.mark.parametrize(("name", "codes"), [(SCS, STIMULATION_CODES), (LAM, LAMINECTOMY_CODES)])
def test_no_other_code_is_shown_as_listed_by_the_payer(
    files: dict[str, bytes], name: str, codes: tuple[str, ...]
) -> None:
    rows = page(files, name).xpath("//section[@id='codes']//tbody/tr")
    listed = [row.xpath("string(th/a)") for row in rows if "not listed on the payer's page" not in words(row)]
    assert sorted(listed) == sorted(codes)


@pytest.mark.parametrize(("name", "source_id", "number", "trust", "effective"), SOURCES)
def test_every_source_of_the_seed_page_has_its_number_label_and_date(
    files: dict[str, bytes], name: str, source_id: str, number: str, trust: Trust, effective: date | None
) -> None:
    found = [
        row for row in page(files, name).xpath("//section[@id='sources']/ul/li") if f"number {number}" in words(row)
    ]
    (row,) = found or [None]
    assert row is not None, source_id
    label = words(row.xpath("span[contains(@class, 'tag')]")[0]).casefold()
    # What nobody read in the policy itself is shown as not confirmed, with the kind that its page calls it.
    assert label.startswith((f"{trust},", f"not confirmed: of a {trust} policy, ")), label
    assert effective is None or f"effective {effective.isoformat()}" in words(row)


DIAGNOSES = [(SCS, "M96.1"), (SCS, "G90.50"), (SCS, "G89.4"), (LAM, "M48.061"), (LAM, "M48.062")]


@pytest.mark.parametrize(("name", "code"), DIAGNOSES)
def test_every_diagnosis_has_a_row_with_title_and_label(files: dict[str, bytes], name: str, code: str) -> None:
    (row,) = page(files, name).xpath(f"//section[@id='diagnoses']//tbody/tr[th/a='{code}']")
    assert [len(words(cell)) > 3 for cell in row.xpath("td")] == [True, True]


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_source_on_the_page_can_be_followed(files: dict[str, bytes], name: str) -> None:
    links = page(files, name).xpath("//section[@id='sources']//a/@href")
    assert any(link.startswith("https://www.evicore.com/") for link in links)


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_line_of_the_criteria_has_its_label(files: dict[str, bytes], name: str) -> None:
    rows = page(files, name).xpath("//section[@id='criteria']//li[starts-with(@class, 'row')]")
    assert len(rows) > 15
    assert all(row.xpath("p[1]/span[starts-with(@class, 'tag')]") for row in rows)


@pytest.mark.parametrize("name", ADDRESSES)
def test_leaves_say_what_would_document_them_here_or_on_the_whole_tree(files: dict[str, bytes], name: str) -> None:
    links = set(page(files, name).xpath("//section[@id='criteria']//a/@href[contains(., 'criteria/')]"))
    linked = [text.decode() for file, text in files.items() if any(link.lstrip("./") in file for link in links)]
    shown = [section(files, name, "criteria"), *linked]
    assert sum(text.count("Documented by") for text in shown) > 20


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_page_has_what_the_seed_page_lacks(files: dict[str, bytes], name: str) -> None:
    anchors = set(page(files, name).xpath("//main/section/@id"))
    assert {"criteria", "records", "cautions", "corrections", "editions", "other-payers", "check"} <= anchors


@pytest.mark.parametrize("name", ADDRESSES)
def test_markdown_json_and_checklist_carry_the_same(files: dict[str, bytes], name: str) -> None:
    address = ADDRESSES[name]
    answer = json.loads(files[f"{address.rstrip('/')}.json"])
    (result,) = answer["results"]
    assert answer["schema"] == "praxigen.lookup/1"
    assert result["requirement"]["id"] == name
    markdown = files[f"{address.rstrip('/')}.md"].decode()
    checklist = files[f"{address}checklist.txt"].decode()
    assert all(code["code"] in markdown for code in result["codes"])
    assert all(record["text"] in checklist for record in result["requirement"]["documents"])
    assert checklist.count("[ ] ") > 40


@pytest.mark.parametrize("name", ADDRESSES)
def test_machines_are_told_questions_breadcrumbs_and_the_day(files: dict[str, bytes], name: str) -> None:
    (script,) = page(files, name).xpath("//script[@type='application/ld+json']")
    graph = {each["@type"]: each for each in json.loads(script.text)["@graph"]}
    assert graph["WebPage"]["lastReviewed"] == "2026-06-26"
    assert len(graph["FAQPage"]["mainEntity"]) == 5
    assert [each["name"] for each in graph["BreadcrumbList"]["itemListElement"]][1:3] == [
        "Prior authorization",
        "QualCare",
    ]
