"""What was measured on the spine: each number with the thing that it measures, and no other."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.support.readings import found

from praxigen.model.fact import State


def value(text: str, concept: str) -> list[tuple[Fraction | None, Fraction | None]]:
    """The bounds of what an imaging section is found to measure now."""
    facts = found(f"HPI: Low back pain.\n\nIMAGING: {text}", f"measure.{concept}")
    return [(fact.quantity.low, fact.quantity.high) for fact in facts if fact.quantity and fact.state is State.PRESENT]


@pytest.mark.parametrize(
    ("text", "concept", "number"),
    [
        ("Flexion-extension films show 5 mm of translation at L4-L5.", "translation", 5),
        ("Lumbar X-rays: L4 on L5 anterolisthesis measuring 6 mm.", "slip", 6),
        ("Cervical films: 13 degrees of angulation between C4 and C5.", "angulation", 13),
        ("Scoliosis films: SVA 7.5 cm.", "imbalance", 75),
        ("Thoracolumbar curve with a Cobb angle of 38 degrees.", "curve", 38),
        ("The curve increased from 24 to 38 degrees since 2023.", "curve_progression", 14),
        ("L1 compression fracture with 40% loss of height.", "height_loss", 40),
        ("L5-S1 disc extrusion of 8 mm.", "disc_protrusion", 8),
        ("Ranawat class III myelopathy.", "myelopathy_class", 3),
    ],
)
def test_a_number_belongs_to_what_it_measures(text: str, concept: str, number: int) -> None:
    assert value(text, concept) == [(number, number)]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Anterolisthesis at L4-L5. The canal diameter is 8 mm.", "slip"),
        ("Spondylolisthesis of L5 with a 4 mm pedicle screw.", "slip"),
        ("Instability at C4-C5; straight leg raise to 60 degrees.", "angulation"),
        ("Scoliosis. Lumbar lordosis 42 degrees.", "curve"),
        ("Compression fracture at L1. 50% relief with bracing.", "height_loss"),
        ("Instability is defined as translation of more than 3.5 mm.", "translation"),
        ("If there is translation of more than 4 mm, a fusion will be considered.", "translation"),
        ("Rule out translation of 5 mm.", "slip"),
        ("Slip was previously 7 mm.", "slip"),
    ],
)
def test_other_numbers_rules_and_earlier_values_are_not_taken(text: str, concept: str) -> None:
    assert value(text, concept) == []


def test_no_more_than_a_number_is_an_upper_limit() -> None:
    assert value("No translation greater than 3 mm.", "translation") == [(None, 3)]


def test_more_and_less_than_a_number_are_bounds() -> None:
    assert value("Translation of more than 4 mm at L4-L5.", "translation") == [(4, None)]
    assert value("Anterolisthesis of less than 2 mm.", "slip") == [(None, Fraction(199, 100))]


def test_a_relative_s_curve_is_not_the_patient_s() -> None:
    assert value("Her mother had scoliosis of 50 degrees.", "curve") == []


@pytest.mark.parametrize(
    ("score", "state"), [("-2.8", State.PRESENT), ("-2.5", State.PRESENT), ("-1.9", State.POSSIBLE)]
)
def test_a_t_score_of_minus_two_and_a_half_is_osteoporosis(score: str, state: State) -> None:
    facts = found(f"IMAGING: DXA of the hip: T-score {score}.", "diagnosis.osteoporosis")
    assert [fact.state for fact in facts] == [state]
