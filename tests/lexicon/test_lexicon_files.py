"""What a file of the lexicon says, and the message for each fault: file, line, what next."""

from pathlib import Path

import pytest

from praxigen.datafiles.faults import FaultyFileError
from praxigen.lexicon import Lexicon, open_lexicon
from praxigen.lexicon.trie import END
from praxigen.model.fact import State

HEAD = "schema: praxigen.lexicon/1\nlayer: concept\nterms:\n"
PAIN = f"{HEAD}  pain.leg:\n    means: Pain in a leg\n    say: [leg pain]\n"


def opened(folder: Path, *texts: str) -> Lexicon:
    for number, text in enumerate(texts):
        (folder / f"{number}.yaml").write_text(text, "utf-8")
    return open_lexicon(folder)


def test_a_term_has_its_phrases_and_what_they_say(tmp_path: Path) -> None:
    text = (
        f"{HEAD}  pain.leg:\n    means: Pain in a leg\n    event: yes\n    exact: [LP]\n    never: [leg pain score]\n"
        "    with:\n      - {say: [(no |)left leg pain], quality: {side: left}, state: absent}\n"
    )
    exact, never, left = opened(tmp_path, text).terms
    assert (exact.forms, exact.exact) == (("LP",), True)
    assert (never.forms, never.never) == (("leg pain score",), True)
    assert left.forms == ("no left leg pain", "left leg pain")
    assert (dict(left.qualities), left.state) == ({"side": "left"}, State.ABSENT)


def test_events_are_named(tmp_path: Path) -> None:
    events = f"{HEAD}  care.rest:\n    means: Rest\n    event: yes\n    say: [rest]\n"
    assert opened(tmp_path, events, PAIN).events == {"care.rest"}


def test_kinds_are_named_nearest_first(tmp_path: Path) -> None:
    text = (
        f"{HEAD}  pain.leg:\n    means: Pain in a leg\n    kind_of: pain.limb\n    say: [leg pain]\n"
        "  pain.limb:\n    means: Pain in a limb\n    kind_of: pain\n  pain:\n    means: Pain\n"
    )
    lexicon = opened(tmp_path, text)
    assert lexicon.kinds["pain.leg"] == ("pain.leg", "pain.limb", "pain")
    assert lexicon.kinds["pain"] == ("pain",)


def test_a_sequence_has_its_parts_and_its_gap(tmp_path: Path) -> None:
    sequence = "compose:\n  - {name: pain.leg, of: [pain.leg, leg], gap: 4}\n"
    (compose,) = opened(tmp_path, f"{PAIN}  leg:\n    means: A leg\n    say: [leg]\n{sequence}").composes
    assert (compose.name, compose.parts, compose.gap) == ("pain.leg", ("pain.leg", "leg"), 4)


def test_headings_are_kept_as_words(tmp_path: Path) -> None:
    text = PAIN.replace("concept", "section").replace("[leg pain]", "[Plan, Follow-up Plan]")
    lexicon = opened(tmp_path, text)
    assert dict(lexicon.headings) == {("plan",): "pain.leg", ("follow", "up", "plan"): "pain.leg"}
    assert lexicon.terms == ()


def test_every_phrase_is_in_the_tree(tmp_path: Path) -> None:
    text = PAIN.replace("[leg pain]", "[(left |)leg pain]").replace("say", "exact: [LP]\n    say")
    lexicon = opened(tmp_path, text)
    for term in lexicon.terms:
        for form in term.forms:
            node = lexicon.trie
            for word in form.lower().split():
                node = node[word]
            assert lexicon.terms[node[END][0][0]] is term


def test_an_exact_phrase_keeps_its_letters(tmp_path: Path) -> None:
    lexicon = opened(tmp_path, PAIN.replace("say: [leg pain]", "exact: [LP]"))
    assert lexicon.trie["lp"][END] == [[0, "LP"]]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (PAIN.replace("say", "sya"), 6, "the term pain.leg has no key 'sya'\n  Did you mean 'say'?"),
        (PAIN.replace("    means: Pain in a leg\n", ""), 5, "the term pain.leg needs 'means'\n"),
        (PAIN.replace("concept", "concpt"), 2, "'layer' cannot be 'concpt'\n  Did you mean 'concept'?"),
        (PAIN.replace("lexicon/1", "lexicon/9"), 1, "'schema' cannot be 'praxigen.lexicon/9'\n"),
        (
            PAIN.replace("[leg pain]", "['(leg|arm pain']"),
            6,
            "'(leg|arm pain' cannot be written out: a bracket is not closed\n  Write alternatives as (one|two).",
        ),
        (
            f"{PAIN}    kind_of: pain\n",
            4,
            "pain.leg is a kind of pain, which no file defines\n  Define it or mend the name.",
        ),
        (
            f"{PAIN}compose:\n  - {{name: pain.leg, of: [pain.leg], gap: few}}\n",
            8,
            "'few' is not a number of words\n  Write for example 4.",
        ),
        (
            f"{PAIN}compose:\n  - {{name: pain.leg, of: [pain.leg], gap: ²}}\n",
            8,
            "'²' is not a number of words\n  Write for example 4.",
        ),
        (
            f"{PAIN}    with:\n      - {{say: [sore leg], state: gone}}\n",
            8,
            "'state' cannot be 'gone'\n  Did you mean 'done'? Write one of: present, done, ",
        ),
        (
            f"{PAIN}compose:\n  - {{name: pain.lag, of: [pain.leg], gap: 4}}\n",
            8,
            "a sequence names pain.lag, which no file defines\n  Did you mean 'pain.leg'?",
        ),
        (
            f"{PAIN}compose:\n  - {{name: pain.leg, of: [pain.leg, zzz], gap: 4}}\n",
            8,
            "a sequence names zzz, which no file defines\n  Define it or mend the name.",
        ),
        (
            f"{PAIN}compose:\n  - {{name: [pain.leg], of: [pain.leg], gap: 4}}\n",
            8,
            "'name' must be a text, not a list",
        ),
        (
            f"{PAIN}    kind_of: pain.leg\n",
            4,
            "pain.leg is a kind of itself: pain.leg, a kind of pain.leg\n  Remove one 'kind_of' of the circle.",
        ),
    ],
)
def test_a_fault_is_named_with_its_place_and_remedy(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(FaultyFileError) as raised:
        opened(tmp_path, text)
    assert f"{tmp_path.name}/0.yaml:{line}:" in str(raised.value)
    assert message in str(raised.value)


def test_a_circle_of_kinds_is_told_once_at_its_first_name(tmp_path: Path) -> None:
    text = (
        f"{HEAD}  c:\n    means: Into the circle\n    kind_of: a\n  a.b:\n    means: One\n    kind_of: a\n"
        "  a:\n    means: Other\n    kind_of: a.b\n"
    )
    with pytest.raises(FaultyFileError) as raised:
        opened(tmp_path, text)
    assert str(raised.value) == (
        f"{tmp_path.name}/0.yaml:7:3: a.b is a kind of itself: a.b, a kind of a, a kind of a.b\n"
        "  Remove one 'kind_of' of the circle."
    )


def test_a_sequence_may_use_names_of_a_later_file(tmp_path: Path) -> None:
    sequence = f"{PAIN}compose:\n  - {{name: pain.leg, of: [leg, pain.leg], gap: 4}}\n"
    assert opened(tmp_path, sequence, f"{HEAD}  leg:\n    means: A leg\n    say: [leg]\n").composes


def test_a_term_in_two_files_is_defined_twice(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError) as raised:
        opened(tmp_path, PAIN, PAIN)
    expected = f"{tmp_path.name}/1.yaml:4:3: the term pain.leg is defined twice\n  Keep one of them."
    assert str(raised.value) == expected


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError) as raised:
        opened(tmp_path, PAIN.replace("say", "sya").replace("concept", "concpt"))
    assert "'concpt'" in str(raised.value)
    assert "'sya'" in str(raised.value)


def test_every_shipped_kind_and_event_has_a_meaning() -> None:
    lexicon = open_lexicon()
    assert lexicon.events <= set(lexicon.means)
    assert {kind for line in lexicon.kinds.values() for kind in line} <= set(lexicon.means)
    assert [name for name, means in lexicon.means.items() if not means] == []
