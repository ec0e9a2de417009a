"""What programs with settings of their own make of a name: `go env GOPROXY` in each context."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.model.record import replace
from engine.precedence.programs import programs
from engine.report.why._answer import Answer, Origin, Outcome
from engine.report.why._values import known, listed, mapping, origin_of, piece_of, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.model.json_value import JsonObject
    from engine.report.why._answer import Names


_PARTS = frozenset(("env", "commands", "shell"))


def answers_of_programs(
    name: str,
    contexts: Mapping[str, JsonObject],
    chosen: list[Outcome],
    names: Names,
) -> tuple[Answer, ...]:
    """Give what each program that knows a name says of it in the contexts of some outcomes."""
    found = {program for context in contexts.values() for program in _programs(context)}
    return tuple(
        Answer(
            name,
            program,
            tuple(_like(one, contexts[one.context], name, program, names) for one in chosen),
            names,
        )
        for program in sorted(found)
        if _knows(program, name, contexts)
    )


def _knows(program: str, name: str, contexts: Mapping[str, JsonObject]) -> bool:
    """Say whether a name is a setting of a program, told or not known."""
    if any(name in _env(context, program) for context in contexts.values()):
        return True
    found = programs().get(program)
    return found is not None and name in found.settings()


def program_names_in(context: JsonObject) -> set[str]:
    """Give the names that programs know in a context."""
    return {name for program in _programs(context) for name in _env(context, program)}


def _programs(context: JsonObject) -> set[str]:
    """Give the programs that a context tells of: parts of it that have settings of their own."""
    return {key for key, part in context.items() if key not in _PARTS and "env" in mapping(part)}


def _env(context: JsonObject, program: str) -> JsonObject:
    return mapping(mapping(context.get(program)).get("env"))


def _like(other: Outcome, context: JsonObject, name: str, program: str, names: Names) -> Outcome:
    """Give what a program says in the context of another outcome."""
    found = _outcome(other.context, context, name, program, names)
    return replace(found, of=other.of, place=other.place, confidence=other.confidence)


def _outcome(
    identifier: str, context: JsonObject, name: str, program: str, names: Names
) -> Outcome:
    title = names.processes.get(identifier, identifier)
    told = context.get(program)
    state = words(mapping(told).get("state"))
    if state == "missing":
        return Outcome(identifier, title, "missing", kind=program)
    entry = _env(context, program).get(name)
    value, hole = known(mapping(entry).get("value"))
    error = mapping(told).get("error")
    if isinstance(error, str):
        origin = origin_of(mapping(told).get("set_by"))
        if origin is not None and origin.file is not None:
            error += f" ({origin.file}:{origin.line})" if origin.line else f" ({origin.file})"
        return Outcome(identifier, title, "unknown", cause="refused", detail=error, kind=program)
    if value is None or hole is not None:
        env = mapping(told).get("env")
        holes = (hole, entry, env, told, context.get("env"))  # a context that nobody knows is one
        hole = next((one for one in holes if isinstance(one, Absent)), hole)
        cause, detail = (hole.cause, hole.detail) if hole is not None else ("missing", "")
        return Outcome(identifier, title, "unknown", cause=cause, detail=detail, kind=program)
    content = mapping(entry)
    return Outcome(
        identifier,
        title,
        "set" if value != "" else "unset",
        value=value if value != "" else None,
        origin=_origin(content, program),
        shadowed=tuple(map(piece_of, listed(content.get("shadowed")))),
    )


def _origin(entry: JsonObject, program: str) -> Origin | None:
    """Give who set a value, or that the program itself did."""
    place = origin_of(entry.get("set_by"))
    if entry.get("from") == "os":
        return place or Origin(source="an environment variable")
    if entry.get("from") == "default" and entry.get("value"):
        return Origin(source=f"the default of {program}")
    return place
