from __future__ import annotations

import pytest

from engine.loading.nodes import Node
from engine.loading.positions import read_yaml
from engine.loading.scope import Scope
from engine.loading.templates import template
from engine.model.conditions import FactRef, ParamRef
from engine.model.place import Place
from engine.operators import OPERATORS

SCOPE = Scope(OPERATORS, frozenset({"tool"}))


def told(part: str | FactRef | ParamRef) -> object:
    match part:
        case FactRef(steps=steps):
            return steps
        case ParamRef(name=name):
            return {name}
    return part


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("nothing to fill in", ["nothing to fill in"]),
        ("", []),
        ("{tool.name}", [("tool", "name")]),
        ("`{tool.name}` is {tool.$key}", ["`", ("tool", "name"), "` is ", ("tool", "$key")]),
        ("in {param:folder}.", ["in ", {"folder"}, "."]),
        ("{{}} and {{a}}", ["{} and {a}"]),
        ("{{{a}}}", ["{", ("a",), "}"]),
        ('{a["}"].b} {a["{"]}', [("a", "}", "b"), " ", ("a", "{")]),
        ("{list[-1]}{a}", [("list", -1), ("a",)]),
        ("two\nlines {a}\n", ["two\nlines ", ("a",), "\n"]),
    ],
)
def test_a_message_has_these_parts(text: str, parts: list[object]) -> None:
    found = template(Node(text, Place("file.yaml", 1, 1)), SCOPE)

    assert [told(part) for part in found.parts] == parts
    assert found.text == text


def test_a_placeholder_knows_its_column() -> None:
    node = read_yaml(b'message: "runs {tool.name}, not {b}"\n', "file.yaml").entries["message"]

    places = [part.place for part in template(node, SCOPE).parts if not isinstance(part, str)]

    assert places == [Place("file.yaml", 1, 17), Place("file.yaml", 1, 34)]
