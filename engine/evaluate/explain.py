"""A rule's proof as lines for people: each condition, its truth, its values and their origins."""

from __future__ import annotations

import json

from engine.evaluate.evidence import evidence_of
from engine.evaluate.judge import FAULTS, examine, fault_in_words
from engine.model.record import record, replace
from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.compile.program import Node
    from engine.evaluate.prove import Proof, Truth
    from engine.evaluate.scope import Scope
    from engine.model.json_value import Json, JsonObject

LONGEST = 120
"""How many characters of a value are shown."""


@record
class Line:
    """A line of a proof: how deep it stands, what was asked, how it came out, and what it rests on.

    `values` are `fact = value  from place`, one for each fact that the condition names.
    """

    depth: int
    text: str
    truth: Truth
    values: tuple[str, ...] = ()
    is_judged: bool = True


def explain(rule: JsonObject, scope: Scope) -> Iterator[Line]:
    """Give the proof of a rule's verdict, line by line and without hidden characters."""
    for line in _told(rule, scope):
        yield replace(line, text=visible(line.text), values=tuple(map(visible, line.values)))


def _told(rule: JsonObject, scope: Scope) -> Iterator[Line]:
    scope.restart()
    try:
        judged = examine(rule, scope)
    except FAULTS as fault:
        yield Line(0, fault_in_words(fault), None)
        return
    words = ["when", "unless"] if rule["when"] is not None else ["unless"]
    for word, (proof, _) in zip(words, judged.guards, strict=False):
        yield Line(0, word, proof.truth)
        yield from _lines(proof, scope, 1)
    if judged.applies is not True:
        return
    for frames, proof in judged.elements:
        depth = 0
        if frames:
            names = [f"{name} = " for _, name in rule["each"]]
            label = ", ".join(
                name + scope.label(frame) for name, frame in zip(names, frames, strict=False)
            )
            yield Line(0, f"for {label}", proof.truth)
            depth = 1
        if proof.node[0] == "element":
            yield Line(depth, "not known", None, _why(proof))
            continue
        parts = (word for word in ("where", "unless", "require") if rule[word] is proof.node)
        yield Line(depth, next(parts, "for_each"), proof.truth)
        yield from _lines(proof, scope, depth + 1)
    if judged.left_out:
        noun = "element" if judged.left_out == 1 else "elements"
        yield Line(
            0, f"{judged.left_out} {noun} left out by `where` or `unless`", None, is_judged=False
        )


def _lines(proof: Proof, scope: Scope, depth: int) -> Iterator[Line]:
    kind = proof.node[0]
    if kind == "element":
        yield Line(depth, scope.label(proof.node[1]), proof.truth, _why(proof))
    else:
        yield Line(depth, describe(proof.node, scope), proof.truth, _values(proof, scope))
    if kind not in {"same", "same_of", "op"}:
        for child in proof.children:
            yield from _lines(child, scope, depth + 1)


def _values(proof: Proof, scope: Scope) -> tuple[str, ...]:
    if proof.node[0] == "count" and proof.unsure is None:
        doubts = [part for part in proof.children if part.truth is None]
        is_open = any(part.node[0] == "element" for part in doubts)
        return (f"the number is {'at least ' if is_open else ''}{proof.value}",)
    if proof.node[0] not in {"op", "same", "same_of"}:
        return _why(proof)
    lines = []
    evidence = evidence_of(proof, scope)
    for item in evidence:
        value = f"unknown: {item.cause}" if item.cause else _shortened(show_json(item.value))
        origin = f"  from {item.provenance}" if item.provenance is not None else ""
        lines.append(f"{item.fact} = {value}{origin}")
    told = any(item.cause for item in evidence) and not (proof.unsure and proof.unsure.detail)
    return tuple(lines) if told else (*lines, *_why(proof))


def _why(proof: Proof) -> tuple[str, ...]:
    unsure = proof.unsure
    if unsure is None:
        return ()
    return (f"unknown: {unsure.detail or unsure.cause}",)


def describe(node: Node, scope: Scope) -> str:
    """Give a condition in the words of the language, on one line and without its parts."""
    match node[0]:
        case "all" | "any" | "not":
            return str(node[0])
        case "use":
            return f"use {node[1]}"
        case "op":
            return f"{operand_words(node[1], scope)} {node[2]} {operand_words(node[3], scope)}"
        case "same":
            return "same " + ", ".join(operand_words(item, scope) for item in node[1])
        case "same_of":
            return f"same {operand_words(node[4], scope)} of {operand_words(node[1], scope)}"
        case "for_each":
            return f"each of {operand_words(node[1], scope)}"
        case "count":
            return f"count of {operand_words(node[1], scope)}: {_matcher_words(node[4], scope)}"
        case _:
            return f"{node[0]} of {operand_words(node[1], scope)}"


def _matcher_words(node: Node, scope: Scope) -> str:
    """Give what a count must be, on one line."""
    match node[0]:
        case "op":
            return f"{node[2]} {operand_words(node[3], scope)}"
        case "not":
            return f"not ({_matcher_words(node[1], scope)})"
        case word:
            joint = " and " if word == "all" else " or "
            return joint.join(_matcher_words(child, scope) for child in node[1])


def operand_words(node: Node, scope: Scope) -> str:
    """Give a subject, operand or domain in the words of the language."""
    match node[0]:
        case "fact":
            return str(scope.paths[node[1]][2])
        case "key":
            return str(node[2])
        case "value":
            _, value, *parameter = node
            return str(parameter[0]) if parameter else _shortened(show_json(value))
        case "length":
            return f"length of {operand_words(node[1], scope)}"
        case "count":
            return "the number"
        case "list" | "join":
            parts = ", ".join(operand_words(part, scope) for part in node[1])
            return f"[{parts}]" if node[0] == "list" else f"join [{parts}]"
        case _:
            return f"{node[3]} at {operand_words(node[2], scope)}"


def show_json(value: Json) -> str:
    """Give a value that may be shown as JSON on one line."""
    return visible(json.dumps(value, ensure_ascii=False))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 4] + " ..."
