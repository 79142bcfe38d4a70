"""Every data file parses the same with both parsers of the YAML library: editors use the stricter one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted(path for folder in ("policies", "lexicon", "codesets") for path in (ROOT / folder).rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_the_pure_parser_reads_it_too(path: Path) -> None:
    text = path.read_text("utf-8")
    fast = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    assert _events(text, yaml.BaseLoader) == _events(text, fast)


def _events(text: str, loader: type) -> list[tuple[str, str]]:
    return [(type(event).__name__, getattr(event, "value", "")) for event in yaml.parse(text, Loader=loader)]
