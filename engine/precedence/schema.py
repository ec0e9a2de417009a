"""The JSON Schema of `contexts`, which are resolved from facts and never gathered."""

from __future__ import annotations

from engine.precedence.programs import programs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import JsonObject


def contexts_schema() -> JsonObject:
    """Give the schema of the fact `contexts`: what holds in each launch context."""
    return a_table(
        "Launch contexts by id, resolved from start-up files and the graph while judging",
        an_object(
            "What a process has once its start-up is done",
            title=a_text("What people call it", "bash, login shell at the prompt"),
            moment=a_word(
                "Which moment it tells of: start-up is done, or the prompt is shown", _MOMENTS
            ),
            confidence=a_word("How sure the graph is of it: asked of real shells, or read", _SURE),
            of=a_text(
                "The process of which there is one for each of several, if it is one of those",
                "compose-service",
            ),
            shell=an_object(
                "How its shell was started; missing where it is no shell",
                name=a_text("Which shell it is", "bash"),
                login=a_flag("Whether it is a login shell"),
                interactive=a_flag("Whether it has a prompt"),
            ),
            env=a_table("Environment variables by name", _variable(), "GOROOT"),
            path=a_list("The entries of PATH in order", _entry()),
            commands=a_table("Commands that are tracked, by name", _command(), "go"),
            loaded=a_list("Start-up files that were read, in order", _loaded()),
            not_loaded=a_list("Files that were not read, and why", _not_loaded()),
            **{name: program.schema() for name, program in programs().items()},
        ),
        "login-shell",
        "bash-interactive",
    )


_MOMENTS = ("started", "prompt")
_SURE = ("verified", "documented")
_UNREAD = ("condition", "hidden", "masked", "unreadable", "not a file")
_CAUSE = ("Why nobody knows", "opaque")
_DETAIL = ("What a person should know of it", "depends on the status of `test -d /opt/go`")


def _variable() -> JsonObject:
    return an_object(
        "One variable",
        state=a_word("Whether a child process sees it", ("set", "unset", "unknown")),
        value=a_value("Its value, where it is set and known", "/usr/local/go"),
        cause=a_text(*_CAUSE),
        detail=a_text(*_DETAIL),
        set_by=a_place("Who set it last"),
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
                detail=a_text(*_DETAIL),
                **place_keys(),
            ),
        ),
    )


def _entry() -> JsonObject:
    return an_object(
        "One entry",
        dir=a_value("The folder", "/usr/local/go/bin") | _PATH,
        set_by=a_place("Who put it there"),
    )


def _command() -> JsonObject:
    runs = {
        "kind": a_word("What runs", ("alias", "function", "file")),
        "path": a_text("The file that runs", "/usr/local/go/bin/go") | _PATH,
        "text": a_value("What an alias stands for", "go1.22"),
    }
    return an_object(
        "One command",
        state=a_word("Whether the name runs anything", ("found", "missing", "unknown")),
        **runs,
        alias=a_value("The alias of this name, whether it is in force or not", "go1.22"),
        function=a_flag("Whether there is a function of this name"),
        cause=a_text(*_CAUSE),
        detail=a_text(*_DETAIL),
        set_by=a_place("Who defined the alias or function"),
        hides=a_list(
            "What else the name would run, in order",
            an_object("One of them", **runs, set_by=a_place("Who defined it")),
        ),
    )


def _loaded() -> JsonObject:
    return an_object(
        "One file",
        path=a_text("The file", "/home/dana/.bashrc") | _PATH,
        by=a_place("Who had it read, where another file did"),
    )


def _not_loaded() -> JsonObject:
    return an_object(
        "One file",
        path=a_text("The file", "/home/dana/.profile") | _PATH,
        source=a_text("What the graph calls it", "bash-profile"),
        reason=a_word("Why it was not read", _UNREAD),
        detail=a_text("What a person should know of it", "~/.bash_profile comes first"),
    )


def comparison_schema() -> JsonObject:
    """Give the schema of the fact `comparison`: all contexts side by side."""
    names = a_text("One context", "login-shell")
    return an_object(
        "All launch contexts side by side, worked out while judging",
        variables=a_table(
            "Variables by name",
            an_object(
                "One variable",
                state=a_word(
                    "Whether all contexts have one value; unknown where none that is known differs",
                    ("agrees", "differs"),
                ),
                values=a_list(
                    "The values that it has, that of most contexts first",
                    an_object(
                        "One value",
                        state=a_word("Whether that is to be set", ("set", "unset")),
                        value=a_value("The value", "/usr/local/go"),
                        contexts=a_list("Where it has it", names),
                        set_by=a_list("Who sets or removes it there", a_place()),
                        set_by_here_only=a_list(
                            "Those of them that do so in no context with another value", a_place()
                        ),
                    ),
                ),
                set_in=a_list("The contexts in which it is set", names),
                unknown_in=a_list("The contexts of which nobody knows", names),
            ),
            "GOROOT",
        ),
        sources=a_table(
            "Sources of the graph that set something, by id",
            an_object(
                "One source",
                reaches=a_list("The contexts in which it sets something", names),
                decides=a_table(
                    "The contexts in which its value counts, by variable",
                    a_list("Contexts", names),
                    "GOROOT",
                ),
            ),
            "bashrc",
        ),
    )


def a_place(about: str = "Who set it") -> JsonObject:
    """Declare who did something."""
    return an_object(about, **place_keys())


def place_keys() -> dict[str, JsonObject]:
    """Declare the parts of a place."""
    return {
        "file": a_text("The file that did it", "/home/dana/.bashrc") | _PATH,
        "line": {
            "type": "integer",
            "description": "The line in that file",
            "examples": [6],
            "minimum": 1,
        },
        "source": a_text("What the graph calls the source", "bashrc"),
        "process": a_text("The process that read it", "bash-login"),
        "file_system": a_text("Whose file it is, if not the machine's", "Dockerfile"),
    }


_PATH = {"format": "path"}


def a_text(about: str, *examples: str) -> JsonObject:
    """Declare a text."""
    return {"type": "string", "description": about, "examples": list(examples)}


def a_word(about: str, among: tuple[str, ...]) -> JsonObject:
    """Declare a text out of a few words."""
    return a_text(about, among[0]) | {"enum": list(among)}


def a_value(about: str, *examples: str) -> JsonObject:
    """Declare a text in which secrets are to be expected."""
    # `required` binds objects only: a text, or the marked object that a redacted text becomes.
    may_be_redacted = {"type": ["string", "object"], "required": ["$redacted"]}
    return a_text(about, *examples) | may_be_redacted | {"x-secret": True}


def a_flag(about: str) -> JsonObject:
    """Declare a yes or no."""
    return {"type": "boolean", "description": about, "examples": [True]}


def an_object(about: str, **properties: JsonObject) -> JsonObject:
    """Declare a mapping with known keys."""
    return {"type": "object", "description": about, "properties": properties}


def a_list(about: str, items: JsonObject) -> JsonObject:
    """Declare a list."""
    return {"type": "array", "description": about, "items": items}


def a_table(about: str, values: JsonObject, *keys: str) -> JsonObject:
    """Declare a mapping from names that are not known beforehand, with examples of such names."""
    return {
        "type": "object",
        "description": about,
        "propertyNames": {"examples": list(keys)},
        "additionalProperties": values,
    }
