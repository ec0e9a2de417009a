"""The shape of scripts and of what is known of paths: documents come from anywhere.

A script is checked once, before anything folds it, so that folding can take its form for granted.
"""

from __future__ import annotations

from engine.model.facts import Absent, PartialList, Redacted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Check = Callable[[Any], None]

_KEYS = {
    "target": str,
    "leads_to": str,
    "readable": bool,
    "writable": bool,
    "executable": bool,
    "size": int,
    "link": bool,
}


class Misshapen(Exception):  # noqa: N818 - it says what was found
    """Something that is no part of a script."""


def is_array(value: list[Any]) -> bool:
    """Say whether an assigned value is an array.

    `array"$x"` is a word: its second part begins with a text, the elements of an array never do.
    """
    if len(value) != 2 or value[0] != "array" or not isinstance(value[1], list):  # noqa: PLR2004
        return False
    return not value[1] or not isinstance(value[1][0], str)


def entry_hole(entry: Mapping[str, Any]) -> Absent | None:
    """Say why an entry of `files` tells nothing; None for one that can be used.

    What an entry does not say is unknown where somebody asks for it; only its kind is always asked.
    """
    kind = entry.get("kind")
    if isinstance(kind, Absent):
        return Absent(kind.cause, kind.detail or "what it is was not learnt")
    if kind is None:
        return Absent("not_collected", "the facts do not say what it is")
    if not isinstance(kind, str):
        return Absent("wrong_type", "its `kind` is no text")
    for key, wanted in _KEYS.items():
        value = entry.get(key)
        if isinstance(value, Redacted):
            return Absent("redacted", f"its `{key}` holds a secret")
        if value is not None and value.__class__ is not wanted and not isinstance(value, Absent):
            return Absent("wrong_type", f"its `{key}` has the wrong type")
    readable = entry.get("readable")
    if isinstance(readable, Absent):
        return Absent(readable.cause, readable.detail or "whether it can be read was not learnt")
    leads_to = entry.get("leads_to")
    if isinstance(leads_to, Absent):
        return Absent(leads_to.cause, leads_to.detail or "where its link leads was not learnt")
    return None


def script_hole(script: list[Any], syntax: str) -> Absent | None:
    """Say why a script cannot be folded; None for one that has the form of a script."""
    if isinstance(script, PartialList) and script.more is not None:
        return Absent(
            script.more.cause, script.more.detail or "not all of its statements are known"
        )
    try:
        for number, statement in enumerate(script, start=1):
            try:
                _statement(statement)
            except (Misshapen, RecursionError) as error:
                said = str(error) if isinstance(error, Misshapen) else "it nests too deep"
                raise Misshapen(f"its statement {number} cannot be used: {said}") from None
        if syntax == "fish":
            _only_fish(script)
    except Misshapen as error:
        return Absent("parse_error", str(error))
    return None


def _statement(made: Any) -> None:
    if made.__class__ is not list or not made or not isinstance(made[0], str):
        raise Misshapen("it is no list that begins with an operation")
    parts = _STATEMENTS.get(made[0])
    if parts is None:
        raise Misshapen(f"there is no operation `{made[0][:40]}`")
    if len(made) < 2 or made[1].__class__ is not int:  # noqa: PLR2004 - the operation and its line
        raise Misshapen(f"`{made[0]}` has no line")
    rest = made[2:]
    least = len(parts) - (made[0] in _MORE)
    if not least <= len(rest) <= len(parts):
        raise Misshapen(f"`{made[0]}` has {len(rest)} parts")
    for check, part in zip(parts, rest, strict=False):
        check(part)


def _only_fish(script: list[Any]) -> None:
    """Refuse statements of other shells in a script that is otherwise well formed."""
    pending: list[Any] = [script]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            pending += node.values()
        if not isinstance(node, list):
            continue
        pending += node
        if len(node) > 1 and isinstance(node[0], str) and node[1].__class__ is int:
            if node[0] in _NOT_FISH:
                raise Misshapen(f"fish has no `{node[0]}`")
            if node[0] == "cmd" and not node[3]:
                raise Misshapen("fish has no command without a name")
            if node[0] == "cmd" and not all(_is_plain(assign) for assign in node[2]):
                raise Misshapen("fish has no arrays")


def _is_plain(assign: list[Any]) -> bool:
    return assign[2] is not None and not is_array(assign[2])


def _script(made: Any) -> None:
    for statement in _list(made):
        _statement(statement)


def _list(made: Any) -> list[Any]:
    if made.__class__ is not list:
        raise Misshapen("a list is missing in it")
    return made


def _text(made: Any) -> None:
    if made.__class__ is not str:
        raise Misshapen("a text is missing in it")


def _truth(made: Any) -> None:
    if made.__class__ is not bool:
        raise Misshapen("a truth value is missing in it")


def _of(made: Any, *checks: Check) -> None:
    """Check a list that has one element for each check."""
    if len(_list(made)) != len(checks):
        raise Misshapen("a list in it has too many elements, or too few")
    for check, part in zip(checks, made, strict=True):
        check(part)


def _each(check: Check) -> Check:
    def all_of(made: Any) -> None:
        for one in _list(made):
            check(one)

    return all_of


def _or_null(check: Check) -> Check:
    return lambda made: None if made is None else check(made)


def _word(made: Any) -> None:
    for part in _list(made):
        if part.__class__ is not str:
            _part(part)


def _part(made: Any) -> None:
    if made.__class__ is str or isinstance(made, Redacted):
        return
    if made.__class__ is not list or len(made) < 2 or not isinstance(made[0], str):  # noqa: PLR2004
        raise Misshapen("a part of a word has an unknown form")
    checks = _PARTS.get(made[0])
    if checks is None:
        raise Misshapen(f"there is no part `{made[0][:40]}` of words")
    if not 0 <= len(checks) - len(made) + 1 <= (made[0] in _INDEXED):
        raise Misshapen(f"a part `{made[0]}` has {len(made) - 1} parts")
    for check, part in zip(checks, made[1:], strict=False):
        check(part)


def _quoted(made: Any) -> None:
    if not isinstance(made, Redacted):
        _text(made)


def _parameter(made: Any) -> None:
    if not isinstance(made, dict):
        raise Misshapen("the details of a parameter are no mapping")
    for key, value in made.items():
        check = _DETAILS.get(key)
        if check is None:
            raise Misshapen("a parameter has an unknown detail")
        check(value)


def _index(made: Any) -> None:
    """Check the index of a list in fish: texts, or one word that gives them."""
    for each in _list(made):
        if each.__class__ is not str:
            _word(each)


def _argument(made: Any) -> None:
    is_assign = len(_list(made)) == 4 and made[1] in ("=", "+=") and isinstance(made[0], str)  # noqa: PLR2004
    (_assign if is_assign else _word)(made)


def _assign(made: Any) -> None:
    _of(made, _text, _sign, _value, _or_null(_word))


def _sign(made: Any) -> None:
    if made not in ("=", "+="):
        raise Misshapen("an assignment has an unknown operator")


def _value(made: Any) -> None:
    if made is None:
        return
    if is_array(_list(made)):
        for element in made[1]:
            _of(element, _or_null(_word), _word)
        return
    _word(made)


def _input(made: Any) -> None:
    _of(made, _text, _word)
    if made[0] not in {"<", "<<", "<<<", ">", "2>"}:
        raise Misshapen("there is an unknown redirection")


def _branch(made: Any) -> None:
    _of(made, _script, _script)


def _clause(made: Any) -> None:
    _of(made, _each(_word), _script, _text)


def _pipe(made: Any) -> None:
    if not _list(made):
        raise Misshapen("a pipe is empty")
    _script(made)


def _condition(made: Any) -> None:
    if not _list(made) or not isinstance(made[0], str) or made[0] not in _CONDITIONS:
        raise Misshapen("a condition has an unknown form")
    _of(made, _text, *_CONDITIONS[made[0]])


def _replacement(made: Any) -> None:
    _of(made, _word, _word, _text)
    if made[2] not in {"/", "//", "/#", "/%"}:
        raise Misshapen("there is an unknown way of replacing")


def _slice(made: Any) -> None:
    _of(made, _text, _or_null(_text))


_STATEMENTS: dict[str, tuple[Check, ...]] = {
    "cmd": (_each(_assign), _each(_word), _each(_input)),
    "decl": (_text, _each(_argument)),
    "and": (_statement, _statement),
    "or": (_statement, _statement),
    "not": (_statement,),
    "block": (_script,),
    "sub": (_script,),
    "pipe": (_pipe,),
    "bg": (_statement,),
    "redir": (_statement, _each(_input)),
    "if": (_each(_branch), _script),
    "for": (_text, _or_null(_each(_word)), _script),
    "while": (_script, _script, _truth),
    "case": (_word, _each(_clause)),
    "func": (_text, _script, _each(_word)),
    "anon": (_script, _each(_word)),
    "test": (_condition,),
    "arith": (_text,),
    "opaque": (_text, _or_null(_each(_text))),
    "broken": (_text,),
}
_MORE = frozenset(("func",))
"""Statements whose last part may be missing."""
_NOT_FISH = frozenset(("decl", "sub", "anon", "test", "arith"))

_PARTS: dict[str, tuple[Check, ...]] = {
    "q": (_quoted,),
    "dq": (_word,),
    "var": (_text, _index),
    "param": (_text, _parameter),
    "cmd": (_script, _index),
    "arith": (_text,),
    "proc": (_text, _script),
    "glob": (_text,),
}
_INDEXED = frozenset(("var", "cmd"))
_CONDITIONS: dict[str, tuple[Check, ...]] = {
    "un": (_text, _word),
    "bin": (_text, _word, _word),
    "word": (_word,),
    "and": (_condition, _condition),
    "or": (_condition, _condition),
    "not": (_condition,),
}
_DETAILS: dict[str, Check] = {
    "op": _text,
    "word": _word,
    "length": _truth,
    "indirect": _truth,
    "names": _text,
    "keys": _text,
    "index": _word,
    "indices": _index,
    "slice": _slice,
    "replace": _replacement,
    "flags": _text,
    "set": _truth,
    "modifiers": _each(_text),
    "nested": _part,
    "unknown": _text,
}
