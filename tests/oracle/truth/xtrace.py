"""Which line set a variable last, out of what a shell traces about itself."""

from __future__ import annotations

import re

from tests.oracle.truth.shells import PROBE_FOLDER

_TRACED = re.compile(r"^\++\|(\d*)\|([^|]*)\|(\d*)\|(.*)$")
_FISH = re.compile(r"^-*> (set|fish_add_path|export)\s+(.*)$")


def trace_env(family):
    """The variables that make a shell say file and line of each command that it runs."""
    return {
        "bash": {"PS4": "+|${BASH_SUBSHELL}|${BASH_SOURCE[0]-}|${LINENO}|", "BASH_XTRACEFD": "9"},
        "zsh": {"PS4": "+|%e|%x|%I|"},
        "ksh": {"PS4": "+|${.sh.subshell}|${.sh.file}|${LINENO}|"},
        "dash": {"PS4": "+|0||${LINENO}|"},
        "mksh": {"PS4": "+|0||${LINENO}|"},
        "ash": {"PS4": "+|0||${LINENO}|"},
        "fish": {"fish_trace": "1"},
    }.get(family, {})


def setters_from_xtrace(text, names, family):
    """Name to [[file, line, traced command], ...] in order, of the main shell only."""
    return _fish_setters(text, names) if family == "fish" else _setters(text, names, family)


def _fish_setters(text, names):
    found = {}
    for line in text.splitlines():
        match = _FISH.match(line)
        if not match or re.match(r"-\w*q", match[2]):
            continue
        for name in names:
            adds = name == "PATH" and match[1] == "fish_add_path"
            if adds or re.search(rf"(^|\s){name}(\s|=|$)", match[2]):
                found.setdefault(name, []).append([None, None, line.lstrip("-> ")])
    return found


def _setters(text, names, family):
    patterns = {name: _setting(name) for name in names}
    found = {}
    for line in text.splitlines():
        match = _TRACED.match(line)
        if not match:
            continue
        level, file, number, command = match.groups()
        in_subshell = family in ("bash", "ksh") and level not in ("0", "")
        if in_subshell or file.startswith(PROBE_FOLDER):
            continue
        for name, pattern in patterns.items():
            if pattern.match(command):
                row = [file or None, int(number) if number else None, command]
                found.setdefault(name, []).append(row)
    return found


def _setting(name):
    declared = r"(?:export|typeset|declare|local|readonly|integer)\s+(?:-\w+\s+)*(?:.*\s)?"
    arrays = r"|^(?:path|fpath)\+?=" if name == "PATH" else ""
    return re.compile(
        rf"^(?:{declared})?['\"]?{name}\+?=|^unset\s+(?:.*\s)?{name}\b{arrays}",
    )


def placed(setters, case, loaded):
    """Fill in the file where only one loaded line can be meant.

    dash, mksh and fish don't trace it, and ksh93 counts on over a sourced file.
    """
    texts = {}
    for path in dict.fromkeys(loaded):
        content = case["files"].get(path)
        if content is not None:
            text = content if isinstance(content, str) else content.get("text", "")
            texts[path] = text.split("\n")
    for name, rows in setters.items():
        for row in rows:
            if row[0] in texts and row[1]:
                row[1] = _checked(name, row[1], texts[row[0]])
            if row[0] is None:
                _find(name, row, texts)
    return setters


def _checked(name, number, lines):
    near = "\n".join(lines[max(0, number - 4) : number + 3])
    if number <= len(lines) and re.search(rf"\b{name}\b|\bpath\b|\beval\b|\$", near):
        return number
    hits = [
        at
        for at, line in enumerate(lines, 1)
        if re.search(rf"\b{name}\b", line) and not line.lstrip().startswith("#")
    ]
    return hits[0] if len(hits) == 1 else None


def _find(name, row, texts):
    hits = [
        (path, at)
        for path, lines in texts.items()
        for at, line in enumerate(lines, 1)
        if row[1] in (None, at)
        and re.search(rf"\b{name}\b|fish_add_path", line)
        and not line.lstrip().startswith("#")
    ]
    if len(hits) == 1:
        row[0], row[1] = hits[0]
