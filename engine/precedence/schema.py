"""The JSON Schema of `contexts`, which are resolved from facts and never gathered."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import JsonObject


def contexts_schema() -> JsonObject:
    """Give the schema of the fact `contexts`: what holds in each launch context."""
    return {
        "type": "object",
        "description": "Launch contexts by id, resolved from start-up files and the graph",
        "additionalProperties": _object(
            "What a process has once its start-up is done",
            title=_text("What it is called", "bash, login shell at the prompt"),
            moment=_text("When: start-up is done, or the prompt is shown", "started", "prompt"),
            confidence=_text("How sure the graph is of it", "verified", "documented"),
            shell=_object(
                "How its shell was started, if it is a shell",
                name=_text("Which shell", "bash"),
                login={"type": "boolean", "description": "Whether it is a login shell"},
                interactive={"type": "boolean", "description": "Whether it has a prompt"},
            ),
            env=_table("Environment variables by name", _variable()),
            path=_list("The entries of PATH in order", _entry()),
            commands=_table("Commands that are tracked, by name", _command()),
            loaded=_list("Start-up files that were read, in order", _loaded()),
            not_loaded=_list("Files that were not read, and why", _not_loaded()),
        ),
    }


def _variable() -> JsonObject:
    return _object(
        "One variable",
        state={
            "type": "string",
            "enum": ["set", "unset", "unknown"],
            "description": "Whether a child process sees it",
        },
        value=_secret("Its value, where it is set and known", "/usr/local/go"),
        cause=_text("Why it is unknown", "opaque"),
        detail=_text("What a person should know of it"),
        set_by=_place(),
        shadowed=_list(
            "Values that a later source replaced",
            _object("One value", value=_secret("The value", "/opt/go"), **_place_keys()),
        ),
        chain=_list(
            "What happened to it, in order",
            _object(
                "One step",
                op=_text("What happened", "inherit", "set", "prepend", "unset", "unknown"),
                value=_secret("The value after it", "/usr/local/go"),
                detail=_text("What a person should know of it"),
                **_place_keys(),
            ),
        ),
    )


def _entry() -> JsonObject:
    entry = {"type": ["string", "object"], "format": "path", "description": "The folder"}
    return _object("One entry", dir=entry | {"required": ["$redacted"]}, set_by=_place())


def _command() -> JsonObject:
    kind = _text("What runs: an alias, a function or a file", "file")
    path = _text("The file that runs", "/usr/local/go/bin/go") | {"format": "path"}
    return _object(
        "One command",
        state={
            "type": "string",
            "enum": ["found", "missing", "unknown"],
            "description": "Whether the name runs anything",
        },
        kind=kind,
        path=path,
        text=_secret("What an alias stands for", "go1.22"),
        alias=_secret("The alias of this name, whether it is in force or not", "go1.22"),
        function={"type": "boolean", "description": "Whether there is a function of this name"},
        cause=_text("Why it is unknown", "opaque"),
        detail=_text("What a person should know of it"),
        set_by=_place(),
        hides=_list(
            "What else the name would run, in order",
            _object(
                "One of them",
                kind=kind,
                path=path,
                text=_secret("What an alias stands for", "go1.22"),
                set_by=_place(),
            ),
        ),
    )


def _loaded() -> JsonObject:
    return _object(
        "One file",
        path=_text("The file", "/home/ann/.bashrc") | {"format": "path"},
        by=_place(),
    )


def _not_loaded() -> JsonObject:
    return _object(
        "One file",
        path=_text("The file", "/home/ann/.profile") | {"format": "path"},
        source=_text("What the graph calls it", "bash-profile"),
        reason={
            "type": "string",
            "enum": ["condition", "hidden", "masked", "unreadable", "not a file"],
            "description": "Why it was not read",
        },
        detail=_text("What a person should know of it"),
    )


def _place() -> JsonObject:
    return _object("Who set it", **_place_keys())


def _place_keys() -> dict[str, JsonObject]:
    return {
        "file": _text("The file", "/home/ann/.bashrc") | {"format": "path"},
        "line": {"type": "integer", "minimum": 1, "description": "The line in it"},
        "source": _text("What the graph calls the source", "bashrc"),
        "process": _text("The process that read it", "bash-login"),
    }


def _text(about: str, *examples: str) -> JsonObject:
    shown: JsonObject = {"examples": list(examples)} if examples else {}
    return {"type": "string", "description": about, **shown}


def _secret(about: str, *examples: str) -> JsonObject:
    # `required` binds objects only: a text, or the marked object that a redacted text becomes.
    return _text(about, *examples) | {"type": ["string", "object"], "required": ["$redacted"]}


def _object(about: str, **properties: JsonObject) -> JsonObject:
    return {"type": "object", "description": about, "properties": properties}


def _list(about: str, items: JsonObject) -> JsonObject:
    return {"type": "array", "description": about, "items": items}


def _table(about: str, values: JsonObject) -> JsonObject:
    return {"type": "object", "description": about, "additionalProperties": values}
