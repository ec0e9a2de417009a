"""zsh's short forms, written out: shfmt knows the long ones only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.shell.scanning import after_bracket, bare

if TYPE_CHECKING:
    from collections.abc import Callable

ARGUMENTS = "precedent_arguments"
"""The command whose words are the arguments of the anonymous function before it."""
ALWAYS = "precedent_always"
"""The command that stands between a block and what always runs after it."""

_SEPARATED = "statements must be separated"
_FOR = re.compile(r"for[ \t]+([A-Za-z_][A-Za-z0-9_]*)[ \t]*\(")
_BRACE = re.compile(r"\s*\{(?=\s)")
_COMPOUND = re.compile(r"(if|for|while|until|case|select|repeat|function|\(|\{|\[\[)(?=\s|\()")
_KEYWORD = re.compile(r"(?<![^\s;&|(){}])(if|elif|while|until)(?=\s|\()")
_DECLARES = re.compile(r"\s*(?:export|typeset|local|declare|readonly|integer|float)\s")
_ELSE = re.compile(r"\s*else\s*\{(?=\s)")
_ELIF = re.compile(r"\s*elif\s")
_ANONYMOUS = re.compile(r"(?:\(\s*\)|(?<![^\s;&|(){}])function)\s*$")


def _arguments(text: str, place: int, message: str) -> str | None:
    """Split `() { ... } a b` in two."""
    if not message.startswith(_SEPARATED):
        return None
    brace = len(text[:place].rstrip(" \t")) - 1
    if brace < 0 or text[brace] != "}":
        return None
    opening = _opening(text, brace)
    if opening is None:
        return None
    if re.match(r"always\s*\{", text[place:]):
        return f"{text[: brace + 1]}; {ALWAYS}; {text[place + len('always') :]}"
    if _ANONYMOUS.search(text[:opening]) is None:
        return None
    return f"{text[: brace + 1]}; {ARGUMENTS} {text[place:]}"


def _loop(text: str, place: int, message: str) -> str | None:
    """Write `for x (a b) ...` as `for x in a b; do ...; done`."""
    found = _FOR.match(text, place)
    if found is None or "must be followed by" not in message:
        return None
    closing = after_bracket(text, found.end() - 1)
    words = text[found.end() : closing - 1].replace("\n", " ")
    newlines = text[found.end() : closing].count("\n")
    head = f"for {found[1]} in {words}; {chr(10) * newlines}"
    if brace := _BRACE.match(text, closing):
        end = after_bracket(text, brace.end() - 1)
        gap, body = text[closing : brace.end() - 1], text[brace.end() : end - 1]
        return f"{text[:place]}{head}{gap}do {_ended(body)} done{text[end:]}"
    rest = text[closing:]
    if re.match(r"[ \t;]*\n?\s*do\s", rest):
        return text[:place] + head + rest.lstrip(" \t;")
    marks = bare(text)
    # A compound command has a `;` in it: it has to end where its line does.
    ends = "\n" if _COMPOUND.match(rest.lstrip()) else "\n;&}"
    end = next(
        (i for i in range(closing, len(text)) if marks[i] and text[i] in ends and rest.strip()),
        len(text),
    )
    return f"{text[:place]}{head}do{_ended(text[closing:end])} done{text[end:]}"


def _braces_of_loop(text: str, place: int, message: str) -> str | None:
    """Write the braces of a loop as `do` and `done`."""
    if not message.startswith("for loops with braces") or not text.startswith("{", place):
        return None
    end = after_bracket(text, place)
    return f"{text[:place]}do {_ended(text[place + 1 : end - 1])} done{text[end:]}"


def _braces_of_condition(text: str, place: int, message: str) -> str | None:
    """Write `if [[ ... ]] { ... } else { ... }` with `then` and `fi`."""
    is_brace = text.startswith("{", place) and message.startswith(_SEPARATED)
    if not is_brace or text[:place].rstrip()[-1:] not in {"]", ")"}:
        return None
    marks = bare(text)
    keywords = [each for each in _KEYWORD.finditer(text, 0, place) if marks[each.start()]]
    if not keywords:
        return None
    end = after_bracket(text, place)
    body = _ended(text[place + 1 : end - 1])
    if keywords[-1][1] in {"while", "until"}:
        return f"{text[:place]}; do {body} done{text[end:]}"
    if other := _ELSE.match(text, end):
        last = after_bracket(text, other.end() - 1)
        more = _ended(text[other.end() : last - 1])
        gap = text[end : other.end() - 1]
        return f"{text[:place]}; then {body} {gap} {more} fi{text[last:]}"
    if _ELIF.match(text, end):
        return f"{text[:place]}; then {body} {text[end:]}"
    return f"{text[:place]}; then {body} fi{text[end:]}"


def _brace_after_declaration(text: str, place: int, message: str) -> str | None:  # noqa: ARG001
    """Put a `;` before each `}` that shfmt takes for a word of a declaration."""
    if "{" not in message and "}" not in message:
        return None
    marks = bare(text)
    begins = written = 0
    pieces: list[str] = []
    for position, char in enumerate(text):
        if not marks[position]:
            continue
        is_word = char == "}" and text[position - 1] in " \t"
        if is_word and _DECLARES.match(text, begins):
            pieces.append(text[written:position])
            written = position
        if char in "\n;&|{}":
            begins = position + 1
    return "; ".join([*pieces, text[written:]]) if pieces else None


def _ended(body: str) -> str:
    """End the last command of a body that a brace ended."""
    last = body.rstrip(" \t")[-1:]
    return body if last in {"", "\n", ";", "&"} else f"{body};"


def _opening(text: str, brace: int) -> int | None:
    """Find the brace that this one closes."""
    marks = bare(text)
    depth = 0
    for position in range(brace, -1, -1):
        if marks[position] and text[position] in "{}":
            depth += 1 if text[position] == "}" else -1
            if depth == 0:
                return position
    return None


def _after_background(text: str, place: int, message: str) -> str | None:
    """Take away the `;` of `a &|;`, which zsh does not mind."""
    if "can only immediately follow" in message and text[place : place + 1] == ";":
        return f"{text[:place]} {text[place + 1 :]}"
    return None


ZSH: tuple[Callable[[str, int, str], str | None], ...] = (
    _arguments,
    _loop,
    _braces_of_loop,
    _braces_of_condition,
    _brace_after_declaration,
    _after_background,
)
