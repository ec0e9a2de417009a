"""Launch contexts for rules: resolved from the facts when a program asks about them."""

from __future__ import annotations

from engine.model.facts import Absent, Facts, PartialMap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from engine.compile.program import Program
    from engine.model.json_value import JsonObject

_WHOSE = ("file", "line", "file_system")


def with_contexts(program: Program, facts: Facts, now: int | None = None) -> Facts:
    """Give the facts with the contexts that a program's rules ask about.

    A document that has contexts of its own is taken as it is, and those are compared; one without
    start-up files says nothing about any, so that they stay unknown.
    """
    asked = _asked(program)
    if asked is None:
        return facts
    if not can_resolve(facts):
        return _with_comparison(facts) if _compares(program) else facts
    wanted = sorted(asked - {""})
    if "" in asked:
        wanted = [*all_contexts(program, facts), *wanted]
    return resolved(program, facts, wanted, now, is_all="" in asked, all_programs=False)


def can_resolve(facts: Facts) -> bool:
    """Say whether a document holds what contexts are resolved from, and none of its own.

    A repository has no start-up files, and all the same images, services and pipelines.
    """
    has_some = isinstance(facts.root.get("files"), dict) or facts.kind == "repository"
    return "contexts" not in facts.root and has_some


def all_contexts(program: Program, facts: Facts) -> list[str]:
    """Give the contexts that a document can speak of: of a repository, those that it describes."""
    plan = program.plan
    if facts.kind != "repository":
        return list(plan["contexts"])
    return [name for name in plan["contexts"] if plan["processes"][name].get("for_each")]


def resolved(  # noqa: PLR0913 - what is asked for, each by name
    program: Program,
    facts: Facts,
    only: Iterable[str] | None = None,
    now: int | None = None,
    *,
    is_all: bool = False,
    all_programs: bool = True,
) -> Facts:
    """Give the facts with these contexts of the program's plan, or with all of them.

    `is_all` says that there are no others. Programs with settings of their own are asked if rules
    name them, or all that are tracked.
    """
    # Documents without start-up files are judged without loading any of this.
    from engine.evaluate.holds import holds  # noqa: PLC0415
    from engine.precedence.contexts import unknown_context  # noqa: PLC0415
    from engine.precedence.instances import split_name  # noqa: PLC0415
    from engine.precedence.resolve import resolve  # noqa: PLC0415

    wanted = None if only is None else list(only)
    asked = all_contexts(program, facts) if wanted is None else wanted
    tracks = {**(program.plan.get("tracks") or {}), "asked": _variables(program)}
    if not all_programs:
        named = _parts(program)
        tracks["programs"] = [name for name in tracks.get("programs") or () if name in named]
    plan = {**program.plan, "tracks": tracks}
    programs = tracks.get("programs") or ()
    resolution = resolve(plan, facts.root, holds=holds(program, now), only=asked)
    contexts = PartialMap(
        {
            name: unknown_context(
                plan["processes"].get(split_name(name)[0]) or {}, name, one, programs
            )
            if isinstance(one, Absent)
            else one
            for name, one in resolution.contexts.items()
        }
    )
    if wanted is not None and not is_all:
        contexts.more = Absent("not_collected", "no rule asks about it")
        # What was asked for and is not there does not apply to this machine.
        not_here = (one for one in wanted if one in plan["processes"] and one not in contexts)
        contexts.update(dict.fromkeys(not_here, Absent("missing", certain=True)))
    root = PartialMap(facts.root)
    root.more = getattr(facts.root, "more", None)
    root["contexts"] = contexts
    found = Facts(root, ContextProvenance(facts.provenance, contexts), facts.kind, facts.name)
    return _with_comparison(found) if is_all and _compares(program) else found


def _with_comparison(facts: Facts) -> Facts:
    """Give the facts with their contexts side by side, unless they say that themselves."""
    contexts = facts.root.get("contexts")
    if "comparison" in facts.root or not isinstance(contexts, dict):
        return facts
    from engine.precedence.comparing import compared  # noqa: PLC0415 - few rules ask for it

    root = PartialMap(facts.root)
    root.more = getattr(facts.root, "more", None)
    root["comparison"] = compared(contexts)
    return Facts(root, facts.provenance, facts.kind, facts.name)


def _compares(program: Program) -> bool:
    return any(slot < 0 and steps[:1] == ["comparison"] for slot, steps, *_ in program.paths)


def _asked(program: Program) -> set[str] | None:
    """Give the contexts that rules name, `` among them if they ask about all; None for none."""
    asked: set[str] = set()
    for slot, steps, *_ in program.paths:
        if slot < 0 and steps and steps[0] == "comparison":
            asked.add("")
        if slot < 0 and steps and steps[0] == "contexts":
            asked.add(steps[1] if len(steps) > 1 and isinstance(steps[1], str) else "")
    return asked or None


def _parts(program: Program) -> set[str]:
    """Give the parts of contexts that rules name: `contexts.cron.env`, `c.go.version`."""
    named: set[str] = set()
    for slot, steps, *_ in program.paths:
        within = steps if slot >= 0 else steps[2:] if steps[:1] == ["contexts"] else []
        named |= {within[0]} if within and isinstance(within[0], str) else set()
    return named


def _variables(program: Program) -> list[str]:
    """Give the variables of contexts that rules name: `contexts.cron.env.GOFLAGS`, `c.env.A`."""
    named: set[str] = set()
    for slot, steps, *_ in program.paths:
        within = steps if slot >= 0 else steps[2:] if steps[:1] == ["contexts"] else []
        if len(within) > 1 and within[0] == "env" and isinstance(within[1], str):
            named.add(within[1])
    return sorted(named)


class ContextProvenance(dict):  # type: ignore[type-arg]
    """Provenance of a document, and of the values in its contexts: who set each."""

    def __init__(self, given: Mapping[str, JsonObject], contexts: Mapping[str, Any]) -> None:
        """Take the document's own provenance and the contexts."""
        super().__init__(given)
        self._contexts = contexts

    def get(self, pointer: str, default: Any = None) -> Any:
        """Give what is recorded for a JSON pointer."""
        found = super().get(pointer)
        if found is not None or not pointer.startswith("/contexts/"):
            return default if found is None else found
        return _of_context(self._contexts, pointer) or default

    def __bool__(self) -> bool:
        """Say that there may be provenance even where the document has none."""
        return True


def _of_context(contexts: Mapping[str, Any], pointer: str) -> JsonObject | None:
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[2:]]
    context = contexts.get(steps[0])
    if not isinstance(context, dict):
        return None
    said: JsonObject = {"collector": "precedence", "from": str(context.get("title") or steps[0])}
    for value in reversed(list(_on_the_way(context, steps[1:]))):
        place = value.get("set_by") if isinstance(value, dict) else None
        if isinstance(place, dict) and place.get("file"):
            return said | {key: place[key] for key in _WHOSE if key in place}
    return said if len(steps) == 1 else None


def _on_the_way(value: Any, steps: list[str]) -> Iterator[Any]:
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return
        yield value


__all__ = ["ContextProvenance", "can_resolve", "resolved", "with_contexts"]
