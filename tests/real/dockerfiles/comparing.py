"""What our reader makes of a question, beside what the real builder answered."""

from __future__ import annotations

import posixpath

from engine.gather.assignments import Reference
from engine.gather.dockerfile.reading import read
from engine.gather.dockerfile.refusal import Beyond, Refused
from engine.gather.dockerfile.scope import DEFAULT_PATH
from engine.model.facts import Absent

UNKNOWN = "(unknown)"
SHELL = ["/bin/sh", "-c"]


def compared(question, answer):
    """Give, for each thing that was asked, `right`, `unknown` or `wrong` with both sides."""
    try:
        stage = _stage(read(_bytes(question["dockerfile"])), question.get("target", ""))
    except Refused as refused:
        return {"refused": _verdict(True, "error" in answer, refused.reason, answer)}
    except Beyond:
        return {"refused": ("unknown", "beyond", answer)}
    if stage.refused is not None:
        return {"refused": _verdict(True, "error" in answer, stage.refused.reason, answer)}
    if "error" in answer:
        # Only the base image can tell whether `${X:?}` stops the build.
        depends = stage.demands or "mount target" in answer["error"]
        return {"refused": ("unknown" if depends else "wrong", "told", answer)}
    found = {"refused": ("right", False, False)}
    base = dict(each.partition("=")[::2] for each in question.get("base", []))
    if stage.base.kind == "scratch":
        base = {}
    else:
        base.setdefault("PATH", DEFAULT_PATH)
    found |= _environment("env", stage, stage.image, base, answer["env"])
    if answer["runs"] and stage.runs:
        found |= _runs(stage, base, question, answer)
    return found | _settings(stage, base, question, answer)


def _bytes(text):
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


def _stage(dockerfile, target):
    if not target:
        return dockerfile.stages[-1]
    named = [stage for stage in dockerfile.stages if stage.name == target]
    if not named:
        raise Refused("there is no such stage")
    return named[-1]


def _verdict(ours, theirs, *sides):
    return ("right" if ours == theirs else "wrong", *sides)


def _environment(what, stage, variables, base, answered):
    theirs = dict(each.partition("=")[::2] for each in answered or [])
    found = {}
    for name in theirs.keys() | variables.keys():
        if name in variables:
            ours = resolved(variables[name].parts, base)
        elif stage.more is not None:
            ours = UNKNOWN
        else:
            ours = base.get(name)
        found[f"{what} {name}"] = _sides(ours, theirs.get(name))
    return found


def _sides(ours, theirs):
    if ours is UNKNOWN:
        return ("unknown", ours, theirs)
    return ("right" if ours == theirs else "wrong", ours, theirs)


def resolved(parts, base):
    """Give a value on a base image with these variables."""
    texts = [_part(part, base) for part in parts]
    return UNKNOWN if UNKNOWN in texts else "".join(texts)


def _part(part, base):
    if isinstance(part, Absent):
        return UNKNOWN
    if not isinstance(part, Reference):
        return part
    value = base.get(part.variable)
    if value is None or (part.empty_is_unset and not value):
        return resolved(part.otherwise, base)
    return value if part.then is None else resolved(part.then, base)


def _runs(stage, base, question, answer):
    last, theirs = stage.runs[-1], answer["runs"][-1]
    if last.text != "end":
        return {}
    scope = dict(stage.image) | dict(stage.build)
    shell = last.shell if last.shell is not None else question.get("shell") or SHELL
    found = _environment("run", stage, _set(scope, base), base, theirs["env"])
    return found | {"run args": _sides([*shell, last.text], theirs["args"])}


def _set(scope, base):
    """Leave out what may not be set."""
    return {
        name: variable
        for name, variable in scope.items()
        if variable.is_set
        or (variable.is_set is None and resolved(variable.parts, base) is UNKNOWN)
    }


def _settings(stage, base, question, answer):
    is_scratch = stage.base.kind == "scratch"
    found = {}
    shell = stage.shell if stage.shell is not None else question.get("shell")
    for name, command in (("entrypoint", stage.entrypoint), ("cmd", stage.cmd)):
        if command is None:
            ours = None if is_scratch else question.get(name)
        elif command.form == "none":
            ours = None
        elif command.form == "exec":
            ours = list(command.words)
        else:
            given = command.shell if command.shell is not None else question.get("shell") or SHELL
            ours = [*given, command.text]
        found[name] = _sides(ours or None, answer[name] or None)
    user = stage.user if stage.user is not None else ()
    found["user"] = _sides(resolved(user, base), answer["user"])
    if stage.workdir is not None:
        ours = resolved(stage.workdir, base)
        found["workdir"] = _sides(
            ours if ours is UNKNOWN else posixpath.normpath(ours),
            posixpath.normpath(answer["workdir"] or "/"),
        )
    theirs = answer["shell"] or (SHELL if is_scratch else None)
    found["shell"] = _sides(list(shell) if shell else None, theirs)
    return found
