"""The same note says the same whatever ends its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from praxigen import Document, find_facts

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_facts_and_their_words_do_not_depend_on_line_ends(path: Path, end: str) -> None:
    text = path.read_text("utf-8")
    plain = find_facts(Document("note", text))
    other = find_facts(Document("note", text.replace("\n", end)))
    assert plain
    assert [(f.concept, f.state, f.rule) for f in other] == [(f.concept, f.state, f.rule) for f in plain]
    assert [f.quote.text.replace(end, "\n") for f in other] == [f.quote.text for f in plain]
