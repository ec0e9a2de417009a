"""Which machine, and who works on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, number, text
from engine.gather.host import HostError
from engine.gather.surroundings import RELEASE, in_container, is_wsl, libc
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

RELEASE_FILES = ("/etc/os-release", "/usr/lib/os-release")
_PASSWD = Provenance(origin="passwd database")
_NAMESPACES = Provenance(origin="/proc/self/ns")

_SCHEMA = group(
    "The machine, and who works on it",
    os=text("The operating system, in Go's words", "linux", "darwin"),
    arch=text("The architecture, in Go's words", "amd64", "arm64"),
    distribution=text("The distribution's id in os-release", "debian", "fedora"),
    distribution_version=text("The distribution's version in os-release", "12"),
    libc=text("The C library that its own programs ask for", among=("glibc", "musl")),
    is_wsl=flag(
        "Whether its kernel is that of the Windows Subsystem for Linux, as in a container there"
    ),
    in_container=flag("Whether it is a container; not known where a sign alone says so"),
    container=group(
        "What says that it is a container; missing where nothing does",
        engine=text("What made it, as far as the sign tells", "docker", "podman"),
        sign=text("The file that shows it", "/.dockerenv", form="path"),
    ),
    user=group(
        "The account that gathered",
        name=text("Its login name", "dana"),
        uid=number("Its numeric id", 1000),
        home=text("Its home directory in the passwd database", "/home/dana", form="path"),
    ),
    shell=group(
        "The shells of that account",
        login=text("The login shell in the passwd database", "/bin/bash", form="path"),
        current=text(
            "What the variable SHELL says; missing where it is not set", "/usr/bin/zsh", form="path"
        ),
    ),
)


@collector("host", subjects=("workstation",), facts={"host": _SCHEMA})
def host(survey: Survey) -> Iterator[Fact]:
    """The operating system, the distribution and the account that gathers."""
    system, _, architecture = survey.host.platform.partition("/")
    value: JsonObject = {"os": system}
    value["arch"] = architecture or Absent("not_collected", "no program tells the processor")
    value |= _account(survey) | _distribution(survey) | _surroundings(survey)
    yield Fact("host", value, Provenance(origin="uname"))


def _account(survey: Survey) -> JsonObject:
    current = survey.variable("SHELL")
    shell = (
        {"current": Sourced(current, Provenance(origin="environment variable SHELL"))}
        if current
        else {}
    )
    try:
        user = survey.host.user()
    except HostError as error:
        hole = error.hole()
        uid = Sourced(survey.host.uid, Provenance(origin="getuid"))
        return {"user": {"name": hole, "uid": uid, "home": hole}, "shell": shell | {"login": hole}}
    return {
        "user": Sourced({"name": user.name, "uid": user.uid, "home": user.home}, _PASSWD),
        "shell": shell | {"login": Sourced(user.shell, _PASSWD)},
    }


def _surroundings(survey: Survey) -> JsonObject:
    if not survey.host.platform.startswith("linux"):
        return {"is_wsl": False, "in_container": False}
    value: JsonObject = {
        "libc": Sourced(libc(survey.host), Provenance(origin="what loads the machine's programs"))
    }
    try:
        value["is_wsl"] = Sourced(is_wsl(survey.host), Provenance(None, "the kernel", RELEASE))
    except HostError as error:
        value["is_wsl"] = error.hole()
    try:
        inside, sign = in_container(survey.host)
    except HostError as error:
        return value | {"in_container": error.hole(), "container": error.hole()}
    shown = Provenance(None, "a sign of a container", sign.place if sign else None)
    value["in_container"] = Sourced(inside, shown if sign else _NAMESPACES)
    if sign:
        value["container"] = Sourced({"engine": sign.engine, "sign": sign.place}, shown)
    return value


def _distribution(survey: Survey) -> JsonObject:
    """Give what os-release says; a machine without the file has no distribution."""
    for path in RELEASE_FILES:
        try:
            lines = survey.host.read(path).decode("utf-8", "surrogateescape").split("\n")
        except HostError as error:
            if error.cause == "missing":
                continue
            return {"distribution": error.hole(), "distribution_version": error.hole()}
        return _release(path, lines)
    if survey.host.platform.startswith("linux/"):
        unnamed = Absent("missing", "there is no os-release file")
        return {"distribution": unnamed, "distribution_version": unnamed}
    return {}


def _release(path: str, lines: list[str]) -> JsonObject:
    keys = {"ID": "distribution", "VERSION_ID": "distribution_version"}
    found: dict[str, Json] = {}
    for number_, line in enumerate(lines, start=1):
        name, equals, value = line.partition("=")
        if equals and name in keys:
            found[keys[name]] = Sourced(
                value.strip("\"'"), Provenance(None, "os-release", path, number_)
            )
    return found
