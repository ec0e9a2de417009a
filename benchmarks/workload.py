"""The rules of the equal workload, in words that are no peer's.

A rule is plain JSON, so that any peer in any language can read it. It is one of

    {"fact": keys, "is": comparison, "value": literal}      # a scalar comparison
    {"fact": keys, "is": comparison, "other": keys}         # two facts
    {"every" | "some": keys, "of": rule}                    # inside, keys are those of the element
    {"ordered": [first, second], "in": keys}                # those present stand in this order
    {"all" | "any": [rule, ...]} and {"not": rule}

where a comparison is one of equals, in, at_least, at_most, matches and starts_with.
"""

from __future__ import annotations

import random
import re
from typing import Any, TypeAlias

from benchmarks.environment import (
    DIRECTORIES,
    FEW,
    LISTS,
    SEED,
    Document,
    Keys,
    base_document,
    other_than,
    scalars,
)

Rule: TypeAlias = dict[str, Any]

KINDS = ("equality", "pattern", "every", "some", "two facts", "order", "nested")
MIX = (
    *("equality", "pattern", "some", "two facts", "order"),
    *("equality", "equality", "every", "two facts", "nested"),
)
"""The kinds of any ten rules in a row."""


def rules(count: int, share: float = FEW) -> list[Rule]:
    """So many rules in the mix; all but a share of them hold on the base document."""
    return [rule_of(MIX[number % len(MIX)], number, share) for number in range(count)]


def rules_of(kind: str, count: int, share: float = FEW) -> list[Rule]:
    """So many rules of one kind."""
    return [rule_of(kind, number, share) for number in range(count)]


def rule_of(kind: str, number: int, share: float) -> Rule:
    """One rule of a kind; the number makes it differ from its neighbours."""
    chance = random.Random(f"{SEED} {kind} {number}")
    holds = chance.random() >= share
    base = base_document()
    match kind:
        case "equality":
            return _equality(*chance.choice(scalars(base)), chance, holds=holds)
        case "pattern":
            return _pattern(*chance.choice(_texts(base)), chance, holds=holds)
        case "every" | "some":
            return _quantified(kind, base, chance, holds=holds)
        case "two facts":
            return _two_facts(scalars(base), chance, holds=holds)
        case "order":
            return _order(chance, holds=holds)
    return _nested(number, share, chance)


def _texts(base: Document) -> list[tuple[Keys, str]]:
    return [(keys, text) for keys, text in scalars(base) if isinstance(text, str) and len(text) > 3]


def _equality(keys: Keys, value: Any, chance: random.Random, *, holds: bool) -> Rule:
    if type(value) is int and chance.random() < 0.5:
        comparison = chance.choice(("at_least", "at_most"))
        away = chance.randrange(1, 5) * (1 if (comparison == "at_most") is holds else -1)
        return {"fact": keys, "is": comparison, "value": value + away}
    if isinstance(value, str) and chance.random() < 0.3:
        known = [value if holds else "elsewhere", f"{value}-next", "none"]
        return {"fact": keys, "is": "in", "value": known}
    return {"fact": keys, "is": "equals", "value": value if holds else other_than(value, chance)}


def _pattern(keys: Keys, text: str, chance: random.Random, *, holds: bool) -> Rule:
    shown = text if holds else f"{text}-elsewhere"
    if chance.random() < 0.3:
        return {"fact": keys, "is": "starts_with", "value": shown[:-1]}
    return {"fact": keys, "is": "matches", "value": f"^{re.escape(shown[:-2])}[A-Za-z0-9_./-]+$"}


def _quantified(word: str, base: Document, chance: random.Random, *, holds: bool) -> Rule:
    keys, field = chance.choice(LISTS)
    values = [element[field] for element in base[keys[0]][keys[1]]]
    comparison, value = _of_elements(word, values, chance, holds=holds)
    return {word: keys, "of": {"fact": [field], "is": comparison, "value": value}}


def _of_elements(
    word: str, values: list[Any], chance: random.Random, *, holds: bool
) -> tuple[str, Any]:
    """What to ask of each element, so that it holds or not."""
    if isinstance(values[0], bool):
        return "equals", holds
    if isinstance(values[0], int):
        right, wrong = (max(values), 5) if word == "every" else (min(values) + 3, -3)
        return "at_most", (right if holds else wrong) + chance.randrange(3)
    if word == "some":
        return "equals", chance.choice(values) if holds else "nowhere"
    distinct = sorted(set(values))
    if len(distinct) <= len(DIRECTORIES) and chance.random() < 0.5:
        return "in", distinct if holds else [*distinct[1:], "nowhere"]
    return "starts_with", values[0][:1] if holds else "/opt"


def _two_facts(found: list[tuple[Keys, Any]], chance: random.Random, *, holds: bool) -> Rule:
    if chance.random() < 0.3:
        numbers = [one for one in found if type(one[1]) is int]
        pair = sorted(chance.sample(numbers, 2), key=lambda one: one[1], reverse=not holds)
        return {"fact": pair[0][0], "is": "at_most", "other": pair[1][0]}
    keys, value = chance.choice([one for one in found if one[0][0] == "shells"])
    alike = [one for one in found if type(one[1]) is type(value) and one[0] != keys]
    others = [other for other, its in alike if (its == value) is holds]
    return {"fact": keys, "is": "equals", "other": chance.choice(others or [keys])}


def _order(chance: random.Random, *, holds: bool) -> Rule:
    first, second = sorted(chance.sample(range(len(DIRECTORIES)), 2), reverse=not holds)
    return {"ordered": [DIRECTORIES[first], DIRECTORIES[second]], "in": ["search", "entries"]}


def _nested(number: int, share: float, chance: random.Random) -> Rule:
    """Three levels: all of an any, a not and a leaf."""
    kinds = [chance.choice(("equality", "equality", "pattern")) for _ in range(4)]
    leaves = [rule_of(kind, number * 7 + nth, share) for nth, kind in enumerate(kinds)]
    system = chance.choice(("plan9", "aix", "windows"))
    wrong = {"fact": ["host", "os"], "is": "equals", "value": system}
    return {"all": [{"any": leaves[:2]}, {"not": {"all": [wrong, leaves[2]]}}, leaves[3]]}
