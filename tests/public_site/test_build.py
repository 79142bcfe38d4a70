"""The command that builds the site: the same bytes, all or nothing, and what bad input gets."""
# ruff: noqa: S603  the commands are ours

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from praxigen.cli.main import run
from praxigen.errors import UsageError
from praxigen.library import Library
from praxigen.site import build_site
from praxigen.site.folder import check_folder, replace_folder
from support.policy_files import GUIDELINE, PAYERS, REQUIREMENT, swap, write_library
from support.site import BASE, html_of, runs_script

HOSTILE = (
    "</script></style><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} & \"q\" 'a' [x](javascript:1)"
)
QUOTED = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')


@pytest.fixture
def small(tmp_path: Path) -> Library:
    return Library.open(write_library(tmp_path / "policies"))


def tree_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- The same library gives the same bytes ---------------------------------------------------------------------------


def test_another_process_with_another_order_of_sets_gives_the_same_bytes(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    command = [str(Path(sys.executable).with_name("praxigen")), "site", "build", "site", "--base-url", BASE]
    environment = os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True, timeout=300)
    built = tree_of(tmp_path / "site")
    del built["site.json"]
    assert built.keys() == files.keys()
    assert [name for name in files if built[name] != files[name]] == []
    assert done.stdout.decode().startswith(f"site: {sum(name.endswith('.html') for name in files):,} pages in ")
    assert [line.partition(":")[0] for line in done.stderr.decode().split("\n")] == [
        "  requirements", "  criteria", "  codes", "",
    ]  # fmt: skip


def test_the_manifest_names_every_file_by_its_hash(small: Library, tmp_path: Path) -> None:
    made = build_site(small, tmp_path / "out")
    built = tree_of(tmp_path / "out")
    manifest = json.loads(built.pop("site.json"))
    assert manifest["files"].keys() == built.keys()
    assert made.files == len(built) + 1


def test_the_way_to_a_workspace_is_there_only_where_there_is_one(small: Library, tmp_path: Path) -> None:
    build_site(small, tmp_path / "alone")
    build_site(small, tmp_path / "beside", workspace="practice/")
    alone, beside = tree_of(tmp_path / "alone"), tree_of(tmp_path / "beside")
    assert alone.keys() == beside.keys()
    assert not any(b"practice/cases" in content for content in alone.values())
    found = [name for name, content in beside.items() if b"practice/cases/new/" in content]
    requirements = sorted(name for name in alone if name.endswith("checklist.txt"))
    pages = [name.removesuffix("/checklist.txt") for name in requirements]
    assert sorted(found) == sorted([f"{page}.md" for page in pages] + [f"{page}/index.html" for page in pages])
    for page in pages:
        (link,) = html_of(beside[f"{page}/index.html"]).xpath("//section[@id='check']//a[contains(@href, '/cases/')]")
        assert link.text == "Check a note in your workspace"
        assert link.get("href").startswith("../../../practice/cases/new/?payer=")
        assert b"praxigen check note.txt" in alone[f"{page}/index.html"]
    for name, content in beside.items():
        if name.endswith("index.html"):
            (link,) = html_of(content).xpath("//header//a[.='Workspace']")
            assert link.get("href") == f"{'../' * name.count('/')}practice/"
            assert not html_of(alone[name]).xpath("//header//a[.='Workspace']")


def test_a_second_build_replaces_the_first_and_leaves_nothing_beside_it(small: Library, tmp_path: Path) -> None:
    build_site(small, tmp_path / "out")
    first = tree_of(tmp_path / "out")
    build_site(small, tmp_path / "out")
    assert tree_of(tmp_path / "out") == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "policies"]


def test_pages_that_are_gone_from_the_library_go_from_the_site(small: Library, tmp_path: Path) -> None:
    build_site(small, tmp_path / "out")
    fewer = swap(
        REQUIREMENT, "diagnoses:\n  - {code: M48.062, source: {from: page, at: diagnoses}}\n", "diagnoses: []\n"
    )
    build_site(Library.open(write_library(tmp_path / "policies", requirement=fewer)), tmp_path / "out")
    assert not (tmp_path / "out" / "diagnoses" / "m48.062").exists()


# --- Folders ---------------------------------------------------------------------------------------------------------


def test_an_empty_folder_is_taken(small: Library, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    build_site(small, tmp_path / "out")
    assert (tmp_path / "out" / "index.html").is_file()


def test_a_folder_with_other_files_is_refused_and_left_as_it_is(
    small: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign = tmp_path / "foreign"
    (foreign / "photos").mkdir(parents=True)
    (foreign / "photos" / "a.jpg").write_bytes(b"mine")
    assert run(["site", "build", str(foreign), "--library", str(small.folders[0])]) == 2
    assert capsys.readouterr().err == (
        f"praxigen: {foreign} holds what praxigen did not put there: photos/a.jpg\n"
        "  Name a new or empty folder, or one with a site that praxigen built: it is replaced as a whole.\n"
    )
    assert tree_of(foreign) == {"photos/a.jpg": b"mine"}


def test_a_file_added_to_a_built_site_is_not_lost(small: Library, tmp_path: Path) -> None:
    build_site(small, tmp_path / "out")
    (tmp_path / "out" / "CNAME").write_text("policies.example.org")
    with pytest.raises(UsageError, match="CNAME"):
        build_site(small, tmp_path / "out")
    assert (tmp_path / "out" / "CNAME").is_file()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"schema": "other/1", "files": {}}', "\xff", '{"schema": "praxigen.site/1"}']
)
def test_a_manifest_that_is_none_vouches_for_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "site.json").write_text(text, encoding="latin-1")
    with pytest.raises(UsageError, match=r"site\.json"):
        check_folder(tmp_path)


def test_a_file_and_a_link_are_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(UsageError, match="is not a folder"):
            check_folder(tmp_path / name)


def test_a_write_that_fails_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    replace_folder(folder, {"index.html": b"old"})

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match="could not be written: No space left on device"):
        replace_folder(folder, {"index.html": b"new"})
    assert (folder / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


# --- Addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["example.org", "ftp://example.org/", "https://", "javascript:alert(1)", "https://a b/", "https://e.org/?q=1",
     'https://e.org/"x', "https://user:word@e.org/", "https://[::1"],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(address: str, small: Library, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not the address of a site"):
        build_site(small, tmp_path / "out", address)
    assert not (tmp_path / "out").exists()


def test_without_an_address_nothing_claims_one(small: Library, tmp_path: Path) -> None:
    build_site(small, tmp_path / "out")
    built = tree_of(tmp_path / "out")
    assert "sitemap.xml" not in built
    assert b"Sitemap" not in built["robots.txt"]
    assert b"canonical" not in built["index.html"]


def test_an_address_without_its_last_stroke_is_the_same(small: Library, tmp_path: Path) -> None:
    build_site(small, tmp_path / "one", "https://e.org/p")
    build_site(small, tmp_path / "two", "https://e.org/p/")
    assert tree_of(tmp_path / "one") == tree_of(tmp_path / "two")


# --- Hostile words in a practice's own files -------------------------------------------------------------------------


def test_hostile_words_are_words_and_nothing_else(tmp_path: Path) -> None:
    payers = swap(PAYERS, "name: QualCare\n", f'name: "{QUOTED}"\n')
    requirement = swap(REQUIREMENT, "title: Laminectomy or laminotomy", f'title: "{QUOTED}"')
    requirement = swap(requirement, "says: Six weeks of care", f'says: "{QUOTED}"')
    requirement = swap(requirement, "ask: Is it required?, answer: Yes.", f'ask: "{QUOTED}?", answer: "{QUOTED}"')
    requirement = swap(requirement, "label: lumbar,", f'label: "{QUOTED}",')
    requirement = swap(requirement, "says: The office note", f'says: "{QUOTED}"')
    requirement = swap(requirement, "administrator: eviCore by Evernorth", f'administrator: "{QUOTED}"')
    guideline = swap(GUIDELINE, "says: Leg pain", f'says: "{QUOTED}"')
    guideline = swap(guideline, "documents: The office note", f'documents: "{QUOTED}"')
    folder = write_library(tmp_path / "own", payers=payers, requirement=requirement, guideline=guideline)
    build_site(Library.open(folder), tmp_path / "out", "https://e.org/")
    seen = 0
    for name, content in tree_of(tmp_path / "out").items():
        if name.endswith(".html"):
            tree = html_of(content)
            assert not tree.xpath("//img | //body//script | //@onerror"), name
            assert len(tree.xpath("//head/script")) == (2 if runs_script(name) else 1), name
            for script in tree.xpath("//script[@type='application/ld+json']"):
                json.loads(script.text)
                assert "<" not in script.text, name
            assert not [link for link in tree.xpath("//@href") if link.startswith("javascript:")], name
            seen += "alert(1)" in "".join(tree.itertext())
        if name.endswith(".md"):
            assert b"<script" not in content.replace(b"\\<", b""), name
            assert b"](javascript" not in content.replace(b"\\]", b""), name
    assert seen > 5


def test_an_address_that_runs_something_is_no_link(tmp_path: Path) -> None:
    requirement = swap(REQUIREMENT, "url: https://www.evicore.com,", 'url: "javascript:alert(1)",')
    try:
        library = Library.open(write_library(tmp_path / "own", requirement=requirement))
        build_site(library, tmp_path / "out")
    except UsageError:  # the loader may refuse it first
        return
    pages = [html_of(text) for name, text in tree_of(tmp_path / "out").items() if name.endswith(".html")]
    assert not [link for page in pages for link in page.xpath("//@href") if link.startswith("javascript")]


def test_a_library_of_one_payer_has_a_whole_site(small: Library, tmp_path: Path) -> None:
    build_site(small, tmp_path / "out")
    built = tree_of(tmp_path / "out")
    for name in (
        "index.html",
        "prior-authorization/qualcare/laminectomy/index.html",
        "codes/63047/index.html",
        "criteria/evicore.cmm-608/lumbar/index.html",
        "payers/oscar/index.html",
        "status/index.html",
    ):
        assert html_of(built[name]).xpath("//main//h1")


def test_an_empty_library_has_a_site_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    build_site(Library.open(tmp_path / "none"), tmp_path / "out")
    assert "0 requirements" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
