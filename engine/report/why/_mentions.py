"""Which lines of which start-up files set a name, whether or not anything reads them."""

from __future__ import annotations

from engine.model.facts import Absent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from engine.model.json_value import Json

# zsh ties these lists to the variables.
_TIED = {"PATH": "path", "MANPATH": "manpath", "FPATH": "fpath", "CDPATH": "cdpath"}
_SETTERS = frozenset(("read", "setenv", "fish_add_path"))


def mentions(files: Json, name: str, *, is_command: bool = False) -> dict[str, int]:
    """Give, for each file of the facts that sets a name, the last line that does."""
    names = {name, _TIED.get(name, name)}
    found: dict[str, int] = {}
    for path, entry in sorted(files.items()) if isinstance(files, dict) else ():
        scripts = entry.get("scripts") if isinstance(entry, dict) else None
        for script in scripts.values() if isinstance(scripts, dict) else ():
            if isinstance(script, Absent):
                continue
            lines = _definers(script, name) if is_command else _setters(script, names)
            last = max(lines, default=None)
            if last is not None:
                found[path] = max(last, found.get(path, 0))
    return found


def _statements(node: Any) -> Iterator[list[Any]]:
    """Give every statement in a script, however deep."""
    nodes = [node]
    while nodes:
        one = nodes.pop()
        if isinstance(one, dict):
            nodes += one.values()
        elif isinstance(one, list):
            if len(one) > 1 and isinstance(one[0], str) and type(one[1]) is int:
                yield one
            nodes += one


def _setters(script: Any, names: set[str]) -> Iterator[int]:
    for statement in _statements(script):
        match statement:
            case ["cmd", line, assigns, words, *_]:
                # `A=b command` sets it for that command alone.
                is_set = not words and any(_sets(one, names) for one in assigns)
                if is_set or _command_sets([_literal(word) for word in words], names):
                    yield line
            case ["decl", line, _, arguments] if any(_sets(one, names) for one in arguments):
                yield line
            case ["for", line, str(name), *_] if name in names:
                yield line


def _sets(assign: Any, names: set[str]) -> bool:
    match assign:
        case [str(name), "=" | "+=", value, *_]:
            return name in names and value is not None
    return False


def _command_sets(words: list[str], names: set[str]) -> bool:
    if not words:
        return False
    command, *rest = words
    operands = [word for word in rest if not word.startswith("-")]
    if command == "set":  # fish: `set -gx NAME value`; -e erases and -q asks
        flags = "".join(word for word in rest if word.startswith("-"))
        given = operands[:1] if len(operands) > 1 and not set(flags) & set("eq") else []
        return any(name in names for name in given)
    if command == "fish_add_path":
        return "PATH" in names
    return command in _SETTERS and any(name in names for name in operands[:1])


def _definers(script: Any, name: str) -> Iterator[int]:
    for statement in _statements(script):
        match statement:
            case ["func", line, str(defined), *_] if defined == name:
                yield line
            case ["cmd", line, _, words, *_]:
                texts = [_literal(word) for word in words]
                if texts[:1] == ["alias"] and any(
                    text.partition("=")[0] == name for text in texts[1:]
                ):
                    yield line


def _literal(word: Any) -> str:
    """Give a word as far as it is literal; what is computed is left out."""
    text = ""
    for part in word if isinstance(word, list) else ():
        match part:
            case str():
                text += part
            case ["q", str(inner)]:
                text += inner
            case ["dq", list(inner)]:
                text += "".join(one for one in inner if isinstance(one, str))
    return text


def home_of(root: Mapping[str, Json]) -> str:
    """Give the home of the user that the facts are about, or nothing."""
    user = root.get("user")
    home = user.get("home") if isinstance(user, dict) else None
    return home.rstrip("/") if isinstance(home, str) and home.startswith("/") else ""
