"""A program as one generated Python function, for runs over many documents.

The function answers only what it is sure of: it gives `pass` or `not_applicable` for a rule when
everything it met on the way was known, and None for every other rule, on which `judge` then has the
last word. So it knows no third truth: whatever is not known leaves the rule by an exception. It is
built from the program's nodes, with every value of the rules bound as a constant; no text of a rule
or a fact becomes code.
"""

from __future__ import annotations

import re

from engine.compile.program import ROOT
from engine.evaluate.lookup import find
from engine.evaluate.prefixes import prefixes
from engine.evaluate.sure import (
    DOUBTS,
    Allowance,
    Doubt,
    compared_by,
    item,
    joined,
    length_of,
    same,
    sure,
    there,
)
from engine.operators import OPERATORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias

    from engine.compile.program import Node, Program
    from engine.model.json_value import Json, JsonObject
    from engine.operators._base import Fast

    Outcomes: TypeAlias = Callable[[Json, Json, int | None], list[str | None]]
    Bound: TypeAlias = tuple[tuple[str, str], ...]

DEEPEST = 12
"""How many loops and conditions may stand inside each other: Python allows 20 nested blocks."""


def generate(program: Program) -> Outcomes:
    """Give the function from a document's root to each rule's outcome, as far as it is sure.

    It takes the root twice, as it is and as a plain mapping, and the time.
    """
    return Generator(program).function()


class Generator:
    """Writes the function; what its lines refer to stands in `names`.

    `bound` gives, for each name in scope, the variables of its value and of its key.
    """

    def __init__(self, program: Program) -> None:
        """Take a program."""
        self.program = program
        self.names: dict[str, Any] = {
            "Doubt": Doubt,
            "DOUBTS": DOUBTS,
            "find": find,
            "item": item,
            "same": same,
            "allowance": Allowance(),
        }
        self._lines: list[str] = []
        self._roots: dict[int, str] = {}
        self._count = 0

    def function(self) -> Outcomes:
        """Give the compiled function."""
        self._write(0, "def outcomes(root, plain, now):")
        self._write(1, "allowance.renew()")
        self._write(1, "values, items = allowance.values, allowance.items")
        self._look_up()
        answers = [self._rule(rule) for rule in self.program.rules]
        self._write(1, f"return [{', '.join(answers)}]")
        code = compile("\n".join(self._lines), "<rules>", "exec")
        exec(code, self.names)  # noqa: S102 - see the module's text
        made: Outcomes = self.names["outcomes"]
        return made

    def _write(self, depth: int, line: str) -> None:
        self._lines.append(" " * depth + line)

    def _constant(self, value: Any) -> str:
        """Give a name for a value of ours."""
        self._count += 1
        name = f"c{self._count}"
        self.names[name] = value
        return name

    def _variable(self) -> str:
        self._count += 1
        return f"v{self._count}"

    def _look_up(self) -> None:
        """Look every path from the root up once, and what paths share once for all of them."""
        names: dict[int, str] = {}
        for number, (start, steps, ending) in enumerate(prefixes(self.program.paths)):
            name = names[number] = f"p{number}"
            source = names.get(start, "root")
            quick = self._way(names.get(start, "plain"), steps)
            self._write(1, f"try: {name} = {quick}")
            self._write(
                1, f"except DOUBTS: {name} = find({source}, {self._constant(tuple(steps))})"
            )
            self._roots |= dict.fromkeys(ending, name)

    def _rule(self, rule: JsonObject) -> str:
        """Write what judges a rule; give the variable of its outcome."""
        answer = self._variable()
        parts = [rule[part] for part in ("when", "where", "unless", "require")]
        if _depth(parts) + len(rule["each"]) > DEEPEST:
            return "None"
        self._write(1, "try:")
        depth = self._guard(rule, answer)
        if rule["each"]:
            self._each(rule, answer, depth)
        else:
            self._condition(rule["require"], (), answer, depth)
            self._write(depth, f"{answer} = 'pass' if {answer} else None")
        self._write(1, f"except DOUBTS: {answer} = None")
        return answer

    def _guard(self, rule: JsonObject, answer: str) -> int:
        """Write what decides whether a rule applies; give the depth at which it goes on."""
        self._write(2, f"{answer} = 'not_applicable'")
        depth, test = 2, self._variable()
        if rule["when"] is not None:
            self._condition(rule["when"], (), test, depth)
            self._write(depth, f"if {test}:")
            depth += 1
        if rule["unless"] is not None and not rule["each"]:
            self._condition(rule["unless"], (), test, depth)
            self._write(depth, f"if not {test}:")
            depth += 1
        return depth

    def _each(self, rule: JsonObject, answer: str, depth: int) -> None:
        """Go through the elements until one does not pass: all else about it is for `judge`."""
        bound: Bound = ()
        conditions = [rule["where"], rule["unless"], rule["require"]]
        for level, (domain, _name) in enumerate(rule["each"]):
            deeper = [inner for inner, _ in rule["each"][level + 1 :]]
            bound = self._loop(domain, bound, [*conditions, *deeper], depth)
            depth += 1
        test = self._variable()
        if rule["where"] is not None:
            self._condition(rule["where"], bound, test, depth)
            self._write(depth, f"if not {test}: continue")
        if rule["unless"] is not None:
            self._condition(rule["unless"], bound, test, depth)
            self._write(depth, f"if {test}: continue")
        self._condition(rule["require"], bound, test, depth)
        self._write(depth, f"if not {test}: raise Doubt")
        self._write(depth, f"{answer} = 'pass'")

    def _condition(self, node: Node, bound: Bound, target: str, depth: int) -> None:
        """Write what sets a variable to True or False, or leaves by an exception."""
        match node[0]:
            case "all" | "any":
                go_on = f"if {target}:" if node[0] == "all" else f"if not {target}:"
                for number, child in enumerate(node[1]):
                    inner = depth
                    if number:
                        self._write(depth, go_on)
                        inner += 1
                    self._condition(child, bound, target, inner)
            case "not":
                self._condition(node[1], bound, target, depth)
                self._write(depth, f"{target} = not {target}")
            case "use":
                self._condition(node[2], bound, target, depth)
            case "op":
                self._write(depth, f"{target} = {self._op(node, bound)}")
            case "every" | "some" | "none":
                self._quantified(node, bound, target, depth)
            case "count":
                self._counted(node, bound, target, depth)
            case "same":
                values = ", ".join(self._value(part, bound) for part in node[1])
                self._write(depth, f"{target} = same([{values}])")
            case _:
                self._same_of(node, bound, target, depth)

    def _quantified(self, node: Node, bound: Bound, target: str, depth: int) -> None:
        """Write a loop that ends at the first element that decides."""
        quantifier, _, _, _, condition, _line = node
        stop = "if not" if quantifier == "every" else "if"
        self._write(depth, f"{target} = {quantifier != 'some'}")
        inner, depth = self._filtered(node, bound, [condition], depth)
        test = self._variable()
        if condition[0] == "op":
            self._write(depth, f"{stop} {self._op(condition, inner)}:")
        else:
            self._condition(condition, inner, test, depth)
            self._write(depth, f"{stop} {test}:")
        self._write(depth + 1, f"{target} = {quantifier == 'some'}")
        self._write(depth + 1, "break")

    def _counted(self, node: Node, bound: Bound, target: str, depth: int) -> None:
        number = self._variable()
        self._write(depth, f"{number} = 0")
        _, inside = self._filtered(node, bound, [], depth)
        self._write(inside, f"{number} += 1")
        self._condition(node[4], (*bound, (number, "None")), target, depth)

    def _same_of(self, node: Node, bound: Bound, target: str, depth: int) -> None:
        values = self._variable()
        self._write(depth, f"{values} = []")
        inner, inside = self._filtered(node, bound, [node[4]], depth)
        self._write(inside, f"{values}.append({self._value(node[4], inner)})")
        self._write(depth, f"{target} = same({values})")

    def _filtered(
        self, node: Node, bound: Bound, conditions: list[Node], depth: int
    ) -> tuple[Bound, int]:
        """Write a quantifier's loop and its filter; give what is bound in it and how deep it is."""
        where = node[3]
        inner = self._loop(node[1], bound, [*conditions, where], depth)
        if where is not None:
            test = self._variable()
            self._condition(where, inner, test, depth + 1)
            self._write(depth + 1, f"if not {test}: continue")
        return inner, depth + 1

    def _loop(self, domain: Node, bound: Bound, conditions: list[Node | None], depth: int) -> Bound:
        """Write the head of a loop over a domain, with the key only where it is asked for."""
        source, value = self._value(domain, bound), self._variable()
        if not any(_names_key(condition, len(bound)) for condition in conditions):
            self._write(depth, f"for {value} in values({source}):")
            return (*bound, (value, "None"))
        key = self._variable()
        self._write(depth, f"for {key}, {value} in items({source}):")
        return (*bound, (value, key))

    def _op(self, node: Node, bound: Bound) -> str:
        """Give an expression: an operator's short forms where they hold, else the operator."""
        _, subject, name, operand, form, _line = node
        operator = OPERATORS[name]
        short = [fast for fast in operator.fast if not form or fast.except_form != form]
        given, actual = self._named(self._value(subject, bound))
        if operand[0] != "value":
            wanted, expected = self._named(self._value(operand, bound))
            slow = f"{self._constant(compared_by(operator, form))}({actual}, {expected}, now)"
            short = [fast for fast in short if _reads_as_is(operator.operand, fast, form)]
            # A tuple names both sides before either is looked at.
            tests = [
                f"{actual}.__class__ is {fast.actual.__name__} is {expected}.__class__"
                for fast in short
            ]
            expression = _chosen(zip(short, tests, strict=True), actual, expected, slow)
            return (
                f"({given}, {wanted}, {expression})[2]"
                if given != actual or wanted != expected
                else expression
            )
        slow = f"{self._constant(sure(operator.bind(operand[1], form)))}({actual}, now)"
        expected = operator.operand(operand[1], form)
        fast = next((fast for fast in short if fast.expected is type(expected)), None)
        if fast is None:
            return slow.replace(actual, given, 1) if given != actual else slow
        test = f"{given}.__class__ is {fast.actual.__name__}"
        return _chosen([(fast, test)], actual, self._constant(expected), slow)

    def _named(self, expression: str) -> tuple[str, str]:
        """Give an expression that names its value, and the name."""
        if expression.isidentifier():
            return expression, expression
        name = self._variable()
        return f"({name} := {expression})", name

    def _value(self, node: Node, bound: Bound) -> str:
        """Give an expression for a subject, operand or domain."""
        match node[0]:
            case "value":
                return self._constant(node[1])
            case "fact":
                slot, steps, _, is_declared = self.program.paths[node[1]]
                if slot != ROOT:
                    return self._way(bound[slot][0], steps)
                name = self._roots[node[1]]
                return name if is_declared else f"{self._constant(there)}({name})"
            case "key":
                return bound[node[1]][1]
            case "count":
                return bound[-1][0]
            case "length":
                return f"{self._constant(length_of)}({self._value(node[1], bound)})"
            case "list":
                return f"[{', '.join(self._value(part, bound) for part in node[1])}]"
            case "join":
                parts = ", ".join(self._value(part, bound) for part in node[1])
                return f"{self._constant(joined)}([{parts}])"
            case _:
                return f"{self._constant(node[1])}[{self._value(node[2], bound)}]"

    def _way(self, start: str, steps: list[str | int]) -> str:
        """Give an expression that goes down some steps and raises where it cannot."""
        for step in steps:
            at = self._constant(step)
            start = f"{start}[{at}]" if isinstance(step, str) else f"item({start}, {at})"
        return start


def _chosen(choices: Iterable[tuple[Fast, str]], actual: str, expected: str, otherwise: str) -> str:
    """Write short forms of an operator, each under its test, before what always holds."""
    names = {"a": actual, "e": expected}
    for fast, test in reversed(list(choices)):
        parts = re.split(r"\b([ae])\b", fast.expression)
        short = "".join(names.get(part, part) for part in parts)
        otherwise = f"(({short}) if {test} else {otherwise})"
    return otherwise


def _reads_as_is(read: Callable[[Json, str], Json], fast: Fast, form: str) -> bool:
    """Say whether an operator takes an operand of a short form's type as it stands in the facts."""
    samples = {str: ("text", "/a//b", "1.2"), int: (0, 7), float: (0.5,), bool: (True, False)}
    known = samples.get(fast.expected, ())
    return (
        fast.actual is fast.expected
        and bool(known)
        and all(read(value, form) == value for value in known)
    )


def _names_key(node: Json, slot: int) -> bool:
    """Say whether a node asks for the key of the element bound to a slot."""
    if not isinstance(node, list) or not node:
        return False
    if node[0] == "key" and node[1] == slot:
        return True
    return node[0] != "value" and any(_names_key(part, slot) for part in node)


def _depth(node: Json) -> int:
    """Give how many conditions stand inside each other."""
    if not isinstance(node, list) or not node:
        return 0
    kind = node[0] if isinstance(node[0], str) else ""
    return 0 if kind in {"op", "same"} else max(map(_depth, node)) + (kind in _NESTING)


_NESTING = {"all", "any", "not", "use", "every", "some", "none", "count", "same_of"}
