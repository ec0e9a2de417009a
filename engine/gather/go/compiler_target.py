"""For which platform a C compiler makes programs: told by its options, its name, or itself."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.go.compiler import triples_in
from engine.gather.host import HostError
from engine.gather.triples import Target, is_triple, target_of
from engine.gather.writers import is_in_project, who_else_decides
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.go.compiler import Compiler
    from engine.gather.survey import Survey

TIMEOUT = 10.0
OUTPUT_LIMIT = 4096

HOW_TOLD = ("option", "name", "link", "asked")

_ANSWER = re.compile(r"[\w.]+(?:-[\w.]+){1,5}")
# Files of options and of specs may say anything.
_HIDES_TARGET = re.compile(r"@|-{1,2}(specs|config|cc1|Xclang|b)\b")
_CHANGES_TARGET = re.compile(r"-(EB|EL|mx32|mabi=(n32|ilp32.*|32|64|x32)|m(big|little)-endian)\Z")


@record
class Machine:
    """A compiler's triple, and how it was learnt, out of `HOW_TOLD`."""

    triple: str
    told: str


def machine_of(survey: Survey, compiler: Compiler) -> Machine | Absent:
    """Give the triple that a compiler works for; it is run only if nothing else tells."""
    if any(_HIDES_TARGET.match(option) for option in compiler.options):
        return Absent("opaque", "an option of the compiler may name another target")
    chosen = _chosen(compiler)
    if chosen is not None and compiler.family in {"clang", "zig"}:
        return Machine(chosen, "option") if chosen else Absent("parse_error", "a target is missing")
    if chosen is not None:
        return Absent("opaque", "only clang and zig are known to have an option for a target")
    if isinstance(compiler.state, Absent):
        return compiler.state
    if compiler.state != "found":
        return Absent("missing", f"the compiler is {compiler.state}")
    if compiler.family == "zig":
        return Absent("opaque", "without `-target`, zig works for what it finds itself on")
    told = _named(compiler)
    try:
        return told or _refusal(survey, compiler) or _answer(survey, compiler)
    except HostError as error:
        return error.hole()


def target(compiler: Compiler, machine: Machine) -> Target:
    """Give what a compiler's programs run on, its options for the processor considered."""
    found = target_of(machine.triple)
    if found.archs is None or any(_CHANGES_TARGET.match(option) for option in compiler.options):
        return Target(found.os, None)
    sizes = [option for option in compiler.options if option in {"-m32", "-m64"}]
    unasked = {"-m32": "386", "-m64": "amd64"}.get(sizes[-1]) if sizes else None
    if unasked in found.archs:
        return Target(found.os, (unasked, *(arch for arch in found.archs if arch != unasked)))
    # On other processors they choose between platforms for which Go has words and those without.
    return Target(found.os, None) if "-m32" in sizes else found


def _chosen(compiler: Compiler) -> str | None:
    """Give the target among the options; the last counts, and an empty one is none at all."""
    chosen = None
    for number, option in enumerate(compiler.options):
        if option.startswith("--target="):
            chosen = option.partition("=")[2]
        elif option in {"-target", "--target"}:
            chosen = next(iter(compiler.options[number + 1 :]), "")
    return chosen


def _named(compiler: Compiler) -> Machine | None:
    """Give the triple in a name: clang goes by what it is called, gcc is made for one target."""
    called, is_ = (
        triples_in(os.path.basename(path)) for path in (compiler.real, compiler.resolved)
    )
    if compiler.real == "":
        called, is_ = triples_in(os.path.basename(compiler.command)), ""
    order = (called, is_) if compiler.family == "clang" else (is_, called)
    triple = next((each for each in order if is_triple(each)), None)
    if triple is None:
        return None
    return Machine(triple, "name" if triple == called else "link")


def _refusal(survey: Survey, compiler: Compiler) -> Absent | None:
    """Give why a compiler is not run: only one that nobody else can have put there is."""
    path, reason = compiler.real, None
    if compiler.kind == "script":
        reason = "a script decides what runs"
    elif compiler.kind not in {"elf", "mach-o"}:
        reason = "what it is, is not known"
    elif compiler.family not in {"gcc", "clang"}:
        reason = "by its name it may be any program"
    elif survey.variable("CCC_OVERRIDE_OPTIONS"):
        reason = "CCC_OVERRIDE_OPTIONS is set, which may name another target"
    elif is_in_project(survey, path, compiler.resolved):
        reason = f"it lies in {survey.directory}, which is not trusted"
    else:
        reason = who_else_decides(survey, path)
    return Absent("opaque", f"{path} was not run: {reason}") if reason else None


def _answer(survey: Survey, compiler: Compiler) -> Machine | Absent:
    kept = {
        name: value for name, value in survey.host.environment.items() if name in {"HOME", "PATH"}
    }
    answer = survey.host.run(
        # By the name that was found, since clang goes by it.
        (compiler.real, "-dumpmachine"),
        environment=kept | {"LC_ALL": "C", "PWD": "/"},
        directory="/",
        timeout=TIMEOUT,
        limit=OUTPUT_LIMIT,
    )
    said = answer.output.decode("utf-8", "replace").strip()
    if answer.code or not _ANSWER.fullmatch(said):
        return Absent("parse_error", f"`{compiler.real} -dumpmachine` named no target")
    return Machine(said, "asked")
