"""Version managers of Go: where they are, what they installed, which version is in force here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, text
from engine.gather.go.view import host_view, knows_variables, usual_view
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.precedence.go.managers import MANAGERS, Choice, Home
from engine.precedence.values import Hole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject
    from engine.precedence.go.managers import Manager
    from engine.precedence.view import View

_NAMES = tuple(name for name, manager in MANAGERS.items() if manager.home)

_MANAGER = group(
    "One manager",
    name=text("The manager; `sdk` stands for golang.org/dl", among=_NAMES),
    root=text("The folder with what it installed", "/home/dana/.asdf", form="path"),
    versions=listing(
        "The versions of Go that it installed", text("A version in its own words", "1.22.10")
    ),
    version=text(
        "The version that it takes in the directory: `system` for whatever else is on PATH; "
        "missing where it takes none",
        "1.22.10",
    ),
    version_file=text(
        "The file that says so; missing where none does", "/home/dana/shop/.tool-versions",
        form="path",
    ),
    version_line=number("The line of that file", 3),
    version_variable=text("The variable that says so instead", "ASDF_GOLANG_VERSION"),
    goroot=text(
        "The GOROOT that it would set; missing where it sets none",
        "/home/dana/.asdf/installs/golang/1.22.10/go",
        form="path",
    ),
)  # fmt: skip
_FACTS = {
    "managers.installed": listing("The version managers on this machine", _MANAGER),
    "managers.goroot": group(
        "The GOROOT in the environment, where it is one that a version manager installed; missing "
        "where it is not",
        path=text("GOROOT", "/home/dana/.asdf/installs/golang/1.21.13/go", form="path"),
        manager=text("Whose it is", among=_NAMES),
        version=text("The version that it belongs to", "1.21.13"),
        in_force=text("The version that the manager takes in the directory", "1.22.10"),
        stale=flag("Whether that is another one"),
    ),
}
_PLACES = Provenance(origin="the places where version managers keep their things")


@collector(
    "managers",
    subjects=("workstation",),
    facts=_FACTS,
    groups={"managers": "Version managers of Go: those on this machine, and whose GOROOT is set"},
)
def managers(survey: Survey) -> Iterator[Fact]:
    """Version managers of Go, what they installed, and the version in force in the directory."""
    try:
        view, usual = survey.once(host_view), survey.once(usual_view)
    except HostError as error:
        yield Fact("managers.installed", error.hole(), _PLACES)
        return
    # What lies where a manager usually keeps it is there, whatever variables say.
    found = [
        (manager, home)
        for manager in MANAGERS.values()
        if manager.home and (home := manager.home(usual)) is not None
    ]
    choices = {
        manager.name: manager.choice(view) if manager.choice else None for manager, _ in found
    }
    rows = [_manager(manager, home, choices[manager.name]) for manager, home in found]
    if not knows_variables(survey):
        rows.append(Absent("not_collected", "no environment was given, so others may be elsewhere"))
    yield Fact("managers.installed", rows, _PLACES)
    goroot = _goroot(view, found, choices)
    if goroot is not None:
        yield Fact("managers.goroot", goroot, Provenance(origin="environment variable GOROOT"))


def _manager(
    manager: Manager, home: Home | Hole, choice: Choice | Hole | None
) -> JsonObject | Absent:
    if isinstance(home, Hole):
        return Absent(home.cause, f"{manager.name}: {home.detail}")
    row: JsonObject = {"name": manager.name, "root": home.root, "versions": list(home.versions)}
    return row | _choice(choice)


def _choice(choice: Choice | Hole | None) -> JsonObject:
    if choice is None:
        return {}
    if isinstance(choice, Hole):
        keys = ("version", "version_file", "version_line", "version_variable", "goroot")
        return dict.fromkeys(keys, choice.absent())
    said: JsonObject = {"version": _version(choice)}
    if isinstance(choice.version_from, tuple):
        said["version_file"], said["version_line"] = choice.version_from
    elif choice.version_from:
        said["version_variable"] = choice.version_from
    if choice.goroot is not None:
        said["goroot"] = _known(choice.goroot)
    return said


def _version(choice: Choice) -> Sourced:
    source = choice.version_from
    if isinstance(source, tuple):
        file, line = source
        return Sourced(choice.version, Provenance(None, os.path.basename(file), file, line))
    origin = f"environment variable {source}" if source else "nobody sets another one"
    return Sourced(choice.version, Provenance(origin=origin))


def _known(value: str | Hole) -> Json:
    return value.absent() if isinstance(value, Hole) else value


def _goroot(
    view: View,
    found: list[tuple[Manager, Home | Hole]],
    choices: dict[str, Choice | Hole | None],
) -> JsonObject | Absent | None:
    """Tell whose GOROOT the environment has, and whether that one is in force."""
    given = view.variable("GOROOT")
    if isinstance(given, Hole):
        return given.absent()
    if not given:
        return None
    for manager, home in found:
        if isinstance(home, Hole):
            return home.absent()
        same = _of_home(view, given, home)
        if isinstance(same, Absent):
            return same
        if same:
            said: JsonObject = {"path": given, "manager": manager.name, "version": same[0]}
            return said | _in_force(choices[manager.name], same)
    return None


def _of_home(view: View, given: str, home: Home) -> tuple[str, ...] | Absent:
    """Name the versions whose GOROOT it is; the one that bears its name comes first."""
    target = _target(view, os.path.normpath(given))
    if isinstance(target, Absent):
        return target
    same = []
    for version, root in home.versions.items():
        other = _target(view, root)
        if isinstance(other, Absent):
            return other
        if other == target:
            same.append(version)
    return tuple(
        sorted(same, key=lambda version: home.versions[version] != os.path.normpath(given))
    )


def _target(view: View, path: str) -> str | Absent:
    entry = view.file(path)
    if isinstance(entry, Absent):
        return entry
    target: str | Absent = entry.get("target", path)
    return target


def _in_force(choice: Choice | Hole | None, versions: tuple[str, ...]) -> JsonObject:
    if isinstance(choice, Hole):
        return dict.fromkeys(("in_force", "stale"), choice.absent())
    if choice is None:
        return {"stale": False}
    return {"in_force": _version(choice), "stale": choice.version not in versions}
