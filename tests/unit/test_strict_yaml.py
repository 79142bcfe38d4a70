"""The strict YAML reader: what it refuses, where it says so, and that every scalar stays text."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from praxigen.datafiles import FaultyFileError, ListNode, MapNode, Node, TextNode, parse_yaml, read_yaml
from praxigen.datafiles.nodes import describe
from praxigen.datafiles.strict import MAX_BYTES
from praxigen.datafiles.tree import MAX_DEPTH
from praxigen.errors import FileError, LibraryError


def plain(node: Node) -> object:
    """The tree without its places."""
    if isinstance(node, MapNode):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return node.text


def read(text: str) -> object:
    return plain(parse_yaml(text.encode(), "f.yaml"))


def refusal(data: str | bytes) -> str:
    with pytest.raises(FaultyFileError) as caught:
        parse_yaml(data.encode() if isinstance(data, str) else data, "f.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    "text", ["063047", "12:30:45", "NO", "yes", "null", "~", "1.0", "0x1f", "2026-08-03", "1e3", "=", "<<"]
)
def test_every_scalar_is_text(text: str) -> None:
    assert read(f"value: {text}") == {"value": text}


def test_an_empty_value_is_empty_text() -> None:
    assert read("value:\nother: ''") == {"value": "", "other": ""}


def test_every_key_and_value_knows_its_line_and_column() -> None:
    root = parse_yaml(b"a: 1\nbc:\n  - {d: e}\n", "f.yaml")
    assert root == MapNode(
        (
            (TextNode("a", 1, 1), TextNode("1", 1, 4)),
            (
                TextNode("bc", 2, 1),
                ListNode((MapNode(((TextNode("d", 3, 6), TextNode("e", 3, 9)),), 3, 5),), 3, 3),
            ),
        ),
        1,
        1,
    )


def test_a_map_finds_values_and_keys_by_name() -> None:
    root = parse_yaml(b"a: 1\nb: 2\n", "f.yaml")
    assert isinstance(root, MapNode)
    assert root.get("b") == TextNode("2", 2, 4)
    assert root.get("c") is None
    assert root.key("b") == TextNode("b", 2, 1)
    assert root.key("c") is None


def test_columns_count_characters_not_bytes() -> None:
    root = parse_yaml("{é: ü, b: \U0001d7d4}".encode(), "f.yaml")
    assert isinstance(root, MapNode)
    assert root.entries[1] == (TextNode("b", 1, 8), TextNode("\U0001d7d4", 1, 11))


def test_windows_line_ends_and_a_byte_order_mark_are_accepted() -> None:
    assert plain(parse_yaml(b"\xef\xbb\xbfa: |\r\n  one\r\n  two\r\nb: 2\r\n", "f.yaml")) == {
        "a": "one\ntwo\n",
        "b": "2",
    }


def test_one_document_may_have_its_marks() -> None:
    assert read("---\na: 1\n...\n") == {"a": "1"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "f.yaml:1:1: the file is empty\n  Fill it in, or remove it."),
        ("# only a remark", "f.yaml:1:1: the file is empty\n  Fill it in, or remove it."),
        ("a: 1\nb: 2\na: 3", "f.yaml:3:1: 'a' stands twice in this map, first on line 1\n  Keep one of them."),
        ("a: {'': 1}", "f.yaml:1:5: an empty key\n  Write a word before the ':'."),
        ("a: &x 1", "f.yaml:1:4: an anchor (&x)\n  Remove it; criteria are shared with 'parts' and 'use'."),
        ("a: &x [1]", "f.yaml:1:4: an anchor (&x)\n  Remove it; criteria are shared with 'parts' and 'use'."),
        ("a: *x", "f.yaml:1:4: an alias (*x)\n  Write the value again; criteria are shared with 'use'."),
        ("a: !!int 1", "f.yaml:1:4: a tag (tag:yaml.org,2002:int)\n  Remove it; every value is text."),
        ("a: !python/object {}", "f.yaml:1:4: a tag (!python/object)\n  Remove it; every value is text."),
        ("? [a]\n: 1", "f.yaml:1:3: a list or map as a key\n  Write a plain word as the key."),
        ("{{a: 1}: 1}", "f.yaml:1:2: a list or map as a key\n  Write a plain word as the key."),
        ("a: 1\n---\nb: 2", "f.yaml:2:1: a second document in one file\n  Make it a file of its own."),
        ("%YAML 1.1\n---\na: 1", "f.yaml:1:1: a YAML directive (%)\n  Remove it."),
        ("%TAG ! !x\n---\na: 1", "f.yaml:1:1: a YAML directive (%)\n  Remove it."),
        ("a:\n\tb: 1", "f.yaml:2:1: a tab\n  Write spaces."),
        ("a: b\x00", "f.yaml:1:5: the invisible character U+0000\n  Remove it."),
        ("a: b\rc: d", "f.yaml:1:5: the invisible character U+000D\n  Remove it."),
        ("a: 63047\u202e", "f.yaml:1:9: the invisible character U+202E\n  Remove it."),
        ("a: b\nc: \ufeff", "f.yaml:2:4: the invisible character U+FEFF\n  Remove it."),
        ("a: b\u2028c: d", "f.yaml:1:5: the invisible character U+2028\n  Remove it."),
        (
            "a: b: c",
            (
                "f.yaml:1:5: this is not YAML: mapping values are not allowed in this context\n"
                "  Put text that holds ': ' in quotes, and check the indentation."
            ),
        ),
        (
            "a: 'x",
            "f.yaml:1:6: this is not YAML: found unexpected end of stream\n  A quote mark or bracket is not closed.",
        ),
        (
            "a: @x",
            (
                "f.yaml:1:4: this is not YAML: found character that cannot start any token\n"
                "  Put text that begins with this character in quotes."
            ),
        ),
        (
            'a: "\\q"',
            (
                "f.yaml:1:5: this is not YAML: found unknown escape character\n"
                "  Use single quotes, in which a backslash means itself."
            ),
        ),
        ("a: [", "f.yaml:2:1: this is not YAML: did not find expected node content"),
    ],
)
def test_what_is_refused_says_where_and_what_to_write(text: str, message: str) -> None:
    assert refusal(text) == message


def test_bytes_that_are_not_utf8_are_refused_at_their_place() -> None:
    assert refusal(b"a: 1\nb: \xff\n") == "f.yaml:2:4: this byte is not UTF-8\n  Save the file as UTF-8."


def test_a_file_that_is_too_large_is_refused() -> None:
    assert refusal(b"#" * (MAX_BYTES + 1)) == "f.yaml:1:1: the file is larger than 1,000,000 bytes\n  Split it."


def test_nesting_is_refused_beyond_the_limit_and_never_exhausts_the_stack() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    message = f"f.yaml:1:{MAX_DEPTH + 1}: more than 40 levels deep\n  Give the inner part a name in 'parts'."
    assert refusal("[" * 20_000) == message


def test_an_alias_as_a_key_is_refused() -> None:
    assert refusal("*x : 1").startswith("f.yaml:1:1: an alias (*x)")


def test_all_faults_of_a_file_are_told_at_once_in_their_order() -> None:
    with pytest.raises(FaultyFileError) as caught:
        parse_yaml(b"a: &x 1\nb: *x\na: 2\n", "f.yaml")
    assert [(fault.line, fault.column, fault.code) for fault in caught.value.faults] == [
        (1, 4, "yaml"),
        (2, 4, "yaml"),
        (3, 1, "yaml"),
    ]
    assert str(caught.value).count("f.yaml:") == 3
    assert (caught.value.line, caught.value.column, caught.value.what) == (1, 4, "an anchor (&x)")


def test_a_message_names_at_most_twenty_faults() -> None:
    message = refusal("".join(f"a{number}: *x\n" for number in range(25)))
    assert message.count("an alias") == 20
    assert message.endswith("... and 5 more faults in this file")


def test_a_file_is_read_under_the_name_that_is_given(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: &x 1")
    with pytest.raises(FileError, match=r"^policies/x\.yaml:1:4: an anchor"):
        read_yaml(path, "policies/x.yaml")


def test_a_file_that_cannot_be_opened_is_a_library_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        read_yaml(tmp_path / "none.yaml", "policies/none.yaml")
    assert str(caught.value) == (
        f"policies/none.yaml cannot be read: {os.strerror(2)}\n  Make it a file that you may read, or remove it."
    )


def test_nodes_are_named_in_words() -> None:
    assert describe(MapNode((), 1, 1)) == "a map"
    assert describe(ListNode((), 1, 1)) == "a list"
    assert describe(TextNode("x", 1, 1)) == "the text 'x'"
    assert describe(TextNode("", 1, 1)) == "nothing"


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=20)
_TREES = st.recursive(
    _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=15,
)


@given(_TREES)
def test_what_is_written_is_read_back(tree: object) -> None:
    written = yaml.safe_dump(tree, allow_unicode=True, default_style='"', default_flow_style=True, width=10_000)
    assert read(written.replace("!!str ", "")) == tree


@given(st.binary(max_size=300) | st.text(alphabet=" -:[]{}&*!|>'\"%@#,?\n\tab1", max_size=80).map(str.encode))
def test_any_bytes_give_a_tree_or_a_located_error(data: bytes) -> None:
    with contextlib.suppress(FaultyFileError):
        parse_yaml(data, "f.yaml")
        return
    with pytest.raises(FaultyFileError) as caught:
        parse_yaml(data, "f.yaml")
    assert caught.value.faults
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in caught.value.faults)
