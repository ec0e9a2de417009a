"""The words of answers: values, origins and contexts as people read them."""

from __future__ import annotations

import re

from engine.model.facts import Redacted
from engine.model.verdicts import CAUSES
from engine.model.visible import visible
from engine.precedence.instances import split_name
from engine.report._reasons import shortened_home
from engine.report._words import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.report.why._answer import Answer, Group, Names, Origin, Outcome, Value

SECRET = "<redacted>"  # noqa: S105 - what is printed in place of one
_CAUSES = CAUSES | {
    "wrong_type": "it is of another type than expected",
    "refused": "the program refuses to work",
}
_TOLD_BY_DETAIL = frozenset(("missing", "not_collected", "unsupported"))
_LINES = 4
_EVERYWHERE = {1: "in the only launch context", 2: "in both launch contexts"}
_EMPTY = "'' (empty)"


def value_text(value: Value) -> str:
    """Give a value as it is, but for secrets and hidden characters; one that is empty is said."""
    if isinstance(value, Redacted):
        return "".join(visible(atom) if isinstance(atom, str) else SECRET for atom in value.atoms)
    if value is None:
        return "<unknown>"
    # A blank at either end would not be seen.
    return (f"'{visible(value)}'" if value.strip() != value else visible(value)) or _EMPTY


def cause_words(cause: str) -> str:
    """Say why something is not known."""
    return visible(_CAUSES.get(cause, cause) or "nobody says why")


def detail_words(detail: str, names: Names) -> str:
    """Give a detail with the user's home as people write it."""
    if names.home:
        detail = re.sub(rf"(?<![\w/.~-]){re.escape(names.home)}(?=/)", "~", detail)
    return visible(detail)


def origin_words(origin: Origin | None, names: Names, context: str = "") -> str:
    """Give who set something: file and line, else the source; the process, if it is another."""
    if origin is None:
        return ""
    place = place_words(origin, names)
    title = "" if origin.process in {None, context} else process_words(origin, names)
    if not place:
        return process_words(origin, names)
    return f"{place} ({title})" if title and title != place else place


def place_words(origin: Origin, names: Names) -> str:
    """Give file and line, else the source."""
    if origin.file is not None:
        line = "" if origin.line is None else f":{origin.line}"
        return _file_words(origin, line, names)
    return visible(names.sources.get(origin.source or "", origin.source or ""))


def lines_words(origins: Sequence[Origin], names: Names) -> str:
    """Give places of one file, or any one place: `compose.yaml:5, 9, 13 and 4 more`."""
    places = list(dict.fromkeys(place_words(one, names) for one in origins))
    lines = list(dict.fromkeys(str(one.line) for one in origins if one.line is not None))
    if len(places) == 1 or len(lines) < len(places):
        return places[0] or process_words(origins[0], names)
    more = f" and {len(lines) - _LINES} more" if len(lines) > _LINES + 1 else ""
    shown = lines[:_LINES] if more else lines
    return _file_words(origins[0], f":{', '.join(shown)}{more}", names)


def _file_words(origin: Origin, lines: str, names: Names) -> str:
    """Give a file with its lines, and whose file it is if it is not the machine's."""
    if origin.file_system is None:
        return path_words(origin.file, names) + lines
    return f"{visible(origin.file or '')}{lines} in the files of {visible(origin.file_system)}"


def process_words(origin: Origin, names: Names) -> str:
    """Give what people call the process that did something."""
    process = origin.process or ""
    found = names.processes.get(process) or names.processes.get(split_name(process)[0])
    return visible(found or process)


def title_words(process: str, names: Names) -> str:
    """Give what people call a process, and of one that is there for each of several which it is."""
    if process in names.processes:
        return visible(names.processes[process])
    name, element = split_name(process)
    title = names.processes.get(name)
    return visible(process if title is None or element is None else f"{title} ({element})")


def path_words(path: str | None, names: Names) -> str:
    """Give a path, one below the user's home as people write it."""
    if not path:
        return ""
    return visible(shortened_home(path, names.home))


def outcome_words(outcome: Outcome, name: str) -> str:
    """Give the one line that an outcome is, which no value can be mistaken for."""
    name = visible(name)
    if outcome.state == "unknown":
        # A detail says better than its cause what is not there.
        is_told = not outcome.cause or (outcome.detail and outcome.cause in _TOLD_BY_DETAIL)
        return f"{name} is unknown" + ("" if is_told else f": {cause_words(outcome.cause)}")
    if outcome.state == "missing" and outcome.kind:
        return f"there is no `{visible(outcome.kind)}`"
    if outcome.state not in {"set", "found"}:
        return f"{name} is {_nothing(outcome.state)}"
    if outcome.state == "set":
        return f"{name}={value_text(outcome.value)}"
    if outcome.value is None:
        return f"{name} is {_a(outcome.kind or 'command')}"
    if outcome.kind in {"", "file"}:
        return f"{name} is {value_text(outcome.value)}"
    return f"{name} is {_a(outcome.kind)}: {value_text(outcome.value)}"


def _nothing(state: str) -> str:
    return {"missing": "not found"}.get(state, visible(state))


def _a(noun: str) -> str:
    return visible(f"an {noun}" if noun[:1] in {"a", "e", "i", "o", "u"} else f"a {noun}")


def headline(answer: Answer, groups: Sequence[Group]) -> str:
    """Say in a sentence whether a name is the same in all contexts."""
    is_of_program = answer.kind not in {"variable", "command"}
    reader = f"{reader_words(answer)}: " if is_of_program else ""
    return reader + _sentence(answer, groups)


def reader_words(answer: Answer) -> str:
    """Say which program reads a setting."""
    return f"As `{visible(answer.kind)}` reads it"


def _sentence(answer: Answer, groups: Sequence[Group]) -> str:
    name = visible(answer.name)
    total = len(answer.outcomes)
    if total == 0:
        return f"{name}: there are no launch contexts in these facts"
    everywhere = _EVERYWHERE.get(total, f"in all {total} launch contexts")
    if all(group.first.state == "unknown" for group in groups):
        return f"{name} is unknown {everywhere}"
    if len(groups) == 1:
        first = groups[0].first
        if first.state in {"unset", "missing"}:
            return f"{outcome_words(first, answer.name)} {everywhere}"
        return f"{name} is the same {everywhere}"
    values = sum(group.first.state in {"set", "found"} for group in groups)
    parts = [counted(values, _noun(answer, groups))] if values else []
    for state, word in (("unset", "unset"), ("missing", "not found"), ("unknown", "unknown")):
        number = sum(len(group.outcomes) for group in groups if group.first.state == state)
        if number:
            parts.append(f"{word} in {number}")
    return f"{name} differs between {total} launch contexts: {', '.join(parts)}"


def _noun(answer: Answer, groups: Sequence[Group]) -> str:
    if answer.kind != "command":
        found = [group.first for group in groups if group.first.state == "set"]
        return "list" if all(outcome.entries for outcome in found) else "value"
    kinds = {group.first.kind or "file" for group in groups if group.first.state == "found"}
    return "file" if kinds == {"file"} else "command"
