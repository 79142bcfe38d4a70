"""The note cut into pieces: nothing is lost, and every piece knows what covers it."""

from hypothesis import given
from hypothesis import strategies as st

from praxigen.exports.highlight import Mark, Use, lines, spans
from praxigen.model.document import Document, Quote


def use(text: str, start: int, end: int, mark: Mark = Mark.SHOWS, anchor: str = "c1") -> Use:
    return Use(Quote("note", start, end, text[start:end]), mark, anchor, anchor[1:], "says")


@st.composite
def notes(draw: st.DrawFn) -> tuple[str, list[Use]]:
    text = draw(st.text(alphabet="ab \n\r<", min_size=1, max_size=40))
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda place: place[0] < place[1])
    found = draw(st.lists(st.tuples(places, st.sampled_from(list(Mark)), st.sampled_from(["c1", "c2"])), max_size=6))
    return text, [use(text, *place, mark=mark, anchor=anchor) for place, mark, anchor in found]


@given(notes())
def test_the_pieces_are_the_text(made: tuple[str, list[Use]]) -> None:
    text, uses = made
    cut = list(lines(Document("note", text), spans(uses)))
    assert "\n".join("".join(piece.text for piece in line) for line in cut) == text.removesuffix("\n")


@given(notes())
def test_what_a_quote_covers_is_marked_and_nothing_else(made: tuple[str, list[Use]]) -> None:
    text, uses = made
    covered = {at for each in uses for at in range(each.quote.start, each.quote.end)}
    at = 0
    for line in lines(Document("note", text), spans(uses)):
        for piece in line:
            for place in range(at, at + len(piece.text)):
                assert (place in covered) == (piece.mark is not None)
            at += len(piece.text)
        at += 1


@given(notes())
def test_every_span_begins_once_unless_it_begins_between_lines(made: tuple[str, list[Use]]) -> None:
    text, uses = made
    marked = spans(uses)
    begun = [name for line in lines(Document("note", text), marked) for piece in line for name in piece.begins]
    assert sorted(begun) == sorted(span.id for span in marked if text[span.start] != "\n")


def test_overlapping_quotes_share_their_middle() -> None:
    text = "pain in the left leg after surgery"
    marked = spans([use(text, 0, 20, anchor="c1"), use(text, 12, 34, Mark.NEAR, anchor="c2")])
    (line,) = lines(Document("note", text), marked)
    assert [(piece.text, piece.mark, piece.spans) for piece in line] == [
        ("pain in the ", Mark.SHOWS, ("q1",)),
        ("left leg", Mark.SHOWS, ("q1", "q2")),
        (" after surgery", Mark.NEAR, ("q2",)),
    ]
    assert [[each.anchor for each in piece.uses] for piece in line] == [[], ["c1"], ["c2"]]


def test_one_place_used_twice_is_one_span() -> None:
    text = "pain"
    (span,) = spans([use(text, 0, 4, anchor="c1"), use(text, 0, 4, anchor="c2"), use(text, 0, 4, anchor="c1")])
    assert [each.anchor for each in span.uses] == ["c1", "c2"]


def test_what_speaks_against_decides_the_look() -> None:
    text = "pain"
    (line,) = lines(Document("note", text), spans([use(text, 0, 4), use(text, 1, 3, Mark.AGAINST)]))
    assert [piece.mark for piece in line] == [Mark.SHOWS, Mark.AGAINST, Mark.SHOWS]
