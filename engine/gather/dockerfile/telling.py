"""The stages of a Dockerfile as facts, with secrets hidden and each part with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, told
from engine.gather.collector import Sourced
from engine.gather.dockerfile.startup import (
    copied_to,
    is_login_shell,
    runs_login_shell,
    written_in,
)
from engine.gather.dockerfile.values import hole_in, literal
from engine.gather.secret_names import names_strongly
from engine.gather.suspicion import why as suspicious
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.gather.dockerfile.model import Base, Command, Copy, Setting, Stage
    from engine.gather.dockerfile.values import Parts, Variable
    from engine.gather.redact import Redaction
    from engine.model.json_value import Json, JsonObject

ORIGIN = "Dockerfile"
LONGEST_TEXT = 4096
_OF_THE_BASE = Absent("not_collected", "it is as the base image has it")
_UNTOLD = Absent("too_large", f"the command is longer than {LONGEST_TEXT} characters")


class Teller:
    """Tells what one file holds."""

    def __init__(self, redaction: Redaction, path: str) -> None:
        """Take what hides secrets, and the file."""
        self._redaction = redaction
        self._path = path

    def sourced(self, row: JsonObject, line: int) -> Sourced:
        """Give a row with the file and its line, which are its provenance as well."""
        place = Provenance(None, ORIGIN, self._path, line)
        return Sourced(row | {"file": self._path, "line": line}, place)

    def stage(self, stage: Stage, ids: Mapping[int, str], *, is_final: bool) -> Sourced:
        """Give a stage; of one that is refused, what identifies it, and why."""
        row: JsonObject = {
            "id": ids[stage.number],
            "names": _names(stage, ids[stage.number]) if is_final else [],
            "position": stage.number,
            "is_final": is_final,
            "base": self._base(stage.base),
        }
        row |= {"name": stage.name} if stage.name else {}
        if stage.base_stage is not None:
            row["base_stage"] = ids[stage.base_stage]
        if stage.refused is not None:
            why = self._redaction.words(stage.refused.reason)
            row |= {"state": "refused", "reason": why}
            row |= {"reason_line": stage.refused.line} if stage.refused.line else {}
            hole = Absent("parse_error", f"BuildKit refuses the stage: {why}")
            return self.sourced(row | dict.fromkeys(self._content(stage), hole), stage.line)
        return self.sourced(row | {"state": "present"} | self._content(stage), stage.line)

    def _content(self, stage: Stage) -> JsonObject:
        is_bare = stage.base.kind == "scratch"
        more = [stage.more] if stage.more is not None else []
        return {
            "env": [*self._variables(stage.image), *more],
            "build_env": [*self._variables({**stage.image, **stage.build}), *more],
            "args": [self.argument(each) for each in stage.settings if each.how == "arg"],
            "user": self._of_stage(stage.user, "root" if is_bare else None, if_empty="root"),
            "workdir": self._of_stage(stage.workdir, None),
            "shell": self._shell(stage.shell),
            "entrypoint": self._start(stage.entrypoint, stage),
            "cmd": self._start(stage.cmd, stage),
            "runs": [self._run(run) for run in stage.runs],
            "copies_startup": [row for copy in stage.copies for row in self._copied(copy)],
            "build_depends_on": _listed(stage.demands),
        }

    def _base(self, base: Base) -> Json:
        row: JsonObject = {
            "kind": base.kind,
            "name": self._text(base.name),
            "reference": self._text(base.reference),
            "depends_on_args": _listed(base.args),
        }
        return self.sourced(row, base.line)

    def _text(self, text: str | Absent) -> Json:
        return text if isinstance(text, Absent) else self._redaction.text(text)

    def _variables(self, variables: Mapping[str, Variable]) -> Iterator[Json]:
        given = [Assignment(name, each.parts, line=each.line) for name, each in variables.items()]
        rows = told(given, self._redaction, ORIGIN, self._path)
        for row, each in zip(rows, variables.values(), strict=True):
            if each.args and isinstance(row, Sourced) and isinstance(row.value, dict):
                args = _listed(each.args)
                yield Sourced(row.value | {"depends_on_args": args}, row.provenance)
            else:
                yield row

    def argument(self, setting: Setting) -> Sourced:
        """Give a build argument, with its default if it has one."""
        row: JsonObject = {"name": setting.name}
        if setting.value is not None:
            text = literal(setting.value)
            hidden = None if text is None else self._redaction.variable(setting.name, text)
            row["default"] = hole_in(setting.value) if hidden is None else hidden
        return self.sourced(row, setting.line)

    def _of_stage(self, parts: Parts | None, default: str | None, *, if_empty: str = "") -> Json:
        if parts is None:
            return _OF_THE_BASE if default is None else default
        text = literal(parts)
        return hole_in(parts) if text is None else self._redaction.text(text or if_empty)

    def _shell(self, words: tuple[str, ...] | None) -> Json:
        return _OF_THE_BASE if words is None else self._words(words)

    def _words(self, words: Iterable[str]) -> Json:
        return [self._redaction.text(word) for word in words]

    def _start(self, command: Command | None, stage: Stage) -> Json:
        """Give an ENTRYPOINT or CMD, and whose it is."""
        if command is None and stage.base.kind == "scratch":
            return {"form": "none", "from": "base"}
        if command is None:
            unknown = dict.fromkeys(("form", "argv", "text", "shell"), _OF_THE_BASE)
            return {"from": "base"} | unknown
        origin = "own" if command.stage == stage.number else "inherited"
        return self.sourced(self._command(command) | {"from": origin}, command.line)

    def _command(self, command: Command) -> JsonObject:
        row: JsonObject = {"form": command.form}
        if command.form == "exec":
            row["argv"] = self._words(command.words)
        elif command.form == "shell":
            is_long = len(command.text) > LONGEST_TEXT
            row["text"] = _UNTOLD if is_long else self._redaction.text(command.text)
            row["shell"] = self._shell(command.shell)
        return row

    def _run(self, run: Command) -> Sourced:
        text = run.text or " ".join(run.words)
        is_login = runs_login_shell(text) or is_login_shell(run.shell or run.words)
        row: JsonObject = {"login_shell": is_login, "writes_startup": self._words(written_in(text))}
        return self.sourced(self._command(run) | row, run.line)

    def _copied(self, copy: Copy) -> Iterator[Sourced]:
        destination = literal(copy.destination)
        sources = [text for text in map(literal, copy.sources) if text]
        for path in copied_to(sources, destination) if destination else ():
            yield self.sourced({"path": self._redaction.text(path)}, copy.line)

    def suspects(self, settings: Iterable[Setting]) -> Iterator[Sourced]:
        """Give the variables and build arguments that hold a secret, to judge by their names."""
        for each in settings:
            text = "" if each.value is None else literal(each.value)
            # Whoever gives a token as a build argument leaves it in the image.
            is_given = text is None or (not text and (each.how == "arg" or each.args))
            if suspicious(each.name, text or "") or (is_given and names_strongly(each.name)):
                row: JsonObject = {"name": each.name, "how": each.how}
                row |= {"value": self._redaction.secret(text)} if text else {}
                yield self.sourced(row, each.line)

    def same_references(self, stage: Stage) -> Iterator[Sourced]:
        """Give the variables whose value names one that the same instruction sets before it."""
        for each in stage.same_references:
            yield self.sourced({"name": each.name, "refers_to": each.refers_to}, each.line)


def _listed(names: Iterable[str]) -> list[Json]:
    return [*sorted(names)]


def _names(stage: Stage, id_: str) -> list[Json]:
    """Give what else the last stage is called: as a target it is named like any other."""
    return [f"{id_}/{stage.name}"] if stage.name else []
