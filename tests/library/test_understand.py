"""Free words to look up: what each is taken for, what is mended, and what is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from praxigen.errors import UsageError
from praxigen.library import Library
from praxigen.library.catalog import Asked, Catalog, Kind, ask, nothing_found, understand
from support.many_payers import write_payers


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return Catalog.open(Library.open(write_payers(tmp_path_factory.mktemp("understand") / "policies")))


SCS, LAMINECTOMY, FUSION = ("spinal-cord-stimulation",), ("laminectomy",), ("lumbar-fusion",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("scs qualcare", Asked(payers=("qualcare",), procedures=SCS)),
        ("SCS QualCare", Asked(payers=("qualcare",), procedures=SCS)),
        ("scs qualcair", Asked(payers=("qualcare",), procedures=SCS)),
        ("laminectmy oscr", Asked(payers=("oscar",), procedures=LAMINECTOMY)),
        ("spinal cord stim", Asked(procedures=SCS)),
        ("spinal cord stimulatr united", Asked(payers=("united",), procedures=SCS)),
        ("unitedhealthcare", Asked(payers=("united",))),
        ("united health care", Asked(payers=("united",))),
        ("unitedhelthcare", Asked(payers=("united",))),
        ("lumbar fusion", Asked(procedures=FUSION)),
        ("fusion of the lumbar spine", Asked(procedures=FUSION)),
        ("63650 nj", Asked(codes=("63650",), states=("NJ",))),
        ("63650, New Jersey", Asked(codes=("63650",), states=("NJ",))),
        ("l8679", Asked(codes=("L8679",))),
        ("m48062", Asked(diagnoses=("M48.062",))),
        ("M48.06", Asked(diagnoses=("M48.06",))),
        ("does QualCare require prior auth for 63047?", Asked(payers=("qualcare",), codes=("63047",))),
        ("63047-63046", Asked(codes=("63047", "63046"))),
        ("spinal-cord-stimulatr", Asked(procedures=SCS)),
        ("63047 or 63046", Asked(codes=("63047", "63046"))),
        ("qualcare oscar", Asked(payers=("oscar", "qualcare"))),
        ("medicare", Asked(payers=("medicare",))),
        (
            "scs qualcare medicare",
            Asked(payers=("qualcare",), procedures=SCS, plans=("medicare", "medicare_advantage")),
        ),
        ("qualcare medicare advantage", Asked(payers=("qualcare",), plans=("medicare_advantage",))),
        ("qualcare workers' compensation", Asked(payers=("qualcare",), plans=("workers_comp",))),
        ("neck", Asked(words=("neck",))),
        ("evicore", Asked(words=("evicore",))),
        ("cmm-608", Asked(words=("cmm-608",))),
        ("PA", Asked()),
        ("  ", Asked()),
    ],
)
def test_words(text: str, expected: Asked, catalog: Catalog) -> None:
    found = understand(text, catalog)
    for name in ("payers", "procedures", "codes", "diagnoses", "plans", "states", "words", "unknown"):
        assert getattr(found, name) == getattr(expected, name), name


def test_what_was_mended_is_said(catalog: Catalog) -> None:
    first, second = understand("scs qualcair", catalog).readings
    assert (first.kind, first.corrected) == (Kind.PROCEDURE, False)
    assert (second.kind, second.text, second.meant, second.corrected) == (Kind.PAYER, "qualcair", ("qualcare",), True)


@pytest.mark.parametrize("word", ["horizon", "aetna", "xyz", "uhd", "6365", "63650x", "qqqqqqqq", "\u202equalcare"])
def test_a_word_that_means_nothing_is_never_passed_over(word: str, catalog: Catalog) -> None:
    found = understand(f"scs {word}", catalog)
    assert [text for text, _ in found.unknown] == [word]
    with pytest.raises(UsageError, match="has nothing that is called") as caught:
        ask(catalog, f"scs {word}")
    assert "This does not say that no prior authorization is needed" in str(caught.value)


@given(st.text(st.characters(codec=None), max_size=60))
@example("_")
@example("\udcff scs")
@example("-'- /")
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_understood_or_refused(catalog: Catalog, text: str) -> None:
    try:
        asked = ask(catalog, text)
    except UsageError:
        return
    assert asked.unknown == ()
    assert set(asked.payers) <= {payer.id for payer in catalog.library.payers()}


def test_a_code_is_never_mended(catalog: Catalog) -> None:
    found = understand("63651", catalog)
    assert (found.codes, found.readings[0].corrected) == (("63651",), False)


@pytest.mark.parametrize("text", ["6365\uff10", "٦٣٦٥٠"])
def test_look_alike_digits_are_named(text: str, catalog: Catalog) -> None:
    with pytest.raises(UsageError, match=r"the character U\+"):
        understand(text, catalog)


def test_a_question_has_an_end(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="more than 200 characters"):
        understand("a" * 201, catalog)


def test_an_option_comes_before_the_words(catalog: Catalog) -> None:
    asked = ask(catalog, "scs qualcare", payers=("uhc",), plan="Medicare Advantage", state="nj", diagnosis="m961")
    assert (asked.payers, asked.plans, asked.states) == (("united",), ("medicare_advantage",), ("NJ",))
    assert (asked.procedures, asked.diagnoses) == (SCS, ("M96.1",))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"payers": ("qualcair",)}, "unknown payer 'qualcair'"),
        ({"codes": ("6304O",)}, "is not a procedure code"),
        ({"procedure": "laminectomi"}, "Did you mean 'Laminectomy'"),
        ({"diagnosis": "back pain"}, "is not a diagnosis code"),
        ({"plan": "gold"}, "unknown plan 'gold'"),
        ({"state": "ZZ"}, "unknown state 'ZZ'"),
    ],
)
def test_options_are_taken_word_by_word(given: dict[str, object], message: str, catalog: Catalog) -> None:
    with pytest.raises(UsageError, match=message):
        ask(catalog, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("63651", ["for the code 63651", "Near codes: 63650"]),
        ("oscar scs", ["of Oscar Health for Spinal cord stimulation", "it holds: Laminectomy.", "QualCare"]),
        ("united 63650", ["of United Healthcare for the code 63650", "knows: Original Medicare, QualCare"]),
        ("qualcare tricare", ["of QualCare in tricare plans", "In other plans it knows: commercial."]),
        ("M17.11", ["that names the diagnosis M17.11"]),
        ("fusion", ["for Lumbar fusion"]),
    ],
)
def test_nothing_found_says_what_is_held_and_is_not_a_no(text: str, parts: list[str], catalog: Catalog) -> None:
    asked = ask(catalog, text)
    assert catalog.find(asked).total == 0
    told = str(nothing_found(catalog, asked))
    for part in [*parts, "This does not say that no prior authorization is needed: ask the payer."]:
        assert part in told
