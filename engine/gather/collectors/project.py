"""The Go module and workspace of the directory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import group, listing, text
from engine.gather.go.modules import USES_LIMIT, ModFile, main_module, read_module, workspace
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_GO = text("The version in its `go` line", "1.22", "1.26.0", form="go-version")
_TOOLCHAIN = text("The version in its `toolchain` line", "go1.26.1", form="go-version")
_USE = group(
    "One used module",
    dir=text("Its folder as written in the `use` line", "./api"),
    path=text("Its folder, absolute", "/home/dana/shop/api", form="path"),
    go=text("The version in the `go` line of its go.mod", "1.22", form="go-version"),
)
_FACTS = {
    "project": group(
        "The directory that was gathered, as Go sees it",
        directory=text("The directory", "/home/dana/shop", form="path"),
        go_mod=group(
            "Its main module; missing where no go.mod counts",
            path=text("The file", "/home/dana/shop/go.mod", form="path"),
            module=text("The module's path", "example.com/shop"),
            go=_GO,
            toolchain=_TOOLCHAIN,
        ),
        go_work=group(
            "Its workspace; missing where no go.work counts",
            path=text("The file", "/home/dana/shop/go.work", form="path"),
            go=_GO,
            toolchain=_TOOLCHAIN,
            uses=listing("The modules that it uses, in order", _USE),
        ),
    )
}


@collector("project", subjects=("workstation", "repository"), facts=_FACTS)
def project(survey: Survey) -> Iterator[Fact]:
    """The go.mod and go.work that count for the directory."""
    value: JsonObject = {"directory": survey.directory}
    module, work = main_module(survey), workspace(survey)
    if module is not None:
        value["go_mod"] = module if isinstance(module, Absent) else _described(module, "module")
    if work is not None:
        value["go_work"] = (
            work if isinstance(work, Absent) else _described(work) | {"uses": _uses(survey, work)}
        )
    yield Fact("project", value, Provenance(origin="the directory"))


def _described(file: ModFile, *more: str) -> JsonObject:
    return {"path": file.path} | _lines(file, (*more, "go", "toolchain"))


def _lines(file: ModFile, verbs: tuple[str, ...]) -> dict[str, Json]:
    """Give the argument of each directive that stands once; one that is not there is left out."""
    found = {verb: file.only(verb) for verb in verbs}
    return {
        verb: Sourced(directive.arguments[0], _place(file, directive.line))
        for verb, directive in found.items()
        if directive is not None
    }


def _uses(survey: Survey, work: ModFile) -> list[Json]:
    found: list[Json] = []
    for directive in work.directives:
        if directive.verb != "use":
            continue
        if len(found) == USES_LIMIT:
            found.append(Absent("too_large", f"{work.path} uses more than {USES_LIMIT} modules"))
            break
        found.append(
            Sourced(_use(survey, work, directive.arguments[0]), _place(work, directive.line))
        )
    return found


def _use(survey: Survey, work: ModFile, folder: str) -> JsonObject:
    path = os.path.normpath(os.path.join(os.path.dirname(work.path), folder))
    module = read_module(survey, os.path.join(path, "go.mod"))
    version = {"go": module} if isinstance(module, Absent) else _lines(module, ("go",))
    return {"dir": folder, "path": path} | version


def _place(file: ModFile, line: int) -> Provenance:
    return Provenance(None, os.path.basename(file.path), file.path, line)
