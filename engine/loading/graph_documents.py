"""The shapes of a pack's part of the precedence graph, and the source of their schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import ConfigDict, Field, WithJsonSchema

from engine.loading._base import UNSET, Condition, Document
from engine.model.graph import SHELLS, SYNTAXES

GRAPH_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
PROCESS_NAME = r"^(\$SHELL|[A-Za-z0-9][A-Za-z0-9._-]*)$"
VARIABLE = r"^[A-Za-z_][A-Za-z0-9_]*$"
VARIABLES = r"^[A-Za-z_*?][A-Za-z0-9_*?]*$"
COMMAND = r"^[^/\s]+$"

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.model.graph import Kind, Part

    Shell: TypeAlias = str
    Syntax: TypeAlias = str
else:
    Shell = Literal[tuple(SHELLS)]
    Syntax = Literal["shell", *SYNTAXES]

Id: TypeAlias = Annotated[str, Field(pattern=GRAPH_ID)]
Variables: TypeAlias = Annotated[str, Field(pattern=VARIABLES)]
Expression: TypeAlias = Annotated[Any, WithJsonSchema({"grammar": "expression"})]
Setting: TypeAlias = Annotated[Any, WithJsonSchema({"grammar": "setting"})]
Read: TypeAlias = Annotated[Any, WithJsonSchema({"grammar": "read"})]
FurtherRead: TypeAlias = Annotated[Any, WithJsonSchema({"grammar": "further_read"})]
Name: TypeAlias = Annotated[Any, WithJsonSchema({"grammar": "name"})]

KINDS: tuple[Kind, ...] = (
    "file", "first", "files", "sets", "assignments", "environment", "touches",
)  # fmt: skip
PARTS: tuple[Part, ...] = ("only", "except", "nothing")


def _one_of(keys: Sequence[str]) -> list[Any]:
    return [{"required": [key]} for key in keys]


def _at_most_one_of(keys: Sequence[str]) -> list[Any]:
    return [*_one_of(keys), {"not": {"anyOf": _one_of(keys)}}]


class SourceDocument(Document):
    """Something that contributes to an environment: give one of its seven kinds."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": _one_of(KINDS),
            "dependentRequired": {
                "file": ["syntax"],
                "first": ["syntax"],
                "files": ["syntax"],
                "readable": ["first"],
                "order": ["files"],
                "mask": ["files"],
                "scopes": ["assignments"],
                "at_most": ["assignments"],
            },
            "dependentSchemas": {"syntax": {"anyOf": _one_of(KINDS[:3])}},
        }
    )

    title: str = Field(UNSET, description="What it is called; else the path or the id.")
    file: Expression = Field(UNSET, description="A file.")
    first: list[Expression] = Field(
        UNSET, description="Files of which only the first that exists is read.", min_length=1
    )
    files: list[Expression] = Field(
        UNSET,
        description="Files, and `*` in their last part: each that exists is read.",
        min_length=1,
    )
    syntax: Syntax = Field(
        UNSET, description="What the file is written in; `shell` is that of the process's shell."
    )
    readable: bool = Field(False, description="With `first`: go on to the next if it is closed.")
    order: Literal["listed", "basename"] = Field(
        "listed", description="With `files`: as listed, or all together sorted by their names."
    )
    mask: bool = Field(
        False, description="With `files`: a name in an earlier folder hides it in later ones."
    )
    sets: dict[Annotated[str, Field(pattern=VARIABLE)], Setting] = Field(
        UNSET, description="Variables that it sets itself, without any file.", min_length=1
    )
    assignments: str = Field(
        UNSET, description="The path of a fact that lists what becomes of variables, in order."
    )
    scopes: dict[Annotated[str, Field(pattern=GRAPH_ID)], str] = Field(
        UNSET,
        description="With `assignments`: the processes whose variables they name, such as "
        "`client: terminal-shell`.",
        min_length=1,
    )
    at_most: list[Variables] = Field(
        UNSET,
        description="With `assignments`: the variables that they can speak of, so that others stay "
        "known where the list is not.",
        min_length=1,
    )
    environment: str = Field(UNSET, description="The path of a fact that maps variables to values.")
    touches: list[Variables] = Field(
        UNSET,
        description="Variables that it may set to anything; `*` stands for any letters.",
        min_length=1,
    )


class PartDocument(Document):
    """The part of another process's environment that is taken over; all of it by default."""

    model_config = ConfigDict(json_schema_extra={"oneOf": _at_most_one_of(PARTS)})

    from_: str = Field(UNSET, alias="from", description="The process.")
    only: list[Name] = Field(UNSET, description="Only these variables.", min_length=1)
    except_: list[Name] = Field(
        UNSET, alias="except", description="All but these variables.", min_length=1
    )


class InheritsDocument(PartDocument):
    """What a process starts with, if it does."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": _at_most_one_of(PARTS),
            "anyOf": _one_of(("from", "nothing", "first")),
            "dependentSchemas": {
                "nothing": {"propertyNames": {"enum": ["nothing", "when"]}},
                "first": {"maxProperties": 1},
            },
        }
    )

    nothing: bool = Field(
        UNSET,
        description="It starts with an empty environment.",
        json_schema_extra={"const": True},
    )
    of: Expression = Field(
        UNSET, description="Which one, by its id, if that process is there for each of several."
    )
    when: Condition = Field(UNSET, description="With `first`: when this one counts.")
    first: list[InheritsDocument] = Field(
        UNSET,
        description="Several of these, of which the first counts whose `when` holds.",
        min_length=1,
    )


class AdoptsDocument(PartDocument):
    """What a process takes over from another one that it starts, and looks at."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": _at_most_one_of(PARTS),
            "anyOf": _one_of(("from", "first")),
            "dependentSchemas": {"first": {"maxProperties": 1}},
        }
    )

    if_it_fails: Literal["keep", "unknown"] = Field(
        "unknown", description="What holds when that process breaks off: its own, or nobody knows."
    )
    when: Condition = Field(UNSET, description="When it does so at all.")
    first: list[AdoptsDocument] = Field(
        UNSET,
        description="Several of these, of which the first counts whose `when` holds.",
        min_length=1,
    )


class ShellDocument(Document):
    """How a shell is started."""

    name: Shell = Field(UNSET, description="Which shell.")
    login: bool = Field(UNSET, description="Whether it is a login shell (`-l`).")
    interactive: bool = Field(UNSET, description="Whether it is interactive (`-i`, or a prompt).")
    posix: bool = Field(UNSET, description="Whether it was asked to be POSIX (`--posix`).")
    as_sh: bool = Field(UNSET, description="Whether it was started under the name `sh`.")
    norc: bool = Field(UNSET, description="Whether bash was started with `--norc`.")
    noprofile: bool = Field(UNSET, description="Whether bash was started with `--noprofile`.")
    no_config: bool = Field(UNSET, description="Whether fish was started with `--no-config`.")
    path: Expression = Field(
        UNSET, description="With `like: $SHELL`: the shell, if it is not the user's own."
    )
    rcfile: Expression = Field(UNSET, description="The file of bash's `--rcfile`.")
    via: Literal["c", "script", "stdin", "prompt"] = Field(
        UNSET, description="Where its commands come from."
    )
    stdin: Literal["null", "socket", "tty"] = Field(UNSET, description="What it reads from.")
    argv0: str = Field(UNSET, description="The name that it is started by, where that is known.")
    options: dict[str, bool] = Field(
        UNSET, description="Shell options at the start, in lower case and without `_` or `no`."
    )


class ProcessDocument(Document):
    """Something that has an environment; one that is no template is a launch context."""

    model_config = ConfigDict(
        json_schema_extra={"dependentSchemas": {"also_reads": {"maxProperties": 1}}}
    )

    template: bool = Field(False, description="Whether it is only there to be taken up by others.")
    title: str = Field(UNSET, description="What people call it.")
    about: str = Field(UNSET, description="What it is, and how it is started.")
    like: Annotated[str, Field(pattern=PROCESS_NAME)] = Field(
        UNSET,
        description="A process whose keys count where this one has none; `$SHELL` is the template "
        "named after the user's shell.",
    )
    for_each: str = Field(
        UNSET,
        description="A list of the facts whose elements have an `id`: there is such a process for "
        "each, called PROCESS:ID, and to it the element is `each`.",
    )
    when: Condition = Field(UNSET, description="When there is such a process at all.")
    inherits: InheritsDocument = Field(UNSET, description="What it starts with.")
    adopts: AdoptsDocument = Field(UNSET, description="What it takes over after it has started.")
    shell: ShellDocument = Field(UNSET, description="How it is started, if it is a shell.")
    reads: list[Read] = Field(UNSET, description="The sources that it reads, in order.")
    also_reads: list[FurtherRead] = Field(
        UNSET,
        description="Sources that a process of another pack reads too; stands alone.",
        min_length=1,
    )
    moment: Literal["started", "prompt"] = Field(
        UNSET, description="When it is looked at: once it has started, or at its prompt."
    )
    directory: Expression = Field(UNSET, description="The folder that it is started in.")
    user: Expression = Field(UNSET, description="The user that it runs as; else the subject's.")
    file_system: Expression = Field(
        UNSET, description="What its files are in, such as an image; else the machine."
    )
    finds: dict[Annotated[str, Field(pattern=COMMAND)], list[Expression]] = Field(
        UNSET,
        description="Folders in which it looks for a program, in order, instead of on its PATH.",
        min_length=1,
    )
    confidence: Literal["verified", "documented"] = Field(
        UNSET, description="Whether somebody tried it, or only read about it."
    )
    evidence: str = Field(UNSET, description="How that is known.")


class TracksDocument(Document):
    """What every context tells, whether or not something sets it."""

    variables: list[Variables] = Field([], description="Variables; `*` stands for any letters.")
    commands: list[Annotated[str, Field(pattern=COMMAND)]] = Field(
        [], description="Commands to look up."
    )
    programs: list[str] = Field(
        [], description="Programs whose own settings every context tells, such as `go`."
    )


class ToolDocument(Document):
    """A program whose output shells evaluate, or a file that they load; and what it may touch."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": _one_of(("tool", "file")),
            "dependentRequired": {"arguments": ["tool"]},
        }
    )

    tool: Annotated[str, Field(pattern=COMMAND)] = Field(UNSET, description="The program's name.")
    file: str = Field(UNSET, description="A pattern of the file's path, such as `*/nvm.sh`.")
    arguments: list[str] = Field([], description="The words that follow the program's name.")
    touches: list[Variables] = Field([], description="Variables that it may set to anything.")
    functions: list[str] = Field([], description="Functions that it may define.")
    aliases: list[str] = Field([], description="Aliases that it may define.")
    at_prompt: list[Variables] = Field(
        [], description="Variables that its hooks may set to anything at each prompt."
    )
    needs: list[str] = Field(
        [],
        description="Files without which, here or above, its hooks at the prompt do nothing.",
    )
    evidence: str = Field("", description="How that is known.")


class GraphDocument(Document):
    """A pack's part of the precedence graph."""

    sources: dict[Id, SourceDocument] = Field(
        {}, description="What contributes to environments, by id."
    )
    processes: dict[Id, ProcessDocument] = Field({}, description="What has one, by id.")
    tracks: TracksDocument = Field(UNSET, description="What every context tells.")
    tools: list[ToolDocument] = Field(
        [], description="Programs and files whose effect on a shell is known."
    )
