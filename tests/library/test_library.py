"""Opening a library and asking it: names, codes, plans, editions, several folders, and what it does not know."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxigen.datafiles import FaultyFileError
from praxigen.errors import UsageError
from praxigen.library import Library
from support.policy_files import GUIDELINE, PAYERS, REQUIREMENT, swap, write_library

EARLIER = "guidelines/evicore/editions/cmm-608@V1.0.2024.yaml"
_NOT_A_NO = "This does not say that no prior authorization is needed: ask the payer."


def edition(name: str, first: str, last: str = "") -> str:
    ends = f', to: "{last}"' if last else ""
    text = swap(GUIDELINE, "edition: V1.0.2025\neffective", f"edition: {name}\neffective")
    return swap(text, '{from: "2025-07-01"}', f'{{from: "{first}"{ends}}}')


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(write_library(tmp_path / "policies", **{EARLIER: edition("V1.0.2024", "2024-01-01")}))


def refusal(error: pytest.ExceptionInfo[UsageError]) -> str:
    return str(error.value)


def test_the_shipped_library_opens_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Library.open().files() == Library.open().files()


def test_a_folder_may_be_named_by_text_or_path(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "mine")
    assert Library.open(str(folder)).files() == Library.open(folder).files()


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(UsageError) as caught:
        Library.open("no-such-folder")
    assert refusal(caught) == "there is no folder 'no-such-folder'\n  Name the folder that holds 'guidelines'."


def test_opening_parses_nothing(tmp_path: Path) -> None:
    library = Library.open(
        write_library(tmp_path, payers="a: [", procedures="a: [", guideline="a: [", requirement="a: [")
    )
    assert len(library.files()) == 4


def test_a_check_parses_only_what_it_needs(tmp_path: Path) -> None:
    others = {"requirements/qualcare/other.yaml": "a: [", "guidelines/evicore/cmm-999.yaml": "a: ["}
    library = Library.open(write_library(tmp_path, **others))
    assert library.requirement_for("qualcare", "63047").id == "qualcare.laminectomy"
    assert library.guideline("evicore.cmm-608").edition == "V1.0.2025"


def test_a_file_with_a_fault_is_named_by_its_place_in_the_library(tmp_path: Path) -> None:
    library = Library.open(write_library(tmp_path / "policies", guideline="a: &x 1"))
    with pytest.raises(FaultyFileError, match=r"^policies/guidelines/evicore/cmm-608\.yaml:1:4: an anchor"):
        library.guideline("evicore.cmm-608")


@pytest.mark.parametrize("name", ["qualcare", "QualCare", "QUALCARE", "qca", "Qualcare-Inc", " qualcare  inc "])
def test_a_payer_is_known_by_id_name_or_alias_in_any_case(library: Library, name: str) -> None:
    assert library.payer(name).id == "qualcare"


def test_an_unknown_payer_brings_near_names_and_is_not_a_no(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        library.payer("qualchoice")
    assert refusal(caught) == f"unknown payer 'qualchoice'\n  Did you mean 'QualCare' (qualcare)? {_NOT_A_NO}"
    for ask in (library.requirements, lambda payer: library.requirement_for(payer, "63047")):
        with pytest.raises(UsageError, match="unknown payer 'aetna'"):
            ask("aetna")


def test_an_unknown_payer_like_no_other_brings_the_list(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        library.payer("zzz")
    assert refusal(caught) == (
        f"unknown payer 'zzz'\n  Known: 'Oscar Health' (oscar), 'QualCare' (qualcare). {_NOT_A_NO}"
    )


def test_an_empty_library_knows_nobody(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        Library.open(tmp_path).payer("qualcare")
    assert refusal(caught) == f"unknown payer 'qualcare'\n  Known: none. {_NOT_A_NO}"


def test_a_name_of_two_payers_is_never_guessed(tmp_path: Path) -> None:
    first = write_library(tmp_path / "a")
    more = "schema: praxigen.payers/1\npayers: [{id: quality, name: Quality, also: [qca], plans: [commercial]}]\n"
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "payers.yaml").write_text(more)
    with pytest.raises(UsageError) as caught:
        Library.open(first, tmp_path / "b").payer("QCA")
    assert refusal(caught) == (
        "more than one payer is called 'QCA'\n  Give its id: 'QualCare' (qualcare), 'Quality' (quality)."
    )


def test_procedures(library: Library) -> None:
    assert [procedure.id for procedure in library.procedures()] == ["laminectomy", "spinal-cord-stimulation"]
    assert library.procedure("scs").id == "spinal-cord-stimulation"
    with pytest.raises(UsageError) as caught:
        library.procedure("laminectomi")
    assert refusal(caught) == "unknown procedure 'laminectomi'\n  Did you mean 'Laminectomy' (laminectomy)?"


def test_requirements_by_payer_and_code(library: Library) -> None:
    everything = library.requirements()
    assert [requirement.id for requirement in everything] == ["qualcare.laminectomy"]
    assert library.requirements("QCA", "63047") == everything
    assert library.requirements(code=" 63047 ") == everything
    assert library.requirements("oscar") == ()
    assert library.requirements()[0] is everything[0]


def test_a_code_that_is_not_listed_is_never_an_empty_answer(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        library.requirements("qualcare", "63048")
    assert refusal(caught) == (
        f"the library has no requirement of QualCare for the code 63048\n  Near codes: 63046, 63047. {_NOT_A_NO}"
    )
    with pytest.raises(UsageError) as caught:
        library.requirements(code="L8679")
    assert refusal(caught) == (f"the library has no requirement of any payer for the code L8679\n  {_NOT_A_NO}")
    with pytest.raises(UsageError, match="no requirement of Oscar Health for the code 63047"):
        library.requirement_for("oscar", "63047")


@pytest.mark.parametrize("code", ["6304", "6304O", "", "630470", "٦٣٠٤٧"])
def test_a_code_must_have_the_shape_of_one(library: Library, code: str) -> None:
    with pytest.raises(UsageError, match="is not a procedure code"):
        library.requirement_for("qualcare", code)


def test_look_alike_digits_are_named(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        library.requirement_for("qualcare", "6304\uff17")
    assert refusal(caught) == (
        "'6304\uff17' is not a procedure code: the character U+FF17 only looks like one of a code\n"
        "  Give five digits, such as 63650, or a letter and four digits, such as L8679."
    )


@pytest.mark.parametrize("plan", ["commercial", "Commercial", " COMMERCIAL"])
def test_a_plan_is_known_in_any_case(library: Library, plan: str) -> None:
    assert library.requirement_for("qualcare", "63047", plan).id == "qualcare.laminectomy"


def test_an_unknown_plan(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        library.requirement_for("qualcare", "63047", "medicare-advantag")
    assert refusal(caught) == (
        "unknown plan 'medicare-advantag'\n  Did you mean 'medicare_advantage' or 'medicare'? Give one of: commercial, "
        "medicare_advantage, medicare, medicaid, tricare, workers_comp."
    )


def test_a_plan_of_which_nothing_is_known_is_not_a_no(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        library.requirement_for("qualcare", "63047", "Medicare Advantage")
    assert refusal(caught) == (
        "the library does not know what QualCare asks for 63047 in medicare_advantage plans\n"
        f"  It knows: commercial. {_NOT_A_NO}"
    )


def test_a_requirement_that_lists_a_code_comes_before_one_that_mentions_it(tmp_path: Path) -> None:
    mention = swap(REQUIREMENT, "id: qualcare.laminectomy", "id: qualcare.a-mention")
    mention = swap(mention, "label: lumbar,", "label: lumbar, listed: no,")
    library = Library.open(write_library(tmp_path, **{"requirements/qualcare/a-mention.yaml": mention}))
    assert library.requirement_for("qualcare", "63047").id == "qualcare.laminectomy"
    assert library.requirement_for("qualcare", "63046").id == "qualcare.a-mention"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (None, "V1.0.2025"),
        (date(2024, 1, 1), "V1.0.2024"),
        (date(2025, 6, 30), "V1.0.2024"),
        (date(2025, 7, 1), "V1.0.2025"),
        (date(2030, 1, 1), "V1.0.2025"),
    ],
)
def test_the_date_of_service_picks_the_edition(library: Library, day: date | None, name: str) -> None:
    assert library.guideline("evicore.cmm-608", day).edition == name


def test_an_edition_ends_the_day_before_the_next_begins(library: Library) -> None:
    first, second = library.editions("evicore.cmm-608")
    assert (first.effective_to, second.effective_to) == (date(2025, 6, 30), None)
    assert library.all_guidelines() == (first, second)
    assert library.editions("evicore.cmm-608")[0] is first


def test_a_date_before_any_edition(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        library.guideline("evicore.cmm-608", date(2023, 12, 31))
    assert refusal(caught) == (
        "evicore.cmm-608 has no edition for 2023-12-31: the first one known, V1.0.2024, begins on 2024-01-01\n"
        "  Check the date of service, or ask the payer for the edition that held then."
    )


def test_a_date_after_the_last_edition_ended(tmp_path: Path) -> None:
    library = Library.open(write_library(tmp_path, guideline=edition("V1.0.2025", "2025-07-01", "2025-12-31")))
    assert library.guideline("evicore.cmm-608", date(2025, 12, 31)).edition == "V1.0.2025"
    with pytest.raises(UsageError) as caught:
        library.guideline("evicore.cmm-608", date(2026, 1, 1))
    assert refusal(caught) == (
        "evicore.cmm-608 has no edition for 2026-01-01: V1.0.2025 ended on 2025-12-31\n"
        "  Ask the payer for the edition that holds then, and add it to the library."
    )


@pytest.mark.parametrize(("ended", "seen"), [("2025-03-31", date(2025, 3, 31)), ("2025-12-31", date(2025, 6, 30))])
def test_an_edition_may_end_before_the_next_but_never_overlap_it(tmp_path: Path, ended: str, seen: date) -> None:
    earlier = edition("V1.0.2024", "2024-01-01", ended)
    library = Library.open(write_library(tmp_path, **{EARLIER: earlier}))
    assert library.editions("evicore.cmm-608")[0].effective_to == seen


def test_an_unknown_guideline(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        library.guideline("evicore.cmm-609")
    assert refusal(caught) == "unknown guideline 'evicore.cmm-609'\n  Did you mean 'evicore.cmm-608'?"
    with pytest.raises(UsageError, match="'praxigen library status' lists all"):
        library.guideline("zzz")


def test_two_editions_with_one_first_day_are_refused(tmp_path: Path) -> None:
    library = Library.open(write_library(tmp_path / "p", **{EARLIER: edition("V1.0.2024", "2025-07-01")}))
    with pytest.raises(FaultyFileError) as caught:
        library.guideline("evicore.cmm-608")
    assert str(caught.value) == (
        "p/guidelines/evicore/editions/cmm-608@V1.0.2024.yaml:1:1: this edition has the name or the first day of the "
        "one in p/guidelines/evicore/cmm-608.yaml\n  Keep one of them."
    )


def test_a_later_folder_replaces_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    first = write_library(tmp_path / "a", **{EARLIER: edition("V1.0.2024", "2024-01-01")})
    second = tmp_path / "b"
    write_library(
        second,
        payers=swap(PAYERS, "Oscar Health", "Oscar Insurance"),
        procedures="",
        guideline=swap(GUIDELINE, "title: Lumbar decompression", "title: Ours"),
        requirement=swap(REQUIREMENT, "title: Laminectomy or laminotomy", "title: Ours"),
    )
    library = Library.open(first, second)
    assert library.payer("oscar").name == "Oscar Insurance"
    assert library.procedure("laminectomy")
    assert library.requirement_for("qualcare", "63047").title == "Ours"
    assert [found.title for found in library.editions("evicore.cmm-608")] == ["Lumbar decompression", "Ours"]
    assert len(library.files()) == 8


def test_a_file_must_say_what_its_place_says(tmp_path: Path) -> None:
    wrong = swap(GUIDELINE, "id: evicore.cmm-608", "id: evicore.cmm-609")
    library = Library.open(
        write_library(tmp_path / "p", guideline=wrong, requirement=swap(REQUIREMENT, "payer: qual", "payer: q"))
    )
    with pytest.raises(FaultyFileError) as caught:
        library.guideline("evicore.cmm-608")
    assert str(caught.value) == (
        "p/guidelines/evicore/cmm-608.yaml:2:5: 'id' is 'evicore.cmm-609', but the place of this file says "
        "'evicore.cmm-608'\n  Correct it, or move the file."
    )
    with pytest.raises(FaultyFileError, match="'payer' is 'qcare', but the place of this file says 'qualcare'"):
        library.requirements()


def test_a_guideline_file_may_be_named_by_its_whole_id(tmp_path: Path) -> None:
    write_library(tmp_path, guideline="", **{"guidelines/evicore/evicore.cmm-608.yaml": GUIDELINE})
    assert Library.open(tmp_path).guideline("evicore.cmm-608").edition == "V1.0.2025"


def test_hashes_name_the_bytes_of_the_file(library: Library, tmp_path: Path) -> None:
    other = Library.open(write_library(tmp_path / "other" / "policies", guideline=GUIDELINE + "# a remark\n"))
    first, second = (found.guideline("evicore.cmm-608") for found in (library, other))
    assert len(first.sha256) == 64
    assert first.sha256 != second.sha256
    assert first.file == second.file == "policies/guidelines/evicore/cmm-608.yaml"


def test_other_files_do_not_disturb(tmp_path: Path) -> None:
    others = {"README.md": "x", "law/rules.yaml": "x", ".hidden.yaml": "x", "guidelines/.tmp/x.yaml": "x"}
    assert len(Library.open(write_library(tmp_path, **others)).files()) == 4


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_every_day_has_at_most_one_edition(tmp_path_factory: pytest.TempPathFactory, day: date) -> None:
    folder = tmp_path_factory.getbasetemp() / "every-day"
    if not folder.exists():
        write_library(folder, **{EARLIER: edition("V1.0.2024", "2024-01-01", "2024-12-31")})
    library = Library.open(folder)
    holding = [
        found
        for found in library.editions("evicore.cmm-608")
        if found.effective_from <= day and day - (found.effective_to or day) <= timedelta()
    ]
    if holding:
        assert [library.guideline("evicore.cmm-608", day)] == holding
    else:
        with pytest.raises(UsageError, match=f"has no edition for {day}"):
            library.guideline("evicore.cmm-608", day)
