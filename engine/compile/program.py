"""The compiled form of packs: plain JSON, so that it can be cached and never executes when read.

A *node* is a list whose first item says what it is; what follows depends on that:

    conditions   ["all", [condition, ...], line]        ["any", [condition, ...], line]
                 ["not", condition, line]               ["use", name, condition, line]
                 ["op", subject, operator, operand, form, line]
                 ["every" | "some" | "none", domain, slot, where, condition, line]
                 ["count", domain, slot, where, condition, line]
                 ["same", [subject, ...], line]
                 ["same_of", domain, slot, where, subject, line]
    subjects     ["fact", path]   ["key", slot, text]   ["length", subject]   ["count"]
    operands     a subject, or ["value", json]   ["list", [operand, ...]]   ["join", [operand, ...]]
                 ["table", mapping, operand, parameter]
    domains      ["fact", path]   ["value", json]

`path` is an index into `Program.paths`; there `[slot, steps, text, is_declared]` starts at the root
(slot -1) or at the value bound to a slot. `where` may be None. The lines are those of the rule's
file.
"""

from __future__ import annotations

import json
from functools import lru_cache

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

    from engine.model.json_value import JsonObject

    Node: TypeAlias = list[Any]
    PathEntry: TypeAlias = list[Any]

FORMAT = 5
"""Changes whenever the meaning of a node does, so that no old program is ever read."""

ROOT = -1

EMPTY_PLAN: JsonObject = {
    "sources": {},
    "processes": {},
    "order": [],
    "contexts": [],
    "unordered": [],
    "tracks": {"variables": [], "commands": [], "programs": []},
    "tools": [],
    "files": [],
}
"""The plan of packs that say nothing about the precedence graph."""


@lru_cache(maxsize=4)
def _taken_apart(plan_text: str) -> JsonObject:
    made: JsonObject = json.loads(plan_text)
    return made


def text_of(plan: JsonObject) -> str:
    """Give a plan as a program holds it."""
    return json.dumps(plan, separators=(",", ":"), ensure_ascii=False)


@record
class Program:
    """What `evaluate` runs.

    Each rule is a mapping with the rule's texts and, as nodes, `when`, `each` (pairs of domain and
    name), `where`, `unless` and `require`; `message` and `remedy` are lists of texts and operands.
    `waivers` hold their condition as a node, `disabled` the rules that a pack switched off.
    `plan_text` is the plan of the precedence graph; most runs never take it apart. `gather` says
    which facts packs read without code, as `engine.compile.gathering` describes it.
    """

    rules: list[JsonObject]
    paths: list[PathEntry]
    waivers: list[JsonObject]
    disabled: list[JsonObject]
    settings: JsonObject
    plan_text: str
    gather: Sequence[JsonObject] = ()

    @property
    def plan(self) -> JsonObject:
        """The precedence graph as `engine.compile.graph` describes it; nobody may change it."""
        return _taken_apart(self.plan_text)

    def as_json(self) -> JsonObject:
        """Give the program as plain JSON."""
        return {name: getattr(self, name) for name in Program.__match_args__} | {"format": FORMAT}


def program_from(content: JsonObject) -> Program:
    """Give back the program that `as_json` made."""
    return Program(**{name: content[name] for name in Program.__match_args__})


def is_applicable(rule: JsonObject, kind: str | None) -> bool:
    """Say whether a rule is about documents of a kind; one that does not say is of any kind."""
    return kind is None or not rule["subjects"] or kind in rule["subjects"]
