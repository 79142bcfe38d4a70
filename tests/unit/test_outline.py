"""How a tree of answers is numbered, worded and folded."""

from praxigen.exports.outline import Row, Tone, outline, tally
from praxigen.model.answer import Reason
from praxigen.model.criterion import Op
from praxigen.model.report import Report
from support.reports import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    OPEN,
    WAIVED,
    everything_met,
    group,
    leaf,
    open_trial,
    private,
    refused,
    two_routes,
)


def rows(report: Report) -> dict[str, Row]:
    return {row.criterion.id: row for root in outline(report) if root for row in root.walk()}


def test_rows_are_numbered_by_their_place() -> None:
    found = rows(open_trial())
    assert {name: found[name].number for name in ("trial", "arms", "fbss", "therapy", "surgeon")} == {
        "trial": "",
        "arms": "1",
        "fbss": "1.1",
        "therapy": "1.1.4.1",
        "surgeon": "3",
    }


def test_waivers_and_conditions_are_numbered_after_what_they_belong_to() -> None:
    found = rows(refused())
    assert (found["urgent"].number, found["earlier"].number) == ("1w", "3c")


def test_several_trees_have_letters() -> None:
    numbers = [row.number for root in outline(two_routes()) if root for row in (root, root.children[0])]
    assert numbers == ["A", "A1", "B", "B1"]


def test_no_tree_no_rows() -> None:
    assert outline(private()) == (None,)


def test_every_number_stands_once() -> None:
    numbers = [row.number for root in outline(two_routes()) if root for row in root.walk()]
    assert len(numbers) == len(set(numbers))


def test_exclusions_apply_or_do_not() -> None:
    root = group("none", "None of these", Op.NONE, NOT_MET, leaf("a", "A", MET, Reason.DOCUMENTED),
                 leaf("b", "B", NOT_MET, Reason.DENIED_IN_NOTE), leaf("c", "C", NOT_MET, Reason.SILENT))  # fmt: skip
    report = replaced(root)
    found = rows(report)
    assert [(found[name].label, found[name].tone) for name in "abc"] == [
        ("Applies", Tone.BAD),
        ("Does not apply", Tone.QUIET),
        ("Not mentioned", Tone.QUIET),
    ]


def test_what_is_settled_by_another_branch_is_not_needed() -> None:
    row = rows(open_trial())["behavioral"]
    assert (row.label, row.moot, row.tone) == ("Not needed", True, Tone.QUIET)


def test_what_is_waived_is_not_needed_but_what_is_met_stays_met() -> None:
    found = rows(refused())
    assert [found[name].label for name in ("conservative-care", "therapy", "behavioral", "urgent")] == [
        "Waived",
        "Met",
        "Not needed",
        "Applies",
    ]


def test_a_silent_branch_that_is_not_needed_is_folded() -> None:
    silent = group("other", "Another way", Op.ALL, OPEN, leaf("x", "X", OPEN, Reason.SILENT), reason=Reason.OPEN_PARTS)
    root = group("one", "One of these", Op.ANY, MET, leaf("a", "A", MET, Reason.DOCUMENTED, "Pain 8/10"), silent)
    found = rows(replaced(root))
    assert (found["other"].folded, found["one"].folded) == (True, False)


def test_of_what_does_not_apply_only_its_condition_is_shown() -> None:
    condition = leaf("asked-if", "Asked if", NOT_MET, Reason.SILENT)
    root = group("arm", "An arm", Op.ALL, NOT_APPLICABLE, leaf("a", "A", MET, Reason.DOCUMENTED, "Pain 8/10"),
                 condition=condition, reason=Reason.CONDITION_NOT_MET)  # fmt: skip
    assert list(rows(replaced(root))) == ["arm", "asked-if"]


def test_a_branch_with_words_of_the_note_is_never_folded() -> None:
    found = rows(open_trial())
    assert not any(row.folded for row in found.values() if row.quotes or row.near)
    assert not found["crps"].folded


def test_a_quote_is_shown_where_it_belongs_and_not_again_above() -> None:
    emergency = leaf("urgent", "An emergency", MET, Reason.DOCUMENTED, "Pain 8/10 every day")
    waived = group("care", "Care", Op.ALL, WAIVED, leaf("t", "T", OPEN, Reason.SILENT), waiver=emergency,
                   reason=Reason.WAIVER)  # fmt: skip
    found = rows(replaced(with_quotes(waived, emergency)))
    assert (len(found["care"].quotes), len(found["urgent"].quotes)) == (0, 1)


def test_the_source_is_named_where_it_changes() -> None:
    found = rows(open_trial())
    assert [name for name, row in found.items() if row.source] == ["trial", "depression"]


def test_the_tally_counts_what_is_asked() -> None:
    assert counts(open_trial()) == {MET: 7, OPEN: 5}
    assert counts(refused()) == {MET: 1, NOT_MET: 1, WAIVED: 1, NOT_APPLICABLE: 1}
    assert counts(everything_met()) == {MET: 2}


def test_who_attests_is_named() -> None:
    assert rows(open_trial())["surgeon"].reason == "to be attested by the practice; a note cannot answer it"
    assert rows(everything_met())["surgeon"].reason == "attested by the practice"


def test_a_near_miss_says_the_reason_once() -> None:
    assert rows(open_trial())["behavioral-clearance"].reason == ""


def counts(report: Report) -> dict[object, int]:
    (root,) = outline(report)
    assert root is not None
    return {answer: number for answer, number in tally(root).items() if number}


def replaced(root: object) -> Report:
    from dataclasses import replace

    report = everything_met()
    return replace(report, determinations=(replace(report.determinations[0], result=root),))


def with_quotes(above: object, below: object) -> object:
    from dataclasses import replace

    return replace(above, quotes=below.quotes)  # type: ignore[attr-defined, type-var]
