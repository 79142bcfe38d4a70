from pathlib import Path

from spec.manual import CHAPTER, PAGE, SECTIONS, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: PYTHONPATH=tests python -m spec.manual"


def test_every_section_is_on_the_page() -> None:
    files = (Path(__file__).parent / CHAPTER).glob("test_*.py")
    assert {path.stem for path in files} == {f"test_{name}" for name in SECTIONS}
