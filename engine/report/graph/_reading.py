"""From a plan, and the contexts that facts give, to a picture."""

from __future__ import annotations

from engine.model.graph import SHELL_DEFAULTS
from engine.model.record import replace
from engine.model.visible import visible
from engine.precedence.instances import SEPARATOR, split_name
from engine.report.graph._choices import KEYS, Choices, choices, context_name
from engine.report.graph._conditions import condition_words, failing, simplified
from engine.report.graph._facts import Told
from engine.report.graph._picture import Picture, Process, Read, Way, with_families
from engine.report.graph._words import (
    mapping,
    part_words,
    shell_words,
    source_words,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.model.json_value import Json, JsonObject
    from engine.report.graph._choices import Holds
    from engine.report.graph._picture import State

USERS_SHELL = "$SHELL"


def picture_of(
    plan: JsonObject,
    paths: Sequence[Json] = (),
    focus: str | None = None,
    facts: JsonObject | None = None,
    holds: Holds | None = None,
) -> Picture:
    """Give the picture of a whole plan, or of one context with all that leads to it.

    `paths` are those of the program that the plan's conditions were compiled into. With `facts` a
    context says of each source whether it was read, and with `holds`, which judges conditions, of
    each way to start it whether it was taken.
    """
    if focus is None:
        return _whole(_Reader(plan, paths, facts, Choices()))
    processes = mapping(plan.get("processes"))
    followed = choices(processes, split_name(focus), facts, holds)
    reader = _Reader(plan, paths, facts, followed)
    drawn = tuple(
        reader.with_facts(reader.process(name, is_whole=True))
        for name in reader.order
        if name in followed.elements
    )
    return Picture(drawn, split_name(focus)[0], facts is not None and "contexts" in facts)


def _whole(reader: _Reader) -> Picture:
    """Give the picture of all processes, but for those that the facts say are not there."""
    processes = [reader.process(name) for name in reader.order]
    gone = {process.id for process in processes if reader.is_gone(process)}
    # What only leads to processes that are gone leads nowhere.
    while more := {
        process.id
        for process in processes
        if process.id not in gone
        and not process.is_context
        and not process.is_template
        and (below := reader.below(process.id))
        and below <= gone
    }:
        gone |= more
    left_out = tuple(process for process in processes if process.id in gone)
    drawn = [process for process in processes if process.id not in gone]
    return Picture(
        with_families(drawn), left_out=tuple(process for process in left_out if process.is_context)
    )


class _Reader:
    def __init__(
        self,
        plan: JsonObject,
        paths: Sequence[Json],
        facts: Mapping[str, Json] | None,
        followed: Choices,
    ) -> None:
        self._followed = followed
        self._processes = mapping(plan.get("processes"))
        self._sources = mapping(plan.get("sources"))
        self._paths = paths
        self._facts = facts or {}
        self._contexts = set(plan.get("contexts") or ())
        self._origins = {way.get("from") for name in self._processes for way in self._ways(name)}
        given = [name for name in plan.get("order") or () if name in self._processes]
        self.order = [*given, *(name for name in self._processes if name not in given)]

    def process(self, name: str, *, is_whole: bool = False) -> Process:
        """Give a process; what it takes over from a template is shown only where it is `whole`."""
        entry = mapping(self._processes[name])
        like = self._template_of(entry)
        is_borrowed = entry.get("reads") is None and bool(entry.get("like"))
        reads = [] if is_borrowed and not is_whole else self._inherited(name, "reads") or []
        shell = self._shell_of(name)
        is_shown_as_like = is_borrowed and (not is_whole or like not in self._processes)
        return Process(
            id=name,
            title=visible(str(self._inherited(name, "title") or name)),
            shell=shell_words(shell),
            # What others start from is a step on their way, no matter what it is a template of.
            is_template=entry.get("template") is True and name not in self._origins,
            is_context=name in self._contexts,
            inherits=self._alternatives(name, "inherits"),
            adopts=self._alternatives(name, "adopts"),
            reads=tuple(
                self._read(number, read, shell if is_whole else None)
                for number, read in enumerate(reads, 1)
            ),
            like=like if is_shown_as_like else "",
            when=self._condition(entry.get("when")),
            for_each=visible(".".join(map(str, entry.get("for_each") or ()))),
            elements=self._elements(name),
            context=context_name(self._processes, name, self._followed.elements.get(name)),
        )

    def is_gone(self, process: Process) -> bool:
        """Say whether the facts tell that a context is not there."""
        contexts = self._facts.get("contexts")
        if not isinstance(contexts, dict) or not process.is_context:
            return False
        if getattr(contexts, "more", None) is not None:
            return False
        start = process.id + SEPARATOR
        return not any(one == process.id or one.startswith(start) for one in contexts)

    def below(self, name: str) -> set[str]:
        """Give the processes that take anything from one."""
        return {
            one
            for one in self._processes
            if any(way.get("from") == name for way in self._ways(one))
        }

    def _elements(self, name: str) -> tuple[str, ...] | None:
        """Give for what a process is there, where the facts tell it for sure."""
        contexts = self._facts.get("contexts")
        if self._followed.elements or not isinstance(contexts, dict) or name in contexts:
            return None
        elements = [split_name(one) for one in contexts]
        found = tuple(of for process, of in elements if process == name and of is not None)
        return found or None

    def _alternatives(self, name: str, key: str) -> tuple[Way, ...]:
        """Give what a process may start with, or adopt, one after the other."""
        found = self._inherited(name, key)
        ways = [*map(mapping, found)] if isinstance(found, list) else []
        if key == "inherits" and len(ways) == 1 and not ways[0].get("from"):
            return ()
        return tuple(
            self._way(way, self._followed.states.get((name, key, number), ""))
            for number, way in enumerate(ways)
        )

    def _way(self, way: Mapping[str, Json], state: State) -> Way:
        origin = way.get("from")
        process = origin if isinstance(origin, str) else ""
        title = mapping(self._processes.get(process)).get("title")
        return Way(
            process,
            visible(str(title or process)),
            part_words(dict(way)),
            _failure(way),
            self._condition(way.get("when")),
            state,
        )

    def _condition(self, when: Json) -> str:
        return condition_words(when, self._paths)

    def _ways(self, name: str) -> list[Mapping[str, Json]]:
        """Give all that a process may take from others."""
        found = [self._inherited(name, key) for key in KEYS]
        return [mapping(way) for ways in found if isinstance(ways, list) for way in ways]

    def with_facts(self, process: Process) -> Process:
        """Give a process whose sources say whether they were read in the context."""
        contexts = mapping(self._facts.get("contexts"))
        context = contexts.get(process.context)
        if not isinstance(context, dict):
            return process
        # That it is there needs no condition any more, and one of several is drawn as itself.
        is_one = process.context != process.id
        process = replace(process, when="", for_each="" if is_one else process.for_each)
        told = Told(context, self._home())
        reads = tuple(
            told.read(read, mapping(self._sources.get(read.source))) for read in process.reads
        )
        return replace(process, reads=reads)

    def _read(self, number: int, read: Json, shell: Mapping[str, Json] | None) -> Read:
        """Give a source as it is read; a condition that the shell's start decides is decided."""
        entry = {"source": read} if isinstance(read, str) else mapping(read)
        name = str(entry.get("source"))
        label = source_words(name, self._sources.get(name))
        when = entry.get("when")
        if shell is None or when is None:
            return Read(number, name, label, condition_words(when, self._paths))
        left = simplified(when, self._paths, shell)
        if left is True:
            return Read(number, name, label)
        if left is False:
            said = condition_words(failing(when, self._paths, shell), self._paths)
            reason = f"only {said}".replace("only unless", "not when")
            return Read(number, name, label, state="not_read", reason=reason)
        return Read(number, name, label, condition_words(left, self._paths))

    def _inherited(self, name: str, key: str) -> Json:
        """Give what a process says, or else the process that it is like."""
        seen: set[str] = set()
        while name in self._processes and name not in seen:
            seen.add(name)
            entry = mapping(self._processes[name])
            if entry.get(key) is not None:
                return entry[key]
            name = self._template_of(entry)
        return None

    def _shell_of(self, name: str) -> JsonObject:
        """Give how a process's shell is started; one that is the user's adds to its template."""
        entry = mapping(self._processes[name])
        own = mapping(self._inherited(name, "shell"))
        if not own or entry.get("like") != USERS_SHELL:
            return dict(own)
        template = self._processes.get(self._template_of(entry))
        return {**SHELL_DEFAULTS, **mapping(mapping(template).get("shell")), **own}

    def _template_of(self, entry: Mapping[str, Json]) -> str:
        like = entry.get("like")
        name = like[0] if isinstance(like, list) and like else like
        if not isinstance(name, str):
            return ""
        if name == USERS_SHELL:
            shell = mapping(self._facts.get("user")).get("shell")
            if isinstance(shell, str):
                return shell.rpartition("/")[2]
        return name

    def _home(self) -> str:
        home = mapping(self._facts.get("user")).get("home")
        return home.rstrip("/") if isinstance(home, str) else ""


def _failure(adopts: Mapping[str, Json]) -> str:
    failure = adopts.get("if_it_fails")
    return {"keep": "keeps its own if that fails", "unknown": "unknown if that fails"}.get(
        str(failure), ""
    )
