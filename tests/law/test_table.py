"""Every row of the table of deadlines, once more as it was researched: an edit of the law files that loses one fails.

Times: h hours, cd calendar days, bd business days, mo months. Confidence C: kept, and never shown.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from praxigen.law import Clock, Law, Unit
from support.deadline_table import PAGE, page

# id, plan, stage, urgency, actor, what starts it, time, extension, if missed, law, effective, confidence
ROWS = """\
ma-std-pa|medicare_advantage|initial|standard|plan|request_received|7 cd|+14cd|appealable_as_denial|42 CFR 422.568(b)(1)|2026-01-01|B
ma-std-nonpa|medicare_advantage|initial|standard_no_pa|plan|request_received|14 cd|+14cd|appealable_as_denial|42 CFR 422.568(b)(1)||C
ma-exp|medicare_advantage|initial|expedited|plan|request_received|72 h|+14cd|appealable_as_denial|42 CFR 422.572(a)-(b)||A
ma-partb-std|medicare_advantage|initial_partb_drug|standard|plan|request_received|72 h|none|appealable_as_denial|42 CFR 422.568(b)(3)||C
ma-partb-exp|medicare_advantage|initial_partb_drug|expedited|plan|request_received|24 h|none|appealable_as_denial|42 CFR 422.572(a)(2)||C
ma-recon-file|medicare_advantage|reconsideration_file|any|enrollee_or_physician|notice_date|65 cd|good_cause|lost_right|42 CFR 422.582(b)|2025-01-01|B
ma-recon-std|medicare_advantage|reconsideration|standard|plan|request_received|30 cd|+14cd|forward_to_ire|42 CFR 422.590(a)||A
ma-recon-partb|medicare_advantage|reconsideration_partb_drug|standard|plan|request_received|7 cd|none|forward_to_ire|42 CFR 422.590(c)||C
ma-recon-pay|medicare_advantage|reconsideration_payment|standard|plan|request_received|60 cd|none|forward_to_ire|42 CFR 422.590(b)||A
ma-recon-exp|medicare_advantage|reconsideration|expedited|plan|request_received|72 h|+14cd|forward_to_ire|42 CFR 422.590(e)||C
ma-ire-std|medicare_advantage|ire|standard|ire|case_received|30 cd|+14cd||42 CFR 422.592 + contract||C
ma-ire-exp|medicare_advantage|ire|expedited|ire|case_received|72 h|+14cd||42 CFR 422.592 + contract||C
ma-alj-file|medicare_advantage|alj_file|any|enrollee|ire_notice_received|60 cd|good_cause|lost_right|42 CFR 422.602||B
ma-council-file|medicare_advantage|council_file|any|enrollee|alj_decision_received|60 cd|good_cause|lost_right|42 CFR 422.608||B
om-wiser|original_medicare_wiser_nj|initial|standard|wiser_participant|request_received_in_portal|72 h||resubmit|CMS WISeR FAQ|2026-01-05|A
om-wiser-exp|original_medicare_wiser_nj|initial|expedited|wiser_participant|request_received|2 cd||resubmit|WISeR summaries|2026-01-05|B
om-wiser-valid|original_medicare_wiser_nj|affirmation_validity|any|provider|affirmation_date|120 cd||new_request|WISeR summaries|2026-01-05|B
om-redet-file|original_medicare|redetermination_file|any|provider_or_beneficiary|notice_date|120 cd|good_cause|lost_right|42 CFR 405.942||B
om-redet|original_medicare|redetermination|any|mac|request_received|60 cd||escalate|42 CFR 405.950||B
om-qic-file|original_medicare|qic_file|any|party|redetermination_received|180 cd|good_cause|lost_right|42 CFR 405.962||B
mmc-std|medicaid_managed_care|initial|standard|plan|request_received|7 cd|+14cd|deemed_denial_appealable|42 CFR 438.210(d)(1)|rating period from 2026-01-01|B
mmc-exp|medicaid_managed_care|initial|expedited|plan|request_received|72 h|+14cd|deemed_denial_appealable|42 CFR 438.210(d)(2)||B
mmc-drug|medicaid_managed_care|initial_outpatient_drug|any|plan|request_received|24 h|||42 CFR 438.210(d)(3)||C
mmc-appeal-file|medicaid_managed_care|appeal_file|any|enrollee_or_provider_with_consent|notice_date|60 cd||lost_right|42 CFR 438.402(c)(2)(ii)||C
mmc-appeal-std|medicaid_managed_care|appeal|standard|plan|appeal_received|30 cd|+14cd|deemed_exhausted|42 CFR 438.408(b)(2)||C
mmc-appeal-exp|medicaid_managed_care|appeal|expedited|plan|appeal_received|72 h|+14cd|deemed_exhausted|42 CFR 438.408(b)(3)||C
mmc-hearing-file|medicaid_managed_care|state_fair_hearing_file|any|enrollee|resolution_notice_date|120 cd||lost_right|42 CFR 438.408(f)(2)||C
mffs-std|medicaid_ffs|initial|standard|state|request_received|7 cd|+14cd||42 CFR 440.230(e)(1)|2026-01-01 (state date may be later)|B
mffs-exp|medicaid_ffs|initial|expedited|state|request_received|72 h|||42 CFR 440.230(e)(1)|2026-01-01 (state date may be later)|B
erisa-urgent|erisa_self_funded|initial|urgent|plan|claim_received|72 h|see_incomplete|deemed_exhausted|29 CFR 2560.503-1(f)(2)(i)||B
erisa-urgent-incomplete|erisa_self_funded|initial_notice_incomplete|urgent|plan|claim_received|24 h|claimant_min_48h|deemed_exhausted|29 CFR 2560.503-1(f)(2)(i)||C
erisa-pre|erisa_self_funded|initial|pre_service|plan|claim_received|15 cd|+15cd (claimant min 45cd; tolled)|deemed_exhausted|29 CFR 2560.503-1(f)(2)(iii)(A)||A
erisa-post|erisa_self_funded|initial|post_service|plan|claim_received|30 cd|+15cd|deemed_exhausted|29 CFR 2560.503-1(f)(2)(iii)(B)||B
erisa-conc-urgent|erisa_self_funded|concurrent_extension|urgent|plan|request_received_24h_before_end|24 h||deemed_exhausted|29 CFR 2560.503-1(f)(2)(ii)(B)||B
erisa-appeal-file|erisa_self_funded|appeal_file|any|claimant|denial_received|180 cd|plan_may_give_more|lost_right|29 CFR 2560.503-1(h)(3)(i)||B
erisa-appeal-urgent|erisa_self_funded|appeal|urgent|plan|appeal_received|72 h|none|deemed_exhausted|29 CFR 2560.503-1(i)(2)(i)||B
erisa-appeal-pre|erisa_self_funded|appeal|pre_service|plan|appeal_received|30 cd|two levels 15+15|deemed_exhausted|29 CFR 2560.503-1(i)(2)(ii)||B
erisa-appeal-post|erisa_self_funded|appeal|post_service|plan|appeal_received|60 cd|two levels 30+30|deemed_exhausted|29 CFR 2560.503-1(i)(2)(iii)||B
aca-ext-file|aca_federal_external|external_file|any|claimant|final_denial_received|4 mo||lost_right|45 CFR 147.136(d)(2)(i); 29 CFR 2590.715-2719(d)||B
aca-ext-prelim|aca_federal_external|external_preliminary|standard|plan|request_received|5 bd|||45 CFR 147.136(d)(2)(ii)||C
aca-ext-std|aca_federal_external|external|standard|iro|request_received|45 cd|||45 CFR 147.136(d)(2)(iii)||B
aca-ext-exp|aca_federal_external|external|expedited|iro|request_received|72 h|||45 CFR 147.136(d)(3)||B
nj-out-portal|nj_insured|initial_denial_notice|standard_electronic_portal|payer|request_made|9 cd||deemed_authorized|N.J.S.A. 17B:30-55.11|2025-01-01|A
nj-out-paper|nj_insured|initial_denial_notice|standard_paper|payer|request_made|12 cd||deemed_authorized|N.J.S.A. 17B:30-55.11|2025-01-01|A
nj-inpt|nj_insured|initial_denial_notice|current_inpatient_or_ed|payer|request_made|24 h||deemed_authorized|N.J.S.A. 17B:30-55.11|2025-01-01|A
nj-urgent|nj_insured|initial_denial_notice|urgent|payer|request_made|72 h||deemed_authorized|N.J.S.A. 17B:30-55.11 (paragraph not seen)|2025-01-01|B
nj-rx-urgent|nj_insured_pharmacy_epa|initial|urgent|carrier|all_information_received|24 h||deemed_authorized|N.J.S.A. 17B:30-55.6|2025-01-01|A
nj-rx-std|nj_insured_pharmacy_epa|initial|standard|carrier|all_information_received|72 h||deemed_authorized|N.J.S.A. 17B:30-55.6|2025-01-01|A
nj-valid|nj_insured|authorization_validity_discrete_services|any|provider|authorization_received|180 cd|exceptions||N.J.S.A. 17B:30-55.9|2025-01-01|A
nj-continuity|nj_insured|prior_payer_authorization_honored|any|payer|coverage_start|60 cd|||N.J.S.A. 17B:30-55.10|2025-01-01|A
nj-s1-file|nj_insured_group|stage1_file|any|member_or_provider_with_consent|denial_received|180 cd||lost_right|DOBI UM appeal page; N.J.A.C. 11:24A-3.5||A
nj-s1|nj_insured|stage1|standard|carrier|appeal_received|10 cd||next_stage|DOBI UM appeal page||B
nj-s2|nj_insured_group|stage2|standard|carrier|appeal_received|20 bd||next_stage|N.J.A.C. 11:24-8.6(d)||A
nj-s2-urgent|nj_insured_group|stage2|urgent|carrier|appeal_received|72 h||next_stage|N.J.A.C. 11:24-8.6(d)||A
nj-ihcap-file|nj_insured|external_file|any|member_or_provider_with_consent|final_denial_received|4 mo||lost_right|N.J.A.C. 11:24-8.7(b); 11:24A-3.6(b)||A
nj-iuro-std|nj_insured|external|standard|iuro|accepted|45 cd|||N.J.A.C. 11:24-8.7||C
nj-iuro-exp|nj_insured|external|expedited|iuro|accepted|48 h|||N.J.A.C. 11:24-8.7||C
ca-std|ca_insured|initial|standard|plan|information_received|5 bd|||Cal HSC 1367.01(h)(1)||B
ca-urgent|ca_insured|initial|urgent|plan|information_received|72 h|||Cal HSC 1367.01(h)(2)||B
qhp-std|qhp_ffe|initial|pre_service|issuer|claim_received|15 cd|+15cd|deemed_exhausted|45 CFR 147.136(b) -> 29 CFR 2560.503-1||B
qhp-urgent|qhp_ffe|initial|urgent|issuer|claim_received|72 h||deemed_exhausted|45 CFR 147.136(b) -> 29 CFR 2560.503-1||B
"""  # noqa: E501  one row of the table is one line
EXPECTED = [tuple(line.split("|")) for line in ROWS.splitlines()]
TABLE = Path(__file__).parents[3] / "shared" / "reference" / "deadlines.csv"

# The table calls every request "request received". Here an appeal and an external review have events of their own.
_REQUESTS = {
    ("reconsideration", "request_received"): "appeal_received",
    ("reconsideration_partb_drug", "request_received"): "appeal_received",
    ("reconsideration_payment", "request_received"): "appeal_received",
    ("redetermination", "request_received"): "appeal_received",
    ("external_preliminary", "request_received"): "external_review_request_received",
    ("external", "request_received"): "external_review_request_received",
    ("external", "accepted"): "external_review_accepted",
}
_UNITS = {"h": Unit.HOURS, "cd": Unit.CALENDAR_DAYS, "bd": Unit.BUSINESS_DAYS, "mo": Unit.MONTHS}
_EXTENSIONS = {
    "+14cd": ("more_time", "14 calendar days"),
    "+15cd": ("more_time", "15 calendar days"),
    "+15cd (claimant min 45cd; tolled)": ("more_time", "15 calendar days", "tolled", "45 calendar days"),
    "claimant_min_48h": ("claimant_time",),
    "two levels 15+15": ("two_levels", "15 calendar days"),
    "two levels 30+30": ("two_levels", "30 calendar days"),
}


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.open()


def every(law: Law) -> dict[str, Clock]:
    return {clock.id: clock for clock in (*law.clocks, *law.withheld)}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row[0])
def test_every_row_of_the_table_stands_in_the_library(law: Law, row: tuple[str, ...]) -> None:
    name, plan, stage, urgency, actor, starts, time, extension, on_miss, source, effective, confidence = row
    clock = every(law)[name]
    number, unit = time.split()
    assert (clock.plan, clock.stage, clock.urgency, clock.actor) == (plan, stage, urgency, actor)
    assert clock.starts == _REQUESTS.get((stage, starts), starts)
    assert (clock.within.number, clock.within.unit) == (int(number), _UNITS[unit])
    assert _extension(clock) == _EXTENSIONS.get(extension, (extension,) if extension not in {"", "none"} else ())
    # What the table says of a citation in brackets has a key of its own, so that no letter prints it.
    source, _, doubt = source.partition(" (paragraph")
    assert (clock.on_miss, clock.law, clock.confidence) == (on_miss, source, confidence)
    assert clock.verify or not doubt
    assert (clock.effective_says or (clock.effective.isoformat() if clock.effective else "")) == effective


def _extension(clock: Clock) -> tuple[str, ...]:
    if clock.extension is None:
        return ()
    more = clock.extension.by or clock.extension.each
    told = (clock.extension.kind, str(more)) if more else (clock.extension.kind,)
    return (*told, "tolled", str(clock.answer_within)) if clock.tolled else told


def test_the_library_holds_no_other_clock(law: Law) -> None:
    assert set(every(law)) == {row[0] for row in EXPECTED}


def test_rows_of_confidence_c_are_withheld_and_only_those(law: Law) -> None:
    assert {clock.id for clock in law.withheld} == {row[0] for row in EXPECTED if row[-1] == "C"}
    assert len(law.withheld) == 16


@pytest.mark.skipif(not TABLE.is_file(), reason="the folder of references is not here")
def test_the_table_is_the_one_that_was_researched() -> None:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    keys = ("id", "plan", "stage", "urgency", "actor", "clock_start")
    found = [
        (
            *(row[key] for key in keys),
            f"{row['max']} {row['unit']}",
            *(row[key] for key in ("extension", "on_miss", "source", "effective", "confidence")),
        )
        for row in rows
    ]
    assert found == EXPECTED


def test_the_page_shows_the_table_of_the_files() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text), "run: make docs"


def test_every_clock_that_is_shown_says_its_source_and_when_it_was_read(law: Law) -> None:
    assert [clock.id for clock in law.clocks if not (clock.law and clock.citation.source.retrieved)] == []
