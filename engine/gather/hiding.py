"""Scripts without their secrets: each hidden literal becomes a fingerprint in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.gather.redact import Shown
from engine.gather.scripts import within
from engine.gather.secret_names import is_secret_name, is_secret_option
from engine.model.facts import Redacted
from engine.precedence.shapes import is_array

if TYPE_CHECKING:
    from engine.gather.redact import Redaction
    from engine.model.json_value import Json, JsonObject

Part: TypeAlias = Any
Word: TypeAlias = list[Any]
Script: TypeAlias = list[Any]

# Commands that give variables values in words of their own.
_SETTERS = frozenset((
    "set", "read", "printf", "export", "declare", "typeset", "local", "readonly", "setenv",
    "vared", "getopts", "mapfile", "readarray", "string", "env",
))  # fmt: skip
_NAME = re.compile(r"[A-Za-z_]\w*\Z")
_VARIABLE = re.compile(r"\$\{?[#!]?([A-Za-z_]\w*)")
# What runs the command that its words make, and a script of sed that only takes away.
_RUNNERS = frozenset(("builtin", "command"))
_TAKES_AWAY = re.compile(r"(?:s/[^/]*//g?;?)+\Z")
# `printf 'TOKEN=%s'`: what follows is what is filled in.
_LEFT_OPEN = re.compile(r"([A-Za-z_]\w*)=[\"']?%")
# Commands with options whose short names do not say that a secret follows, apart or at once.
_GIVEN_SECRETS = {
    "curl": re.compile(r"(?:-[a-zA-Z]*[uU]|--user|--proxy-user)\Z"),
    "docker": re.compile(r"-p\Z"),
    "http": re.compile(r"(?:-a|--auth)\Z"),
    "podman": re.compile(r"-p\Z"),
    "sshpass": re.compile(r"-p\Z"),
}
_AT_ONCE = {
    **dict.fromkeys(("mariadb", "mysql", "mysqladmin", "mysqldump"), re.compile(r"-p.")),
    "curl": re.compile(r"-[uU]."),
    "sshpass": re.compile(r"-p."),
}


class Hiding:
    """Hides the secrets of scripts: those that can be seen, and what goes by a secret's name."""

    def __init__(self, redaction: Redaction) -> None:
        """Take the redaction; literals are looked at once."""
        self._redaction = redaction
        self._known: dict[tuple[str, str], str | JsonObject | None] = {}

    def script(self, script: Script, name: str = "") -> Script:
        """Give a script, inside of what a variable of this name is set to perhaps."""
        return [self._statement(statement, name) for statement in script]

    def _statement(self, statement: Script, name: str) -> Script:
        whole = within(
            statement,
            lambda script: self.script(script, name),
            lambda single: self._statement(single, name),
        )
        op, line, *rest = whole
        if op == "cmd":
            words = self._words(rest[1], name)
            hidden = _named_by(rest[1]) or name
            inputs = [[sign, self._word(word, hidden)] for sign, word in rest[2]]
            return [op, line, [self._assign(each) for each in rest[0]], words, inputs]
        if op == "decl":
            return [op, line, rest[0], [self._argument(each) for each in rest[1]]]
        if op == "redir":
            return [op, line, rest[0], [[sign, self._word(word, name)] for sign, word in rest[1]]]
        if op == "for" and rest[1] is not None:
            hidden = rest[0] if isinstance(rest[0], str) else ""
            words = [self._word(word, hidden) for word in rest[1]]
            return [op, line, rest[0], words, *rest[2:]]
        if op == "case":
            hidden = _secret_in(rest[0])
            arms = [
                [[self._word(pattern, hidden) for pattern in patterns], *more]
                for patterns, *more in rest[1]
            ]
            return [op, line, self._word(rest[0], name), arms]
        if op == "test":
            return [op, line, self._expression(rest[0])]
        if op in {"arith", "opaque", "broken"}:
            return self._said(whole)
        if op in {"anon", "func"}:
            words = [[self._word(word, "") for word in each] for each in rest[2:]]
            return [op, line, *rest[:2], *words]
        return whole

    def _said(self, statement: Script) -> Script:
        """Give a statement that holds source text; arithmetic with a secret is not calculated."""
        op, line, text, *rest = statement
        words = self._redaction.words(_clean(text))
        if words != text and op == "arith":
            return ["opaque", line, "it holds a secret", None]
        if op != "arith" and (name := _about(text)):
            words = f"something about `${name}` that is not kept"
        return [op, line, words, *rest]

    def _words(self, words: list[Word], name: str) -> list[Word]:
        """Give the words of a command: what follows a secret's name or option is hidden."""
        given: list[Word] = []
        is_setter = bool(words) and literal(words[0]) in _SETTERS
        hidden = ""
        command = (words and literal(words[0])) or ""
        before, at_once = _GIVEN_SECRETS.get(command), _AT_ONCE.get(command)
        first = int(command in _RUNNERS)
        for position, word in enumerate(words):
            text = literal(word)
            of = name if position > first and not _TAKES_AWAY.match(text or "") else ""
            if at_once and text and at_once.match(text):
                hidden = _SECRET
            given.append(self._word(word, hidden or of))
            if text is None:
                hidden = "" if not is_setter else hidden
            elif before and before.match(text):
                hidden = _SECRET
            elif is_setter and _NAME.match(text) and is_secret_name(text):
                hidden = text
            elif is_secret_option(text) or _is_left_open(text):
                hidden = _SECRET
            elif not is_setter:
                hidden = ""
        return given

    def _argument(self, argument: list[Any]) -> list[Any]:
        return self._assign(argument) if _is_assign(argument) else self._word(argument, "")

    def _assign(self, assign: list[Any]) -> list[Any]:
        name, operator, value, index = assign
        if value and is_array(value):
            elements = [[key, self._word(word, name)] for key, word in value[1]]
            return [name, operator, ["array", elements], index]
        return [name, operator, value and self._word(value, name), index]

    def _expression(self, expression: list[Any]) -> list[Any]:
        op, *rest = expression
        if op == "bin":
            sign, left, right = rest
            sides = (_secret_in(right), _secret_in(left))
            return [op, sign, self._word(left, sides[0]), self._word(right, sides[1])]
        if op == "un":
            return [op, rest[0], self._word(rest[1], "")]
        if op == "word":
            return [op, self._word(rest[0], "")]
        if op in {"and", "or", "not"}:
            return [op, *map(self._expression, rest)]
        return expression

    def _word(self, word: Word | None, name: str) -> Word:
        """Give a word, as the value of a variable perhaps."""
        return [self._part(part, name) for part in word or ()]

    def _part(self, part: Part, name: str) -> Part:
        if isinstance(part, str):
            return self._literal_part(part, name, part)
        op, *rest = part
        if op == "q":
            return self._literal_part(rest[0], name, part)
        if op == "dq":
            return [op, self._word(rest[0], name)]
        if op == "param":
            return [op, rest[0], self._parameter(rest[0], rest[1], name)]
        if op == "cmd":
            return [op, self.script(rest[0], name if is_secret_name(name) else ""), *rest[1:]]
        if op == "proc":
            return [op, rest[0], self.script(rest[1])]
        if op in {"arith", "glob"} and self._redaction.words(_clean(rest[0])) != rest[0]:
            return _UNKNOWN
        return part

    def _literal_part(self, text: str, name: str, part: Part) -> Part:
        hidden = self._hidden(text, name)
        if hidden is None:
            return _UNKNOWN
        if hidden == text:
            return part
        return hidden if isinstance(part, str) else ["q", hidden]

    def _parameter(self, name: str, how: JsonObject, of: str) -> JsonObject:
        given = dict(how)
        default = name if is_secret_name(name) else of
        if "word" in how:
            given["word"] = self._word(how["word"], default)
        if "index" in how:
            given["index"] = self._word(how["index"], "")
        if "replace" in how:
            pattern, other, *kind = how["replace"]
            given["replace"] = [self._word(pattern, default), self._word(other, default), *kind]
        if "nested" in how:
            given["nested"] = self._part(how["nested"], of)
        texts = [text for text in (how.get("unknown"), *how.get("slice", ())) if text]
        if any(self._redaction.words(_clean(text)) != text or _about(text) for text in texts):
            return {"unknown": "it holds a secret"}
        return given

    def _hidden(self, text: str, name: str) -> str | JsonObject | None:
        """Give a literal as it may be shown; None for one that a document cannot hold."""
        key = (name, text)
        if key not in self._known:
            self._known[key] = self._look(text, name)
        return self._known[key]

    def _look(self, text: str, name: str) -> str | JsonObject | None:
        if _clean(text) != text:
            return None
        found = (
            self._redaction.secret(text)
            if name is _SECRET and text
            else self._redaction.variable(name, text)
        )
        return _as_json(found) if isinstance(found, Redacted) else found


_SECRET = "secret"  # noqa: S105 - a name that says so
_UNKNOWN: Part = ["param", "", {"unknown": "a text that is not kept"}]


def _as_json(secret: Redacted) -> str | JsonObject:
    if isinstance(secret, Shown):
        return secret.plain
    atoms: list[Json] = [
        atom if isinstance(atom, str) else {"salt": atom[0], "hash": atom[1]}
        for atom in secret.atoms
    ]
    return {"$redacted": atoms}


def _clean(text: str) -> str:
    """Give a text without bytes that did not decode."""
    return text.encode("utf-8", "replace").decode()


def _is_assign(argument: list[Any]) -> bool:
    return len(argument) == 4 and argument[1] in ("=", "+=") and isinstance(argument[0], str)  # noqa: PLR2004


def literal(word: Word) -> str | None:
    """Give a word's text if nothing in it is computed."""
    text = ""
    for part in word:
        if isinstance(part, str):
            text += part
        elif part[0] == "q":
            text += part[1]
        elif part[0] == "dq" and (inner := literal(part[1])) is not None:
            text += inner
        else:
            return None
    return text


def _is_left_open(text: str) -> bool:
    return any(map(is_secret_name, _LEFT_OPEN.findall(text)))


def _named_by(words: list[Word]) -> str:
    """Give the secret's name among the words of a command that sets variables."""
    texts = [literal(word) for word in words]
    if not texts or texts[0] not in _SETTERS:
        return ""
    found = (text for text in texts[1:] if text and _NAME.match(text) and is_secret_name(text))
    return next(found, "")


def _about(text: str) -> str:
    """Give the secret's name in a text that could not be read, and may hold it: `${TOKEN:=abc`."""
    return next(filter(is_secret_name, _VARIABLE.findall(text)), "")


def _secret_in(word: Word) -> str:
    """Give the secret's name among the variables of a word."""
    for part in word:
        if isinstance(part, str) or part[0] not in {"var", "param", "dq"}:
            continue
        if part[0] == "dq":
            if name := _secret_in(part[1]):
                return name
        elif is_secret_name(part[1]):
            return str(part[1])
    return ""
