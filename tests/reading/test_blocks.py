"""What an earlier injection did: the relief, what gave it, how long it lasted, and which block it was."""

from __future__ import annotations

from fractions import Fraction

import pytest

from praxigen.model.fact import Fact
from support.readings import days, found, one

BACK = "HPI: Low back pain. "


def percent(fact: Fact) -> tuple[float | None, float | None]:
    """The least and the most relief that a fact states."""
    assert fact.quantity is not None
    assert fact.quantity.unit == "%"
    low, high = fact.quantity.low, fact.quantity.high
    return None if low is None else float(low), None if high is None else float(high)


def reliefs(text: str, concept: str) -> list[tuple[tuple[str, ...], float | None]]:
    """For every block of a kind: which one it was, and its relief in percent."""
    return [(fact.quality("ordinal"), percent(fact)[0]) for fact in found(text, f"block.{concept}")]


@pytest.mark.parametrize(
    ("note", "concept", "relief"),
    [
        ("L4-5 medial branch block gave 85% relief.", "facet", (85, 85)),
        ("She had 85% relief from the medial branch block.", "facet", (85, 85)),
        ("MBB on 4/1/2026. She reports 85% reduction of her back pain.", "facet", (85, 85)),
        ("After the MBB the pain fell from 8/10 to 2/10.", "facet", (75, 75)),
        ("Left SI joint injection with >75% relief.", "sacroiliac", (75, None)),
        ("SI joint injection: pre-injection 8/10, post-injection 2/10.", "sacroiliac", (75, 75)),
        ("L5 TFESI provided less than 50% relief.", "epidural", (None, 49.99)),
        ("RFA gave 60-70% relief.", "ablation", (60, 70)),
        ("Facet injections gave complete relief.", "facet", (100, 100)),
        ("The medial branch block gave no relief.", "facet", (0, 0)),
        ("MBB did not provide 80% relief.", "facet", (None, 79.99)),
        ("She will have a repeat ESI given 70% relief from the last one.", "epidural", (70, 70)),
    ],
)
def test_relief_belongs_to_the_injection_that_gave_it(
    note: str, concept: str, relief: tuple[float | None, float | None]
) -> None:
    assert percent(one(BACK + note, f"block.{concept}")) == relief


@pytest.mark.parametrize(
    "note",
    [
        "MBB is planned, 80% relief is expected.",
        "If the medial branch block gives 80% relief we will proceed to ablation.",
        "Goal of the MBB: at least 80% relief.",
        "Her mother had a medial branch block with 90% relief.",
        "MBB was denied by insurance. Gabapentin gives 80% relief.",
        "Physical therapy gave 80% relief and a medial branch block was discussed.",
        "MBB in May. Gabapentin gives 80% relief.",
        "She tried PT, MBB and a SI joint injection with 80% relief.",
        "80% relief of her knee pain with PT, and MBB is next.",
        "She has 80% relief from her spinal cord stimulator. MBB in 2019.",
        "Patients with two blocks of 80% relief may have an MBB.",
        "She never had a medial branch block. Heat gives 80% relief.",
        "MBB. Her sleep is 80% better with amitriptyline.",
    ],
)
def test_another_relief_is_not_the_blocks(note: str) -> None:
    assert not found(BACK + note, "block.facet")


def test_each_procedure_keeps_its_own_figure() -> None:
    note = BACK + "ESI gave 30% relief, the medial branch block 85% relief, and the RFA in May gave 60% relief."
    kinds = ("epidural", "facet", "ablation")
    assert {kind: percent(one(note, f"block.{kind}"))[0] for kind in kinds} == {
        "epidural": 30,
        "facet": 85,
        "ablation": 60,
    }


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("First MBB gave 85% relief. Second MBB gave 90% relief.", [(("first",), 85), (("second",), 90)]),
        ("MBB #1 gave 85% relief, MBB #2 gave 60% relief.", [(("first",), 85), (("second",), 60)]),
        ("MBB 3/23/2026 gave 90% relief. MBB 3/2/2026 gave 85% relief.", [(("second",), 90), (("first",), 85)]),
        ("Two diagnostic MBBs each gave 85% relief.", [(("first", "second"), 85)]),
        ("Two MBBs: the first gave 85% relief, the second 60% relief.", [(("first",), 85), (("second",), 60)]),
        ("80% relief with the first MBB and 50% with the second.", [(("first",), 80), (("second",), 50)]),
        ("MBB 2/1/2026 gave 85% relief.", [(("first",), 85)]),
        ("MBB gave 85% relief. MBB gave 60% relief.", [((), 85), ((), 60)]),
    ],
)
def test_which_block_it_was(note: str, expected: list[tuple[tuple[str, ...], float]]) -> None:
    assert reliefs(BACK + note, "facet") == expected


def test_the_same_block_told_twice_is_one() -> None:
    note = BACK + "MBB on 3/2/2026 gave 85% relief.\nASSESSMENT: MBB on 3/2/2026 gave 85% relief."
    assert reliefs(note, "facet") == [(("first",), 85), (("first",), 85)]


def test_one_side_and_then_the_other_are_two_first_blocks() -> None:
    note = BACK + "Left SI joint injection 1/5/2026: 80% relief. Right SI joint injection 2/5/2026: 80% relief."
    assert reliefs(note, "sacroiliac") == [(("first",), 80), (("first",), 80)]


@pytest.mark.parametrize(
    ("note", "length"),
    [
        ("ESI gave 60% relief for 4 months.", (120, 123)),
        ("ESI gave 60% relief lasting 14 weeks.", (98, 98)),
        ("ESI gave over 3 months of 60% relief.", (89, None)),
        ("ESI gave 60% relief. Relief lasted 4 months.", (120, 123)),
        ("ESI gave 60% relief; at 3 months she was still better.", (None, None)),
        ("ESI 4 months ago gave 60% relief.", (None, None)),
        ("ESI gave 60% relief and was repeated 4 months later.", (None, None)),
    ],
)
def test_how_long_the_relief_lasted(note: str, length: tuple[int | None, int | None]) -> None:
    assert days(one(BACK + note, "block.epidural")) == length


def test_hours_of_relief_are_kept() -> None:
    fact = one(BACK + "MBB gave 85% relief for 6 hours.", "block.facet")
    assert fact.duration is not None
    assert str(fact.duration.low) == "6 hours"


@pytest.mark.parametrize(
    ("words", "agent"),
    [
        ("for 6 hours, consistent with the bupivacaine used", ("fits",)),
        ("for 2 days, not consistent with the local anesthetic", ("does_not_fit",)),
        ("for 6 hours", ()),
    ],
)
def test_whether_the_length_fits_the_drug(words: str, agent: tuple[str, ...]) -> None:
    assert one(f"{BACK}MBB gave 85% relief {words}.", "block.facet").quality("agent") == agent


def test_better_function_is_not_less_pain() -> None:
    note = BACK + "After the ESI she had 50% improvement in her ability to walk."
    fact = one(note, "block.function")
    assert (fact.quantity is not None and fact.quantity.low, fact.quality("by")) == (Fraction(50), ("epidural",))
    assert not found(note, "block.epidural")
