"""Makes the whole site: every page in three forms, and the files that machines look for."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from praxigen.errors import UsageError
from praxigen.exports.inline import data
from praxigen.exports.library_changes import feed_to_atom, newest_first
from praxigen.law import Law
from praxigen.library import Library
from praxigen.library.diff import edition_history
from praxigen.library.status import status
from praxigen.site import deadlines, general, guides, wellknown
from praxigen.site.blocks import Page, Tree
from praxigen.site.checklist import CHECKLIST
from praxigen.site.folder import check_folder, replace_folder
from praxigen.site.guidelines import GuidelinePages, split
from praxigen.site.html import LIMIT, Assets, Script, text_of, to_html, twin
from praxigen.site.indexes import IndexPages
from praxigen.site.markdown import to_markdown
from praxigen.site.parts import divided
from praxigen.site.plain import to_json
from praxigen.site.requirements import RequirementPages

Progress = Callable[[str, int, int], None]  # what is being made, how many are done, how many there are


@dataclass(frozen=True, slots=True)
class Summary:
    """What was built: how many pages and files, and the largest page with its size in bytes."""

    pages: int
    files: int
    largest: str
    largest_bytes: int


def build_site(
    library: Library, folder: Path, base: str = "", progress: Progress = lambda *_: None, workspace: str = ""
) -> Summary:
    """Write the public site into a folder, all of it or nothing.

    `base` is the address under which it will stand (https://...); without one there are no canonical links and no map
    of the site. `workspace` is the folder of the same server in which a practice works ("practice/"): with it each
    requirement leads to a new case there; without, nothing points there.
    Raises UsageError for a folder that holds anything but a site built before, and for a bad address.
    """
    base = _address(base)
    check_folder(folder)
    files, pages = make(library, base, progress, workspace)
    replace_folder(folder, files)
    sizes = {name: len(content) for name, content in files.items() if name.endswith(".html")}
    largest = max(sizes, key=lambda name: (sizes[name], name))
    return Summary(len(pages), len(files) + 1, largest, sizes[largest])


def make(library: Library, base: str, progress: Progress, workspace: str = "") -> tuple[dict[str, bytes], list[Page]]:
    """Every file of the site by its name, and the pages."""
    style = data("report.css") + text_of("templates/site.css")
    scripts = {name: text_of(f"templates/{name}.js") for name in ("search", "copy")}
    search, copy = (Script(_hashed(name, "js", script), _integrity(script)) for name, script in scripts.items())
    assets = Assets(_hashed("site", "css", style), search, copy, workspace)
    files = {assets.style: style.encode()}
    files |= {each.path: scripts[name].encode() for name, each in (("search", search), ("copy", copy))}
    pages: list[Page] = []
    written: dict[str, tuple[Page, bytes]] = {}  # what was last rendered to see whether it fits

    def fits(page: Page) -> bool:
        html = to_html(page, assets, base).encode()
        written[page.path] = (page, html)
        return len(html) <= LIMIT

    for page in _pages(library, fits, progress, workspace):
        pages.append(page)
        same, html = written.pop(page.path, (None, b""))
        files[f"{page.path}index.html"] = html if same is page else to_html(page, assets, base).encode()
        files[twin(page.path, "json")] = to_json(page).encode()
        files[twin(page.path, "md")] = to_markdown(page).encode()
        if page.checklist:
            files[f"{page.path}{CHECKLIST}"] = page.checklist.encode()
    entries = newest_first(edition_history(library))
    files["changes.atom"] = feed_to_atom(entries).encode()
    files["search/pages.json"] = wellknown.search_index(pages).encode()
    files["robots.txt"] = wellknown.robots(base).encode()
    files["llms.txt"] = wellknown.llms(pages, base).encode()
    if base:
        files["sitemap.xml"] = wellknown.sitemap(pages, base).encode()
    return files, pages


def _pages(library: Library, fits: Callable[[Page], bool], progress: Progress, workspace: str) -> Iterator[Page]:
    """Every page, each small enough."""
    history = edition_history(library)
    requirements = RequirementPages(library, history, workspace)
    held = library.requirements()
    for number, requirement in enumerate(held, start=1):
        progress("requirements", number, len(held))
        yield requirements.page(requirement, fits)
    guidelines = GuidelinePages(library, history)
    newest = guidelines.newest()
    yield guidelines.index()
    for number, guideline in enumerate(newest, start=1):
        progress("criteria", number, len(newest))
        yield guidelines.page(guideline)
        for indication in guideline.indications.values():
            yield from _small(guidelines.indication(guideline, indication), fits)
    indexes = IndexPages(library)
    for page in indexes.all():
        yield from divided(page, fits)
    codes = tuple(indexes.codes())
    for number, page in enumerate(codes, start=1):
        progress("codes", number, len(codes))
        yield from divided(page, fits)
    written = guides.guide_pages(library)
    yield guides.index(written)
    yield deadlines.page(Law.open(*library.folders))
    yield from written
    yield from general.status_pages(status(library, general.newest_day(library)))
    yield from divided(general.changes(newest_first(history)), fits)
    yield general.search(library)
    yield general.about()
    yield general.home(library, written)


def _small(page: Page, fits: Callable[[Page], bool]) -> Iterator[Page]:
    """The page, or several with its branches where it is too large."""
    tree = next((block for section in page.sections for block in section.blocks if isinstance(block, Tree)), None)
    if fits(page) or tree is None or not tree.root.children:
        yield page
        return
    first, *parts = split(page)
    yield first
    for part in parts:
        yield from _small(part, fits)


def _address(base: str) -> str:
    """The address of the site with "/" at its end. Raises UsageError for what is none."""
    if not base:
        return ""
    hint = "Write it like https://example.org/ or https://example.org/policies/."
    try:
        parts = urlsplit(base)
        fine = parts.scheme in ("https", "http") and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:
        fine = False
    if not fine or any(character.isspace() or character in "\"'<>\\" for character in base) or "@" in parts.netloc:
        raise UsageError(f"{base!r} is not the address of a site", hint)
    return base.rstrip("/") + "/"


def _hashed(name: str, ending: str, content: str) -> str:
    return f"assets/{name}.{hashlib.sha256(content.encode()).hexdigest()[:12]}.{ending}"


def _integrity(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
