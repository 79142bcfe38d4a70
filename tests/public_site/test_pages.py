"""Every page of the site: it is whole, small, leads somewhere, loads nothing foreign, and can be read by everybody."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from posixpath import normpath
from urllib.parse import unquote

import pytest
from lxml import etree

from praxigen.site.blocks import Page
from praxigen.site.html import LIMIT
from support.site import BASE, html_of, runs_script

Trees = dict[str, etree._Element]


@pytest.fixture(scope="session")
def trees(files: dict[str, bytes]) -> Trees:
    """Every HTML file as a tree. It is read as XML, which forgives nothing: an open element or a bare "&" ends it."""
    return {name: html_of(content) for name, content in files.items() if name.endswith(".html")}


def test_no_page_is_too_large(files: dict[str, bytes]) -> None:
    assert {name: len(text) for name, text in files.items() if name.endswith(".html") and len(text) > LIMIT} == {}


def test_no_two_pages_stand_at_one_address(pages: list[Page]) -> None:
    assert [path for path, number in Counter(page.path for page in pages).items() if number > 1] == []


def test_every_page_comes_in_three_forms(files: dict[str, bytes], pages: list[Page]) -> None:
    for page in pages:
        name = page.path.rstrip("/") or "index"
        assert {f"{page.path}index.html", f"{name}.json", f"{name}.md"} <= files.keys()
        assert json.loads(files[f"{name}.json"])["schema"].startswith("praxigen.")
        assert files[f"{name}.md"].startswith(b"# ")


def test_every_link_inside_the_site_leads_somewhere(trees: Trees, files: dict[str, bytes]) -> None:
    anchors = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}
    lost = []
    for name, tree in trees.items():
        folder = name.rpartition("/")[0]
        for address in {*tree.xpath("//@href"), *tree.xpath("//@src"), *tree.xpath("//@action")}:
            if address.startswith(("https://", "http://", "data:")):
                continue
            path, _, anchor = address.partition("#")
            target = normpath(f"{folder}/{unquote(path)}").lstrip("/") if path else name
            if not path.endswith(tuple("abcdefghijklmnopqrstuvwxyz")) and path:
                target = f"{target}/index.html".removeprefix("./").lstrip("/")
            if target not in files or (anchor and anchor not in anchors[target]):
                lost.append(f"{name}: {address}")
    assert lost == []


def test_links_in_markdown_lead_somewhere(files: dict[str, bytes], pages: list[Page]) -> None:
    lost = []
    for page in pages:
        text = files[f"{page.path.rstrip('/') or 'index'}.md"].decode()
        for address in re.findall(r"\]\(<([^>]*)>\)", text):
            path = address.partition("#")[0]
            if path and not address.startswith(("https://", "http://")):
                target = normpath(f"{page.path}{path}").removeprefix("./")
                known = target in files or f"{'' if target == '.' else target + '/'}index.html" in files
                lost += [] if known else [f"{page.path}: {address}"]
    assert lost == []


def test_nothing_foreign_is_loaded(trees: Trees) -> None:
    loading = (
        "//script/@src | //img/@src | //iframe/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //form/@action"
    )
    for name, tree in trees.items():
        for address in tree.xpath(loading):
            assert not re.match(r"[a-z]+:|//", address) or address == "data:,", name
        assert not tree.xpath("//*[@style] | //style | //@*[starts-with(name(), 'on')]"), name
        inline = tree.xpath("//script[not(@src)]")
        assert [script.get("type") for script in inline] == ["application/ld+json"], name


def test_styles_load_nothing(files: dict[str, bytes]) -> None:
    (style,) = (text.decode() for name, text in files.items() if name.endswith(".css"))
    assert "url(" not in style
    assert "@import" not in style


def test_only_search_and_requirements_run_a_script_and_read_in_the_site(trees: Trees) -> None:
    for name, tree in trees.items():
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        scripted = runs_script(name)
        assert bool(tree.xpath("//script[@src]")) is scripted
        assert ("script-src 'self'" in policy) is scripted


def test_every_page_can_be_read_by_everybody(trees: Trees) -> None:
    for name, tree in trees.items():
        assert tree.get("lang") == "en", name
        assert len(tree.xpath("//main")) == 1, name
        assert tree.xpath("//body/a[1]/@href") == ["#main"], name
        assert tree.xpath("//title")[0].text.strip(), name
        ids = Counter(tree.xpath("//@id"))
        assert [each for each, number in ids.items() if number > 1] == [], name
        levels = [int(each.tag[1]) for each in tree.iter("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        for table in tree.xpath("//table"):
            assert table.xpath("caption"), name
            assert len(table.xpath("thead//th[@scope='col']")) == len(table.xpath("thead//th")), name
            assert all(row.xpath("th[@scope='row']") for row in table.xpath("tbody/tr")), name
        for field in tree.xpath("//input"):
            assert tree.xpath(f"//label[@for='{field.get('id')}']"), name
        assert all("".join(link.itertext()).strip() for link in tree.xpath("//a")), name
        named = [*tree.xpath("//nav/@aria-label"), *tree.xpath("//*[@role='region']/@aria-label")]
        assert all(named), name
        assert set(tree.xpath("//section/@aria-labelledby")) <= set(ids), name


def test_titles_and_canonical_addresses_are_unique(trees: Trees) -> None:
    canonical = Counter(tree.xpath("string(//link[@rel='canonical']/@href)") for tree in trees.values())
    assert [each for each, number in canonical.items() if number > 1 or not each.startswith(BASE)] == []
    titles = Counter(tree.xpath("string(//title)") for tree in trees.values())
    assert [each for each, number in titles.items() if number > 1] == []


def test_the_map_names_every_page(files: dict[str, bytes], pages: list[Page]) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = etree.fromstring(files["sitemap.xml"]).xpath("//s:loc/text()", namespaces=space)
    assert listed == [BASE + page.path for page in pages]
    assert f"Sitemap: {BASE}sitemap.xml" in files["robots.txt"].decode()


def test_the_guide_for_language_models_names_every_requirement(files: dict[str, bytes]) -> None:
    text = files["llms.txt"].decode()
    for address in re.findall(r"\]\(([^)]*)\)", text):
        assert address.removeprefix(BASE) in files
    assert text.count("/prior-authorization/") == sum(name.endswith("checklist.txt") for name in files)


def test_the_search_list_leads_to_pages_and_finds_by_code(files: dict[str, bytes]) -> None:
    entries = json.loads(files["search/pages.json"])
    assert all(f"{path}index.html" in files for _, path, _ in entries)
    assert any("63650" in more.split() for _, path, more in entries if path.startswith("prior-authorization/qualcare/"))


def test_the_search_works_without_a_script(trees: Trees) -> None:
    tree = trees["search/index.html"]
    assert len(tree.xpath("//section[@id='requirements']//a")) == len(
        [name for name in trees if re.fullmatch(r"prior-authorization/[^/]+/[^/]+/index.html", name)]
    )


def test_the_feed_of_changes_is_the_one_of_the_command(files: dict[str, bytes]) -> None:
    root = etree.fromstring(files["changes.atom"])
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) > 50


def test_procedures_stand_in_the_order_of_their_names(trees: Trees) -> None:
    for path in ("index.html", "procedures/index.html"):
        names = trees[path].xpath("//main//a[contains(@href, 'procedures/') or contains(@href, '-')]/text()")
        shown = [each for each in names if each in {"Knee arthroscopy", "MRI of the low back", "Spinal fusion"}]
        assert shown == ["Knee arthroscopy", "MRI of the low back", "Spinal fusion"], path


def test_a_procedure_shows_its_codes_as_a_table_with_our_words(trees: Trees) -> None:
    rows = trees["procedures/spinal-cord-stimulation/index.html"].xpath("//section[@id='codes']//tbody/tr")
    cells = {row.xpath("string(./*[1])").strip(): row.xpath("string(./*[2])").strip() for row in rows}
    assert cells["63650"] == "lead through the skin"
    assert all(cells.values())


def test_what_a_page_shows_of_a_guideline_it_shows_once_and_so_in_full(trees: Trees, files: dict[str, bytes]) -> None:
    path = "prior-authorization/qualcare/spinal-cord-stimulation/"
    words = " ".join(trees[f"{path}index.html"].xpath("string(//section[@id='criteria'])").split())
    trial, permanent = words.split("Permanent stimulator Decides")
    asked = "At least six consecutive months of conservative care"
    assert asked in trial
    assert asked not in permanent
    assert "as in Stimulator trial, 1" in permanent
    assert "more lines below" not in words
    checklist = files[f"{path}checklist.txt"].decode()
    assert checklist.count(asked) == 2 * trial.count(asked)  # each stage has a list of its own


def test_guides_call_a_guideline_as_its_readers_do(trees: Trees) -> None:
    for name in ("conservative-care-that-counts", "psychological-evaluation"):
        links = trees[f"guides/{name}/index.html"].xpath("//tbody//a[contains(@href, 'criteria/')]/text()")
        assert "eviCore by Evernorth CMM-211" in links
        assert [each for each in links if each == each.lower() or ";" in each or "(" in each] == []
