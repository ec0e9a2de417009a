"""How the shells differ in what they do with words and commands."""

from __future__ import annotations

from engine.model.record import record


@record
class Dialect:
    """One shell's ways, as bash 5.2, dash 0.5.12, zsh 5.9, ksh93u+m and mksh R59 have them."""

    name: str
    splits: bool = True
    """Whether an unquoted expansion is split into fields."""
    arrays: bool = True
    escapes_in_echo: bool = False
    last_of_pipe: bool = False
    prefix_stays_special: bool = True
    """Whether `X=1 export ...` (any special builtin) leaves X set."""
    prefix_stays_function: bool = False
    missing_source_ends: str = "next"
    """What `. file` does if there is no file: go on, or leave the file (`stop`)."""
    missing_source_ends_batch: str = "next"
    """The same in a shell that is not interactive."""
    unset_ends: str = "stop"
    aliases_in_batch: bool = True
    functions_see_special: bool = False
    """Whether a function may hide a special builtin."""


DIALECTS = {
    dialect.name: dialect
    for dialect in (
        Dialect(
            "bash",
            prefix_stays_special=False,
            aliases_in_batch=False,
            functions_see_special=True,
        ),
        Dialect(
            "sh",
            arrays=False,
            escapes_in_echo=True,
            missing_source_ends="stop",
            missing_source_ends_batch="exit",
        ),
        Dialect(
            "ash",
            arrays=False,
            missing_source_ends="stop",
            missing_source_ends_batch="exit",
        ),
        Dialect(
            "zsh",
            splits=False,
            escapes_in_echo=True,
            last_of_pipe=True,
            prefix_stays_special=False,
            functions_see_special=True,
        ),
        Dialect(
            "ksh",
            last_of_pipe=True,
            prefix_stays_function=True,
            missing_source_ends_batch="stop",
        ),
        Dialect(
            "mksh",
            escapes_in_echo=True,
            missing_source_ends="stop",
            missing_source_ends_batch="exit",
        ),
    )
}
