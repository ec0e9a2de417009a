"""Frozen, slotted values without the import cost of the standard library's `dataclasses`.

`dataclasses` pulls in `inspect` and costs about 11 ms, which a commit hook would pay on every run;
everything that a cached run needs is in this file. To a type checker a record *is* a frozen
dataclass.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar, dataclass_transform

    T = TypeVar("T")
else:

    def dataclass_transform(**_options: Any) -> Any:
        """Stand in for `typing.dataclass_transform`, which only type checkers read."""
        return lambda decorator: decorator


@dataclass_transform(frozen_default=True, eq_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a class of annotated fields into a frozen, slotted value compared by its fields."""
    fields = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063 - spares `inspect`
    defaults = {name: cls.__dict__[name] for name in fields if name in cls.__dict__}
    body = {
        name: value
        for name, value in cls.__dict__.items()
        if name not in defaults and name not in {"__dict__", "__weakref__"}
    }
    body |= {
        "__slots__": fields,
        "__match_args__": fields,
        "__init__": _first_initialiser(fields, defaults),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__eq__": _equal,
        "__hash__": _hash,
        "__reduce__": _reduce,
    }
    body.setdefault("__repr__", _represent)
    body["__qualname__"] = cls.__qualname__
    made: type[T] = type(cls.__name__, cls.__bases__, body)
    return made


def replace(value: T, /, **changes: Any) -> T:
    """Give back a copy of a record in which some fields are others."""
    fields: tuple[str, ...] = type(value).__slots__  # type: ignore[attr-defined]
    return type(value)(**{name: getattr(value, name) for name in fields} | changes)


def _first_initialiser(fields: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """Give an `__init__` that makes the real one when the first value is made.

    Making one takes 80 us, and a run makes values of a third of all records.
    """

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807 - it becomes a method
        cls = type(self)
        cls.__init__ = _initialiser(cls.__name__, fields, defaults)
        cls.__init__(self, *given, **named)

    return __init__


def _initialiser(name: str, fields: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    parameters = [
        f"{field}=_defaults[{field!r}]" if field in defaults else field for field in fields
    ]
    lines = [f"  _set(self, {field!r}, {field})" for field in fields] or ["  pass"]
    source = f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines)
    scope: dict[str, Any] = {"_set": object.__setattr__, "_defaults": defaults}
    # Field names come from our own class bodies, never from a document.
    exec(source, scope)  # noqa: S102
    scope["__init__"].__qualname__ = f"{name}.__init__"
    return scope["__init__"]


def _values(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in type(value).__slots__)


def _refuse(self: Any, name: str, *_value: Any) -> None:
    message = f"{type(self).__name__} is frozen: cannot change `{name}`"
    raise AttributeError(message)


def _equal(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash((type(self).__name__, _values(self)))


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), _values(self)


def _represent(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self).__slots__)
    return f"{type(self).__name__}({shown})"
