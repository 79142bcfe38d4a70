"""What a criterion looks for and what was found, in words."""

import io
from datetime import date
from fractions import Fraction

from praxigen.exports import findings
from praxigen.exports.patterns import describe
from praxigen.model.amount import Duration, Quantity, Span, Unit
from praxigen.model.criterion import Bound, Evidence, TimeBound
from praxigen.model.document import Document
from praxigen.model.fact import Fact, State, Who

SIX_MONTHS = Span(Fraction(6), Unit.MONTH)


def test_a_bare_concept_is_its_name() -> None:
    assert describe(Evidence("sign.weakness")) == "sign.weakness"


def test_every_limit_is_said() -> None:
    pattern = Evidence(
        "treatment.medication",
        states=(State.DONE, State.PAST),
        who=Who.OTHER,
        where={"region": ("lumbar", "lumbosacral")},
        unless_where={"supervised": ("no",)},
        duration=TimeBound(">=", SIX_MONTHS),
        value=Bound(">=", Fraction(50), "%"),
        outcome=("none", "not_enough"),
        contrary_outcome=("good",),
        within=Span(Fraction(9), Unit.MONTH),
        ended=TimeBound(">", Span(Fraction(12), Unit.WEEK)),
    )
    assert describe(pattern) == (
        "treatment.medication, stated as done or past, of another person, region: lumbar or lumbosacral, "
        "unless supervised: no, for at least 6 months, with a value of at least 50%, with outcome none or not enough, "
        "refuted by outcome good, within 9 months before the date of service, "
        "ended more than 12 weeks before the date of service"
    )


def test_values_read_as_they_are_written() -> None:
    assert describe(Evidence("sign.strength", value=Bound("<=", Fraction(3), "/5"))).endswith("at most 3/5")
    assert describe(Evidence("score.odi", value=Bound("<", Fraction(85, 2), "points"))).endswith(
        "less than 42.5 points"
    )


def test_a_finding_says_all_that_was_read() -> None:
    document = Document("note", "Mother took opioids for 5-6 months, pain 70%.", ("A warning.",))
    fact = Fact(
        "treatment.opioid",
        ("treatment.opioid", "treatment"),
        State.DONE,
        document.quote(0, 19),
        "treatment.cue",
        who=Who.OTHER,
        section="family",
        duration=Duration(Span(Fraction(5), Unit.MONTH), SIX_MONTHS),
        quantity=Quantity(Fraction(70), Fraction(70), "%"),
        began=date(2026, 1, 2),
        qualities={"outcome": ("none",)},
        template=True,
    )
    stream = io.StringIO()
    findings.write_text(document, [fact], stream, explain=True)
    assert stream.getvalue() == (
        "- A warning.\n"
        "treatment.opioid  done, another person, outcome: none, lasting at least 5 months and at most 6\n"
        "    months, value 70%, from 2026-01-02\n"
        '  "Mother took opioids"  line 1 (0-19)\n'
        "  rule treatment.cue; section family, in a template\n"
        "1 finding\n"
    )
    assert '"low": "5 months"' in findings.to_json(document, [fact])
    assert '"unit": "%"' in findings.to_json(document, [fact])


def test_an_open_bound_is_left_out() -> None:
    document = Document("note", "For more than six months.")
    fact = Fact("x", ("x",), State.DONE, document.quote(0, 3), "r", duration=Duration(SIX_MONTHS, None))
    stream = io.StringIO()
    findings.write_text(document, [fact], stream, explain=False)
    assert stream.getvalue().startswith("x  done, lasting at least 6 months\n")
