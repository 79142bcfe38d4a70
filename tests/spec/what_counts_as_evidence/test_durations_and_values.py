"""How long and how much"""

import pytest

from praxigen.model.answer import Answer, Reason
from support.charts import fact, leaf, pattern, says

MET, OPEN, REFUTED = Answer.MET, Answer.NOT_DOCUMENTED, Answer.NOT_MET

DURATIONS = """
limit         note             answer          reason
>= 6 weeks    6 weeks          met             documented
>= 6 weeks    42 days          met             documented
>= 6 weeks    41 days          not_met         too_short
>= 6 weeks    over 6 weeks     met             documented
>= 6 weeks    over 4 weeks     not_documented  no_duration
>= 6 weeks    under 3 weeks    not_met         too_short
>= 6 weeks    4-8 weeks        not_documented  no_duration
>= 6 months   26 weeks         met             documented
>= 6 months   25 weeks         not_met         too_short
>= 1 year     12 months        met             documented
> 48 hours    48 hours         not_met         too_short
> 48 hours    3 days           met             documented
> 48 hours    over 48 hours    not_documented  no_duration
> 48 hours    over 49 hours    met             documented
> 1 year      12 months        not_met         too_short
> 48 hours    under 2 days     not_met         too_short
<= 2 weeks    14 days          met             documented
<= 2 weeks    15 days          not_met         said_otherwise
<= 2 weeks    over 1 weeks     not_documented  no_duration
< 2 weeks     13 days          met             documented
< 2 weeks     14 days          not_met         said_otherwise
"""
VALUES = """
limit      note        answer          reason
>= 50 %    50 %        met             documented
>= 50 %    49 %        not_met         below_threshold
>= 50 %    50-70 %     met             documented
>= 50 %    40-60 %     not_documented  no_value
>= 50 %    over 50 %   met             documented
>= 50 %    under 50 %  not_documented  no_value
>= 50 %    under 40 %  not_met         below_threshold
>= 50 %    8 /10       not_documented  no_value
> 50 %     50 %        not_met         below_threshold
> 50 %     51 %        met             documented
<= 3 /5    3 /5        met             documented
<= 3 /5    4 /5        not_met         below_threshold
< 3 /5     3 /5        not_met         below_threshold
< 3 /5     2 /5        met             documented
"""


def _rows(table: str) -> list[list[str]]:
    lines = table.strip("\n").splitlines()
    places = [lines[0].index(word) for word in lines[0].split()]
    ends = [*places[1:], 200]
    return [[line[start:end].strip() for start, end in zip(places, ends, strict=True)] for line in lines[1:]]


@pytest.mark.parametrize(("limit", "note", "expected", "reason"), _rows(DURATIONS))
def test_durations(limit: str, note: str, expected: str, reason: str) -> None:
    care = leaf(pattern("treatment", duration=limit))
    assert says(care, fact("treatment", for_=note)) == (expected, reason)


@pytest.mark.parametrize(("limit", "note", "expected", "reason"), _rows(VALUES))
def test_values(limit: str, note: str, expected: str, reason: str) -> None:
    relief = leaf(pattern("trial.scs", value=limit))
    assert says(relief, fact("trial.scs", value=note)) == (expected, reason)


def test_a_treatment_without_a_duration_leaves_it_open() -> None:
    assert says(leaf(pattern("treatment", duration=">= 6 weeks")), fact("treatment")) == (OPEN, Reason.NO_DURATION)


def test_a_trial_without_a_figure_leaves_it_open() -> None:
    assert says(leaf(pattern("trial.scs", value=">= 50 %")), fact("trial.scs")) == (OPEN, Reason.NO_VALUE)


def test_a_short_course_that_may_be_for_another_region_refutes_nothing() -> None:
    lumbar = leaf(pattern("treatment", where={"region": "lumbar"}, duration=">= 6 weeks"))
    assert says(lumbar, fact("treatment", for_="3 weeks")) == (OPEN, Reason.DETAIL_MISSING)
    assert says(lumbar, fact("treatment", for_="3 weeks", region="lumbar")) == (REFUTED, Reason.TOO_SHORT)


def test_what_is_definitely_short_is_short_whatever_its_outcome() -> None:
    failed = leaf(pattern("treatment", duration=">= 6 weeks", outcome="none"))
    assert says(failed, fact("treatment", for_="3 weeks")) == (REFUTED, Reason.TOO_SHORT)


def test_every_limit_must_hold() -> None:
    failed = leaf(pattern("treatment", duration=">= 6 weeks", outcome="none"))
    assert says(failed, fact("treatment", for_="8 weeks", outcome="none")) == (MET, Reason.DOCUMENTED)
    assert says(failed, fact("treatment", for_="8 weeks")) == (OPEN, Reason.NO_OUTCOME)
