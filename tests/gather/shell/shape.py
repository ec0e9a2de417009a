"""The shape of a script, checked to its last part."""

from __future__ import annotations

import json
from itertools import pairwise

STATEMENTS = {
    "cmd": lambda s: (all(map(assign, s[2])), all(map(word, s[3])), all(map(redirected, s[4]))),
    "decl": lambda s: (_text(s[2]), all(map(_argument, s[3]))),
    "and": lambda s: (statement(s[2]), statement(s[3])),
    "or": lambda s: (statement(s[2]), statement(s[3])),
    "not": lambda s: (statement(s[2]),),
    "block": lambda s: (script(s[2]),),
    "sub": lambda s: (script(s[2]),),
    "pipe": lambda s: (len(s[2]) > 1, script(s[2])),
    "bg": lambda s: (statement(s[2]),),
    "redir": lambda s: (statement(s[2]), all(map(redirected, s[3]))),
    "if": lambda s: (all(script(c) and script(b) for c, b in s[2]), script(s[3])),
    "for": lambda s: (_text(s[2]), s[3] is None or all(map(word, s[3])), script(s[4])),
    "while": lambda s: (script(s[2]), script(s[3]), isinstance(s[4], bool)),
    "case": lambda s: (word(s[2]), all(map(_item, s[3]))),
    "func": lambda s: (_text(s[2]), script(s[3])),
    "anon": lambda s: (script(s[2]), all(map(word, s[3]))),
    "test": lambda s: (condition(s[2]),),
    "arith": lambda s: (isinstance(s[2], str),),
    "opaque": lambda s: (_text(s[2]), s[3] is None or all(map(_text, s[3]))),
    "broken": lambda s: (_text(s[2]),),
}  # fmt: skip
LENGTHS = {
    "cmd": 5, "decl": 4, "and": 4, "or": 4, "not": 3, "block": 3, "sub": 3, "pipe": 3, "bg": 3,
    "redir": 4, "if": 4, "for": 5, "while": 5, "case": 4, "func": 4, "anon": 4, "test": 3,
    "arith": 3, "opaque": 4, "broken": 3,
}  # fmt: skip


def check(made):
    """Fail unless this is a script that survives JSON."""
    assert script(made)
    assert json.loads(json.dumps(made)) == made


def script(made):
    return isinstance(made, list) and all(map(statement, made))


def statement(made):
    assert isinstance(made[1], int), made
    assert made[1] > 0, made
    assert len(made) == LENGTHS[made[0]], made
    assert all(STATEMENTS[made[0]](made)), made
    return True


def _argument(made):
    is_assign = len(made) == 4 and isinstance(made[0], str) and isinstance(made[1], str)
    return assign(made) if is_assign else word(made)


def assign(made):
    name, operator, value, index = made
    assert _text(name), made
    assert operator in {"=", "+="}, made
    assert index is None or word(index), made
    if value is not None and value[:1] == ["array"] and isinstance(value[1], list):
        return all((key is None or word(key)) and word(each) for key, each in value[1])
    return value is None or word(value)


def word(made):
    assert isinstance(made, list), made
    texts = [isinstance(each, str) for each in made]
    assert not any(a and b for a, b in pairwise(texts)), made
    return all(map(part, made))


def part(made):
    if isinstance(made, str):
        return made != ""
    match made:
        case ["q" | "var" | "arith" | "glob", str()]:
            return True
        case ["dq", inner]:
            return all(map(part, inner))
        case ["param", str(), dict() as more]:
            return bool(more) and all(PARAMETERS[key](value) for key, value in more.items())
        case ["cmd", inner] | ["proc", "<" | ">", inner]:
            return script(inner)
    raise AssertionError(made)


def condition(made):
    match made:
        case ["un", str(), operand] | ["word", operand]:
            return word(operand)
        case ["bin", str(), left, right]:
            return word(left) and word(right)
        case ["and" | "or", left, right]:
            return condition(left) and condition(right)
        case ["not", inner]:
            return condition(inner)
    raise AssertionError(made)


def redirected(made):
    return made[0] in {"<", "<<", "<<<", ">", "2>"} and word(made[1]) and len(made) == 2


def _item(made):
    patterns, body, end = made
    return all(map(word, patterns)) and script(body) and end in {";;", ";&", ";;&"}


def _text(made):
    return isinstance(made, str) and made != ""


PARAMETERS = {
    "op": _text,
    "word": word,
    "length": lambda value: value is True,
    "indirect": lambda value: value is True,
    "names": lambda value: value in {"*", "@"},
    "index": word,
    "slice": lambda value: isinstance(value[0], str) and len(value) == 2,
    "replace": lambda value: all(map(word, value[:2])) and value[2] in {"/", "//", "/#", "/%"},
    "flags": lambda value: isinstance(value, str),
    "set": lambda value: value is True,
    "modifiers": lambda value: all(map(_text, value)),
    "nested": part,
    "unknown": _text,
}  # fmt: skip
