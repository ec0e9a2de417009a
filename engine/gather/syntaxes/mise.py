"""mise's configuration files, as far as they decide which Go runs and what it is told.

https://mise.jdx.dev/configuration.html
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import said, unclear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

GO_NAMES = frozenset(("go", "golang", "core:go"))
"""How a configuration may name Go."""

_INERT = frozenset(("min_version", "tasks", "task_config", "tools"))
# Settings that say how mise installs, talks and looks, never which version runs.
_OF_NO_MATTER = frozenset((
    "activate_aggressive", "cargo", "color", "experimental", "fetch_remote_versions_cache",
    "http_retries", "http_timeout", "jobs", "not_found_auto_install", "npm", "paranoid", "pipx",
    "quiet", "raw", "silent", "status", "task", "task_output", "trace", "verbose", "yes",
))  # fmt: skip
_KNOWN_FORM = re.compile(r"(ref|tag|branch|rev|prefix|path|sub-[\w.\-]+):")
_TEMPLATES = re.compile(r"\{\{|\{%|\{#")


def read_mise(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give `tool VERSION...`, `setting NAME VALUE...` and `needs-trust`.

    mise reads a file of plain versions and tasks as it is; with anything else in it, only if the
    user trusts it. What may set variables, or depends on more than the file, is unclear.
    """
    text = content.decode("utf-8", "surrogateescape")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return [unclear(1, "it is no TOML, and mise stops")]
    if _TEMPLATES.search(text) or any(_TEMPLATES.search(each) for each in _texts(table)):
        return [unclear(1, "it holds templates, which mise evaluates")]
    lines = text.split("\n")
    script: Script = []
    if not set(table) <= _INERT or _has_options(table.get("tools")):
        script.append(said(1, "needs-trust"))
    for key in sorted(set(table) - _INERT - {"settings"}):
        if key in {"env", "env_file", "env_path", "dotenv", "vars", "tool_alias", "alias",
                   "plugins", "hooks", "monorepo_root", "monorepo", "tool_config"}:  # fmt: skip
            line = _line(lines, rf"\[*\s*{key}\b")
            script.append(unclear(line, f"`{key}` may change what runs"))
    script += _tools(table.get("tools", {}), lines)
    script += _refused(table.get("tools", {}), lines)
    script += _settings(table.get("settings", {}), lines)
    return script


MISE = Syntax("mise", read_mise, is_kept_whole=True)


def _tools(tools: Any, lines: list[str]) -> Iterator[Script]:
    if not isinstance(tools, dict):
        yield unclear(_line(lines, r"tools\b"), "`tools` is no table, and mise stops")
        return
    named = [name for name in tools if name in GO_NAMES]
    for name in named:
        line = _line_of_tool(lines, name)
        given = tools[name]
        versions = given if isinstance(given, list) else [given]
        if len(named) > 1:
            yield unclear(line, "it names Go more than once")
        elif not versions or not all(isinstance(version, str) for version in versions):
            yield unclear(line, f"`{name}` has options, which are not read")
        else:
            yield said(line, "tool", *versions)


def _refused(tools: Any, lines: list[str]) -> Iterator[Script]:
    """Give what mise may refuse in the version of any tool, and then it runs none."""
    for version in _texts(list(tools.values()) if isinstance(tools, dict) else []):
        if not _KNOWN_FORM.match(version) and re.search(r"[:/]|\.\.", version):
            yield unclear(_line(lines, r"tools\b"), f"mise may refuse the version `{version}`")


def _has_options(tools: Any) -> bool:
    """Say whether a tool is given as more than texts."""
    if not isinstance(tools, dict):
        return tools is not None
    return not all(
        isinstance(given, str)
        or (isinstance(given, list) and all(isinstance(each, str) for each in given))
        for given in tools.values()
    )


def _settings(settings: Any, lines: list[str]) -> Iterator[Script]:
    if not isinstance(settings, dict):
        yield unclear(_line(lines, r"settings\b"), "`settings` is no table, and mise stops")
        return
    for name, value in settings.items():
        line = _line(lines, rf"(settings\s*\.\s*)?{re.escape(name)}\b")
        if name == "go" and isinstance(value, dict):
            for inner, given in value.items():
                if inner in {"set_goroot", "set_gobin", "set_gopath"}:
                    yield said(line, "setting", f"go.{inner}", *_given(given))
        elif re.fullmatch(r"go_set_(goroot|gobin|gopath)", name):
            yield said(line, "setting", name.replace("_", ".", 1), *_given(value))
        elif name == "idiomatic_version_file_enable_tools":
            yield said(line, "setting", name, *_given(value))
        elif name not in _OF_NO_MATTER:
            yield unclear(line, f"the setting `{name}` may change what runs")


def _given(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(each).lower() if isinstance(each, bool) else str(each) for each in values]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _line(lines: list[str], pattern: str) -> int:
    """Give the first line that begins so, or the first of all: TOML is read without lines."""
    begins = re.compile(r"\s*\[*\s*" + pattern)
    return next((number for number, line in enumerate(lines, start=1) if begins.match(line)), 1)


def _line_of_tool(lines: list[str], name: str) -> int:
    """Give the line with a tool's version, or the first of all where that is not plain to see."""
    key = rf"""["']?{re.escape(name)}["']?\s*="""
    inside, outside = re.compile(rf"\s*{key}"), re.compile(rf"\s*tools\s*(=|\.\s*{key})")
    section, found = "", []
    for number, line in enumerate(lines, start=1):
        if line.lstrip().startswith("["):
            section = line.partition("#")[0].strip()
        elif (section == "[tools]" and inside.match(line)) or (not section and outside.match(line)):
            found.append(number)
    return found[0] if len(found) == 1 else 1
