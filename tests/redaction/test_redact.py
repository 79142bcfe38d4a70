"""What is masked and what stays, kind by kind, and that dates move together."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from praxigen.datafiles import FaultyFileError
from praxigen.model.document import Document
from praxigen.redaction import Dates, Kind, Redaction, open_words, redact
from praxigen.redaction.shift import shift_of

KEY = b"a key of the practice"


def mask(text: str, **options: object) -> Redaction:
    return redact(Document("note.txt", text), KEY, **options)  # type: ignore[arg-type]


# Each identifier, and the kind that masks it.
IDENTIFIERS = [
    ("Patient: Maria Dela Cruz", "Maria Dela Cruz", Kind.NAME),
    ("Patient Name: DELA CRUZ, MARIA L.", "DELA CRUZ, MARIA L.", Kind.NAME),
    ("Mrs. Dela Cruz returns for follow-up.", "Dela Cruz", Kind.NAME),
    ("Mrs. de la Fuente returns for follow-up.", "de la Fuente", Kind.NAME),
    ("mrs dela cruz returns for follow-up.", "dela cruz", Kind.NAME),
    ("Her husband Tom drives her.", "Tom", Kind.NAME),
    ("Xiomara Quispe is a 54-year-old woman.", "Xiomara Quispe", Kind.NAME),
    ("Mr. Parkinson walks with a cane.", "Parkinson", Kind.NAME),
    ("Patient J.D. returns.", "J.D.", Kind.NAME),
    ("Electronically signed by: Martin Okafor, MD", "Martin Okafor", Kind.DOCTOR),
    ("Referred by Dr. Linh Nguyen.", "Linh Nguyen", Kind.DOCTOR),
    ("Seen at St. Brendan Hospital for pain.", "St. Brendan", Kind.FACILITY),
    ("She went to Lakeside Physical Therapy.", "Lakeside", Kind.FACILITY),
    ("Address: 118 Alder Street Apt 4, Lakewood, CO 80215", "118 Alder Street Apt 4, Lakewood", Kind.PLACE),
    ("Address: 118 Alder Street Apt 4, Lakewood, CO 80215", "80215", Kind.ZIP),
    ("She lives in Wheat Ridge with her sister.", "Wheat Ridge", Kind.PLACE),
    ("Born in 04/11/1957.", "04/11/1957", Kind.DATE),
    ("A 93-year-old woman with stenosis.", "93", Kind.AGE),
    ("Phone: (303) 555-0142", "(303) 555-0142", Kind.PHONE),
    ("Fax: 303-555-0143", "303-555-0143", Kind.FAX),
    ("Write to maria.delacruz57@mail.example.com", "maria.delacruz57@mail.example.com", Kind.EMAIL),
    ("SSN: 123-45-6789", "123-45-6789", Kind.SSN),
    ("MRN: 00482913", "00482913", Kind.MRN),
    ("Medical record number 482-91-3", "482-91-3", Kind.MRN),
    ("Member ID: XQH4820913", "XQH4820913", Kind.PLAN),
    ("Account #: 9920471", "9920471", Kind.ACCOUNT),
    ("NPI: 1730284455", "1730284455", Kind.LICENSE),
    ("VIN: 1HGCM82633A004352", "1HGCM82633A004352", Kind.VEHICLE),
    ("Generator serial number: NKL204418H", "NKL204418H", Kind.DEVICE),
    ("See https://portal.example.org/p/4711", "https://portal.example.org/p/4711", Kind.URL),
    ("Signed from 10.20.30.40", "10.20.30.40", Kind.IP),
    ("Fingerprint ID: FP-88213", "FP-88213", Kind.BIOMETRIC),
    ("Photo: dela_cruz_back.jpg", "Photo: dela_cruz_back.jpg", Kind.PHOTO),
    ("Accession number: RAD-2026-88123", "RAD-2026-88123", Kind.OTHER),
]


@pytest.mark.parametrize(("text", "identifier", "kind"), IDENTIFIERS, ids=lambda each: str(each)[:30])
def test_an_identifier_is_masked_as_its_kind(text: str, identifier: str, kind: Kind) -> None:
    done = mask(text)
    assert identifier not in done.text
    start = text.index(identifier)
    hit = [each for each in done.masks if each.start < start + len(identifier) and each.end > start]
    assert {each.kind for each in hit} == {kind}


CLINICAL = [
    "MRI: L4-L5 stenosis, L5-S1 disc protrusion. Strength 4/5 in the left EHL; pain 8/10.",
    "Gabapentin 300 mg three times daily for 12 weeks; 18 visits of physical therapy, 40% relief.",
    "Hoffmann and Babinski signs are absent. Spurling test is positive on the left.",
    "Oswestry Disability Index 46. Parkinson disease. Wiltse approach with a Kerrison rongeur.",
    "Jackson table. Medtronic Intellis generator. Nevro HFX. Blue Cross Blue Shield of Minnesota asks for this.",
    "Lumbar laminectomy, CPT 63047, diagnosis M48.062, ICD-10 G89.4.",
    "Physical Therapy: completed. Pain Management: seen. Spine Surgery consultation.",
    "Blood pressure 120/80, pulse 72, temperature 98.6, BMI 31.2, platelets 250,000.",
    "A 67-year-old man. He may walk. Pain rated from 8/10 to 4/10. T1-weighted images.",
    "CC: Found unresponsive.\nMEDS: none.\nHR 81 RR 20. Mild MR. Speech is clear. B12, ANA.",
    "Assisted by the nurse. All went well. Seen in the Urology Clinic. Normal range 18-20/28.",
    "A Jackson Pratt drain. Taken to Operative Suite #5. #0 Vicryl loop suture. She takes Prevacid SoluTab 30 mg.",
    "Grade 1 spondylolisthesis of 4 mm; Will continue Tylenol. Hope for relief.",
]


@pytest.mark.parametrize("text", CLINICAL, ids=range(len(CLINICAL)))
def test_clinical_words_stay(text: str) -> None:
    assert mask(text, keep=["Blue Cross Blue Shield of Minnesota"]).text == text


def test_one_person_has_one_placeholder_and_another_has_another() -> None:
    done = mask(
        "Patient: Maria Dela Cruz\nSurgeon: Martin Okafor, MD\n"
        "Mrs. Dela Cruz came with her husband Tom. Maria is better. Dr. Okafor agreed. Tom drove. DELA CRUZ, MARIA\n"
    )
    assert done.text == (
        "Patient: [NAME-1]\nSurgeon: [DOCTOR-1], MD\n"
        "Mrs. [NAME-1] came with her husband [NAME-2]. [NAME-1] is better. Dr. [DOCTOR-1] agreed. [NAME-2] drove."
        " [NAME-1]\n"
    )


def test_a_known_name_is_masked_where_a_scanner_misread_it() -> None:
    done = mask("Patient: Xiomara Quispe\nPage 2: Xi0mara Qulspe has pain.\n")
    assert done.text == "Patient: [NAME-1]\nPage 2: [NAME-1] has pain.\n"


def test_a_patient_named_like_a_sign_keeps_the_sign() -> None:
    done = mask("Patient: Anna Hoffmann\nMs. Hoffmann has a negative Hoffmann sign.\n")
    assert done.text == "Patient: [NAME-1]\nMs. [NAME-1] has a negative Hoffmann sign.\n"


def test_dates_move_by_the_same_days_in_every_form() -> None:
    text = (
        "07/20/2026; 7/6/26; 2026-07-20; July 20, 2026; 20 Jul 2026; Monday, July 20, 2026; JULY 20 2026;"
        " 20260720103000"
    )
    done = mask(text)
    days = shift_of(KEY, text)
    assert done.days == days
    moved = date.fromordinal(date(2026, 7, 20).toordinal() + days)
    assert f"{moved:%m/%d/%Y};" in done.text
    assert f"{moved}" in done.text
    assert f"{moved:%Y%m%d}103000" in done.text
    assert f"{moved:%A, %B} {moved.day}, {moved.year}" in done.text
    assert f"{moved:%B}".upper() in done.text
    assert "2026-07-20" not in done.text
    assert done.moved(date(2026, 7, 20)) == moved


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("since March 2025", r"since [A-Z][a-z]+ 202[5-7]"),
        ("in the fall of 2025", r"in the (?:spring|summer|fall|winter) of 202[5-8]"),
        ("seen on 7/6 for pain", r"seen on \d+/\d+ for pain"),
        ("since May", r"since [A-Z][a-z]+"),
        ("dated 3/2025", r"dated \d+/202[5-7]"),
        ("July 6th", r"[A-Z][a-z]+ \d+(?:st|nd|rd|th)"),
    ],
)
def test_a_date_without_day_or_year_keeps_its_form(text: str, shape: str) -> None:
    done = mask(text)
    assert re.fullmatch(shape, done.text)
    assert [each.kind for each in done.masks] == [Kind.DATE]


def test_a_range_of_months_keeps_its_length_over_the_turn_of_a_year() -> None:
    done = mask("Therapy from January to May 2023.", subject="b")
    first, second = re.findall(r"([A-Z][a-z]+)(?: (20\d\d))?", done.text.removeprefix("Therapy from "))
    start = date.fromisoformat("2023-01-15").toordinal() + (done.days or 0)
    assert f"{date.fromordinal(start):%B}" == first[0]
    assert first[1] in {"", str(int(second[1]) - 1)}


@pytest.mark.parametrize("text", ["02/30/2026", "13/45/2025", "2026-99-01"])
def test_a_day_of_no_calendar_is_masked_whole(text: str) -> None:
    assert mask(f"Seen {text}.").text == "Seen [DATE]."


def test_the_shift_depends_on_key_and_subject_only() -> None:
    assert mask("Seen 07/20/2026.").text == mask("Seen 07/20/2026.").text
    assert shift_of(KEY, "4711") == mask("a 1/2/2026", subject="4711").days == mask("b", subject="4711").days
    assert len({shift_of(KEY, str(number)) for number in range(50)}) > 40
    assert len({shift_of(bytes([number]) * 16, "4711") for number in range(50)}) > 40
    assert all(30 <= shift_of(KEY, str(number)) <= 700 for number in range(500))


def test_whole_weeks_keep_the_day_of_the_week() -> None:
    done = mask("Seen on Monday, July 20, 2026.", keep_weekday=True)
    assert done.days is not None
    assert done.days % 7 == 0
    assert "Monday" in done.text


def test_dates_can_be_cut_to_the_year_or_kept() -> None:
    text = "Seen 07/20/2026, since March 2025."
    assert mask(text, dates=Dates.YEAR).text == "Seen [DATE 2026], since [DATE 2025]."
    assert mask(text, dates=Dates.KEEP).text == text


@pytest.mark.parametrize(
    ("code", "left"), [("80215", "802**"), ("03601", "000**"), ("05901-1234", "000**"), ("89301", "000**")]
)
def test_of_a_zip_code_three_digits_stay_unless_few_live_there(code: str, left: str) -> None:
    assert mask(f"ZIP: {code}").text == f"ZIP: {left}"


@pytest.mark.parametrize("text", ["age 91", "94 y/o woman", "a ninety-two-year-old man", "97F with stenosis"])
def test_ages_over_89_are_one_group(text: str) -> None:
    assert "90+" in mask(text).text
    assert not re.search(r"9[1-9]", mask(text).text)


@pytest.mark.parametrize("text", ["89-year-old man", "for over 90 years", "pulse 94", "a 67 y/o woman"])
def test_other_numbers_are_no_such_age(text: str) -> None:
    assert mask(text).text == text


def test_a_birth_date_that_tells_such_an_age_does_not_stay() -> None:
    assert mask("DOB: 03/04/1931\nSeen 07/20/2026").text.startswith("DOB: [BIRTH DATE, AGE 90+]\n")


def test_every_copy_says_what_it_is() -> None:
    assert mask("Leg pain.").copy.startswith("[Identifiers masked, not certified de-identified.")


def test_masks_tell_where_they_stand_in_both_texts() -> None:
    text = "Patient: Maria Dela Cruz, MRN 00482913, seen 07/20/2026 at (303) 555-0142."
    done = mask(text)
    rebuilt, at = "", 0
    for each in done.masks:
        assert done.text[each.at : each.to] == each.written
        rebuilt += text[at : each.start] + each.written
        at = each.end
    assert rebuilt + text[at:] == done.text
    assert sum(done.counts.values()) == len(done.masks)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema: praxigen.redaction-names/1\ngiven: ann\nfamilie: roe\n", "has no key 'familie'"),
        ("schema: praxigen.redaction-names/2\ngiven: ann\nfamily: roe\n", "cannot be 'praxigen.redaction-names/2'"),
        ("schema: praxigen.redaction-names/1\ngiven: Ann\nfamily: roe\n", "'Ann' with a capital letter"),
        ("schema: praxigen.redaction-names/1\ngiven: [ann]\nfamily: roe\n", "must be a text"),
    ],
)
def test_a_fault_in_the_words_is_told_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultyFileError, match=r"names\.yaml:[123]:") as told:
        open_words(tmp_path)
    assert message in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "A" * 50_000,
        "Mr. " * 10_000,
        "a, " * 15_000,
        "1/" * 20_000,
        "A. " * 10_000,
        "at 1 " * 10_000,
        "Smith John " * 4_000,
    ],
)
def test_hostile_text_takes_no_long_time(text: str) -> None:
    done = mask(text)
    assert len(done.text) <= 3 * len(text) + 20


def test_dates_that_are_broken_over_lines_and_those_of_neighboring_lines_are_found() -> None:
    text = (
        "No sign here.\nSeen 3/\n14/2025.\nMRI of March\n\n5, 2025 and again\nSunday,\nApril 6, 2025.\n\n\n"
        "Nothing here.\n\nLater 5/6/2025\n5/7/2025\nand since June.\nNo more."
    )
    done = redact(Document("note", text), b"a key that is long enough", dates=Dates.YEAR)
    masked = [text[mask.start : mask.end] for mask in done.masks]
    assert masked == ["3/\n14/2025", "March", "Sunday,\nApril 6, 2025", "5/6/2025", "5/7/2025", "June."]
