"""A program as one generated Python function, for runs over many documents.

The function answers only what it is sure of: it gives `pass` or `not_applicable` for a rule when everything
it met on the way was known, and None for every other rule, on which `judge` then has the last word. So it
knows no third truth: whatever is not known leaves the rule by an exception. It is built from the program's
nodes, with every value of the rules bound as a constant; no text of a rule or a fact becomes code.
"""

from __future__ import annotations

import re

from engine.compile.program import ROOT
from engine.evaluate.lookup import find
from engine.evaluate.prefixes import prefixes
from engine.evaluate.sure import (
    DOUBTS,
    Doubt,
    compared_by,
    item,
    items_of,
    joined,
    length_of,
    sure,
    values_of,
)
from engine.evaluate.sure import same as same_of
from engine.operators import OPERATORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from engine.compile.program import Node, Program
    from engine.model.json_value import Json, JsonObject
    from engine.operators._base import Fast, Operator

    Outcomes: TypeAlias = Callable[[Json, int | None], list[str | None]]
    Bound: TypeAlias = tuple[tuple[str, str], ...]

MOST = {1: 100_000, 2: 1_000}
"""How many elements a quantifier may have at each depth before it is left to `judge`, which counts work."""

MOST_DEEPER = 100


def generate(program: Program) -> Outcomes:
    """Give the function from a document's root (and the time) to each rule's outcome, as far as sure."""
    return Generator(program).function()


class Generator:
    """Writes the function; what its lines refer to stands in `names`.

    `bound` gives, for each name in scope, the expressions of its value and of its key.
    """

    def __init__(self, program: Program) -> None:
        """Take a program."""
        self.program = program
        self.names: dict[str, Any] = {
            "Doubt": Doubt,
            "DOUBTS": DOUBTS,
            "find": find,
            "item": item,
            "same": same_of,
        }
        self._roots: dict[int, str] = {}
        self._count = 0

    def function(self) -> Outcomes:
        """Give the compiled function."""
        lines = ["def outcomes(root, now):", " out = []", *self._lookups()]
        for rule in self.program.rules:
            lines += self._rule(rule)
        lines.append(" return out")
        exec(compile("\n".join(lines), "<rules>", "exec"), self.names)  # noqa: S102 - see the module's text
        made: Outcomes = self.names["outcomes"]
        return made

    def constant(self, value: Any) -> str:
        """Give a name for a value of ours."""
        self._count += 1
        name = f"c{self._count}"
        self.names[name] = value
        return name

    def variable(self) -> str:
        """Give a new name for a value of the document."""
        self._count += 1
        return f"v{self._count}"

    def _lookups(self) -> list[str]:
        """Look every path from the root up once, and what paths share once for all of them."""
        lines = []
        names: dict[int, str] = {}
        for number, (start, steps, index) in enumerate(prefixes(self.program.paths)):
            name, source = f"p{number}", names.get(start, "root")
            names[number] = name
            lines.append(f" try: {name} = {self._way(source, steps)}")
            lines.append(f" except DOUBTS: {name} = find({source}, {self.constant(tuple(steps))})")
            for path in index:
                self._roots[path] = name
        return lines

    def _rule(self, rule: JsonObject) -> list[str]:
        guards = []
        if rule["when"] is not None:
            guards.append(self.condition(rule["when"], ()))
        if rule["unless"] is not None and not rule["each"]:
            guards.append(f"not {self.condition(rule['unless'], ())}")
        if rule["each"]:
            body = self._each(rule)
        else:
            body = [f"answer = 'pass' if {self.condition(rule['require'], ())} else None"]
        return [
            " try:",
            f"  if {' and '.join(guards) or 'True'}:",
            *(f"   {line}" for line in body),
            "  else: answer = 'not_applicable'",
            " except DOUBTS: answer = None",
            " out.append(answer)",
        ]

    def _each(self, rule: JsonObject) -> list[str]:
        """Go through the elements until one does not pass: all else about a failure is `judge`'s."""
        bound: Bound = ()
        lines = ["answer = 'not_applicable'"]
        conditions = [rule["where"], rule["unless"], rule["require"]]
        for level, (domain, _name) in enumerate(rule["each"]):
            deeper = [inner for inner, _ in rule["each"][level + 1 :]]
            element, loop = self._loop(domain, bound, [*conditions, *deeper])
            lines.append(f"{' ' * level}{loop}:")
            bound = (*bound, element)
        indent = " " * len(bound)
        if rule["where"] is not None:
            lines.append(f"{indent}if not {self.condition(rule['where'], bound)}: continue")
        if rule["unless"] is not None:
            lines.append(f"{indent}if {self.condition(rule['unless'], bound)}: continue")
        lines.append(f"{indent}if not {self.condition(rule['require'], bound)}: raise Doubt")
        lines.append(f"{indent}answer = 'pass'")
        return lines

    def condition(self, node: Node, bound: Bound) -> str:
        """Give an expression that is True or False, or leaves by an exception."""
        match node[0]:
            case "all" | "any":
                word = " and " if node[0] == "all" else " or "
                return f"({word.join(self.condition(child, bound) for child in node[1])})"
            case "not":
                return f"(not {self.condition(node[1], bound)})"
            case "use":
                return self.condition(node[2], bound)
            case "op":
                return self._op(node, bound)
            case "every" | "some" | "none":
                return self._quantified(node, bound)
            case "count":
                return self._counted(node, bound)
            case "same":
                return f"same([{', '.join(self.value(part, bound) for part in node[1])}])"
            case _:
                element, loop = self._filtered(node, bound, [node[4]])
                return f"same([{self.value(node[4], (*bound, element))} {loop}])"

    def _quantified(self, node: Node, bound: Bound) -> str:
        element, loop = self._filtered(node, bound, [node[4]])
        condition = self.condition(node[4], (*bound, element))
        word = {"every": "all", "some": "any", "none": "not any"}[node[0]]
        return f"({word}({condition} {loop}))"

    def _counted(self, node: Node, bound: Bound) -> str:
        _, loop = self._filtered(node, bound, [])
        number = self.variable()
        matcher = self.condition(node[4], (*bound, (number, "None")))
        # A list of one gives the number a name that the matcher may use several times.
        return f"all({matcher} for {number} in [sum(1 {loop})])"

    def _filtered(
        self, node: Node, bound: Bound, conditions: list[Node]
    ) -> tuple[tuple[str, str], str]:
        where = node[3]
        element, loop = self._loop(node[1], bound, [*conditions, where])
        test = "" if where is None else f" if {self.condition(where, (*bound, element))}"
        return element, loop + test

    def _loop(
        self, domain: Node, bound: Bound, conditions: list[Node | None]
    ) -> tuple[tuple[str, str], str]:
        """Give the expressions of an element's value and key, and the loop that binds them."""
        most = MOST.get(len(bound) + 1, MOST_DEEPER)
        source = self.value(domain, bound)
        value = self.variable()
        if not any(_names_key(condition, len(bound)) for condition in conditions):
            return (value, "None"), f"for {value} in {self.constant(values_of(most))}({source})"
        key = self.variable()
        loop = f"for {key}, {value} in {self.constant(items_of(most))}({source})"
        return (value, key), loop

    def _op(self, node: Node, bound: Bound) -> str:
        _, subject, name, operand, form, _line = node
        operator = OPERATORS[name]
        actual = self.value(subject, bound)
        short = tuple(fast for fast in operator.fast if fast.except_form != (form or None))
        if operand[0] != "value":
            return self._comparison(operator, form, short, actual, self.value(operand, bound))
        slow = self.constant(sure(operator.bind(operand[1], form)))
        expected = operator.operand(operand[1], form)
        fast = next((f for f in short if f.expected is type(expected)), None)
        if fast is None:
            return f"{slow}({actual}, now)"
        given, value = self._named(actual)
        expression = _over(fast, value, self.constant(expected))
        return f"({expression} if {given}.__class__ is {fast.actual.__name__} else {slow}({value}, now))"

    def _comparison(
        self, operator: Operator, form: str, short: tuple[Fast, ...], actual: str, expected: str
    ) -> str:
        slow = self.constant(compared_by(operator, form))
        fast = next((f for f in short if f.expected is str and _reads_as_is(operator, form)), None)
        if fast is None:
            return f"{slow}({actual}, {expected}, now)"
        given, value = self._named(actual)
        wanted, operand = self._named(expected)
        kinds = f"{given}.__class__ is {fast.actual.__name__} and {wanted}.__class__ is str"
        # Both sides are named before either is used, whichever way the test goes.
        return f"({_over(fast, value, operand)} if {kinds} else {slow}({actual}, {expected}, now))"

    def _named(self, expression: str) -> tuple[str, str]:
        """Give an expression that names its value, and the name."""
        if expression.isidentifier():
            return expression, expression
        name = self.variable()
        return f"({name} := {expression})", name

    def value(self, node: Node, bound: Bound) -> str:
        """Give an expression for a subject, operand or domain."""
        match node[0]:
            case "value":
                return self.constant(node[1])
            case "fact":
                slot, steps, _ = self.program.paths[node[1]]
                return self._roots[node[1]] if slot == ROOT else self._way(bound[slot][0], steps)
            case "key":
                return bound[node[1]][1]
            case "count":
                return bound[-1][0]
            case "length":
                return f"{self.constant(length_of)}({self.value(node[1], bound)})"
            case "list":
                return f"[{', '.join(self.value(part, bound) for part in node[1])}]"
            case "join":
                parts = ", ".join(self.value(part, bound) for part in node[1])
                return f"{self.constant(joined)}([{parts}])"
            case _:
                return f"{self.constant(node[1])}[{self.value(node[2], bound)}]"

    def _way(self, start: str, steps: list[str | int]) -> str:
        """Give an expression that goes down some steps and raises where it cannot."""
        for step in steps:
            at = self.constant(step)
            start = f"{start}[{at}]" if isinstance(step, str) else f"item({start}, {at})"
        return start


def _over(fast: Fast, actual: str, expected: str) -> str:
    """Write a short form of an operator over two names."""
    names = {"a": actual, "e": expected}
    return "(" + re.sub(r"\b[ae]\b", lambda found: names[found[0]], fast.expression) + ")"


def _reads_as_is(operator: Operator, form: str) -> bool:
    """Say whether an operator takes a text operand as it stands."""
    return all(operator.operand(text, form) == text for text in ("text", "/a//b", "1.2"))


def _names_key(node: Json, slot: int) -> bool:
    """Say whether a node asks for the key of the element bound to a slot."""
    if not isinstance(node, list) or not node:
        return False
    if node[0] == "key" and node[1] == slot:
        return True
    return node[0] != "value" and any(_names_key(part, slot) for part in node)
