"""However a letter is edited, a sentence keeps its source or says that it is an argument; nothing is overclaimed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from praxigen.errors import InputError, UsageError
from praxigen.letters.composing.claims import claims, overclaims
from praxigen.letters.composing.compose import compose
from praxigen.letters.composing.dispositions import Disposition, Dispositions, DispositionState
from praxigen.letters.composing.editing import Row, add, basis_of, exchange, move, remove, rewrite, row_of, rows
from praxigen.letters.composing.final import obstacles
from praxigen.letters.composing.gather import reasons_by_hand
from praxigen.letters.composing.letter import Letter, LetterKind
from praxigen.letters.composing.matter import Matter
from praxigen.letters.composing.proof import faults_of, unsupported
from praxigen.letters.composing.sentence import ARGUMENT_LABEL, FACTUAL, Kind, QuoteSupport
from praxigen.letters.composing.sources import choices, words_of_chart
from praxigen.letters.composing.stored import dump_letter, load_letter
from praxigen.letters.composing.template import TEMPLATED
from support.matters import all_confirmed, matter_of, report_on

REASON = "Six months of conservative care are not documented."
CHART = "letters/chart.txt"
TEXTS = (
    "All criteria of the policy are met.", "We ask you to decide within the time of the law.", "Kind regards,",
    "The patient had 11 months of therapy.", "In our view, every criterion is documented.", "x", "[still open]",
    "Please call us.", "This criterion is not met.", "<script>alert(1)</script>", "REF-99", "Sincerely,",
)  # fmt: skip


@cache
def drafted(chart: str = CHART, kind: LetterKind = LetterKind.LEVEL_1) -> tuple[Letter, Matter]:
    """A letter about a chart, and its matter."""
    matter = matter_of(report_on(chart, stage="trial"), reasons_by_hand([REASON]))
    return compose(matter, kind), matter


def find(letter: Letter, *kinds: Kind, shape: str = "") -> Row:
    """The first row of one of the kinds."""
    return next(each for each in rows(letter) if each.sentence.kind in kinds and (not shape or each.shape == shape))


@pytest.mark.parametrize("kind", TEMPLATED)
@pytest.mark.parametrize("chart", ["stimulator-trial.txt", CHART])
def test_a_letter_comes_back_from_plain_values_exactly(chart: str, kind: LetterKind) -> None:
    letter, _ = drafted(chart, kind)
    assert load_letter(json.loads(json.dumps(dump_letter(letter)))) == letter


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_values_are_refused_and_never_become_another_letter(data: st.DataObject) -> None:
    letter, _ = drafted()
    told = json.loads(json.dumps(dump_letter(letter)))
    place = told["letter"]
    for _ in range(data.draw(st.integers(0, 6))):
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        inner = [place[key] for key in keys if isinstance(place[key], dict | list) and place[key]]
        if not inner:
            break
        place = data.draw(st.sampled_from(inner))
    key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else list(range(len(place)))))
    place[key] = data.draw(
        st.sampled_from([None, 7, True, {"is": "Letter"}, ["x"], 1.5]).filter(lambda v: v != place[key])
    )
    try:
        again = load_letter(told)
    except InputError:
        return
    assert dump_letter(again) == told  # the change was another value of the same type


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_sequence_of_edits_leaves_only_what_is_proven_argued_or_named_as_an_obstacle(data: st.DataObject) -> None:
    chart = data.draw(st.sampled_from(["stimulator-trial.txt", CHART]))
    letter, matter = drafted(chart)
    for _ in range(data.draw(st.integers(1, 6))):
        name = data.draw(st.sampled_from([each.id for each in rows(letter)]))
        doing = data.draw(st.sampled_from(["rewrite", "rewrite", "remove", "up", "down", "add", "exchange"]))
        text = data.draw(st.sampled_from(TEXTS))
        source = data.draw(st.sampled_from([None, *(each.sentence for each in choices(matter).values())]))
        try:
            if doing == "rewrite":
                letter = rewrite(letter, name, text, matter)
            elif doing == "remove":
                letter = remove(letter, name)
            elif doing == "add":
                letter, _ = add(letter, name, text if source is None else "", source, matter)
            elif doing == "exchange" and source is not None:
                letter = exchange(letter, name, source)
            else:
                letter, _ = move(letter, name, -1 if doing == "up" else 1)
        except UsageError:
            continue
    held = "\n".join(obstacles(letter, matter))
    for sentence in letter.sentences():
        # Every word that states a fact is one that was proven before anybody edited.
        if any(isinstance(each, QuoteSupport) for each in sentence.supports):
            assert not list(faults_of(sentence, matter))
        if sentence.kind in FACTUAL:
            assert not list(faults_of(sentence, matter)), sentence.text
        if sentence.kind is Kind.ARGUMENT:
            assert sentence.text.startswith(ARGUMENT_LABEL)
            assert sentence.rests_on or "has no source" in held
        if sentence.kind is Kind.FORM:
            assert not claims(sentence.text) or sentence in drafted(chart)[0].sentences()
    everything = [each for each in letter.sentences() if "criteria of the policy are met" in each.text]
    unmet = [each for each in matter.report.gaps if each.criterion.id in letter.criteria]
    assert not (everything and unmet) or "speaks of it as met" in held
    assert load_letter(dump_letter(letter)) == letter


def test_words_of_a_source_cannot_be_changed_but_exchanged() -> None:
    letter, matter = drafted()
    row = find(letter, Kind.CHART)
    with pytest.raises(UsageError, match="not edited"):
        rewrite(letter, row.id, row.sentence.text + " Truly.", matter)
    other = next(
        c.sentence for key, c in choices(matter).items() if key.startswith("chart:") and c.sentence != row.sentence
    )
    changed = exchange(letter, row.id, other)
    assert row_of(changed, row.id).sentence == other
    assert row.sentence not in list(changed.sentences())  # arguments rest on the new words
    assert not unsupported(changed, matter)
    with pytest.raises(UsageError, match="only words of a source"):
        exchange(letter, find(letter, Kind.ARGUMENT).id, other)


def test_a_record_stays_one_only_while_every_word_of_it_was_there() -> None:
    letter, matter = drafted()
    row = next(each for each in rows(letter) if each.sentence.kind is Kind.RECORD and len(each.sentence.text) > 30)
    more = rewrite(letter, row.id, row.sentence.text + " Everything is documented.", matter)
    changed = row_of(more, row.id).sentence
    assert changed.kind is Kind.ARGUMENT
    assert changed.rests_on == (row.sentence,)
    same = rewrite(letter, row.id, f"  {row.sentence.text}  ", matter)
    assert same == letter


def test_a_gap_is_filled_by_a_person_with_a_value_and_never_with_a_claim() -> None:
    matter = matter_of(report_on(CHART, stage="trial"), reasons_by_hand([REASON]), fields=())
    letter = compose(matter, LetterKind.LEVEL_1)
    row = next(each for each in rows(letter) if each.sentence.kind is Kind.GAP and each.name == "Member number")
    filled = row_of(rewrite(letter, row.id, "QC 12 345", matter), row.id).sentence
    assert (filled.kind, filled.supports[0].origin) == (Kind.RECORD, "person")  # type: ignore[union-attr]
    claimed = row_of(rewrite(letter, row.id, "all criteria are met", matter), row.id).sentence
    assert claimed.kind is Kind.ARGUMENT
    inside = next(
        each for each in rows(letter)
        if each.sentence.kind is Kind.GAP and "[" in each.sentence.text and not each.sentence.text.startswith("[")
    )  # fmt: skip
    day = inside.sentence.text.replace("[date of the payer's decision]", "2026-08-05")
    whole = row_of(rewrite(letter, inside.id, day, matter), inside.id).sentence
    assert whole.kind is (Kind.GAP if "[" in day else Kind.RECORD)
    assert not list(faults_of(whole, matter))


def test_a_criterion_that_is_open_cannot_be_argued_as_met() -> None:
    letter, matter = drafted("stimulator-trial.txt")
    open_one = next(each for each in matter.report.gaps if each.criterion.id in letter.criteria)
    source = choices(matter)[
        next(key for key in choices(matter) if key.startswith("policy:") and f":{open_one.criterion.id}" in key)
    ].sentence
    said, name = add(letter, rows(letter)[-1].id, "this criterion is met by the records enclosed.", source, matter)
    assert row_of(said, name).sentence.kind is Kind.ARGUMENT
    assert (open_one.criterion.id, "an argument speaks of it as met, and it is not") in list(overclaims(said, matter))
    honest, _ = add(
        letter, rows(letter)[-1].id, "this criterion is not met, and we ask for an exception.", source, matter
    )
    assert list(overclaims(honest, matter)) == list(overclaims(letter, matter)) == []


def test_evidence_that_a_person_turned_down_after_the_draft_keeps_the_letter_from_being_final() -> None:
    letter, matter = drafted()
    decided = dict(all_confirmed(letter, matter).by_criterion)
    name = next(
        s.criterion
        for each in rows(letter)
        for s in each.sentence.supports
        if isinstance(s, QuoteSupport) and s.criterion
    )
    decided[name] = Disposition(name, DispositionState.REJECTED, "Elena Moreno, MD", date(2026, 8, 9))
    against = obstacles(letter, replace(matter, dispositions=Dispositions(decided, matter.report.document.sha256)))
    assert any(name in line and "did not accept" in line for line in against)
    assert any(name in line and "speaks of it as met" in line for line in against)


def test_words_of_the_chart_are_found_once_or_refused() -> None:
    _, matter = drafted()
    text = matter.report.document.text
    words = next(line for line in text.splitlines() if len(line) > 40 and text.count(line.strip()) == 1).strip()
    assert not list(faults_of(words_of_chart(matter, words), matter))
    for wrong, says in (("too few", "too few"), ("words that nobody wrote here", "do not stand")):
        with pytest.raises(UsageError, match=says):
            words_of_chart(matter, wrong)


def test_moving_out_of_a_paragraph_and_back_loses_nothing() -> None:
    letter, _ = drafted()
    before = sorted(each.sentence.text for each in rows(letter))
    for row in rows(letter):
        for step in (-1, 1):
            moved, name = move(letter, row.id, step)
            assert sorted(each.sentence.text for each in rows(moved)) == before
            assert row_of(moved, name).sentence == row.sentence


def test_bad_edits_say_what_is_wrong() -> None:
    letter, matter = drafted()
    row = find(letter, Kind.ARGUMENT)
    for text, says in (("  ", "no words"), ("x" * 4001, "more than 4000")):
        with pytest.raises(UsageError, match=says):
            rewrite(letter, row.id, text, matter)
    with pytest.raises(UsageError, match="no longer"):
        rewrite(letter, "999.0.0", "x", matter)
    with pytest.raises(UsageError, match="neither"):
        add(letter, row.id, " ", None, matter)
    assert basis_of(letter, row.id)
