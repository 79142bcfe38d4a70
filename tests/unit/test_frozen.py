"""Frozen values are the dataclasses that they stand for, made in less time."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace

import pytest

from praxigen.model.frozen import frozen


@frozen
class Made:
    """A value."""

    name: str
    size: int = 3
    parts: list[str] = field(default_factory=list)
    note: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Plain:
    """The same, as the library makes it."""

    name: str
    size: int = 3
    parts: list[str] = field(default_factory=list)
    note: str = field(default="", repr=False, compare=False)


@frozen
class One:
    """A value with one field."""

    only: tuple[int, ...]


def test_a_value_is_the_dataclass_that_it_stands_for() -> None:
    for made, plain in ((Made("a"), Plain("a")), (Made("a", 4, ["b"], note="c"), Plain("a", 4, ["b"], note="c"))):
        assert repr(made) == repr(plain).replace("Plain", "Made")
        assert asdict(made) == asdict(plain)
        assert [each.name for each in fields(made)] == [each.name for each in fields(plain)]
    assert Made.__match_args__ == Plain.__match_args__
    assert not hasattr(Made("a"), "__dict__")
    assert is_dataclass(Made)


def test_values_are_equal_by_their_fields() -> None:
    assert Made("a") == Made("a", note="left out")
    assert Made("a") != Made("b")
    assert Made("a") != Plain("a")  # type: ignore[comparison-overlap]  # which is the point
    assert One((1,)) == One((1,))
    assert hash(One((1,))) == hash(One((1,)))
    assert {One((1,)), One((1,)), One((2,))} == {One((1,)), One((2,))}
    with pytest.raises(TypeError):
        hash(Made("a"))  # it holds a list


def test_a_value_cannot_be_changed() -> None:
    made = Made("a")
    with pytest.raises(FrozenInstanceError, match="cannot change field 'name' of Made"):
        made.name = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.name
    with pytest.raises(FrozenInstanceError):
        made.other = 1  # type: ignore[attr-defined]
    assert replace(made, name="b") == Made("b")


def test_each_value_has_parts_of_its_own() -> None:
    first, second = Made("a"), Made("a")
    first.parts.append("x")
    assert second.parts == []


@pytest.mark.parametrize("arguments", [(), ("a", 1, [], "", "too many")])
def test_wrong_fields_are_refused(arguments: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Made(*arguments)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Made("a", colour="red")  # type: ignore[call-arg]


def test_a_value_can_be_copied_and_sent_to_another_process() -> None:
    made = Made("a", 4, ["b"], "c")
    for again in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):  # noqa: S301  # our own
        assert again == made
        assert again.note == "c"
