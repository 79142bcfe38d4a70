"""The data of the denial reader: complete, strict, and in a phrase language that means what it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from praxigen.datafiles import FaultyFileError, shipped
from praxigen.letters import families, tables
from praxigen.letters.phrases import one_of
from praxigen.model.denial import Category


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data that may be broken."""
    shutil.copytree(shipped("policies") / "denials", tmp_path / "policies" / "denials")
    for module in (tables, families):
        monkeypatch.setattr(module, "shipped", lambda _: tmp_path / "policies")
    return tmp_path / "policies" / "denials"


def test_every_category_says_what_answers_it() -> None:
    assert set(tables.categories()) == set(Category)
    assert all(entry.means for entry in tables.categories().values())


def test_codes_are_in_our_words_and_lead_to_a_category() -> None:
    found = tables.codes()
    assert found["carc", "197"].category is Category.AUTH_MISSING
    assert found["carc", "50"].category is Category.MEDICAL_NECESSITY
    assert {system for system, _ in found} == set(tables.SYSTEMS)
    assert all(entry.label for entry in found.values())
    assert all(entry.category is Category.REJECTED_TECHNICAL for (system, _), entry in found.items() if system == "aaa")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("categories.yaml", "id: auth_missing,", "id: auth_mising,", "auth_mising"),
        ("categories.yaml", "remedy: appeal,", "remedy: shout,", "shout"),
        ("codes.yaml", 'code: "197"', 'code: "198"', "twice"),
        ("codes.yaml", "system: rarc", "system: rark", "rark"),
        ("phrases.yaml", '- "non-certified"', '- "(non-certified"', "bracket"),
        ("phrases.yaml", "unmet:", "unmett:", "unmett"),
        ("labels.yaml", "field: birth,", "field: brith,", "brith"),
        ("labels.yaml", "families:", "famlies:", "famlies"),
    ],
)
def test_a_fault_is_told_with_its_place(folder: Path, name: str, old: str, new: str, said: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    load = {
        "categories.yaml": tables.categories,
        "codes.yaml": tables.codes,
        "phrases.yaml": tables.phrases,
        "labels.yaml": families.families,
    }[name]
    with pytest.raises(FaultyFileError) as caught:
        load.__wrapped__()
    assert f"policies/denials/{name}:" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("not approved", "It is NOT\n approved.", True),
        ("not approved", "It is knot approved.", False),
        ("peer-to-peer", "a peer to peer talk", True),
        ("(we|plan) (hereby |)deny", "we deny it", True),
        ("(our|the) (licensed|) physician", "our physician said", True),
        ("must ... show", "must always and clearly show", True),
        ("must ... show", "must pay. The notes show", False),
        ("date(s) of service", "Dates of service", True),
        ("date(s) of service", "date(s) of service", True),
        ("the limit ...", "the limit", True),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, text: str, found: bool) -> None:
    assert (one_of((phrase,)).search(text) is not None) is found


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Date your request was received", "request_date"),
        ("Requested dates", "date_of_service"),
        ("Date requested", "request_date"),
        ("Mbr #", "member_id"),
        ("Precert Ref. No.", "reference.authorization"),
        ("Unique Tracking Number", "reference.authorization"),
        ("Ordering and rendering provider", "provider"),
        ("Our physician", "reviewer"),
        ("Place of service", "nothing"),
        ("We denied the service listed above because", None),
        ("", None),
        ("a label of far too many words to be one of them", None),
    ],
)
def test_a_label_is_known_by_its_words(label: str, field: str | None) -> None:
    assert families.field_of(label) == field
