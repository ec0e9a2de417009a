"""What a project says of Go and of the terminal, as GoLand writes it into `workspace.xml`.

GoLand's source is not public: GOROOT, GoLibraries and VgoProject are read as its files show them,
and as go-lang-idea-plugin wrote the first two. The terminal is read as the terminal plugin of
intellij-community writes it (EnvironmentVariablesDataOptions, TerminalProjectOptionsProvider).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.jetbrains import macros as macro
from engine.gather.jetbrains.components import is_true, listed, option_value, variables
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.assignments import Assignment
    from engine.gather.jetbrains.macros import Macros
    from engine.gather.jetbrains.xml_tree import Element
    from engine.model.facts import Absent


@record
class Gopath:
    """The folders of a GOPATH with their lines, and whether the variable GOPATH counts as well."""

    folders: tuple[tuple[str | Absent, int], ...]
    use_system: bool


@record
class Modules:
    """What is set for modules; what is not written is None."""

    enabled: bool | None
    proxy: str | None
    variables: tuple[Assignment, ...]


@record
class Terminal:
    """What is set for the terminal; a shell of None is the program's choice."""

    variables: tuple[Assignment, ...]
    pass_parent: bool
    shell: str | None


def goroot(component: Element, macros: Macros) -> str | Absent | None:
    """Give the folder of the Go that the project works with; None where none is chosen."""
    text = component.attributes.get("url") or component.attributes.get("path")
    return macro.path(text, macros) if text else None


def gopath(component: Element, macros: Macros) -> Gopath:
    """Give the GOPATH of a project, or of the program where it stands among the user's options."""
    folders = tuple((macro.path(text, macros), line) for text, line in listed(component, "urls"))
    said = option_value(component, "useGoPathFromSystemEnvironment")
    return Gopath(folders, is_true(said) if said is not None else True)


def modules(component: Element, macros: Macros) -> Modules:
    """Give the settings of Go modules, among them variables for every `go` command."""
    enabled, proxy = component.first("integration-enabled"), component.first("proxy")
    environment = component.first("environment")
    entries = environment.first("map") if environment is not None else None
    return Modules(
        is_true(enabled.text) if enabled is not None else None,
        proxy.text if proxy is not None else None,
        tuple(variables(entries, macros, entry="entry", key="key")),
    )


def terminal(component: Element, macros: Macros) -> Terminal:
    """Give the settings of the terminal in a project."""
    said = option_value(component, "passParentEnvs")
    return Terminal(
        tuple(variables(component.first("envs"), macros, entry="env", key="key")),
        is_true(said) if said is not None else True,
        option_value(component, "shellPath") or None,
    )
