"""From the facts of `contexts` to an answer about one name."""

from __future__ import annotations

from collections import Counter

from engine.errors import did_you_mean
from engine.model.facts import Absent, PartialMap
from engine.model.record import replace
from engine.precedence.instances import SEPARATOR
from engine.report.why._answer import Answer, Names, Origin, Outcome, Piece
from engine.report.why._mentions import home_of, mentions
from engine.report.why._missed import Missing, setters
from engine.report.why._places import places_of
from engine.report.why._programs import answers_of_programs, program_names_in
from engine.report.why._values import (
    NO_SHELL,
    event_of,
    known,
    listed,
    mapping,
    origin_of,
    piece_of,
    plain,
    shell_of,
    words,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.model.json_value import Json, JsonObject

_FAMILY = 3
_NEVER = "nothing that was read says it"


def answer_about(
    name: str, root: JsonObject, plan: JsonObject | None = None, only: str | None = None
) -> Answer:
    """Give what a name is in every context of the facts, or in one of them with its whole chain.

    A name is that of a command where contexts have such a command and no such variable.
    """
    contexts = contexts_in(root)
    names = names_of(root, plan)
    kind = "command" if _is_command(name, contexts, plan) else "variable"
    lines = mentions(root.get("files"), name, is_command=kind == "command")
    read = {
        identifier: _outcome(identifier, context, name, kind)
        for identifier, context in contexts.items()
    }
    for outcome in read.values():  # what one context shows to be set, another may have missed
        for origin in setters(outcome):
            if origin.file is not None and origin.file_system is None:
                lines[origin.file] = max(origin.line or 0, lines.get(origin.file, 0))
    chosen = list(contexts) if only is None else chosen_of(only, contexts)
    read = {one: replace(told, place=names.place_of(told)) for one, told in read.items()}
    chosen.sort(key=lambda one: read[one].place)
    missing = Missing(contexts, lines, names.home)
    outcomes = tuple(
        replace(missing.told(read[one]), title=names.processes.get(one, one)) for one in chosen
    )
    advice = _advice(name, read, contexts) if contexts else _why_none(root)
    programs = answers_of_programs(name, contexts, [read[one] for one in chosen], names)
    return Answer(name, kind, outcomes, names, only in contexts, advice, programs)


def chosen_of(only: str, contexts: Iterable[str]) -> list[str]:
    """Give the context of a name, or all those of a process that is there for each of several."""
    return [one for one in contexts if one == only or one.startswith(only + SEPARATOR)]


def contexts_in(root: JsonObject) -> dict[str, JsonObject]:
    """Give the contexts of the facts; of one that is not known, all that is in it is unknown."""
    contexts = root.get("contexts")
    if not isinstance(contexts, dict):
        return {}
    return {key: _context(value) for key, value in contexts.items()}


def _context(value: Json) -> JsonObject:
    if isinstance(value, dict):
        return value
    hole = value if isinstance(value, Absent) else Absent("wrong_type", "it is no mapping")
    return {"env": hole, "commands": hole}


def known_names(root: JsonObject, plan: JsonObject | None) -> set[str]:
    """Give the names of all variables and commands that contexts and packs speak of."""
    found = {
        name
        for context in contexts_in(root).values()
        for part in ("env", "commands")
        for name in mapping(context.get(part))
    }
    for context in contexts_in(root).values():
        found |= program_names_in(context)
    tracks = mapping((plan or {}).get("tracks"))
    for part in ("variables", "commands"):
        found |= {name for name in tracks.get(part, ()) if not set(name) & set("*?[")}
    return found


def names_of(root: JsonObject, plan: JsonObject | None) -> Names:
    """Give what people call the processes and sources."""
    titles = [
        {key: words(entry.get("title")) or key for key, entry in mapping(part).items()}
        for part in ((plan or {}).get("processes"), (plan or {}).get("sources"))
    ]
    processes, sources = titles
    for key, context in contexts_in(root).items():
        processes.setdefault(key, words(context.get("title")) or key)
    return Names(processes, sources, home_of(root), _families(plan), places_of(plan or {}))


def _families(plan: JsonObject | None) -> dict[str, str]:
    """Give the shell of each context that is one of many ways to start it."""
    plan = plan or {}
    likes = {
        name: like
        for name in plan.get("contexts") or ()
        if isinstance(like := mapping(plan["processes"].get(name)).get("like"), str)
        and not like.startswith("$")
    }
    sizes = Counter(likes.values())
    return {name: like for name, like in likes.items() if sizes[like] >= _FAMILY}


def _is_command(name: str, contexts: Mapping[str, JsonObject], plan: JsonObject | None) -> bool:
    if any(name in mapping(context.get("env")) for context in contexts.values()):
        return False
    tracked = mapping((plan or {}).get("tracks")).get("commands", ())
    return name in tracked or any(
        name in mapping(context.get("commands")) for context in contexts.values()
    )


def _advice(name: str, read: Mapping[str, Outcome], contexts: Mapping[str, JsonObject]) -> str:
    """Name what may have been meant, where no context knows the name."""
    if any(outcome.state in {"set", "found"} or outcome.chain for outcome in read.values()):
        return ""
    set_somewhere = {
        other
        for context in contexts.values()
        for other, entry in (*_items(context, "env"), *_items(context, "commands"))
        if isinstance(entry, dict) and entry.get("state") in {"set", "found"}
    }
    return did_you_mean(name, set_somewhere - {name}) or ""


def _why_none(root: JsonObject) -> str:
    """Say why there are no contexts at all, if anybody knows."""
    hole = root.get("contexts")
    return f"they are unknown: {hole.detail or hole.cause}" if isinstance(hole, Absent) else ""


def _outcome(identifier: str, context: JsonObject, name: str, kind: str) -> Outcome:
    entry = _entry(context.get("env" if kind == "variable" else "commands"), name, kind)
    value, hole = known(entry.get("path") or entry.get("text") or entry.get("value"))
    state = words(entry.get("state")) or "unknown"
    cause, detail = words(entry.get("cause")), words(entry.get("detail"))
    if hole is not None and state not in {"unset", "missing"}:
        state, cause, detail = "unknown", cause or hole.cause, detail or hole.detail
    shell = context.get("shell")
    return Outcome(
        context=identifier,
        title=words(context.get("title")),
        state=state,
        value=value if state in {"set", "found"} else None,
        kind=words(entry.get("kind")),
        cause=cause if state == "unknown" else "",
        detail=detail,
        origin=origin_of(entry.get("set_by")) or _folder_origin(entry, context),
        shadowed=tuple(map(piece_of, listed(entry.get("shadowed")) + listed(entry.get("hides")))),
        chain=tuple(map(event_of, listed(entry.get("chain")))),
        entries=_entries(context, name, state),
        shell=shell_of(shell) if isinstance(shell, dict) else "",
        moment=words(context.get("moment")),
        confidence=words(context.get("confidence")),
        candidates=tuple(map(plain, listed(context.get("candidates")))),
        of=words(context.get("of")),
    )


def _entry(entries: Json, name: str, kind: str) -> JsonObject:
    """Give what is said of a name; where nothing is, whether that is known to mean it is unset."""
    found = entries.get(name) if isinstance(entries, dict) else entries
    if isinstance(found, dict):
        return found
    if found is None and isinstance(entries, PartialMap):
        found = entries.more
    if isinstance(found, Absent):
        return {"state": "unknown", "cause": found.cause, "detail": found.detail}
    if kind == "command":
        detail = NO_SHELL if entries is None else ""
        return {"state": "unknown", "cause": "not_collected", "detail": detail}
    if isinstance(entries, dict):
        return {"state": "unset", "detail": _NEVER}
    return {"state": "unknown", "cause": "not_collected"}


def _entries(context: JsonObject, name: str, state: str) -> tuple[Piece, ...] | None:
    if name != "PATH" or state == "unset":
        return None
    if isinstance(context.get("path"), list):
        entries = tuple(_path_entry(entry) for entry in context["path"])
        is_told = state == "set" or any(entry.value is not None for entry in entries)
        return entries if is_told else None
    # Who put an entry there is not known, but it is still a list.
    value = mapping(mapping(context.get("env")).get(name)).get("value")
    if state != "set" or not isinstance(value, str):
        return None
    return tuple(Piece(part, Origin()) for part in value.split(":"))


def _path_entry(entry: Json) -> Piece:
    if isinstance(entry, Absent):
        return Piece(None, Origin(), entry.detail or entry.cause)
    if not isinstance(entry, dict):
        return Piece(known(entry)[0], Origin())
    value, hole = known(entry.get("dir"))
    kind = "" if hole is None else hole.detail or hole.cause
    return Piece(value, origin_of(entry.get("set_by")) or Origin(), kind)


def _folder_origin(entry: JsonObject, context: JsonObject) -> Origin | None:
    """Give who put the folder on PATH in which a command was found."""
    path = entry.get("path")
    if not isinstance(path, str) or "/" not in path:
        return None
    folder = path.rpartition("/")[0] or "/"
    for one in listed(context.get("path")):
        if isinstance(one, dict) and one.get("dir") == folder:
            return origin_of(one.get("set_by"))
    return None


def _items(context: JsonObject, part: str) -> list[tuple[str, Json]]:
    return list(mapping(context.get(part)).items())
