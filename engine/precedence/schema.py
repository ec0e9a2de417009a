"""The JSON Schema of `contexts`, which are resolved from facts and never gathered."""

from __future__ import annotations

from engine.precedence.programs import programs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import JsonObject


def contexts_schema() -> JsonObject:
    """Give the schema of the fact `contexts`: what holds in each launch context."""
    return {
        "type": "object",
        "description": "Launch contexts by id, resolved from start-up files and the graph",
        "additionalProperties": an_object(
            "What a process has once its start-up is done",
            title=a_text("What it is called", "bash, login shell at the prompt"),
            moment=a_text("When: start-up is done, or the prompt is shown", "started", "prompt"),
            confidence=a_text("How sure the graph is of it", "verified", "documented"),
            shell=an_object(
                "How its shell was started, if it is a shell",
                name=a_text("Which shell", "bash"),
                login={"type": "boolean", "description": "Whether it is a login shell"},
                interactive={"type": "boolean", "description": "Whether it has a prompt"},
            ),
            env=a_table("Environment variables by name", _variable()),
            path=a_list("The entries of PATH in order", _entry()),
            commands=a_table("Commands that are tracked, by name", _command()),
            loaded=a_list("Start-up files that were read, in order", _loaded()),
            not_loaded=a_list("Files that were not read, and why", _not_loaded()),
            **{name: program.schema() for name, program in programs().items()},
        ),
    }


def _variable() -> JsonObject:
    return an_object(
        "One variable",
        state={
            "type": "string",
            "enum": ["set", "unset", "unknown"],
            "description": "Whether a child process sees it",
        },
        value=a_value("Its value, where it is set and known", "/usr/local/go"),
        cause=a_text("Why it is unknown", "opaque"),
        detail=a_text("What a person should know of it"),
        set_by=a_place(),
        shadowed=a_list(
            "Values that a later source replaced",
            an_object("One value", value=a_value("The value", "/opt/go"), **place_keys()),
        ),
        chain=a_list(
            "What happened to it, in order",
            an_object(
                "One step",
                op=a_text("What happened", "inherit", "set", "prepend", "unset", "unknown"),
                value=a_value("The value after it", "/usr/local/go"),
                detail=a_text("What a person should know of it"),
                **place_keys(),
            ),
        ),
    )


def _entry() -> JsonObject:
    entry = {"type": ["string", "object"], "format": "path", "description": "The folder"}
    return an_object("One entry", dir=entry | {"required": ["$redacted"]}, set_by=a_place())


def _command() -> JsonObject:
    kind = a_text("What runs: an alias, a function or a file", "file")
    path = a_text("The file that runs", "/usr/local/go/bin/go") | {"format": "path"}
    return an_object(
        "One command",
        state={
            "type": "string",
            "enum": ["found", "missing", "unknown"],
            "description": "Whether the name runs anything",
        },
        kind=kind,
        path=path,
        text=a_value("What an alias stands for", "go1.22"),
        alias=a_value("The alias of this name, whether it is in force or not", "go1.22"),
        function={"type": "boolean", "description": "Whether there is a function of this name"},
        cause=a_text("Why it is unknown", "opaque"),
        detail=a_text("What a person should know of it"),
        set_by=a_place(),
        hides=a_list(
            "What else the name would run, in order",
            an_object(
                "One of them",
                kind=kind,
                path=path,
                text=a_value("What an alias stands for", "go1.22"),
                set_by=a_place(),
            ),
        ),
    )


def _loaded() -> JsonObject:
    return an_object(
        "One file",
        path=a_text("The file", "/home/ann/.bashrc") | {"format": "path"},
        by=a_place(),
    )


def _not_loaded() -> JsonObject:
    return an_object(
        "One file",
        path=a_text("The file", "/home/ann/.profile") | {"format": "path"},
        source=a_text("What the graph calls it", "bash-profile"),
        reason={
            "type": "string",
            "enum": ["condition", "hidden", "masked", "unreadable", "not a file"],
            "description": "Why it was not read",
        },
        detail=a_text("What a person should know of it"),
    )


def a_place() -> JsonObject:
    """Declare who set something."""
    return an_object("Who set it", **place_keys())


def place_keys() -> dict[str, JsonObject]:
    """Declare the parts of a place."""
    return {
        "file": a_text("The file", "/home/ann/.bashrc") | {"format": "path"},
        "line": {"type": "integer", "minimum": 1, "description": "The line in it"},
        "source": a_text("What the graph calls the source", "bashrc"),
        "process": a_text("The process that read it", "bash-login"),
    }


def a_text(about: str, *examples: str) -> JsonObject:
    """Declare a text."""
    shown: JsonObject = {"examples": list(examples)} if examples else {}
    return {"type": "string", "description": about, **shown}


def a_value(about: str, *examples: str) -> JsonObject:
    """Declare a text of which a part, or all, may be redacted."""
    # `required` binds objects only: a text, or the marked object that a redacted text becomes.
    return a_text(about, *examples) | {"type": ["string", "object"], "required": ["$redacted"]}


def an_object(about: str, **properties: JsonObject) -> JsonObject:
    """Declare a mapping with known keys."""
    return {"type": "object", "description": about, "properties": properties}


def a_list(about: str, items: JsonObject) -> JsonObject:
    """Declare a list."""
    return {"type": "array", "description": about, "items": items}


def a_table(about: str, values: JsonObject) -> JsonObject:
    """Declare a mapping from names that are not known beforehand."""
    return {"type": "object", "description": about, "additionalProperties": values}
