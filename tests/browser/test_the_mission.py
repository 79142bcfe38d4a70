"""The whole way as a specialist goes it, in a real browser on a real server: from the payer's page to the appeal.

With PRAXIGEN_SCREENSHOTS=FOLDER it keeps a picture of each step.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.fax import as_fax

from praxigen.documents import recognition
from support import files
from support.in_browser import CHROMIUM, LAUNCH, needs_chromium

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(not recognition.available(), reason='the extra "ocr" is not installed'),
]
ROOT = Path(__file__).parents[2]
CHART = (ROOT / "examples" / "letters" / "chart.txt").read_text(encoding="utf-8")
DENIAL = ROOT / "examples" / "denials" / "01-cigna-evicore-stimulator.txt"
OPINION = "SURGICAL OPINION: Dr. Okafor, neurosurgery, 08/18/2026: no further spine surgery is indicated.\n\n"
PATIENT = {"name": "Teodor Brandvold", "birth_date": "1968-03-14", "record_number": "M-1", "member_id": "U4471920355"}
ADDED = "Therapist and physician worked together for the whole of this time."
WAIT = 90_000  # milliseconds for what is read in the background on a busy machine


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("mission")
    command = [sys.executable, "-m", "praxigen", "serve", "--demo", "--data", str(folder / "data")]
    command += ["--key-file", str(folder / "keys" / "k"), "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PRAXIGEN", "DJANGO"))}
    subprocess.run([*command, "--background"], check=True, env=environment, timeout=300)  # noqa: S603  our own command
    try:
        yield json.loads((folder / "data" / "serving.json").read_text(encoding="ascii"))
    finally:
        subprocess.run([*command, "--stop"], check=True, env=environment, timeout=120)  # noqa: S603


class Walk:
    """A browser on its way, keeping pictures where they are wanted."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address.rstrip("/")
        self._steps = 0
        folder = os.environ.get("PRAXIGEN_SCREENSHOTS", "")
        self._folder = Path(folder) if folder else None
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def press(self, name: str, *, role: str = "button") -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()

    def take(self, name: str) -> None:
        self._steps += 1
        if self._folder is not None:
            self.page.screenshot(path=self._folder / f"{self._steps:02}-{name}.png")

    def words(self) -> str:
        return str(self.page.inner_text("main"))


def test_a_specialist_goes_the_whole_way(server: dict[str, Any]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        walk = Walk(page, server["address"])
        page.goto(server["first"][0][1])
        look_up(walk)
        case = open_case(walk)
        check = close_the_gap(walk, case)
        decide(walk, check)
        export(walk, check)
        submit(walk, case)
        deny(walk, case)
        appeal(walk)
        see_the_deadline(walk)
        assert faults == []
        browser.close()


def look_up(walk: Walk) -> None:
    """The payer's page: is it required, and what is asked."""
    walk.go("/prior-authorization/cigna/spinal-cord-stimulation/")
    assert "63650" in walk.words()
    walk.take("requirement")


def open_case(walk: Walk) -> str:
    """A faxed chart in which one thing is missing, read in the background, then checked."""
    page = walk.page
    walk.go("/practice/")
    walk.press("New case", role="link")
    assert OPINION in CHART
    fax = as_fax(files.pdf(CHART.replace(OPINION, "")), 3)
    page.set_input_files("input[name=files]", {"name": "fax.tif", "mimeType": "image/tiff", "buffer": fax})
    for name, value in {"payer": "cigna", "codes": "63650", "date_of_service": "2026-10-19", **PATIENT}.items():
        page.fill(f"input[name={name}]", value)
    page.select_option("select[name=request_stage]", "trial")
    page.select_option("select[name=funding]", "self_funded")
    walk.take("new-case")
    walk.press("Read and check")
    case = page.url.partition("/practice/cases/")[2].partition("/")[0]
    walk.go(f"/practice/cases/{case}/")
    walk.take("reading")
    page.wait_for_selector(".files li.read")
    walk.go(f"/practice/cases/{case}/")
    walk.press("Check")
    page.wait_for_url("**/checks/*/")
    assert "question" in walk.words()
    walk.take("check-of-a-fax")
    return case


def close_the_gap(walk: Walk, case: str) -> str:
    """An addendum brings what was missing; the next check says what changed."""
    page = walk.page
    walk.go(f"/practice/cases/{case}/")
    page.get_by_text("Add to the chart").click()
    addendum = f"Addendum\nPatient: Teodor Brandvold      Date of visit: 10/05/2026\n\n{OPINION}"
    addendum += "Electronically signed by Marisol Quade, MD on 10/05/2026\n"
    page.fill("textarea[name=note]", addendum)
    page.locator("form:has(textarea[name=note]) button").last.click()
    page.wait_for_load_state()
    walk.go(f"/practice/cases/{case}/")
    walk.press("Check again")
    page.wait_for_url("**/checks/*/")
    walk.take("check-after-addendum")
    return str(page.url)


def decide(walk: Walk, check: str) -> None:
    """Each criterion is confirmed by itself: there is no button for all."""
    from playwright.sync_api import expect

    page = walk.page
    forms = page.locator("form:has(input[name=decided][value=confirmed])")
    left = forms.count()
    assert left > 5
    for _ in range(left):
        before = page.inner_text("#undecided")
        open_ones = page.locator(".undecided-one:has(input[name=decided][value=confirmed])")
        if open_ones.count() == 0:
            break
        one = open_ones.first.get_attribute("id")
        page.locator(f"[id='{one}'] form:has(input[value=confirmed]) button").click()
        # The count may be put in a moment before the criterion itself: only then is the next one looked for.
        expect(page.locator(f"[id='{one}'].confirmed")).to_have_count(1, timeout=WAIT)
        expect(page.locator("#undecided")).not_to_have_text(before, timeout=WAIT)
    page.goto(check)
    walk.take("decided")


def export(walk: Walk, check: str) -> None:
    """The packet as one PDF."""
    page = walk.page
    page.goto(check)
    walk.press("Letter and packet", role="link")
    walk.take("export")
    with page.expect_download() as download:
        page.get_by_role("button", name="Packet (PDF)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def submit(walk: Walk, case: str) -> None:
    """A person notes what was sent."""
    page = walk.page
    walk.go(f"/practice/cases/{case}/payer/sent/")
    page.fill("input[name=sent_on]", "2026-09-28")
    page.select_option("select[name=way]", "portal")
    page.fill("input[name=reference]", "1184420967")
    page.locator("main form button").last.click()
    page.wait_for_load_state()
    assert "2026-09-28" in walk.words()
    walk.take("submitted")


def deny(walk: Walk, case: str) -> None:
    """The payer's letter, read and confirmed."""
    page = walk.page
    walk.go(f"/practice/cases/{case}/payer/answer/")
    page.fill("textarea[name=text]", DENIAL.read_text(encoding="utf-8"))
    page.locator("main form button").last.click()
    page.wait_for_url("**/decisions/*/")
    assert "conservative care" in walk.words()
    page.fill("input[name=received_on]", "2026-10-06")
    walk.take("denial")
    page.locator("main form.decide button").last.click()
    page.wait_for_load_state()
    walk.take("denial-confirmed")


def appeal(walk: Walk) -> None:
    """Drafted from the denial, a sentence added, exported: it answers the reason with the chart's own words."""
    page = walk.page
    walk.press("Draft the answer", role="link")
    walk.take("draft")
    page.locator("main form button").last.click()
    page.wait_for_url("**/letters/*/")
    page.get_by_role("button", name="Add below").nth(8).click()
    page.fill("#sentence", ADDED)
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_load_state()
    assert ADDED in page.content()
    walk.take("editor")
    with page.expect_download() as download:
        page.get_by_role("link", name="Text").first.click()
    told = Path(download.value.path()).read_text(encoding="utf-8")
    for words in ("DRAFT", "six consecutive months", ADDED, "02/02/2026 to 08/28/2026", "CMM-211"):
        assert words in " ".join(told.split()), words
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def see_the_deadline(walk: Walk) -> None:
    """180 days after receipt, by the law of self-funded plans."""
    walk.go("/practice/deadlines/")
    assert "2027-04-04" in walk.words()
    walk.take("deadlines")
