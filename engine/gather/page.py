"""The page `docs/facts.md`: every fact that there can be, for people who write rules."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from engine.compile.fact_tree import told_once, tree
from engine.compile.schema import COLLECTOR, FactsSchema
from engine.gather.schema import facts_of, facts_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from engine.compile.fact_tree import Entry
    from engine.model.json_value import JsonObject

_LEAST = 4
"""A mapping with fewer facts stands in the table of the mapping around it."""

_BEGINNING = """\
# Facts

<!-- `.ci/generate` writes this page out of what the collectors declare. -->

Everything that `engine gather` can learn, and what rules may therefore ask about. A path such as
`go.command.version` is what a rule writes; [the rule language](language.md#paths-into-the-facts)
says how. `engine list facts go.env_file --tree` shows the same in a terminal, with the facts of
your own packs, and `engine schema facts` prints it as a JSON Schema. `engine lint facts.json` holds
a document to it.

## How to read the tables
"""

_LEGEND = (
    ("where it says", "it means"),
    ("---", "---"),
    (
        "`path.entries[]`",
        "a list: `for_each` and quantifiers enter it; `path.entries[0]` is its first element",
    ),
    (
        "`env.*`",
        'a mapping whose keys nobody knows beforehand: `env.GOROOT`, `files["/etc/profile"]`',
    ),
    (
        "path, path-list, go-version, semver, pep440, date-time",
        "a text that operators [compare as such](language.md#versions-paths-patterns-and-times)",
    ),
    ("live", "only a running machine is asked, not a tree that `engine gather --root` reads"),
    ("🔒", "a text in which secrets are to be expected"),
)

_AFTER_LEGEND = """
Whatever looks like a secret is written as a salted fingerprint, in any text, marked or not: rules
can compare it and never show it. What could not be learnt is *unknown*, with its cause. What is
said to be missing in some case is known not to be there, and `exists: false` may rest on that.
"""


def facts_page() -> str:
    """Give the page, made from the collectors."""
    schema = FactsSchema(facts_of(facts_schema()))
    entries = list(tree(schema))
    tops = [list(group) for _, group in groupby(entries, _top_name)]
    lines = [
        _BEGINNING,
        *(_row(*cells) for cells in _LEGEND),
        _AFTER_LEGEND,
        "## All at a glance\n",
        *_overview(tops),
        *(line for top in tops for line in _Section(top).lines()),
        *_shared(list(told_once(schema, entries))),
    ]
    return "\n".join(lines) + "\n"


def _overview(tops: Iterable[Sequence[Entry]]) -> Iterator[str]:
    yield _row("fact", "what it is", "collector", "subject")
    yield _row("---", "---", "---", "---")
    for top in tops:
        owners = {_collector(entry.owner): entry.owner for entry in top if entry.owner}
        names = ", ".join(f"`{name}`" for name in owners) or "none: resolved while judging"
        subjects = dict.fromkeys(_subjects(owner) for owner in owners.values())
        name = _top_name(top[0])
        yield _row(f"[`{name}`](#{name})", top[0].about, names, "; ".join(subjects))


def _shared(entries: Sequence[Entry]) -> Iterator[str]:
    """Give a section for each thing that many facts hold."""
    for is_top, group in groupby(entries, lambda entry: entry.depth == 0):
        if is_top:
            for top in group:
                yield f"\n## {_heading(top.path)}\n"
                yield _sentence(top)
            continue
        yield "\n" + _row("of each", "type", "meaning", "example")
        yield _row("---", "---", "---", "---")
        for entry in group:
            name = entry.path.partition(".")[2]
            yield _row(f"`{name}`", entry.kind, _meaning(entry), _example(entry))


def _heading(name: str) -> str:
    return f"{name.capitalize()}s"


def _kind(entry: Entry) -> str:
    """Give the type, with a link to where that is told which many facts hold."""
    if not entry.shared:
        return entry.kind
    return f"[{entry.kind}](#{_heading(entry.shared).lower()})"


class _Section:
    """One fact at the top: its small parts in one table, each large part in one of its own."""

    def __init__(self, top: Sequence[Entry]) -> None:
        self._top, *self._below = top
        self._collector = ""
        self._shapes: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        """Give the section's lines."""
        yield f"\n## {_top_name(self._top)}\n"
        yield _sentence(self._top)
        parts = list(_parts(self._below))
        large = [part for part in parts if len(part) > _LEAST and self._is_new(part[0])]
        small = [entry for part in parts if part not in large for entry in part]
        yield from self._tables(small if self._below else [self._top])
        for part in large:
            yield f"\n### `{part[0].path}`\n"
            yield _sentence(part[0])
            yield from self._tables(part[1:])

    def _is_new(self, entry: Entry) -> bool:
        """Note a mapping, and say whether none that was noted before is like it."""
        return self._shapes.setdefault(_shape(entry), entry.path) == entry.path

    def _tables(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Give a table for what each collector gathers."""
        for name, group in groupby(entries, lambda entry: _collector(entry.owner)):
            rows = list(group)
            if name != self._collector:
                self._collector = name
                yield f"\nCollector `{name}`; {_subjects(rows[0].owner)}."
            yield "\n" + _row("fact", "type", "meaning", "example")
            yield _row("---", "---", "---", "---")
            yield from self._rows(rows)

    def _rows(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Give a row for each entry; a mapping like an earlier one refers to that."""
        told = ""
        for entry in entries:
            if told and entry.path.startswith(told):
                continue
            if self._is_new(entry):
                yield _row(f"`{entry.path}`", _kind(entry), _meaning(entry), _example(entry))
            else:
                told, alike = entry.path + ".", self._shapes[_shape(entry)]
                yield _row(f"`{entry.path}`", entry.kind, f"{entry.about}; as `{alike}`", "")


def _parts(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """Give each child of the top with all that is below it."""
    starts = [index for index, entry in enumerate(entries) if entry.depth == 1]
    for start, end in zip(starts, [*starts[1:], len(entries)], strict=False):
        yield entries[start:end]


def _shape(entry: Entry) -> str:
    """Give what makes two mappings alike, the same keys with the same meanings; else the path."""
    children = entry.inner.get("properties")
    if children is None or entry.shared:
        return entry.path
    return json.dumps({key: child.get("description") for key, child in children.items()})


def _sentence(entry: Entry) -> str:
    keys = f", such as {_code(entry.keys[0])}" if entry.keys else ""
    return f"{entry.about}{keys}."


def _meaning(entry: Entry) -> str:
    words = f": {', '.join(map(_code, entry.words))}" if entry.words else ""
    return entry.about + words + (" 🔒" if entry.is_secret else "")


def _example(entry: Entry) -> str:
    key = f"{entry.keys[0]}: " if entry.keys else ""
    if not entry.examples:
        return _code(f"{key}{{...}}") if key else ""
    first = entry.examples[0]
    return _code(key + (first if isinstance(first, str) else json.dumps(first)))


def _code(text: str) -> str:
    """Give a text as code, whatever it holds."""
    return f"`` {text} ``" if "`" in text else f"`{text or chr(34) * 2}`"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _top_name(entry: Entry) -> str:
    return entry.path.partition(".")[0].partition("[")[0]


def _collector(owner: JsonObject) -> str:
    return str(owner[COLLECTOR]["name"]) if owner else ""


def _subjects(owner: JsonObject) -> str:
    told = owner[COLLECTOR]
    return ", ".join(told["subjects"]) + (", live" if told["live"] else "")
