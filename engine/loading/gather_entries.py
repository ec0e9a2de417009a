"""A pack's facts without code: which fact, read from where and how."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.loading.complaints import each, refuse
from engine.loading.nodes import plain, shown
from engine.loading.operands import fact, require_operand
from engine.model.rules import GatherEntry

if TYPE_CHECKING:
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope

MOST_ENTRIES = 500
MOST_PARTS = 8
LONGEST = 60
"""How many seconds a command may take at most."""

_SOURCES = ("file", "variable", "command")
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_KERNEL = ("/proc", "/sys", "/dev")


def gather_entries(node: Node, scope: Scope) -> tuple[GatherEntry, ...]:
    """Read the `gather` section of a pack."""
    written = node.entries.get("gather")
    if written is None:
        return ()
    if len(written.items) > MOST_ENTRIES:
        refuse(f"a pack gathers at most {MOST_ENTRIES} facts", node.place_of("gather"))
    return each(lambda entry: _entry(entry, scope), written.items)


def _entry(node: Node, scope: Scope) -> GatherEntry:
    entries = node.entries
    named = fact(entries["fact"], scope)
    if not all(isinstance(step, str) for step in named.steps):
        refuse("a gathered fact has no index in its path", entries["fact"].place)
    at = fact(entries["at"], scope).steps if "at" in entries else ()
    sources = [key for key in _SOURCES if key in entries]
    if len(sources) != 1:
        what = "this fact has no source" if not sources else "this fact has several sources"
        refuse(what, node.place, "give exactly one of `file`, `variable` and `command`")
    _require_format(node, sources[0])
    if "pattern" in entries:
        require_operand("matches", "pattern", entries["pattern"], scope)
    if "file" in entries:
        _require_file(entries["file"])
    if "command" in entries:
        _require_program(entries["command"].items[0])
    if "variable" in entries:
        _require_variable(entries["variable"])
    if "timeout" in entries:
        _require_timeout(node, entries["timeout"])
    _require_name(entries["fact"], named.steps)
    given = {key: plain(entries[key]) for key in ("file", "variable", "pattern") if key in entries}
    return GatherEntry(
        fact=tuple(str(step) for step in named.steps),
        place=entries["fact"].place,
        command=tuple(plain(entries["command"])) if "command" in entries else (),
        format=plain(entries["format"]) if "format" in entries else "text",
        at=at,
        timeout=plain(entries["timeout"]) if "timeout" in entries else 10,
        **given,
    )


def _require_format(node: Node, source: str) -> None:
    """Complain about keys that the source or the format cannot use."""
    entries = node.entries
    if source == "variable" and "format" in entries:
        refuse(
            "a variable is a text and takes no `format`", node.place_of("format"), "leave it out"
        )
    if source != "variable" and "format" not in entries:
        advice = "choose one of `json`, `yaml`, `toml`, `ini`, `env`, `text`"
        refuse(f"`format` is missing beside `{source}`", node.place, advice)
    is_text = source == "variable" or entries["format"].value == "text"
    wrong, other = ("at", "pattern") if is_text else ("pattern", "at")
    if wrong in entries:
        refuse(f"`{wrong}` does not go with this format", node.place_of(wrong), f"use `{other}`")


def _require_name(node: Node, steps: tuple[str | int, ...]) -> None:
    """Complain about a name that a fact among others cannot have.

    Nobody can know of a fact at the very top that it is not there, since documents may always have
    further ones.
    """
    name = f"`{node.value}`"
    if len(steps) == 1:
        refuse(
            f"the gathered fact {name} has only one part",
            node.place,
            f"put it below a name of your own, as in `acme.{steps[0]}`",
        )
    if len(steps) > MOST_PARTS:
        refuse(f"the gathered fact {name} has more than {MOST_PARTS} parts", node.place)
    if not all(_PART.fullmatch(str(step)) for step in steps):
        advice = "its parts are made of letters, digits, `_` and `-`"
        refuse(f"a gathered fact cannot be called {name}", node.place, advice)


def _require_file(node: Node) -> None:
    path = str(node.value)
    if path.startswith("~") and not path.startswith("~/"):
        refuse(f"`{path}` names no file", node.place, "only `~/`, the user's home, is known")
    if path.startswith("$"):
        what = f"variables are not filled in, so `{path}` names no file"
        refuse(what, node.place, "begin with `/` or `~/`, or name a file of the repository")
    if "*" in path:
        refuse(f"`{path}` names several files", node.place, "name one file for each fact")
    bare = path.removeprefix("~/")
    if not bare or bare.endswith("/"):
        refuse(f"`{path}` is a folder", node.place, "name a file")
    if ".." in bare.split("/"):
        refuse(f"`{path}` leads upwards", node.place, "write the path without `..`")
    whole = os.path.normpath(re.sub(r"\A/+", "/", path))  # `//` at the start would be kept
    if any(whole == top or whole.startswith(f"{top}/") for top in _KERNEL):
        what = f"`{path}` is no file that somebody wrote"
        refuse(what, node.place, "what the kernel shows may change when it is read")


def _require_program(node: Node) -> None:
    name = str(node.value)
    if name and ("/" not in name or name.startswith(("/", "~/"))):
        return
    advice = "write its name alone, or a path that begins with `/` or `~/`"
    refuse(f"`{name}` is no program that is the same everywhere", node.place, advice)


def _require_variable(node: Node) -> None:
    name = str(node.value)
    if not name or "=" in name:
        refuse(f"`{name}` is no name of a variable", node.place)


def _require_timeout(node: Node, seconds: Node) -> None:
    if "command" not in node.entries:
        refuse("`timeout` goes with `command` only", node.place_of("timeout"), "leave it out")
    value = seconds.value
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LONGEST:
        what = f"`timeout` expects whole seconds from 1 to {LONGEST}, got {shown(plain(seconds))}"
        refuse(what, seconds.place)
