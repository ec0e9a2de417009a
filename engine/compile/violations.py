"""How a value leaves its schema, worded for people; what the value is, is never shown."""

from __future__ import annotations

from functools import lru_cache
from json import dumps, loads

from engine.compile.schema import types_of
from engine.errors import did_you_mean
from engine.model.facts import type_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeAlias

    from engine.model.json_value import Json, JsonObject

    Steps: TypeAlias = tuple[str | int, ...]

_TYPES = {
    "string": "a text",
    "boolean": "a truth value",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
    "null": "null",
}
_SHOWN = 12
_LONGEST = 60
_WHERE = "`engine list facts` shows what there is, and a pack declares its own under `facts`"


class Misfit:
    """What does not fit, at a value of a document or, with `of_key`, at its key."""

    __slots__ = ("advice", "of_key", "steps", "what")

    def __init__(
        self, steps: Steps, what: str, advice: str | None = None, *, of_key: bool = False
    ) -> None:
        """Take the steps that lead there, and the words."""
        self.steps = steps
        self.what = what
        self.advice = advice
        self.of_key = of_key


def violations(schema: Json, value: Json, steps: Steps = ()) -> Iterator[Misfit]:
    """Give everything in which a value leaves its schema; `steps` lead to the value."""
    try:
        for error in _validator(dumps(schema)).iter_errors(value):
            if not _is_a_text(error):
                yield _worded(error, (*steps, *error.absolute_path))
    except RecursionError:
        yield Misfit(steps, "it is nested too deeply to be checked")


@lru_cache(maxsize=64)
def _validator(text: str) -> Any:
    """Make a schema ready once for all documents: that of facts costs 100 ms."""
    from engine.operators._schemas import validator  # noqa: PLC0415 - 60 ms of jsonschema

    return validator(loads(text))


def unknown_name(name: str, known: Iterable[str], steps: Steps) -> Misfit:
    """Word that a name is not declared, with the one that may be meant."""
    names = list(known)
    advice = did_you_mean(name[:_LONGEST], names)
    if advice is None:
        advice = f"there are {_shown(names)}" if 0 < len(names) <= _SHOWN else _WHERE
    shown = name if len(name) <= _LONGEST else name[:_LONGEST] + "..."
    return Misfit(steps, f"nobody declares `{shown}`", advice, of_key=True)


def is_redacted(value: Json) -> bool:
    """Say whether a value is the marked mapping that stands for a text with secrets in it."""
    return isinstance(value, dict) and value.keys() == {"$redacted"}


def _is_a_text(error: Json) -> bool:
    """Say whether a redacted text is complained about for being written as a mapping."""
    if not is_redacted(error.instance) or not isinstance(error.schema, dict):
        return False
    wanted = error.schema.get("type", "string")
    return wanted == "string" or "string" in wanted


def _worded(error: Json, steps: Steps) -> Misfit:
    wanted = error.validator_value
    if error.validator == "type" or wanted == ["$redacted"]:
        return Misfit(steps, _wrong_type(error.instance, error.schema))
    if error.validator == "enum":
        words = [word for word in wanted if isinstance(word, str)]
        is_text = isinstance(error.instance, str)
        near = did_you_mean(error.instance[:_LONGEST], words) if is_text else None
        return Misfit(steps, f"it is none of {_shown(wanted)}", near)
    if error.validator == "minimum":
        return Misfit(steps, f"it is less than {dumps(wanted)}")
    if error.validator == "required":
        lacking = ", ".join(f"`{name}`" for name in wanted if name not in error.instance)
        return Misfit(steps, f"it lacks {lacking}")
    if error.validator == "additionalProperties":
        return unknown_name(str(steps[-1]), error.schema.get("properties", ()), steps)
    if error.validator == "const":
        return Misfit(steps, f"it is not {_shown([wanted])}")
    if error.validator is None:  # the schema is `false`
        return Misfit(steps, "nothing may stand here", "remove it")
    return Misfit(steps, f"it does not conform to `{error.validator}: {dumps(wanted)[:80]}`")


def _wrong_type(value: Json, schema: JsonObject) -> str:
    declared = {"type": schema.get("type", "string"), "required": schema.get("required")}
    types = types_of(declared)
    words = " or ".join(_TYPES.get(kind, kind) for kind in types)
    given = "a number with a fraction" if isinstance(value, float) else type_in_words(value)
    return f"it is {given}, not {words}"


def _shown(values: Iterable[Json]) -> str:
    texts = (value if isinstance(value, str) else dumps(value) for value in values)
    return ", ".join(f"`{text}`" for text in texts)
