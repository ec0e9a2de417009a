"""Secrets that most likely stand in a text: their names and lines, and never what they are."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from engine.gather.secret_names import is_stand_in, looks_random, names_a_secret, names_strongly
from engine.gather.secret_shapes import holds_token
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

WHYS = ("name", "shape")


@record
class Suspicion:
    """A secret's name, or an empty text where it stands without one; its line; what tells it."""

    name: str
    line: int
    why: str


def why(name: str, value: str) -> str | None:
    """Say what tells that a value is a secret, out of `WHYS`, if anything does."""
    if holds_token(value):
        return "shape"
    return "name" if names_a_secret(name, value) else None


def in_pairs(pairs: Iterator[tuple[str, str, int]]) -> Iterator[Suspicion]:
    """Give what is suspected among names and values, each with its line."""
    for name, value, line in pairs:
        if reason := why(name, value):
            yield Suspicion(name, line, reason)


def in_env_file(text: str) -> Iterator[Suspicion]:
    """Look through lines of NAME=VALUE, some with `export`, and through comments for tokens."""
    for line, name, value in _lines(text, _PAIR):
        if reason := why(name, _unquoted(value)):
            yield Suspicion(name, line, reason)
    yield from in_comments(text)


def in_sample(text: str) -> Iterator[Suspicion]:
    """Look through an example of such a file, in which passwords like `secret` stand for others."""
    for line, name, value in _lines(text, _PAIR):
        found = _unquoted(value)
        if holds_token(found):
            yield Suspicion(name, line, "shape")
        elif names_a_secret(name, found) and looks_random(found):
            yield Suspicion(name, line, "name")


def in_comments(text: str) -> Iterator[Suspicion]:
    """Look through comments: for tokens only, since they may say anything."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("#") and holds_token(line):
            yield Suspicion("", number, "shape")


def in_dockerfile(text: str) -> Iterator[Suspicion]:
    """Look through ENV and ARG; the value of an ARG given at build time stays in the image, too."""
    number, pending = 1, ""
    start = 1
    for number, line in enumerate(text.split("\n"), start=1):
        if not pending:
            start = number
        elif line.lstrip().startswith("#"):
            continue
        pending += line
        if pending.rstrip().endswith("\\"):
            pending = pending.rstrip()[:-1] + " "
            continue
        yield from _of_instruction(pending, start)
        pending = ""
    yield from _of_instruction(pending, start)


def _of_instruction(text: str, line: int) -> Iterator[Suspicion]:
    found = _INSTRUCTION.match(text)
    if not found:
        return
    is_arg, rest = found[1].upper() == "ARG", found[2]
    pairs = [(each[1], _unquoted(each[2])) for each in _ASSIGNMENT.finditer(rest)]
    if not pairs or not _ASSIGNMENT.match(rest):
        name, _, value = rest.strip().partition(" ")
        pairs = [(name, value.strip())]
    for name, value in pairs:
        if holds_token(value):
            yield Suspicion(name, line, "shape")
        elif names_a_secret(name, value) or (
            names_strongly(name) and (value.startswith("$") or (is_arg and not value))
        ):
            yield Suspicion(name, line, "name")


def _matches(*patterns: str) -> Callable[[str], Iterator[Suspicion]]:
    """Look for settings by patterns that capture a name and a value."""
    compiled = [re.compile(pattern, re.MULTILINE) for pattern in patterns]

    def look(text: str) -> Iterator[Suspicion]:
        for pattern in compiled:
            for found in pattern.finditer(text):
                if not is_stand_in(_unquoted(found[2])):
                    line = text.count("\n", 0, found.start(1)) + 1
                    yield Suspicion(found[1], line, "name")

    return look


def _in_addresses(text: str) -> Iterator[Suspicion]:
    for number, line in enumerate(text.split("\n"), start=1):
        if holds_token(line):
            yield Suspicion("", number, "shape")


def _in_netrc(text: str) -> Iterator[Suspicion]:
    """Look for passwords, which may stand on a line of their own; a comment takes a line."""
    before = ""
    for number, line in enumerate(text.split("\n"), start=1):
        for word in line.split() if not line.lstrip().startswith("#") else ():
            if before in {"password", "passwd"} and not is_stand_in(word):
                yield Suspicion(before, number, "name")
            before = word


def _in_docker_config(text: str) -> Iterator[Suspicion]:
    """Look for credentials of registries that no helper keeps."""
    held = json.loads(text)
    auths = held.get("auths") if isinstance(held, dict) else None
    for registry, how in auths.items() if isinstance(auths, dict) else ():
        for key in ("auth", "identitytoken", "password", "registrytoken"):
            if isinstance(how, dict) and how.get(key):
                at = max(text.find(json.dumps(registry)), 0)
                yield Suspicion(key, text.count("\n", 0, at) + 1, "name")


def _lines(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if found := pattern.match(line):
            yield number, found[1], found[2]


def _unquoted(value: str) -> str:
    value = value.strip()
    quote = value[:1]
    if quote in {'"', "'"}:
        return value[1:].partition(quote)[0]
    return value.partition(" #")[0].rstrip()


_PAIR = re.compile(r"\s*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*[=:][ \t]*(.*)")
_INSTRUCTION = re.compile(r"\s*(ENV|ARG)[ \t]+(.*)", re.IGNORECASE | re.DOTALL)
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(\"[^\"]*\"|'[^']*'|\S*)(?=\s|\Z)")

LOOK: Mapping[str, Callable[[str], Iterator[Suspicion]]] = {
    "aws": _matches(r"^[ \t]*(aws_secret_access_key|aws_session_token)[ \t]*=[ \t]*(\S.*)"),
    "cargo": _matches(r"^[ \t]*(token)[ \t]*=[ \t]*(\S.*)"),
    "docker-config": _in_docker_config,
    "dockerfile": in_dockerfile,
    "env-file": in_env_file,
    "env-sample": in_sample,
    "gh": _matches(r"^[ \t]*(oauth_token)[ \t]*:[ \t]*(\S.*)"),
    "git-config": _in_addresses,
    "git-credentials": _in_addresses,
    "my-cnf": _matches(r"^[ \t]*(password)[ \t]*=[ \t]*(\S.*)"),
    "netrc": _in_netrc,
    "npmrc": _matches(r"^[ \t]*(?:[^\s=#;]*:)?(_authToken|_auth|_password)[ \t]*=[ \t]*(\S.*)"),
    "pgpass": _matches(r"^(?!#)()(?:[^:\n]*:){4}(\S.*)"),
    "pypirc": _matches(r"^[ \t]*(password)[ \t]*[=:][ \t]*(\S.*)"),
}
"""How to look through a file of each kind."""
