"""From a plan, and the contexts that facts give, to a picture."""

from __future__ import annotations

from engine.model.graph import SHELL_DEFAULTS
from engine.model.record import replace
from engine.model.visible import visible
from engine.precedence.instances import instance_of, split_name
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

USERS_SHELL = "$SHELL"


def picture_of(
    plan: JsonObject,
    paths: Sequence[Json] = (),
    focus: str | None = None,
    facts: Mapping[str, Json] | None = None,
) -> Picture:
    """Give the picture of a whole plan, or of one context with all that leads to it.

    `paths` are those of the program that the plan's conditions were compiled into. With `facts` a
    context says of each source whether it was read.
    """
    focus, element = (None, None) if focus is None else split_name(focus)
    reader = _Reader(plan, paths, facts, element)
    if focus is None:
        return Picture(with_families([reader.process(name) for name in reader.order]))
    ancestors = reader.ancestors(focus)
    drawn = tuple(
        reader.with_facts(reader.process(name, is_whole=True))
        for name in reader.order
        if name in ancestors
    )
    return Picture(drawn, focus, facts is not None and "contexts" in facts)


class _Reader:
    def __init__(
        self,
        plan: JsonObject,
        paths: Sequence[Json],
        facts: Mapping[str, Json] | None,
        element: str | None,
    ) -> None:
        self._plan = plan
        self._element = element
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
            inherits=self._way(self._alternatives(name, "inherits")),
            adopts=self._way(self._alternatives(name, "adopts")),
            reads=tuple(
                self._read(number, read, shell if is_whole else None)
                for number, read in enumerate(reads, 1)
            ),
            like=like if is_shown_as_like else "",
        )

    def ancestors(self, name: str) -> set[str]:
        """Give a process with all that it takes anything from."""
        found: set[str] = set()
        ahead = [name]
        while ahead:
            one = ahead.pop()
            if one in found or one not in self._processes:
                continue
            found.add(one)
            ahead += [str(way["from"]) for way in self._ways(one) if way.get("from")]
        return found

    def _alternatives(self, name: str, key: str) -> list[Mapping[str, Json]]:
        """Give what a process may start with, or adopt, one after the other."""
        found = self._inherited(name, key)
        return [*map(mapping, found)] if isinstance(found, list) else []

    def _ways(self, name: str) -> list[Mapping[str, Json]]:
        """Give all that a process may take from others."""
        return [*self._alternatives(name, "inherits"), *self._alternatives(name, "adopts")]

    def _way(self, ways: Sequence[Mapping[str, Json]]) -> Way | None:
        """Give the first way that leads to another process, and when it is one of the others.

        None if there is no such way.
        """
        main = next((way for way in ways if isinstance(way.get("from"), str)), None)
        if main is None:
            return None
        at = ways.index(main)
        said = [f"but {self._part_of(way)}" for way in ways[:at]]
        said += [condition_words(main["when"], self._paths)] if main.get("when") else []
        said += [_failure(main)] if _failure(main) else []
        said += [f"else {self._part_of(way)}" for way in ways[at + 1 :]]
        return Way(str(main["from"]), part_words(dict(main)), "; ".join(said))

    def _part_of(self, way: Mapping[str, Json]) -> str:
        """Say what a process takes that way, and when."""
        part, origin = part_words(dict(way)), way.get("from")
        if origin is not None:
            title = mapping(self._processes.get(str(origin))).get("title") or origin
            part = f"{part} of {visible(str(title))}"
        when = condition_words(way["when"], self._paths) if way.get("when") else ""
        return f"{part} {when}".rstrip()

    def with_facts(self, process: Process) -> Process:
        """Give a process whose sources say whether they were read in the context."""
        contexts = mapping(self._facts.get("contexts"))
        context = contexts.get(instance_of(self._plan, process.id, self._element))
        if not isinstance(context, dict) or not process.reads:
            return process
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
