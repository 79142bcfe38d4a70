"""The HTML report: one page that loads nothing, every link leads somewhere, no word of the note is markup."""

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from praxigen.exports import words
from praxigen.exports.html_report import to_html
from praxigen.model.report import Report
from support import reports

VOID = {"meta", "link"}


class Page(HTMLParser):
    """What a test asks of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.lines: list[str] = []
        self.marked: list[str] = []
        self._in_line = False
        self._in_ref = False
        self.feed(text)
        assert self.open == [], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag not in VOID:
            self.open.append(tag)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found["href"]))
        if "data-n" in found:
            self._in_line = True
            self.lines.append("")
        self._in_ref = self._in_ref or (tag == "a" and str(found.get("class", "")).startswith("ref"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "a":
            self._in_ref = False
        if tag == "div":
            self._in_line = False

    def handle_data(self, data: str) -> None:
        if self._in_line and not self._in_ref:
            self.lines[-1] += data
            if "mark" in self.open[-2:]:
                self.marked.append(data)

    def classes(self, tag: str) -> list[str]:
        return [str(found.get("class", "")) for name, found in self.tags if name == tag]


every_report = pytest.mark.parametrize("make", reports.ALL.values(), ids=reports.ALL)


@every_report
def test_every_anchor_stands_once_and_every_link_leads_to_one(make: Callable[[], Report]) -> None:
    page = Page(to_html(make()))
    assert len(page.ids) == len(set(page.ids))
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inner) <= set(page.ids)


@every_report
def test_the_note_stands_there_word_for_word(make: Callable[[], Report]) -> None:
    assert "\n".join(Page(to_html(make())).lines) == reports.NOTE.removesuffix("\n")


@every_report
def test_the_same_report_gives_the_same_bytes(make: Callable[[], Report]) -> None:
    assert to_html(make()) == to_html(make())


@every_report
def test_the_page_loads_nothing(make: Callable[[], Report]) -> None:
    page = Page(to_html(make()))
    names = {name for name, _ in page.tags}
    assert not names & {"img", "iframe", "object", "embed", "form", "base", "video", "audio", "source"}
    assert all("src" not in found for _, found in page.tags)
    assert [found["href"] for name, found in page.tags if name == "link"] == ["data:,"]
    assert "@import" not in to_html(make())
    assert not re.search(r"url\(", to_html(make()))


@every_report
def test_links_that_leave_give_nothing_away(make: Callable[[], Report]) -> None:
    page = Page(to_html(make()))
    leaving = [found for name, found in page.tags if name == "a" and not str(found["href"]).startswith("#")]
    assert all(str(found["href"]).startswith("https://") for found in leaving)
    assert all(found["rel"] == "noopener noreferrer" for found in leaving)


def test_markup_in_a_note_stays_text() -> None:
    text = to_html(reports.open_trial())
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;" in text
    assert text.count("<script>") == 1
    assert "O&#39;Neil &amp; Partners" in text


def test_only_the_pages_own_script_and_style_may_run() -> None:
    text = to_html(reports.open_trial())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    rules = policy[1].replace("&#39;", "'").replace("&#43;", "+")
    assert rules.startswith("default-src 'none'; ")
    for kind, element in (("script-src", "script"), ("style-src", "style")):
        inline = re.search(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert inline is not None
        digest = base64.b64encode(hashlib.sha256(inline[1].encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in rules
    assert not re.search(r'\son\w+="', text)
    assert ' style="' not in text


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    from praxigen.exports.html_report import _web

    assert _web("javascript:alert(1)") == _web("data:text/html,x") == _web(None) == ""
    assert _web("https://www.evicore.com") == "https://www.evicore.com"


def test_quotes_link_to_the_note_and_the_note_back() -> None:
    page = Page(to_html(reports.open_trial()))
    assert {"#c1.1.1", "#c1.1.6", "#stage"} <= set(page.links)
    to_note = {link for link in page.links if re.fullmatch(r"#q\d+", link)}
    assert to_note == {f"#{name}" for name in page.ids if re.fullmatch(r"q\d+", name)}


def test_overlapping_quotes_are_both_marked() -> None:
    page = Page(to_html(reports.open_trial()))
    text = "".join(page.marked)
    assert "persistent burning pain in the left leg after L4-L5 laminectomy in 2022" in text
    assert max(len(str(found.get("data-q", "")).split()) for name, found in page.tags if name == "mark") == 3


def test_what_marks_mean_is_said_in_words() -> None:
    text = to_html(reports.two_routes())
    legend = text[text.index('<ul class="legend"') : text.index("</ul>", text.index('<ul class="legend"'))]
    for means in ("says otherwise", "contradicts itself", "shows a criterion", "found, but does not count"):
        assert means in legend
    assert "legend" not in to_html(reports.private()).split("</style>")[1]


@every_report
def test_every_chip_has_words(make: Callable[[], Report]) -> None:
    text = to_html(make())
    chips = re.findall(r'<span class="chip [a-z]+">.*?</svg>([^<]*)</span>', text)
    assert len(chips) == text.count('<span class="chip')
    assert all(chip.strip() for chip in chips)


@every_report
def test_a_reader_of_screens_finds_its_way(make: Callable[[], Report]) -> None:
    page = Page(to_html(make()))
    names = [name for name, _ in page.tags]
    assert [names.count(name) for name in ("main", "aside", "nav", "h1", "title")] == [1, 1, 1, 1, 1]
    labelled = [found["aria-labelledby"] for _, found in page.tags if "aria-labelledby" in found]
    assert set(labelled) <= set(page.ids)
    assert "skip" in page.classes("a")
    levels = [int(name[1]) for name in names if re.fullmatch(r"h\d", name)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@every_report
def test_the_standing_sentence_is_there(make: Callable[[], Report]) -> None:
    assert words.DISCLAIMER.replace("'", "&#39;") in to_html(make())


def test_a_payer_has_its_name() -> None:
    assert '<p class="eyebrow">QualCare ' in to_html(reports.open_trial(), "QualCare")
    assert '<p class="eyebrow">qualcare ' in to_html(reports.open_trial())


# Contrast, WCAG 2.2 success criteria 1.4.3 (text, 4.5 to 1) and 1.4.11 (what carries meaning beside text, 3 to 1).

TONES = ("good", "bad", "open", "aside", "quiet")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "link") for ground in ("surface", "ground")),
    *((f"{tone}-ink", ground) for tone in TONES for ground in ("surface", f"{tone}-soft")),
    *(("ink", f"{tone}-soft") for tone in TONES),
    *(("muted", f"{tone}-soft") for tone in ("aside", "quiet")),
    *(("link", f"{tone}-soft") for tone in TONES),
]
EDGE_PAIRS = [(f"{tone}-edge", "surface") for tone in TONES if tone != "quiet"]


def themes() -> dict[str, dict[str, str]]:
    css = files("praxigen.exports").joinpath("page", "report.css").read_text("utf-8")
    roots = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    blocks = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", root)) for root in roots]
    return dict(zip(("light", "dark", "print"), blocks, strict=True))


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_text_stands_out(theme: str) -> None:
    colours = themes()[theme]
    weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_edges_stand_out(theme: str) -> None:
    colours = themes()[theme]
    weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in EDGE_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_that_a_link_led_to_stand_out(theme: str) -> None:
    colours = themes()[theme]
    weak = {tone: round(contrast(colours[f"{tone}-ink"], colours["surface"]), 2) for tone in TONES}
    assert {tone: ratio for tone, ratio in weak.items() if ratio < 4.5} == {}


def test_what_the_guideline_does_not_cover_is_on_the_page() -> None:
    text = to_html(reports.open_trial())
    assert "Not covered under this guideline (evicore.cmm-211)</h2>" in text
    assert "Axial back pain alone." in text
    assert "Not covered" not in to_html(reports.private())


def test_exclusions_that_nothing_speaks_of_are_counted_apart() -> None:
    assert "1 exclusion not mentioned</span>" in to_html(reports.open_trial())


def test_the_question_for_the_stage_leads_to_it() -> None:
    assert '<a href="#stage">The stage of the request</a>' in to_html(reports.asked_stage())
