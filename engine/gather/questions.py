"""What is said to a shell to learn its environment and its commands, and what its answer means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.model.json_value import JsonObject

ENV = "/usr/bin/env"
"""The one program that answers, whatever PATH says and whatever is an alias."""

_KINDS = {
    "file": "file", "command": "file", "hashed": "file", "alias": "alias", "function": "function",
    "builtin": "builtin", "keyword": "builtin", "reserved": "builtin",
}  # fmt: skip
# How each family tells what a name means: the kind in words, and the file.
_TELLS = {
    "bash": ('"K=$(type -t {c})" "P=$(type -P {c})"'),
    "zsh": ('"K=$(whence -w {c})" "P=$(whence -p {c})"'),
    "fish": ('"K="(type -t {c} 2>/dev/null) "P="(command -s {c})'),
}
_TELLS_ELSE = '"V=$(command -v {c})"'


@record
class Answered:
    """What a shell said: its environment and, for each command, its kind and file."""

    variables: dict[str, str]
    commands: JsonObject


def question(shell: str, mark: str, commands: tuple[str, ...]) -> str:
    """Give a command line whose output is delimited by a mark that no start-up file prints."""
    tells = _TELLS.get(shell, _TELLS_ELSE)
    asked = [f'{ENV} -i -0 "C={name}" {tells.format(c=name)}' for name in commands]
    begin, middle, end = (f"{ENV} -i -0 M={mark}{part}" for part in ("begin", "commands", "end"))
    return "; ".join((begin, f"{ENV} -0", middle, *asked, end))


def answer(output: bytes, mark: str) -> Answered | None:
    """Give what an output says, or None if the shell never came to the question."""
    begin, middle, end = (
        f"M={mark}{part}".encode() + b"\0" for part in ("begin", "commands", "end")
    )
    _, found, rest = output.partition(begin)
    environment, has_commands, rest = rest.partition(middle)
    said, is_whole, _ = rest.partition(end)
    if not (found and has_commands and is_whole):
        return None
    pairs = (pair.partition("=") for pair in _texts(environment))
    variables = {name: value for name, equals, value in pairs if equals}
    return Answered(variables, _commands(_texts(said)))


def _texts(output: bytes) -> list[str]:
    return [each.decode("utf-8", "surrogateescape") for each in output.split(b"\0") if each]


def _commands(texts: list[str]) -> JsonObject:
    told: dict[str, dict[str, str]] = {}
    name = ""
    for text in texts:
        key, _, value = text.partition("=")
        if key == "C":
            name = value
            told[name] = {}
        elif name:
            told[name][key] = value.strip()
    return {name: _command(name, said) for name, said in told.items()}


def _command(name: str, said: dict[str, str]) -> JsonObject | Absent:
    if "V" in said:
        return _by_command_v(name, said["V"])
    kind = _KINDS.get(said.get("K", "").rpartition(" ")[2])
    if kind is None:
        return {"state": "missing"}
    found: JsonObject = {"state": "found", "kind": kind}
    return found | ({"path": said["P"]} if kind == "file" and said.get("P") else {})


def _by_command_v(name: str, value: str) -> JsonObject | Absent:
    if not value:
        return {"state": "missing"}
    if value.startswith("/"):
        return {"state": "found", "kind": "file", "path": value}
    if value.startswith("alias "):
        return {"state": "found", "kind": "alias"}
    what = "it is a function or built in" if value == name else "its shell does not say what it is"
    return Absent("ambiguous", what)
