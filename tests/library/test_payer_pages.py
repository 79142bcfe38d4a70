"""The sixty payer pages that the library started from, as a table: their codes, sources, days and numbers.

An edit of a requirement that loses one of these fails by name. test_page_facts.py walks the pages themselves.
"""

from __future__ import annotations

from datetime import date

import pytest

from praxigen.library import Library
from praxigen.model.requirement import Requirement

LIBRARY = Library.open()
REQUIREMENTS = {found.id: found for found in LIBRARY.requirements()}

# The codes of a procedure are the same on every payer's page, but for the bone grafts of a fusion.
CODES = {
    "spinal-cord-stimulation": ("63650 63655 63663 63664 63685 63688 63661 "),
    "laminectomy": (
        "63001 63003 63005 63011 63012 63015 63016 63017 63020 63030 63032 63035 63040 63042 63043 63044 "
        "63045 63046 63047 63048 63050 63051 63052 63053 63055 63056 63057 63064 63066 63075 63076 63077 "
        "63078 63200 63265 63266 63267 "
    ),
    "spinal-fusion": (
        "C1821 22102 22103 22210 22212 22214 22216 22220 22222 22224 22226 22532 22533 22534 22548 22551 "
        "22552 22554 22556 22558 22585 22590 22595 22600 22610 22612 22614 22630 22632 22633 22634 22830 "
        "22840 22841 22842 22843 22844 22845 22846 22847 22848 22849 22853 22854 22859 27278 27279 27280 "
    ),
    "cervical-disc-replacement": ("22856 22858 22861 "),
    "joint-replacement": (
        "23470 23472 23473 23474 24360 24361 24362 24363 24365 24366 24370 24371 25441 25442 25443 25444 "
        "25445 25446 25449 26530 26531 26535 26536 27120 27125 27130 27132 27134 27137 27138 27437 27438 "
        "27440 27441 27442 27443 27445 27446 27447 27486 27487 27702 27091 27488 S2118 "
    ),
    "knee-arthroscopy": ("29875 29876 29877 29879 "),
    "lumbar-disc-replacement": ("22857 22860 22862 22865 "),
    "pain-management": (
        "27096 62320 62321 62322 62323 62324 62325 62326 62327 64479 64480 64483 64484 64490 64491 64492 "
        "64493 64494 64495 64510 64520 64633 64634 64635 64636 0213T 0214T 0215T 0216T 0217T 0218T 0627T "
        "0628T 0629T 0630T G0259 G0260 "
    ),
    "vertebral-augmentation": ("22510 22511 22512 22513 22514 22515 "),
    "lumbar-spinal-fusion": ("22612 "),
    "total-knee-replacement": ("27447 "),
    "brain-mri": ("70551 "),
    "abdomen-pelvis-ct": ("74177 "),
    "gender-affirming-surgery": (
        "55970 55980 56805 57335 11950 11951 11952 11954 15771 15772 15775 15776 15780 15781 15782 15783 "
        "15786 15787 15788 15789 15792 15793 15824 15825 15826 15828 17380 19318 21270 30400 30410 30420 "
        "30430 30435 30450 53430 54125 54400 54401 54405 54406 54408 54410 54411 54415 54416 54417 54520 "
        "54660 54690 55175 55180 56625 56800 56810 57106 57107 57110 57111 57291 57292 58150 58180 58260 "
        "58262 58275 58280 58285 58290 58291 58541 58542 58543 58544 58550 58552 58553 58554 58570 58571 "
        "58572 58573 58661 58720 "
    ),
    "cardiology": (
        "33206 33207 33208 33212 33213 33214 33221 33224 33225 33227 33228 33229 33230 33231 33240 33249 "
        "33262 33263 33264 33270 33274 93306 93307 93308 93319 93350 93351 93452 93453 93454 93455 93456 "
        "93457 93458 93459 93460 93461 0571T 0614T 0795T 0796T 0801T 0802T 0803T 0823T 0825T "
    ),
}
GRAFTS = "20930 20931 20936 20937 20938"

# requirement, plan, what most codes need, last verified, numbers and dates of the sources that the page names
PAGES = [
    ("qualcare.spinal-cord-stimulation", "commercial", "required", "2026-06-26", (("0380", ""),)),
    ("qualcare.laminectomy", "commercial", "required", "2026-06-26", (("CMM-603", "2025-05-27"),)),
    ("qualcare.spinal-fusion", "commercial", "required", "2026-06-26", (("CMM-609", "2025-05-29"),)),
    ("qualcare.cervical-disc-replacement", "commercial", "required", "2026-06-26", (("CMM-602", "2025-07-01"),)),
    ("qualcare.joint-replacement", "commercial", "required", "2026-06-26", (("CMM-311", "2025-07-01"),)),
    ("qualcare.knee-arthroscopy", "commercial", "required", "2026-06-26", (("CMM-312", "2026-03-07"),)),
    ("oscar.spinal-fusion", "commercial", "required", "2026-06-25", ()),
    ("oscar.lumbar-disc-replacement", "commercial", "required", "2026-06-26", (("CMM-610", "2024-11-01"),)),
    ("oscar.cervical-disc-replacement", "commercial", "required", "2026-06-26", (("CMM-602", "2025-07-01"),)),
    ("oscar.spinal-cord-stimulation", "commercial", "required", "2026-06-25", ()),
    ("oscar.laminectomy", "commercial", "required", "2026-06-26", (("CMM-608", ""),)),
    ("oscar.pain-management", "commercial", "required", "2026-06-25", ()),
    ("clover.spinal-fusion", "medicare_advantage", "required", "2026-06-25", ()),
    ("clover.cervical-disc-replacement", "medicare_advantage", "required", "2026-06-26", (("CMM-602", "2025-07-01"),)),
    ("clover.spinal-cord-stimulation", "medicare_advantage", "required", "2026-06-25", (("NCD 160.7", "1995-08-07"),)),
    ("clover.laminectomy", "medicare_advantage", "required", "2026-06-26", (("CMM-608", "2025-07-01"),)),
    ("clover.pain-management", "medicare_advantage", "required", "2026-06-25", ()),
    ("clover.vertebral-augmentation", "medicare_advantage", "required", "2026-06-26", (("L33569", "2025-11-20"),)),
    ("oxford.spinal-fusion", "commercial", "required", "2026-06-25", (("PCA-1-22-03771", "2026-01-01"),)),
    ("oxford.lumbar-disc-replacement", "commercial", "required", "2026-06-26", (("2026T0437PP", "2026-02-01"),)),
    ("oxford.cervical-disc-replacement", "commercial", "required", "2026-06-26", (("2026T0437PP", "2026-02-01"),)),
    ("oxford.spinal-cord-stimulation", "commercial", "required", "2026-06-25", (("PCA-1-22-03771", "2026-01-01"),)),
    ("oxford.laminectomy", "commercial", "required", "2026-06-26", (("2026T0639I", "2026-04-01"),)),
    ("umr.spinal-fusion", "commercial", "varies", "2026-06-26", ()),
    ("umr.knee-arthroscopy", "commercial", "varies", "2026-06-26", ()),
    ("umr.joint-replacement", "commercial", "varies", "2026-06-26", ()),
    ("umr.pain-management", "commercial", "varies", "2026-06-26", ()),
    ("umr.spinal-cord-stimulation", "commercial", "varies", "2026-06-26", ()),
    ("priority-health.spinal-fusion", "commercial", "required", "2026-06-26", ()),
    ("priority-health.joint-replacement", "commercial", "required", "2026-06-26", ()),
    ("braven.spinal-fusion", "medicare_advantage", "required", "2026-06-26", ()),
    ("braven.joint-replacement", "medicare_advantage", "required", "2026-06-26", ()),
    ("aim.cervical-disc-replacement", "commercial", "required", "2026-06-26", (("MSK03-1125.1-UC0126", "2026-01-01"),)),
    ("aim.lumbar-disc-replacement", "commercial", "required", "2026-06-26", (("MSK03-1125.1-UC0126", "2026-01-01"),)),
    ("aim.laminectomy", "commercial", "required", "2026-06-26", (("MSK03-1125.1-UC0126", ""),)),
    ("aim.spinal-fusion", "commercial", "required", "2026-06-26", ()),
    ("aim.pain-management", "commercial", "required", "2026-06-26", (("MSK01-0626.1", "2026-06-14"),)),
    ("aim.joint-replacement", "commercial", "required", "2026-06-26", ()),
    ("aim.knee-arthroscopy", "commercial", "required", "2026-06-26", (("MSK02-1125.1", "2025-11-15"),)),
    ("tricare.pain-management", "tricare", "unknown", "2026-06-25", (("6010.60-M Ch4 S20.1", "2021-03-12"),)),
    ("tricare.cervical-disc-replacement", "tricare", "unknown", "2026-06-26", (("TPM Ch4 S6.1", "2024-09-16"),)),
    ("tricare.lumbar-disc-replacement", "tricare", "unknown", "2026-06-26", (("6010.60-M Ch4 S6.1", "2017-11-16"),)),
    ("tricare.spinal-fusion", "tricare", "required", "2026-06-25", (("6010.60-M Ch4 S6.1", "2022-05-24"),)),
    ("tricare.laminectomy", "tricare", "not_required", "2026-06-26", (("6010.60-M Ch4 S20.1", "2017-03-10"),)),
    ("tricare.spinal-cord-stimulation", "tricare", "required", "2026-06-25", (("6010.60-M Ch4 S20.1", "2021-03-12"),)),
    ("ny-workers-compensation.pain-management", "workers_comp", "not_required", "2026-06-25", ()),
    ("ny-workers-compensation.laminectomy", "workers_comp", "not_required", "2026-06-26", ()),
    ("ny-workers-compensation.spinal-fusion", "workers_comp", "required", "2026-06-25", ()),
    ("ny-workers-compensation.spinal-cord-stimulation", "workers_comp", "required", "2026-06-25", ()),
    (
        "medicare.spinal-cord-stimulation",
        "medicare",
        "not_required",
        "2026-06-10",
        (
            ("NCD 160.7", ""),
            ("L37632", ""),
        ),
    ),
    (
        "medicare.lumbar-spinal-fusion",
        "medicare",
        "not_required",
        "2026-06-10",
        (
            ("L33382", ""),
            ("L37848", ""),
            ("A53975", ""),
        ),
    ),
    (
        "medicare.total-knee-replacement",
        "medicare",
        "not_required",
        "2026-06-10",
        (
            ("L36575", ""),
            ("L36007", ""),
            ("L33618", ""),
        ),
    ),
    ("medicare.brain-mri", "medicare", "not_required", "2026-06-12", (("MM13485", ""),)),
    ("medicare.abdomen-pelvis-ct", "medicare", "not_required", "2026-06-12", (("MM13485", ""),)),
    ("aetna.spinal-fusion", "commercial", "required", "2026-05-06", ()),
    ("aetna.gender-affirming-surgery", "commercial", "required", "2026-05-06", ()),
    ("evicore.spinal-fusion", "commercial", "required", "", ()),
    ("evicore.cardiology", "commercial", "required", "", ()),
    ("carelon.spinal-fusion", "commercial", "required", "", ()),
    ("unitedhealthcare.cardiology", "commercial", "required", "2026-05-06", ()),
]
GRAFTED = {"qualcare", "umr", "priority-health", "braven", "aim"}


def codes_of(found: Requirement) -> set[str]:
    listed = CODES[found.procedure].split()
    if found.procedure == "spinal-fusion" and found.payer in GRAFTED:
        listed += GRAFTS.split()
    return set(listed)


def test_the_table_has_sixty_pages_with_328_codes_of_15_payers_and_15_procedures() -> None:
    known = [REQUIREMENTS[page[0]] for page in PAGES]
    assert len({found.id for found in known}) == len(PAGES) == 60
    assert len({found.payer for found in known}) == len({found.procedure for found in known}) == 15
    assert len({code for found in known for code in codes_of(found)}) == 328


@pytest.mark.parametrize(("name", "plan", "needed", "verified", "sources"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_keeps_its_facts(
    name: str, plan: str, needed: str, verified: str, sources: tuple[tuple[str, str], ...]
) -> None:
    found = REQUIREMENTS[name]
    assert (found.plans, found.prior_authorization) == ((plan,), needed)
    assert {entry.code for entry in found.codes.values() if entry.listed} == codes_of(found)
    assert found.last_verified == date.fromisoformat(verified or "2026-11-21")
    held = {(each.number, each.effective.isoformat() if each.effective else "") for each in found.sources.values()}
    numbers = {number for number, _ in held}
    assert [source for source in sources if source not in held and (source[1] or source[0] not in numbers)] == []


@pytest.mark.parametrize("found", REQUIREMENTS.values(), ids=list(REQUIREMENTS))
def test_every_requirement_answers_and_warns(found: Requirement) -> None:
    of_a_page = found.id in {page[0] for page in PAGES}
    assert found.page_criteria or not of_a_page
    assert len(found.questions) >= 3 or not of_a_page
    assert found.examples
    assert found.turnaround
    assert any(caution.id == "confirm-plan" for caution in found.cautions)
    assert all(found.codes[code].prior_authorization for code in found.codes)


@pytest.mark.parametrize("found", REQUIREMENTS.values(), ids=list(REQUIREMENTS))
def test_what_varies_says_by_what(found: Requirement) -> None:
    assert [
        code for code, entry in found.codes.items() if entry.prior_authorization == "varies" and not entry.note
    ] == []


def test_a_code_is_called_the_same_on_every_page() -> None:
    labels: dict[str, set[str]] = {}
    for found in REQUIREMENTS.values():
        for code, entry in found.codes.items():
            labels.setdefault(code, set()).add(f"{entry.label} {entry.add_on}")
    assert {code: each for code, each in labels.items() if len(each) > 1} == {}


# --- What a page says wrongly is corrected, with its reason ---------------------------------------------------------

# requirement, correction, what it is about
CORRECTED = [
    ("medicare.spinal-cord-stimulation", "one-code-of-seven", "63650"),
    ("medicare.spinal-cord-stimulation", "coverage-is-not-authorization", "419.83"),
    ("medicare.lumbar-spinal-fusion", "coverage-is-not-authorization", "WISeR"),
    ("medicare.lumbar-spinal-fusion", "l33382-gone", "August 2025"),
    ("medicare.total-knee-replacement", "coverage-is-not-authorization", "coverage"),
    ("clover.vertebral-augmentation", "other-contractor", "L35130"),
    ("clover.spinal-cord-stimulation", "national-text", "CMS"),
    ("clover.spinal-fusion", "lcds-exist", "L37848"),
    ("qualcare.joint-replacement", "newer-edition", "2026-03-07"),
    ("qualcare.joint-replacement", "shoulder-guideline", "CMM-318"),
    ("priority-health.joint-replacement", "badge", "portal"),
    ("priority-health.spinal-fusion", "badge", "portal"),
    ("braven.joint-replacement", "badge", "portal"),
    ("braven.spinal-fusion", "badge", "portal"),
    ("tricare.cervical-disc-replacement", "varies-means-not-verified", "Unknown"),
    ("tricare.lumbar-disc-replacement", "varies-means-not-verified", "Unknown"),
    ("tricare.pain-management", "no-with-criteria", "coverage"),
    ("tricare.pain-management", "no-for-all-codes", "office"),
    ("ny-workers-compensation.spinal-fusion", "lumbar-only", "lumbar"),
    ("ny-workers-compensation.laminectomy", "repeat-operations", "63042"),
    ("oxford.spinal-cord-stimulation", "three-of-seven", "63685"),
    ("oxford.laminectomy", "binding-but-proprietary", "InterQual"),
    ("aetna.spinal-fusion", "policy-exists", "CPB 0743"),
    ("evicore.spinal-fusion", "not-a-payer", "reviews for payers"),
    ("carelon.spinal-fusion", "never-verified", "date"),
    *(
        (f"{payer}.joint-replacement", "m19-90-names-no-joint", "M17.11")
        for payer in ("qualcare", "umr", "aim", "braven")
    ),
    *((f"{payer}.joint-replacement", "code-27445", "Addendum B") for payer in ("qualcare", "umr", "aim", "braven")),
    *((f"{payer}.joint-replacement", "s2118-is-hcpcs", "HCPCS") for payer in ("qualcare", "umr", "aim", "braven")),
    *((f"{payer}.knee-arthroscopy", "meniscus-codes", "29881") for payer in ("qualcare", "umr", "aim")),
    *(
        (f"{payer}.spinal-fusion", "m51-36-is-a-heading", "M51.360")
        for payer in ("qualcare", "oscar", "aetna", "carelon")
    ),
    *(
        (f"{payer}.cervical-disc-replacement", "m50-region", "M50.10")
        for payer in ("qualcare", "oscar", "oxford", "aim")
    ),
]


@pytest.mark.parametrize(("name", "correction", "words"), CORRECTED, ids=[f"{row[0]}-{row[1]}" for row in CORRECTED])
def test_a_wrong_fact_is_corrected_with_its_reason(name: str, correction: str, words: str) -> None:
    found = next(each for each in REQUIREMENTS[name].corrections if each.id == correction)
    assert words in f"{found.we_say} {found.why}"
    assert found.page_says
    assert found.why
    assert found.citation.source.id in REQUIREMENTS[name].sources


@pytest.mark.parametrize("found", REQUIREMENTS.values(), ids=list(REQUIREMENTS))
def test_no_diagnosis_is_one_that_was_found_wrong(found: Requirement) -> None:
    assert {diagnosis.code for diagnosis in found.diagnoses} & {"M51.36", "M19.90"} == set()


# --- Whether authorization is needed, code by code -------------------------------------------------------------------

# payer, plan, code, what it needs
NEEDED = [
    ("Medicare", "medicare", "63650", "varies"),
    ("Medicare", "medicare", "63655", "varies"),
    ("Medicare", "medicare", "63685", "not_required"),
    ("Medicare", "medicare", "22612", "not_required"),
    ("Medicare", "medicare", "27447", "not_required"),
    ("Medicare", "medicare", "70551", "not_required"),
    ("Oxford", "commercial", "63655", "required"),
    ("Oxford", "commercial", "63688", "unknown"),
    ("UMR", "commercial", "27447", "varies"),
    ("TRICARE", "tricare", "62323", "not_required"),
    ("TRICARE", "tricare", "64635", "unknown"),
    ("TRICARE", "tricare", "22856", "unknown"),
    ("TRICARE", "tricare", "22612", "required"),
    ("NYWC", "workers_comp", "22612", "required"),
    ("NYWC", "workers_comp", "22551", "unknown"),
    ("NYWC", "workers_comp", "63047", "not_required"),
    ("NYWC", "workers_comp", "63042", "required"),
    ("Clover", "medicare_advantage", "22513", "required"),
    ("FEP", "commercial", "27447", "required"),
]


@pytest.mark.parametrize(("payer", "plan", "code", "needed"), NEEDED)
def test_what_a_code_needs(payer: str, plan: str, code: str, needed: str) -> None:
    entry = LIBRARY.requirement_for(payer, code, plan).codes[code]
    assert entry.prior_authorization == needed


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("braven.spinal-fusion", {"1-833-436-4083"}),
        ("braven.joint-replacement", {"1-833-436-4083"}),
        ("unitedhealthcare.cardiology", {"866-889-8054"}),
        ("clover.pain-management", {"1-888-778-1478", "1-732-412-4317"}),
    ],
)
def test_telephone_and_fax_numbers(name: str, numbers: set[str]) -> None:
    ways = REQUIREMENTS[name].submissions
    assert {number for way in ways for number in (way.phone, way.fax) if number} == numbers


def test_six_pages_state_three_days() -> None:
    stated = {found.id for found in REQUIREMENTS.values() if found.turnaround_days == 3}
    assert stated == {
        "aetna.gender-affirming-surgery",
        "aetna.spinal-fusion",
        "carelon.spinal-fusion",
        "evicore.cardiology",
        "evicore.spinal-fusion",
        "unitedhealthcare.cardiology",
    }


@pytest.mark.parametrize(
    ("typed", "procedure"),
    [
        ("scs", "spinal-cord-stimulation"),
        ("ACDF", "spinal-fusion"),
        ("TKA", "total-knee-replacement"),
        ("rfa", "pain-management"),
        ("esi", "pain-management"),
        ("kyphoplasty", "vertebral-augmentation"),
        ("hip replacement", "joint-replacement"),
        ("pacemaker", "cardiology"),
    ],
)
def test_the_names_that_people_type(typed: str, procedure: str) -> None:
    assert LIBRARY.procedure(typed).id == procedure
