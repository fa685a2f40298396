"""Values behave as frozen, slotted dataclasses do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from reader.values import ordered_value, replaced, value


@value
class Note:
    """A note."""

    title: str
    count: int = 1
    links: Mapping[str, int] = MappingProxyType({})

    @property
    def is_many(self) -> bool:
        """Whether it counts for more than one."""
        return self.count > 1


@ordered_value
class Spot:
    """A place in a text."""

    section: int
    offset: int = 0


@value
class Nothing:
    """Holds nothing."""


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Twin:
    """What `Spot` is to behave like."""

    section: int
    offset: int = 0


def test_fields_are_given_by_place_or_name_and_defaults_hold() -> None:
    assert Note("a", 2).count == 2
    note = Note(title="a")
    assert (note.title, note.count, note.links) == ("a", 1, {})
    assert note.is_many is False


@pytest.mark.parametrize("given", [(), (1, 2, 3)])
def test_too_few_or_too_many_fields_are_refused(given: tuple[int, ...]) -> None:
    make: Any = Spot
    with pytest.raises(TypeError):
        make(*given)


def test_fields_with_defaults_come_last() -> None:
    wrong = type("Wrong", (), {"__annotations__": {"title": str, "count": int}, "title": ""})
    with pytest.raises(TypeError, match="default"):
        value(wrong)


def test_nothing_of_a_value_can_be_changed_or_added() -> None:
    note: Any = Note("a")
    with pytest.raises(AttributeError):
        note.title = "b"
    with pytest.raises(AttributeError):
        note.other = "b"
    with pytest.raises(AttributeError):
        del note.title
    assert not hasattr(note, "__dict__")


def test_values_are_equal_and_hashed_by_what_they_hold_and_what_they_are() -> None:
    assert Note("a") == Note("a", 1)
    assert Note("a") != Note("b")
    assert hash(Spot(1, 2)) == hash(Spot(1, 2))
    assert {Spot(1, 2), Spot(1, 2), Spot(1, 3)} == {Spot(1, 2), Spot(1, 3)}
    different: object = Twin(1, 2)
    assert Spot(1, 2) != different
    assert Nothing() == Nothing()


def test_order_goes_by_the_fields_in_turn() -> None:
    spots = [Spot(2, 0), Spot(1, 5), Spot(1, 2)]
    assert sorted(spots) == [Spot(1, 2), Spot(1, 5), Spot(2, 0)]
    assert Spot(1, 2) <= Spot(1, 2) >= Spot(1, 2)
    assert not Spot(1, 2) < Spot(1, 2)
    assert Spot(1, 3) > Spot(1, 2)
    spot: Any = Spot(1, 2)
    with pytest.raises(TypeError):
        assert spot < Twin(1, 3)


def test_it_shows_what_it_holds() -> None:
    assert repr(Spot(1, 2)) == "Spot(section=1, offset=2)"
    assert repr(Spot(1, 2)) == repr(Twin(1, 2)).replace("Twin", "Spot")


def test_a_pattern_takes_it_apart() -> None:
    match Spot(3, 4):
        case Spot(section, offset=4):
            assert section == 3
        case _:
            pytest.fail("not taken apart")


def test_one_like_it_but_for_a_field() -> None:
    assert replaced(Note("a", 5), title="b") == Note("b", 5)
    assert dataclasses.replace(Note("a", 5), title="b") == Note("b", 5)
    wrong: dict[str, Any] = {"other": 1}
    with pytest.raises(TypeError):
        replaced(Spot(1), **wrong)


def test_dataclasses_know_its_fields() -> None:
    assert [field.name for field in dataclasses.fields(Note)] == ["title", "count", "links"]
    assert dataclasses.asdict(Spot(1, 2)) == {"section": 1, "offset": 2}


def test_it_goes_through_copies_and_pickles() -> None:
    for copied in (copy.copy(Spot(1, 2)), copy.deepcopy(Spot(1, 2))):
        assert copied == Spot(1, 2)
    assert pickle.loads(pickle.dumps(Spot(1, 2))) == Spot(1, 2)


def test_fields_for_dataclasses_are_made_once() -> None:
    assert Note.__dataclass_fields__ is Note.__dataclass_fields__
