"""Paths and values as the graph writes them, evaluated where the fold stands."""

from __future__ import annotations

from engine.model.facts import Absent, Redacted
from engine.precedence.state import Place
from engine.precedence.values import (
    Hole,
    Mixed,
    concat,
    hole_about,
    is_empty,
    text_of,
    unknown_as,
    why_not,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.model.json_value import JsonObject
    from engine.precedence.interpreter import Interpreter
    from engine.precedence.state import State
    from engine.precedence.values import Text


def evaluate_expression(  # noqa: C901 - one branch for each form
    expression: Any, state: State, interpreter: Interpreter, process: JsonObject
) -> Text | None:
    """Give what an expression stands for; None for what is not set."""
    if expression is None:
        return None
    if isinstance(expression, Redacted):
        return text_of(expression)
    if not isinstance(expression, dict):
        return _with_home(str(expression), state, interpreter)
    if "join" in expression:
        parts = [evaluate_expression(p, state, interpreter, process) for p in expression["join"]]
        return _joined(parts)
    if "env" in expression:
        return _variable(expression, state, interpreter, process)
    if "expand" in expression:
        text = evaluate_expression(expression["expand"], state, interpreter, process)
        tilde = bool(expression.get("tilde"))
        return None if text is None else _expanded(text, state, interpreter, tilde=tilde)
    if "command" in expression:
        name = evaluate_expression(expression["command"], state, interpreter, process)
        return interpreter.command_path(name, state) if isinstance(name, str) else name
    if "program" in expression:
        return interpreter.launch.setting(expression["program"], expression["setting"], state)[0]
    if "some" in expression:
        place = Place(source=interpreter.source, process=interpreter.launch.process)
        some = unknown_as(Hole("opaque", "a program sets it by itself", place, is_some=True))
        return concat((expression.get("starts") or "", some, expression.get("ends") or ""))
    if "fact" in expression:
        return _fact(expression["fact"], interpreter, process)
    if "literal" in expression:
        return str(expression["literal"])
    return unknown_as(Hole("unsupported", f"the expression {sorted(expression)}"))


def _with_home(text: str, state: State, interpreter: Interpreter) -> Text:
    if text != "~" and not text.startswith("~/"):
        return text
    variable = state.variable("HOME")
    home = variable.scalar()
    if home is None or (home == "" and variable.is_set):
        found = interpreter.world.fact("user", "home")
        home = found if isinstance(found, str) else unknown_as(_hole(found, "the home"))
    return concat((home, text[1:]))


def _joined(parts: list[Text | None]) -> Text | None:
    texts = [part for part in parts if part is not None]
    if len(texts) < len(parts):
        return None
    pieces: list[Text] = []
    for number, part in enumerate(texts):
        last = pieces[-1] if pieces else ""
        slash = number and not (isinstance(last, str) and last.endswith("/"))
        pieces += ["/"] if slash else []
        pieces.append(part.lstrip("/") if number and isinstance(part, str) else part)
    return concat(pieces)


def _variable(
    expression: JsonObject, state: State, interpreter: Interpreter, process: JsonObject
) -> Text | None:
    variable = state.variable(expression["env"])
    value = variable.scalar()
    if isinstance(value, Mixed) and (variable.is_set is None or is_empty(value) is None):
        return unknown_as(why_not(value))
    if value or (value == "" and variable.is_set and not expression.get("empty_is_unset")):
        return value
    return evaluate_expression(expression.get("else"), state, interpreter, process)


def _expanded(text: Text, state: State, interpreter: Interpreter, *, tilde: bool) -> Text:
    """Expand parameters and commands in a text, as bash does with BASH_ENV."""
    if isinstance(text, Mixed):
        return text
    if tilde and (text == "~" or text.startswith("~/")):
        return _with_home(text, state, interpreter)
    if "$" not in text and "`" not in text:
        return text
    script = interpreter.world.snippet(f': "{text}"', interpreter.syntax)
    if isinstance(script, Absent):
        return unknown_as(hole_about(text, script))
    words = script[0][3] if script and script[0][0] == "cmd" else []
    if len(words) != 2:  # noqa: PLR2004
        return unknown_as(Hole("unsupported", f"`{text}` is no simple text"))
    return interpreter.text(words[1], state, 0)


def _fact(steps: Any, interpreter: Interpreter, process: JsonObject) -> Text | None:
    path = [steps] if isinstance(steps, str) else list(steps)
    if path[:1] == ["process"] or path[:1] == ["user"]:
        # The process's own: what it was started as, and the account that it runs for.
        value: Any = process if path[0] == "process" else interpreter.launch.user
        for step in path[1:]:
            value = value.get(step) if isinstance(value, dict) else None
        if value is None and path[0] == "user":
            value = Absent("not_collected", f"`{'.'.join(map(str, path))}` is not known")
    else:
        value = interpreter.launch.fact(*map(str, path))
    if value is None:
        return None
    if isinstance(value, Absent):
        return unknown_as(_hole(value, ".".join(map(str, path))))
    if isinstance(value, list):
        return ":".join(map(str, value))
    if isinstance(value, Redacted):
        return text_of(value)
    return str(value)


def _hole(found: Any, what: str) -> Hole:
    if isinstance(found, Absent):
        return Hole(found.cause, found.detail or f"{what} is not known")
    return Hole("wrong_type", f"{what} is no text")
