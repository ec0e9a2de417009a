"""The precedence graph as a person wrote it: sources, processes, what is tracked, known tools."""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal as OneOf
    from typing import TypeAlias

    from engine.model.conditions import Condition, FactRef, Literal, ParamRef
    from engine.model.place import Place

    Expression: TypeAlias = (
        "Literal | FactRef | ParamRef | Joined | Variable | Expanded | Command | Asked"
    )
    Value: TypeAlias = "Expression | SomeText | Counter | Unset"
    Name: TypeAlias = "str | FactRef"
    Part: TypeAlias = OneOf["all", "only", "except", "nothing"]
    Kind: TypeAlias = OneOf[
        "file", "first", "files", "sets", "assignments", "environment", "touches"
    ]


# Expressions: texts that are only known once a process has come as far as to need them


@record
class Joined:
    """A path put together: `{join: [{env: HOME}, .zshenv]}`."""

    parts: tuple[Expression, ...]
    place: Place


@record
class Variable:
    """A variable of the process at that moment: `{env: ZDOTDIR, else: {env: HOME}}`.

    Without `fallback`, an unset variable gives nothing; `empty_is_unset` lets an empty one do so.
    """

    name: str
    fallback: Expression | None
    empty_is_unset: bool
    place: Place


@record
class Expanded:
    """A text that the shell expands before it uses it: `{expand: {env: ENV}}`.

    `tilde` says whether a leading `~` is expanded as well.
    """

    text: Expression
    tilde: bool
    place: Place


@record
class Command:
    """The file that a command's name runs: `{command: {fact: process.shell.argv0}}`."""

    name: Expression
    place: Place


@record
class Asked:
    """What a program makes of its environment then: `{program: go, setting: GOPROXY}`."""

    program: str
    setting: str
    place: Place


@record
class SomeText:
    """A value known to be there and not empty, and at most how it begins and ends.

    `{some: text}`, or with one `*` for what is not known: `{some: "linux*"}`.
    """

    starts: str
    ends: str
    place: Place


@record
class Counter:
    """One more than a variable's number: `{count: SHLVL}`."""

    name: str
    place: Place


@record
class Unset:
    """No value: the variable is removed: `{unset: true}`."""

    place: Place


# Sources and processes


@record
class Setting:
    """What a source of kind `sets` does to one variable.

    Not `exported`, a variable that was inherited is passed on all the same, as shells do it.
    """

    name: str
    value: Value
    place: Place
    exported: bool = True
    if_unset: bool = False
    when: Condition | None = None


@record
class Source:
    """Something that contributes to an environment.

    `paths` are those of a `file`, of the `first` that exists or of the `files` in an order;
    `settings` belong to `sets`, `fact` to `environment` and to `assignments`, `names` to
    `touches`, and to `assignments` that can speak of no others.
    `scopes` are the processes whose variables assignments may name, by what they call them.
    """

    id: str
    kind: Kind
    place: Place
    title: str = ""
    paths: tuple[Expression, ...] = ()
    syntax: str | None = None
    readable: bool = False
    order: str = "listed"
    mask: bool = False
    settings: tuple[Setting, ...] = ()
    fact: FactRef | None = None
    names: tuple[str, ...] = ()
    scopes: tuple[tuple[str, str, Place], ...] = ()


@record
class Read:
    """A source at its place among those that a process reads, under a condition."""

    source: str
    place: Place
    when: Condition | None = None
    evidence: str = ""
    after: tuple[tuple[str, Place], ...] = ()
    before: tuple[tuple[str, Place], ...] = ()


@record
class Inheritance:
    """The part of another process's environment that one starts with, under a condition.

    `of` says which one where that process is there for each element of a list.
    """

    process: str | None
    part: Part
    names: tuple[Name, ...]
    place: Place
    when: Condition | None = None
    of: Expression | None = None


@record
class Adoption:
    """The part of another process's result that one takes over after it has started."""

    process: str
    part: Part
    names: tuple[Name, ...]
    if_it_fails: str
    place: Place
    when: Condition | None = None


@record
class Process:
    """Something that has an environment; one that is no template is a launch context.

    What is None is taken over from the process that this one is `like`. With `for_each` there is
    one for each element of a list, which is `each` to what it says; `when` says whether it is there
    at all. `inherits` and `adopts` are alternatives, of which the first that applies counts.
    `file_system` names the one that its files are in, if it is not the machine's; `finds` where it
    looks for programs.
    """

    id: str
    place: Place
    template: bool = False
    title: str | None = None
    about: str | None = None
    like: tuple[str, Place] | None = None
    for_each: FactRef | None = None
    when: Condition | None = None
    inherits: tuple[Inheritance, ...] | None = None
    adopts: tuple[Adoption, ...] | None = None
    shell: Mapping[str, object] | None = None
    reads: tuple[Read, ...] | None = None
    moment: str | None = None
    directory: Expression | None = None
    user: Expression | None = None
    file_system: Expression | None = None
    finds: tuple[tuple[str, tuple[Expression, ...]], ...] | None = None
    confidence: str | None = None
    evidence: str | None = None


@record
class Addition:
    """Sources that a process of another pack reads as well."""

    process: str
    reads: tuple[Read, ...]
    place: Place


@record
class Tool:
    """A program whose output shells evaluate, or a file that they load; and what it may touch.

    `at_prompt` are the variables that its hooks may touch each time the shell prompts; where it has
    `needs`, only with a file of one of these names in the directory or above.
    """

    place: Place
    tool: str | None = None
    file: str | None = None
    arguments: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    at_prompt: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    evidence: str = ""


@record
class Graph:
    """One file's part of the precedence graph."""

    sources: tuple[Source, ...] = ()
    processes: tuple[Process, ...] = ()
    additions: tuple[Addition, ...] = ()
    variables: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    programs: tuple[tuple[str, Place], ...] = ()
    tools: tuple[Tool, ...] = ()


SHELLS = {
    "bash": "bash",
    "sh": "sh",
    "dash": "sh",
    "ash": "sh",
    "zsh": "zsh",
    "fish": "fish",
    "ksh": "ksh",
    "mksh": "mksh",
}
"""The shells by name, and the syntax that each reads its start-up files in."""

SYNTAXES = (
    *dict.fromkeys(SHELLS.values()),
    "pam-env",
    "systemd-env",
    "crontab",
    "env",
    "fish-variables",
)
"""What a source's `syntax` may be, beside `shell`: that of the process's shell."""

SHELL_DEFAULTS: Mapping[str, object] = {
    "login": False,
    "interactive": False,
    "posix": False,
    "as_sh": False,
    "norc": False,
    "noprofile": False,
    "no_config": False,
    "rcfile": None,
    "path": None,
    "via": "c",
    "stdin": "null",
    "argv0": None,
    "options": {},
}
"""How a shell is started unless a process says otherwise."""
