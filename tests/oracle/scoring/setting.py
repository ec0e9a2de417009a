"""Where a variable got its value, as far as a shell's own trace can tell.

A trace says more than who set what: also `A=b command`, which sets nothing, and what a subshell
did. It says less than a line of the file: the last line of a statement for its first one in bash,
one line too many in zsh under emulation, and in fish no file at all.
"""

from __future__ import annotations

import re
import shlex

from tests.oracle.truth.shells import PLACES


def setter(case, name, value):
    """Give the places (file, line) that count as right; none if the trace does not tell."""
    rows = [row for row in case["expect"]["setters"].get(name, ()) if _is_told(row)]
    last = rows[-1:]
    rows = [row for row in rows if case["shell"] == "fish" or _gives(row[2], name, value)]
    if not rows or (rows[-1][2].startswith("path") and rows[-1:] != last):
        return []
    if name == "PATH" and _changes_user_paths(case):
        return []  # fish itself puts them into PATH, which no trace tells
    file, line, _ = rows[-1]
    lines = _lines(case, file)
    named = re.compile(rf"\b{name}\b" + (r"|\bpath\b|fish_add_path" if name == "PATH" else ""))
    text = lines[line - 1] if line <= len(lines) else ""
    if text.startswith("alias ") or (
        rows[-1][2].startswith("export") and f"\n{name}=" in f"\n{text}"
    ):
        return []  # it came from an alias or an `eval`, whose own line is not traced
    if not named.search("\n".join(lines)):
        return [(file, line)] if case["shell"] != "fish" else []
    above = [at for at in range(min(line, len(lines)), 0, -1) if named.search(lines[at - 1])]
    found = {line, *above[:1]}
    for at in sorted(found):  # a statement begins where its first word stands
        while at > 1 and lines[at - 2].endswith("\\"):
            at -= 1  # noqa: PLW2901 - it goes up
            found.add(at)
    if case["shell"] == "fish":  # which line it was is a guess by the name
        found |= {at for at, text in enumerate(lines, 1) if "$" in text}
    # ksh counts on over files that were sourced, and zsh miscounts in functions under emulation.
    sets = re.compile(rf"\b{name}\+?=" + (r"|\bpath\b" if name == "PATH" else ""))
    if case["shell"] == "ksh" or not sets.search("\n".join(lines[line - 1 : line])):
        found |= {at for at, text in enumerate(lines, 1) if sets.search(text)}
    return [(file, at) for at in sorted(found)]


def _is_told(row):
    file, line, command = row
    return (
        file is not None
        and line is not None
        and re.match(f"{PLACES}/", file)
        and not command.startswith(("local ", "unset "))
    )


def _gives(command, name, value):
    """Say whether a traced command leaves this value behind."""
    try:
        words = shlex.split(_ANSI_QUOTED.sub(_plainly_quoted, command))
    except ValueError:
        return False
    return f"{name}={value}" in words or (name == "PATH" and command.startswith("path"))


_ANSI_QUOTED = re.compile(r"\$'((?:[^'\\]|\\.)*)'")


def _plainly_quoted(match):
    text = match[1].replace("\\C-M", "\r").replace("\\r", "\r")
    for escape, letter in (("\\n", "\n"), ("\\t", "\t"), ("\\C-I", "\t"), ("\\'", "'")):
        text = text.replace(escape, letter)
    return shlex.quote(text)


def _lines(case, file):
    content = case["files"].get(file, "")
    return (content if isinstance(content, str) else content.get("text", "")).split("\n")


def _changes_user_paths(case):
    return case["shell"] == "fish" and any(
        "fish_user_paths" in "\n".join(_lines(case, file)) for file in case["expect"]["loaded"]
    )
