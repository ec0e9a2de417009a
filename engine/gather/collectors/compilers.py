"""The compilers that cgo uses, and for which platform they make programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import group, listing, text, text_or_secret
from engine.gather.go.compiler import FAMILIES, STATES, Compiler, compiler_of
from engine.gather.go.compiler_target import HOW_TOLD, Machine, machine_of, target
from engine.gather.go.settings import SOURCES, Setting, setting
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_FOUND = Provenance(origin="the folders on PATH")
_ARCH = text("A processor in Go's words", "amd64", "arm64")


def _compiler(language: str, example: str) -> JsonObject:
    path = f"/usr/bin/{example}"
    return group(
        f"The compiler for {language}",
        setting=text_or_secret("What the setting says", example, f"ccache {example}"),
        **{"from": text("Who set it", among=SOURCES)},
        words=listing("Its words as Go splits them", text_or_secret("A word", example, "-m64")),
        launcher=text("The program that stands in front of it; missing if none does", "ccache"),
        command=text_or_secret("The compiler itself, as written", example),
        state=text(
            "What comes of looking for it; Go refuses one that it finds by an entry of PATH that "
            "is empty or relative",
            among=STATES,
        ),
        path=text("The file as found", path, form="path"),
        resolved=text(
            "The file without links", f"/usr/bin/x86_64-linux-gnu-{example}", form="path"
        ),
        kind=text("What it is", among=("elf", "mach-o", "pe", "script", "other")),
        family=text("What kind of compiler its name says it is", among=FAMILIES),
        machine=text("The triple of the platform that it works for", "x86_64-linux-gnu"),
        machine_from=text(
            "What told that: an option, the name that it is called by, the name that links lead "
            "to, or the compiler itself when it was asked",
            among=HOW_TOLD,
        ),
        os=text("That platform's system in Go's words", "linux"),
        arch=text("That platform's processor in Go's words", "amd64"),
        archs=listing("The processors that it can work for if it is told to, `arch` first", _ARCH),
    )


_FACTS = {
    "compilers": group(
        "The compilers that cgo uses, whether or not it is on",
        c=_compiler("C", "gcc"),
        cxx=_compiler("C++", "g++"),
    )
}


@collector("compilers", subjects=("workstation",), facts=_FACTS, live=True)
def compilers(survey: Survey) -> Iterator[Fact]:
    """The C and C++ compilers that cgo uses, and the platform that they work for."""
    value = {name: _of_setting(survey, key) for name, key in (("c", "CC"), ("cxx", "CXX"))}
    yield Fact("compilers", value, Provenance(origin="Go's settings"))


def _of_setting(survey: Survey, key: str) -> Json:
    found = setting(survey, key)
    if isinstance(found, Absent):
        return found
    given = {"setting": survey.redaction.variable(key, found.value), "from": found.source}
    compiler = compiler_of(survey, key, found.value)
    if isinstance(compiler, Absent):
        rest = ("words", "launcher", "command", "state", *_OF_FILE, *_OF_TARGET)
        return Sourced(given | dict.fromkeys(rest, compiler), found.provenance)
    return Sourced(given | _described(survey, found, compiler), found.provenance)


_OF_FILE = ("path", "resolved", "kind", "family")
_OF_TARGET = ("machine", "machine_from", "os", "arch", "archs")


def _described(survey: Survey, found: Setting, compiler: Compiler) -> JsonObject:
    hide = survey.redaction.text
    value: JsonObject = {
        "words": [hide(word) for word in compiler.words],
        "command": hide(compiler.command),
        "state": Sourced(compiler.state, _FOUND),
        "family": compiler.family,
    }
    if compiler.launcher:
        value["launcher"] = compiler.launcher
    if isinstance(compiler.state, Absent):
        value |= dict.fromkeys(("path", "resolved", "kind"), compiler.state)
    elif compiler.path:
        value["path"] = Sourced(compiler.path, _FOUND)
        value |= _file(compiler)
    return value | _target(compiler, machine_of(survey, compiler), found.provenance)


def _file(compiler: Compiler) -> JsonObject:
    if not compiler.real:
        hole = Absent("opaque", f"{compiler.path} runs a compiler that is not on PATH")
        return {"resolved": hole, "kind": hole}
    return {"resolved": Sourced(compiler.resolved, _FOUND), "kind": compiler.kind}


def _target(compiler: Compiler, machine: Machine | Absent, given: Provenance) -> JsonObject:
    if isinstance(machine, Absent):
        return dict.fromkeys(_OF_TARGET, machine)
    places = {
        "option": given,
        "asked": Provenance(origin=f"{compiler.real} -dumpmachine"),
    }
    place = places.get(machine.told, _FOUND)
    wanted = target(compiler, machine)
    nameless = Absent("unsupported", f"Go has no word for it in `{machine.triple}`")
    archs = list(wanted.archs) if wanted.archs else nameless
    row: JsonObject = {
        "machine": machine.triple,
        "machine_from": machine.told,
        "os": wanted.os or nameless,
        "arch": wanted.archs[0] if wanted.archs else nameless,
        "archs": archs,
    }
    return {
        key: each if isinstance(each, Absent) else Sourced(each, place) for key, each in row.items()
    }
