"""Expressions and names of the precedence graph to the JSON of a plan."""

from __future__ import annotations

from engine.errors import did_you_mean
from engine.model import conditions as c
from engine.model import graph as g
from engine.precedence.programs import program_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.compile.bind import Binder
    from engine.model.json_value import Json, JsonObject


def compiled_expression(  # noqa: C901 - one case for each form
    expression: g.Value, binder: Binder
) -> Json:
    """Give the JSON of an expression, or of what a variable is set to."""
    match expression:
        case c.Literal(value=text):
            return text
        case c.FactRef(steps=steps):
            return {"fact": list(steps)}
        case c.ParamRef():
            return _parameter(expression, binder)
        case g.Joined(parts=parts):
            return {"join": [compiled_expression(part, binder) for part in parts]}
        case g.Variable():
            return _variable(expression, binder)
        case g.Expanded(text=inner, tilde=tilde):
            return {"expand": compiled_expression(inner, binder), "tilde": tilde}
        case g.Command(name=inner):
            return {"command": compiled_expression(inner, binder)}
        case g.Asked():
            return _asked(expression, binder)
        case g.SomeText(starts=starts, ends=ends):
            return {"some": "text", "starts": starts, "ends": ends}
        case g.Counter(name=name):
            return {"count": name}
        case _:
            return {"unset": True}


def _asked(asked: g.Asked, binder: Binder) -> Json:
    known = program_names()
    if asked.program not in known:
        advice = did_you_mean(asked.program, known) or f"there are {', '.join(known)}"
        binder.complain(f"unknown program `{asked.program}`", asked.place, advice)
    return {"program": asked.program, "setting": asked.setting}


def compiled_name(name: g.Name) -> Json:
    """Give the JSON of a variable's name, a pattern, or a fact that lists names."""
    return name if isinstance(name, str) else {"fact": list(name.steps)}


def _variable(variable: g.Variable, binder: Binder) -> JsonObject:
    made: JsonObject = {"env": variable.name}
    if variable.fallback is not None:
        made["else"] = compiled_expression(variable.fallback, binder)
    if variable.empty_is_unset:
        made["empty_is_unset"] = True
    return made


def _parameter(parameter: c.ParamRef, binder: Binder) -> Json:
    node = binder.operand(parameter, ())
    value = node[1]
    if value is not None and not isinstance(value, str):
        binder.complain(f"the parameter `{parameter.name}` is no text", parameter.place)
    return value
