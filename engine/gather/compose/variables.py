"""`environment` and `args` of a service, and what its `env_file` entries set, as assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from engine.gather.assignments import Assignment
from engine.gather.compose.template import Scope
from engine.gather.compose.tree import Leaf, Refused, Series, Template, parts_of
from engine.gather.dotenv._base import CLIENT
from engine.gather.dotenv._values import either, plain
from engine.gather.dotenv.compose import read_compose
from engine.gather.dotenv.docker import read_docker
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.gather.compose.tree import Tree
    from engine.gather.dotenv._values import Parts

    Missing = Literal["unset", "keep"]

_SOME_NAME = Absent("not_collected", "a variable's name depends on variables of the client")
_ODD_NAME = Absent("unsupported", "a variable has a name that none can have")


@record
class Setting:
    """An assignment, or a hole for one, with the file that says so."""

    what: Assignment | Absent
    file: str


def settings(tree: Tree | None, scope: Scope, key: str, missing: Missing) -> tuple[Setting, ...]:
    """Give what a mapping or a list of variables sets.

    One without a value is that of the shell that runs compose, or of `.env`. If neither has it, a
    container goes without, and an argument of a build stays what the Dockerfile says.
    """
    if tree is None:
        return ()
    if isinstance(tree, Leaf):
        raise Refused(f"`{key}` is neither a mapping nor a list", tree.place)
    if isinstance(tree, Series):
        return tuple(_listed(item, scope, key, missing) for item in tree.items)
    made = []
    for name, value in tree.entries.items():
        if not isinstance(value, Leaf):
            raise Refused(f"a value of `{key}` is no text", value.place)
        place = tree.line_of(name)
        made.append(Setting(_mapped(name, value, place.line, scope, missing), place.file))
    return tuple(made)


def _mapped(
    name: str, value: Leaf, line: int | None, scope: Scope, missing: Missing
) -> Assignment | Absent:
    if not name or "=" in name:
        return _ODD_NAME
    if value.value is None:
        return _handed_on(name, line, scope, missing)
    return Assignment(name, parts_of(value), line=line)


def _listed(item: Tree, scope: Scope, key: str, missing: Missing) -> Setting:
    if not isinstance(item, Leaf) or not isinstance(item.value, (str, Template, Absent)):
        raise Refused(f"`{key}` holds what is no text", item.place)
    line, file = item.place.line, item.place.file
    first, *rest = parts_of(item) or ("",)
    if isinstance(first, Absent):
        return Setting(first, file)
    if not isinstance(first, str):
        return Setting(_SOME_NAME, file)
    name, equals, begin = first.partition("=")
    if rest and not equals:
        return Setting(_SOME_NAME, file)
    if name and name[-1].isspace():
        raise Refused("a variable's name ends in a blank", item.place)
    if not name:
        return Setting(_ODD_NAME, file)
    if not equals:
        return Setting(_handed_on(name, line, scope, missing), file)
    return Setting(Assignment(name, plain((begin, *rest)), line=line), file)


def _handed_on(name: str, line: int | None, scope: Scope, missing: Missing) -> Assignment:
    value = scope.value(name)
    if value is None:
        return Assignment(name, how="pass", line=line, of=CLIENT, if_missing=missing)
    return Assignment(name, value, line=line)


def scope_of(project: Scope, environment: Iterable[Setting]) -> Scope:
    """Give what an env file's own variables are looked up in before the file itself.

    The project's variables come first, then those that the service sets
    (`WithServicesEnvironmentResolved` in compose-go's types/project.go).
    """
    own = Scope()
    for each in environment:
        if isinstance(each.what, Absent):
            own.more = each.what
        elif each.what.how == "set":
            own.put(each.what.name, each.what.parts)
    return Scope(project, own)


def file_settings(
    content: bytes, format_: str | None, around: Scope, earlier: Scope
) -> list[Assignment | Absent]:
    """Give what an env file sets; `earlier` looks `around` first and keeps what files before set.

    A name alone hands on what is around.
    """
    if format_ == "raw":
        found = read_docker(content)
        _keep(found, earlier)
    else:
        found = read_compose(content, earlier)
    return [_around(one, around) for one in found]


def _keep(found: Iterable[Assignment | Absent], earlier: Scope) -> None:
    for one in found:
        if isinstance(one, Assignment) and one.how == "set":
            earlier.put(one.name, one.parts)


def _around(one: Assignment | Absent, around: Scope) -> Assignment | Absent:
    if isinstance(one, Absent) or one.how != "pass":
        return one
    value: Parts | None = around.get(one.name)
    if value is None:
        return one
    return Assignment(one.name, either(one.name, value), line=one.line)
