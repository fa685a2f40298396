"""Values: classes of fields that never change, made quickly when the program starts."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import replace as replaced

__all__ = ["ordered_value", "replaced", "value"]

Value = TypeVar("Value")


@dataclass_transform(frozen_default=True)
def value(cls: type[Value]) -> type[Value]:
    """Make a class of its annotated fields: frozen, slotted, equal and hashed by what they hold.

    This is `dataclass(frozen=True, slots=True)` in an eighth of its time, which counts: the first
    frame of the window needs some fifty of them. There is no `field`, and no field is inherited;
    a default belongs to all instances, so nobody may change it. `dataclasses.replace` works.
    """
    return _made(cls, {})


@dataclass_transform(frozen_default=True, order_default=True)
def ordered_value(cls: type[Value]) -> type[Value]:
    """Make a `value` whose instances are ordered by their fields, the first counting most."""
    key = _key_of(tuple(cls.__annotations__))

    def comparison(compare: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
        def compared(self: object, other: object) -> bool:
            return compare(key(self), key(other)) if type(other) is type(self) else NotImplemented

        return compared

    return _made(
        cls,
        {
            "__lt__": comparison(operator.lt),
            "__le__": comparison(operator.le),
            "__gt__": comparison(operator.gt),
            "__ge__": comparison(operator.ge),
        },
    )


if not TYPE_CHECKING:  # checkers know which fields the one of dataclasses takes

    def replaced(of, /, **changes):
        """Return a value like `of` but for these fields."""
        return type(of)(**{name: getattr(of, name) for name in of.__match_args__} | changes)


def _made(cls: type[Value], more: Mapping[str, object]) -> type[Value]:
    """Make the class anew: slots can't be given to one that is there already."""
    names = tuple(cls.__annotations__)
    key = _key_of(names)
    given = dict(cls.__dict__)
    defaults = {name: given.pop(name) for name in names if name in given}
    for name in ("__dict__", "__weakref__"):
        given.pop(name, None)

    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if type(other) is type(self) else NotImplemented

    def hashed(self: object) -> int:
        return hash(key(self))

    members = {
        "__init__": _initialiser(names, defaults),
        "__eq__": equal,
        "__hash__": hashed,
        "__repr__": _repr,
        "__reduce__": _reduce,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__dataclass_fields__": _FIELDS,
        "__match_args__": names,
        "__slots__": names,
        "__qualname__": cls.__qualname__,
    }
    metaclass: Any = type(cls)
    made = metaclass(cls.__name__, cls.__bases__, {**members, **more, **given})
    return cast(type[Value], made)


class _Fields:
    """Lets `dataclasses.replace`, `fields` and `asdict` take values too, for code in no hurry."""

    def __get__(self, _value: object, cls: type) -> object:
        import dataclasses

        alike = dataclasses.make_dataclass(cls.__name__, cls.__annotations__.items())
        fields = {field.name: field for field in dataclasses.fields(alike)}
        # Kept: it takes half a millisecond, and importers replace fields of every block.
        cls.__dataclass_fields__ = fields  # type: ignore[attr-defined]
        return fields


_FIELDS = _Fields()


def _key_of(names: tuple[str, ...]) -> Callable[[object], Any]:
    """Return what gives the contents of the fields, to compare and to hash."""
    return operator.attrgetter(*names) if names else lambda _value: ()


def _initialiser(names: tuple[str, ...], defaults: Mapping[str, object]) -> object:
    """Return an `__init__` written out: one that goes through its arguments is slow."""
    first_default = len(names) - len(defaults)
    if any(name in defaults for name in names[:first_default]):
        raise TypeError("a field without a default follows one that has one")
    code, places = _written(len(names))
    named = dict(zip(places, names, strict=True))
    ours = code.replace(
        co_varnames=("self", *names),
        co_consts=tuple(named.get(constant, constant) for constant in code.co_consts),
    )
    given = tuple(defaults[name] for name in names[first_default:])
    return FunctionType(ours, {"set_field": object.__setattr__}, "__init__", given)


@cache
def _written(count: int) -> tuple[CodeType, list[str]]:
    """Return an `__init__` with this many fields, and what stands in the places of their names.

    It is compiled once for all classes with as many: for each of its own would take ten times
    as long.
    """
    names = [f"field {number}" for number in range(count)]
    lines = [f" set_field(self, {name!r}, f{number})" for number, name in enumerate(names)]
    parameters = ", ".join(("self", *(f"f{number}" for number in range(count))))
    made: dict[str, Any] = {}
    exec("\n".join([f"def __init__({parameters}):", *(lines or [" pass"])]), made)
    return made["__init__"].__code__, names


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({fields})"


def _reduce(self: Any) -> tuple[object, ...]:
    return type(self), tuple(getattr(self, name) for name in self.__match_args__)


def _refuse(self: object, name: str, _new: object = None) -> NoReturn:
    raise AttributeError(f"{type(self).__qualname__}.{name} never changes")
