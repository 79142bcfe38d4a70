"""What holds for the repository as a whole: nothing of a machine in it, documents that are true, a whole package."""

from __future__ import annotations

import ast
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile

import pytest

import praxigen
from praxigen import Document, Library, Request, check
from praxigen.lexicon import open_lexicon
from praxigen.library.lint import lint
from support.screens import PAGES, README, ROOT, examples, page

MODULES = ("praxigen", *(found.name for found in pkgutil.walk_packages(praxigen.__path__, "praxigen.")))
PACKAGES = tuple(name for name in MODULES if hasattr(import_module(name), "__path__"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def files() -> Iterator[Path]:
    """Every file of the repository that is tracked or would be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()  # noqa: S603
    return (path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


# Written in pieces, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    r"(?<![\w.*-])/(?:" + r"work|root|home/\w+|Users/\w+" + r")/"
    r"|pypi\." + r"org|python" + r"hosted\.|registry\." + r"npmjs|deb\." + r"debian\.org"
)


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files()
        for match in FOREIGN.finditer(path.read_bytes().decode("utf-8", errors="replace"))
    ]
    assert found == []


def test_the_licence_is_apache() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert text.rstrip().endswith("limitations under the License.")


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_says_what_it_is_for(name: str) -> None:
    assert (import_module(name).__doc__ or "").strip(), f"{name} has no docstring"


@pytest.mark.parametrize("name", [name for name in MODULES if hasattr(import_module(name), "__all__")])
def test_all_is_sorted_and_leads_somewhere(name: str) -> None:
    module = import_module(name)
    assert list(module.__all__) == sorted(module.__all__)
    assert [each for each in module.__all__ if not hasattr(module, each)] == []


@pytest.mark.parametrize("name", [name for name in PACKAGES if hasattr(import_module(name), "__all__")])
def test_all_names_everything_that_a_package_offers(name: str) -> None:
    module = import_module(name)
    tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
    imported = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "praxigen"
    ]
    offered = {alias.asname or alias.name for node in imported for alias in node.names}
    assert offered == set(module.__all__)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_locks_hold_names_versions_and_hashes_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==[\w.]+( ; [^\\]+)? \\\n", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}$", entry, re.MULTILINE), entry


def test_the_list_of_parts_leaves_none_out() -> None:
    """`make sbom` lists what people install to use praxigen; tools for building and testing it are no part of it."""
    listed = re.search(r"^PARTS := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed is not None
    assert set(listed[1].split()) == {path.stem for path in LOCKS} - {"build", "dev", "sbom"}


def test_locks_agree_with_each_other_and_with_what_is_asked_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins: dict[str, set[str]] = {}
    for path in LOCKS:
        for name, version in re.findall(r"^([a-z0-9.-]+)==([\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}
    groups = asked["dependency-groups"]
    wanted = [*asked["project"]["dependencies"], *asked["build-system"]["requires"], *groups["build"], *groups["dev"]]
    names = {re.match(r"[A-Za-z0-9._-]+", each)[0].lower() for each in wanted if isinstance(each, str)}  # type: ignore[index]
    assert names - pins.keys() == set(), "run: make lock"


def test_labels_of_codes_and_procedures_are_no_cpt_descriptors() -> None:
    """CPT descriptors belong to the AMA. They are long; ours are a few words of everyday speech."""
    library = Library.open()
    labels = [each.label for each in library.procedures()]
    labels += [code.label for each in library.requirements() for code in each.codes.values()]
    assert [label for label in labels if len(label.split()) >= 8] == []
    assert [
        label for label in labels if re.search(r"\beach additional\b|\blist separately\b", label, re.IGNORECASE)
    ] == []


def test_the_version_is_said_once() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert asked["project"]["version"] == praxigen.__version__
    assert f"## [{praxigen.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_documentation_shows_what_the_commands_print(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(examples(text)) == (path == README)
    assert text == page(text), "run: make docs"


GUIDE = ROOT / "CONTRIBUTING.md"
YAML_BLOCK = re.compile(r"^```yaml\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_policy_in_the_guide_for_contributors_works(tmp_path: Path) -> None:
    payer, *policies = (found["text"] for found in YAML_BLOCK.finditer(GUIDE.read_text(encoding="utf-8")))
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "payers.yaml").write_text(f"schema: praxigen.payers/1\npayers:\n{payer}", encoding="utf-8")
    for policy in policies:
        path = tmp_path / policy.partition("\n")[0].removeprefix("# ")
        path.parent.mkdir(parents=True)
        path.write_text(policy, encoding="utf-8")
    library = Library.open(ROOT / "policies", tmp_path / "policies")
    names = frozenset(name for kinds in open_lexicon().kinds.values() for name in kinds)
    assert [fault for fault in lint(library, date(2026, 8, 3), names) if "example" in str(fault)] == []
    guideline = library.guideline("example.sp-1")
    for example in guideline.examples:
        request = Request("example-health", "63047", date=example.date)
        report = check(Document(example.name, example.note), request, library)
        (determination,) = report.determinations
        assert determination.result is not None
        answers = {part.criterion.id: str(part.answer) for part in determination.result.walk()}
        assert answers == dict(example.expect)


LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("path", [path for path in files() if path.suffix == ".md"], ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [target for target in LINK.findall(text) if not (path.parent / target).exists()] == []


def test_decisions_are_numbered_and_whole() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for path in records:
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], path.name


def test_the_wheel_holds_the_data_and_nothing_of_the_house(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as opened:
        held = set(opened.namelist())
    for data, place in (("policies", "policies"), ("lexicon", "lexicon"), ("benchmarks/questions", "questions")):
        here = {str(path.relative_to(ROOT / data)) for path in (ROOT / data).rglob("*.yaml")}
        assert here
        assert {f"praxigen/_shipped/{place}/{name}" for name in here} <= held
    code = {str(path.relative_to(ROOT / "src")) for path in (ROOT / "src").rglob("*.py")}
    assert code <= held
    assert {"praxigen/py.typed", "praxigen/exports/page/report.css"} <= held
    assert {name.split("/")[0] for name in held} == {"praxigen", f"praxigen-{praxigen.__version__}.dist-info"}
