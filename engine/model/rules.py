"""Packs and rules as a person wrote them, before names are bound."""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from engine.model.conditions import Condition, Domain, FactRef, ParamRef
    from engine.model.graph import Graph
    from engine.model.json_value import Json, JsonObject
    from engine.model.place import Place
    from engine.model.verdicts import Outcome, Severity

    Part: TypeAlias = "str | FactRef | ParamRef"


@record
class Template:
    """A message: literal text and placeholders in turn (`"{tool.name} is in {param:folder}"`)."""

    text: str
    parts: tuple[Part, ...]
    place: Place


@record
class ForEach:
    """One level of `for_each`: a domain and the name bound to its elements."""

    domain: Domain
    name: str
    place: Place


@record
class Example:
    """Facts and the outcome that a rule must give for them: a test and a piece of documentation.

    `facts` may be a whole facts document (with `schema`, `provenance`, `absent`) or plain facts.
    """

    name: str
    facts: JsonObject
    expect: Outcome
    place: Place
    says: str | None = None
    absent: JsonObject | None = None
    params: JsonObject | None = None
    today: str | None = None


@record
class Rule:
    """One policy: when it applies, what it requires, what to say and do otherwise.

    `subjects` limits the kinds of document that it judges; empty means all.
    """

    id: str
    title: str
    severity: Severity
    require: Condition
    message: Template
    place: Place
    about: str = ""
    remedy: Template | None = None
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    when: Condition | None = None
    for_each: tuple[ForEach, ...] = ()
    where: Condition | None = None
    unless: Condition | None = None
    examples: tuple[Example, ...] = ()


@record
class Parameter:
    """A value that a pack leaves open; `has_default` tells a default of null from none."""

    name: str
    place: Place
    about: str = ""
    schema: Json = True
    has_default: bool = False
    default: Json = None


@record
class Override:
    """A pack's change to a rule that it extends; None leaves a field as it is."""

    rule: str
    because: str
    place: Place
    severity: Severity | None = None
    params: Mapping[str, Json] | None = None
    disabled: bool | None = None


@record
class GatherEntry:
    """A fact of a pack's own, read without code from a file, a variable or a command's output.

    `at` leads to the value in what was read; `place` is where the fact is named.
    """

    fact: tuple[str, ...]
    place: Place
    file: str | None = None
    variable: str | None = None
    command: tuple[str, ...] = ()
    format: str = "text"
    at: tuple[str | int, ...] = ()
    pattern: str | None = None
    timeout: int = 10


@record
class Pack:
    """Rules shipped together under one name and version.

    `extends` holds the loaded packs in the order written; `files` are the paths that were read, and
    `digest` is that of their names and content. `graph` is the pack's part of the precedence graph.
    """

    name: str
    place: Place
    version: str = "0"
    title: str = ""
    extends: tuple[Pack, ...] = ()
    params: tuple[Parameter, ...] = ()
    define: tuple[tuple[str, Condition], ...] = ()
    facts: JsonObject | None = None
    gather: tuple[GatherEntry, ...] = ()
    overrides: tuple[Override, ...] = ()
    rules: tuple[Rule, ...] = ()
    files: tuple[str, ...] = ()
    digest: str = ""
    graph: Graph | None = None


@record
class WaiverEntry:
    """A waiver as it stands in its file: which findings of a rule it covers, and until when."""

    rule: str
    owner: str
    because: str
    expires: str
    place: Place
    where: Condition | None = None
    value: str | None = None


@record
class Config:
    """What `engine.yaml` says for its folder; paths are relative to where the engine runs."""

    place: Place
    rules: tuple[str, ...] = ()
    waivers: str | None = None
    params: Mapping[str, Json] | None = None
    fail_on: Severity | None = None
    strict: bool = False
    launches: tuple[tuple[str, Place], ...] = ()
