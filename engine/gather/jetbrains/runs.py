"""Run configurations: what they set for the program that they start.

Read as GoRunConfigurationBase of go-lang-idea-plugin did, whose form GoLand still writes, and as
the platform does (EnvironmentVariablesComponent, EnvironmentVariablesData). A template is copied
when a configuration is made, and never read for one that is there (RunnerAndConfigurationSettings).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.jetbrains import macros as macro
from engine.gather.jetbrains.components import is_true, listed, option_value, variables
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.jetbrains.macros import Macros
    from engine.gather.jetbrains.xml_tree import Element

FOR_GO = frozenset(
    (
        "GoApplicationRunConfiguration",
        "GoFileRunConfiguration",
        "GoTestRunConfiguration",
        "GocheckRunConfiguration",
        "GoRemoteDebugConfigurationType",
    )
)
"""The kinds of run configurations of the Go plugin, old ones included."""

_HARMLESS = frozenset(("PythonCoverageRunConfigurationExtension", "coverage"))
_ENV_FILE_PLUGIN = "net.ashald.envfile"
_PASS_PARENT = ("PASS_PARENT_ENVS", "PARENT_ENVS")


@record
class EnvFile:
    """A file whose variables a run gets; its line, and whether it is a program to run for them."""

    path: str | Absent
    line: int
    is_run: bool = False


@record
class Run:
    """A run configuration, or the template of a kind, which has no name."""

    name: str | None
    kind: str
    line: int
    variables: tuple[Assignment | Absent, ...]
    pass_parent: bool | Absent
    directory: str | Absent | None
    files: tuple[EnvFile, ...]

    @property
    def for_go(self) -> bool:
        """Whether it is one of Go's kinds."""
        return self.kind in FOR_GO


def runs_in(holder: Element, macros: Macros) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Give the run configurations of a component, and the templates in it."""
    found = [_run(each, macros) for each in holder.named("configuration")]
    told = [each for each in found if each is not None]
    return (
        tuple(each for each in told if each.name is not None),
        tuple(each for each in told if each.name is None),
    )


def _run(element: Element, macros: Macros) -> Run | None:
    is_template = is_true(element.attributes.get("default", "false"))
    name, kind = element.attributes.get("name"), element.attributes.get("type")
    if kind is None or (name is None and not is_template):
        return None  # the program passes over it, too
    files = _env_files(element, macros)
    return Run(
        None if is_template else name,
        kind,
        element.line,
        _variables(element, macros, kind),
        _pass_parent(element, kind),
        _directory(element, macros),
        files,
    )


def _variables(element: Element, macros: Macros, kind: str) -> tuple[Assignment | Absent, ...]:
    envs = element.first("envs")
    own: list[Assignment | Absent] = [*variables(envs, macros, entry="env", key="name", kind=kind)]
    if envs is None:
        own += _old_variables(element, macros, kind)
    before, after = _others(element)
    return (*before, *own, *after)


def _old_variables(element: Element, macros: Macros, kind: str) -> Iterator[Assignment]:
    """Give the variables of the old form, one text in which `;` stands between them."""
    option = element.option("ENV_VARIABLES")
    text = option.attributes.get("value", "") if option is not None else ""
    for piece in text.split(";"):
        name, equals, value = piece.partition("=")
        if option is not None and equals:
            yield Assignment(name, macro.value(value, macros, name, kind), line=option.line)


def _others(element: Element) -> tuple[list[Absent], list[Absent]]:
    """Give holes for what else may set variables: before those that are written, and after."""
    before: list[Absent] = []
    after: list[Absent] = []
    if listed(element, "envFilePaths"):
        after.append(Absent("opaque", "files with variables are read as well"))
    for extension in _extensions(element):
        name = _name_of(extension)
        if name == _ENV_FILE_PLUGIN:
            hole = Absent("opaque", "the plugin EnvFile reads files with variables as well")
            is_before, is_after = _around_own(_entries(extension))
            before += [hole] if is_before else []
            after += [hole] if is_after else []
        elif name not in _HARMLESS:
            after.append(Absent("opaque", f"the plugin `{name}` may set variables as well"))
    return before, after


def _around_own(entries: tuple[Element, ...]) -> tuple[bool, bool]:
    """Say whether EnvFile puts variables before those of the configuration itself, and after.

    These are an entry of their own among its files, of which later ones win; where that is switched
    off, they are not handed on.
    """
    kinds = [each.attributes.get("PARSER") for each in entries if _is_on(each)]
    if "runconfig" in kinds:
        at = kinds.index("runconfig")
        return at > 0, at < len(kinds) - 1
    return bool(entries), bool(entries)


def _extensions(element: Element) -> Iterator[Element]:
    """Give what plugins keep in a configuration; one that is switched off keeps nothing."""
    for each in (*element.named("EXTENSION"), *element.named("extension")):
        enabled = option_value(each, "IS_ENABLED") or each.attributes.get("enabled")
        is_env_file = _name_of(each) == _ENV_FILE_PLUGIN
        if not (is_env_file and not is_true(enabled or "false")):
            yield each


def _name_of(extension: Element) -> str:
    return extension.attributes.get("ID") or extension.attributes.get("name") or "of no name"


def _entries(extension: Element) -> tuple[Element, ...]:
    entries = extension.first("ENTRIES")
    return tuple(entries.named("ENTRY")) if entries is not None else ()


def _is_on(entry: Element) -> bool:
    return is_true(entry.attributes.get("IS_ENABLED", "false"))


def _env_files(element: Element, macros: Macros) -> tuple[EnvFile, ...]:
    found = [
        EnvFile(macro.path(text, macros), line) for text, line in listed(element, "envFilePaths")
    ]
    for extension in _extensions(element):
        if _name_of(extension) != _ENV_FILE_PLUGIN:
            continue
        for entry in filter(_is_on, _entries(extension)):
            text = entry.attributes.get("PATH")
            if text is not None:
                is_run = is_true(entry.attributes.get("IS_EXECUTABLE", "false"))
                file = macro.path(text, macros, base=macros.project)
                found.append(EnvFile(file, entry.line, is_run))
    return tuple(found)


def _pass_parent(element: Element, kind: str) -> bool | Absent:
    """Say whether a run gets the program's own variables: each kind has its way to say it."""
    envs, child = element.first("envs"), element.first("pass_parent_env")
    said = [option_value(element, name) for name in _PASS_PARENT]
    said += [envs.attributes.get("pass-parent-envs")] if envs is not None else []
    said += [child.attributes.get("value")] if child is not None else []
    said += [element.attributes.get("PASS_PARENT_ENVS_2")]
    known = [text for text in said if text is not None]
    if known:
        return is_true(known[-1])
    if kind in FOR_GO or kind in macro.INLINING:
        return True
    return Absent("opaque", f"what a run of the kind {kind} does without a word is not known")


def _directory(element: Element, macros: Macros) -> str | Absent | None:
    child = element.first("working_directory")
    text = child.attributes.get("value") if child is not None else None
    text = text or option_value(element, "WORKING_DIRECTORY")
    return macro.path(text, macros) if text else None
