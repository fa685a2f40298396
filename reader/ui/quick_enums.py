"""Makes PySide's enumerations in a third of the time that Python takes for them.

WORKAROUND(enum of Python 3.11 to 3.13, PySide6 6.11): whoever touches a class of PySide's gets all
its enumerations made. The first frame touches 190 of them with 3,000 members, most of them in `Qt`.
Python's own way looks up a dozen attributes of the class for each member, and forgets them all as
each is put in: a fifth of the instructions of a start. Here a class without members is made in
Python's own way, once for each kind; the others are copies of it with their members put in.
Whatever isn't as plain as PySide's enumerations are is left to Python.

It can go when `python -m tests.benchmarks start` gives the same figures without it. Until somebody
has tried them, newer Pythons make enumerations in their own way (`_UNTRIED`).
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

_UNTRIED = (3, 14)
"""The first Python whose enumerations may be made of something else."""

_in_python_s_own_way: Callable[..., enum.EnumType] = vars(enum.EnumType)["_create_"]


def make_enums_quickly() -> None:
    """Make enumerations that are called for with their members quickly from now on."""
    if sys.version_info < _UNTRIED:
        type.__setattr__(enum.EnumType, "_create_", _create)


def _create(
    kind: enum.EnumType,
    class_name: str,
    names: Any,
    *,
    boundary: enum.FlagBoundary | None = None,
    **more: Any,
) -> enum.EnumType:
    """Do what the method of this name does, which `Flag("Name", [("ONE", 1)])` calls."""
    if any(more.get(given) is not None for given in ("module", "qualname", "type")) or not (
        boundary is enum.FlagBoundary.KEEP and type(names) is list and _are_plain(kind, names)
    ):
        return _in_python_s_own_way(kind, class_name, names, boundary=boundary, **more)
    body = {
        key: type(held)() if type(held) in (list, dict, set) else held
        for key, held in _without_members(kind).items()
    }
    made = type.__new__(enum.EnumType, class_name, (kind,), body)
    _put_in(made, names)
    return made


def _are_plain(kind: enum.EnumType, members: list[Any]) -> bool:
    """Whether they are names with numbers, and none is that of what each enumeration has."""
    taken = _names_taken(kind)
    least = 0 if issubclass(kind, enum.Flag) else -(2**63)
    for member in members:
        if type(member) is not tuple or len(member) != 2:
            return False
        name, value = member
        if type(value) is not int or value < least or name in taken or name.startswith("_"):
            return False
    return True


@cache
def _names_taken(kind: enum.EnumType) -> frozenset[str]:
    return frozenset(name for base in kind.__mro__ for name in vars(base))


@cache
def _without_members(kind: enum.EnumType) -> dict[str, Any]:
    """Return the attributes of an enumeration of `kind` that has no members."""
    body = dict(vars(_in_python_s_own_way(kind, "Empty", [], boundary=enum.FlagBoundary.KEEP)))
    for name in ("__dict__", "__weakref__"):
        body.pop(name, None)
    return body


def _put_in(made: Any, members: list[tuple[str, int]]) -> None:
    """Put its members into an enumeration without any."""
    new, is_number = made._new_member_, made._member_type_ is int
    is_flag = issubclass(made, enum.Flag)
    names, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    put = type.__setattr__  # EnumType's own looks whether a member is overwritten
    for name, value in members:
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = new(made, value) if is_number else new(made)
            own = {"_value_": value, "_name_": name, "__objclass__": made}
            member.__dict__.update(own, _sort_order_=len(names))
            if not is_flag or _is_single_bit(value):  # else it is several of the others together
                names.append(name)
        by_name[name] = member
        put(made, name, member)
    if is_flag:
        _tell_bits(made, list(by_value))


def _tell_bits(made: Any, values: list[int]) -> None:
    """Tell a flag which bits its members have."""
    bits = singles = 0
    for value in values:
        bits |= value
        if _is_single_bit(value):
            singles |= value
    type.__setattr__(made, "_flag_mask_", bits)
    type.__setattr__(made, "_singles_mask_", singles)
    type.__setattr__(made, "_all_bits_", 2 ** bits.bit_length() - 1)
    in_order = [value for value in values if _is_single_bit(value)]
    if in_order != sorted(in_order):
        type.__setattr__(made, "_iter_member_", made._iter_member_by_def_)


def _is_single_bit(value: int) -> bool:
    return value > 0 and not value & (value - 1)
