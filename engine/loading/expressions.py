"""Expressions of the precedence graph: paths and values that a process has to work out."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from engine.loading.complaints import each, refuse
from engine.loading.fields import fields, listed, text_of
from engine.loading.graph_documents import VARIABLE
from engine.loading.nodes import plain, shown
from engine.loading.operands import fact
from engine.model.conditions import Literal, ParamRef
from engine.model.graph import Asked, Command, Counter, Expanded, Joined, SomeText, Unset, Variable

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.graph import Expression, Name, Value

_ADVICE = (
    "write a text, `{env: NAME}`, `{join: [...]}`, `{expand: ...}`, `{fact: path}` or "
    "`{param: name}`"
)
_VARIABLE = re.compile(VARIABLE)


def expression(node: Node, scope: Scope) -> Expression:
    """Read a text that may depend on the process."""
    if isinstance(node.value, str):
        return Literal(node.value, node.place)
    key = next((form for form in _FORMS if form in node.entries), None)
    if key is not None:
        return _FORMS[key](node, scope)
    return refuse(
        f"a text or a reference is expected here, got {shown(plain(node))}", node.place, _ADVICE
    )


def value(node: Node, scope: Scope) -> Value:
    """Read what a source sets a variable to."""
    for key, make in _VALUES.items():
        if key in node.entries:
            return make(fields(node, f"`{key}`", (key,), ())[key])
    return expression(node, scope)


def name(node: Node, scope: Scope) -> Name:
    """Read the name of a variable, a pattern of names, or the path of a fact that lists them."""
    if isinstance(node.value, str):
        return node.value
    if "fact" in node.entries:
        return fact(fields(node, "`fact`", ("fact",), ())["fact"], scope)
    what = f"the name of a variable is expected here, got {shown(plain(node))}"
    return refuse(what, node.place, "write it, or `{fact: path}` of a list of names")


def variable_name(node: Node, what: str) -> str:
    """Give the name of one variable."""
    text = text_of(node, what)
    if not _VARIABLE.match(text):
        refuse(f"{what} expects the name of a variable, got {shown(text)}", node.place)
    return text


def _env(node: Node, scope: Scope) -> Variable:
    entries = fields(node, "`env`", ("env",), ("else", "empty_is_unset"))
    other = entries.get("else")
    return Variable(
        variable_name(entries["env"], "`env`"),
        None if other is None else expression(other, scope),
        "empty_is_unset" in entries and switch(entries["empty_is_unset"], "`empty_is_unset`"),
        node.place,
    )


def _join(node: Node, scope: Scope) -> Joined:
    parts = fields(node, "`join`", ("join",), ())["join"]
    return Joined(each(partial(expression, scope=scope), listed(parts, "`join`")), node.place)


def _expand(node: Node, scope: Scope) -> Expanded:
    entries = fields(node, "`expand`", ("expand",), ("tilde",))
    tilde = "tilde" not in entries or switch(entries["tilde"], "`tilde`")
    return Expanded(expression(entries["expand"], scope), tilde, node.place)


def _command(node: Node, scope: Scope) -> Command:
    name = fields(node, "`command`", ("command",), ())["command"]
    return Command(expression(name, scope), node.place)


def _program(node: Node, _scope: Scope) -> Asked:
    entries = fields(node, "`program`", ("program", "setting"), ())
    setting = variable_name(entries["setting"], "`setting`")
    return Asked(text_of(entries["program"], "`program`"), setting, entries["program"].place)


def _fact(node: Node, scope: Scope) -> Expression:
    return fact(fields(node, "`fact`", ("fact",), ())["fact"], scope)


def _param(node: Node, _scope: Scope) -> ParamRef:
    written = fields(node, "`param`", ("param",), ())["param"]
    return ParamRef(text_of(written, "`param`"), node.place)


_FORMS: dict[str, Callable[[Node, Scope], Expression]] = {
    "env": _env,
    "join": _join,
    "expand": _expand,
    "command": _command,
    "program": _program,
    "fact": _fact,
    "param": _param,
}


def _some(node: Node) -> SomeText:
    if node.value == "text":
        return SomeText("", "", node.place)
    if not isinstance(node.value, str) or node.value.count("*") != 1:
        wanted = "`text`, or a text with one `*`"
        refuse(f"`some` expects {wanted}, got {shown(plain(node))}", node.place)
    starts, _, ends = node.value.partition("*")
    return SomeText(starts, ends, node.place)


def _count(node: Node) -> Counter:
    return Counter(variable_name(node, "`count`"), node.place)


def _unset(node: Node) -> Unset:
    if node.value is not True:
        refuse(f"`unset` expects `true`, got {shown(plain(node))}", node.place)
    return Unset(node.place)


_VALUES: dict[str, Callable[[Node], Value]] = {"some": _some, "count": _count, "unset": _unset}


def switch(node: Node, what: str) -> bool:
    """Give the truth value that a node is."""
    if not isinstance(node.value, bool):
        refuse(f"{what} expects `true` or `false`, got {shown(plain(node))}", node.place)
    return node.value
