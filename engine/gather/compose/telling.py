"""A compose project as facts, with secrets hidden and each part with its place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, told
from engine.gather.collector import Sourced
from engine.gather.compose.paths import is_remote
from engine.gather.compose.template import Scope
from engine.gather.compose.variables import file_settings, scope_of
from engine.gather.dotenv import Refused as Invalid
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.gather.compose.files import FileState
    from engine.gather.compose.project import Project
    from engine.gather.compose.services import Build, Command, EnvFile, Service
    from engine.gather.compose.template import Demand
    from engine.gather.compose.variables import Setting
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_ORIGIN = "a compose file"
_BY_PROFILE = Absent("not_collected", "it runs where one of its profiles is asked for")
_INLINE = Absent("unsupported", "the Dockerfile is written in the compose file")
_ELSEWHERE = Absent("unsupported", "what is built lies on another machine")
_REFUSED = Absent("opaque", "compose refuses the project because of this service")
_ALWAYS = ("profiles", "enabled", "env_files", "environment", "image", "user", "working_dir",
           "build", "entrypoint", "command", "tty")  # fmt: skip
_FORMAT = Absent("unsupported", "compose knows no such format of env files")
_SOME_FORMAT = Absent("not_collected", "its format depends on variables")


class Telling:
    """Tells one project."""

    def __init__(self, survey: Survey, project: Project, profiles: tuple[str, ...]) -> None:
        """Take the survey, the project and the profiles that are switched on."""
        self._survey = survey
        self._project = project
        self._profiles = profiles
        self._redaction = survey.redaction

    def told(self) -> JsonObject:
        """Give the fact's value."""
        project = self._project
        value: JsonObject = {
            "state": project.state,
            "files": [self._file(state) for state in project.files.states.values()],
            "services": [self._service(each) for each in project.services],
        }
        if project.state != "missing":
            value["project"] = self._whole()
        if project.hole is not None:
            value["services"] = project.hole
        if project.reason is not None:
            # No rule about services shall pass because there are none.
            value["services"] = Absent("opaque", f"compose refuses the project: {project.reason}")
            value["reason"] = project.reason
        return value

    def _whole(self) -> JsonObject:
        project = self._project
        value: JsonObject = {"directory": project.directory}
        if project.name is not None:
            value["name"] = self._text(project.name)
        if project.environment:
            value["env_file"] = project.environment[-1].path
        # A variable that several files set counts as the first of them says.
        value["env"] = [
            row
            for each in reversed(project.environment)
            for row in told(each.assignments, self._redaction, ".env", each.path)
        ]
        value["required"] = [_demand(each) for each in project.scope.demands.values()]
        return value

    def _file(self, state: FileState) -> Json:
        row: JsonObject = {"path": state.path, "by": state.by, "state": state.state}
        row |= {"reason": state.reason} if state.reason is not None else {}
        row |= {"line": state.line} if state.reason is not None and state.line else {}
        return Sourced(row, Provenance(None, _ORIGIN, state.path, state.line))

    def _service(self, service: Service) -> Json:
        files, reason = self._env_files(service)
        refused = service.refused if service.refused is not None else reason
        row: JsonObject = {
            "id": service.name,
            "file": service.place.file,
            "profiles": list(service.profiles),
            "enabled": self._is_enabled(service),
            "env_files": files,
            "environment": self._settings(service.environment),
        }
        row |= {"line": service.place.line} if service.place.line is not None else {}
        row |= self._texts(image=service.image, user=service.user, working_dir=service.working_dir)
        for key, command in (("entrypoint", service.entrypoint), ("command", service.command)):
            row |= {} if command is None else {key: self._command(command)}
        row["tty"] = service.tty
        row |= {} if service.build is None else {"build": self._build(service.build)}
        row |= {} if refused is None else {"refused": refused}
        if not service.is_read:
            row |= dict.fromkeys(_ALWAYS, refused if isinstance(refused, Absent) else _REFUSED)
        return Sourced(row, Provenance(None, _ORIGIN, service.place.file, service.place.line))

    def _is_enabled(self, service: Service) -> Json:
        if not service.profiles or "*" in self._profiles:
            return True
        return True if set(service.profiles) & set(self._profiles) else _BY_PROFILE

    def _settings(self, given: Iterable[Setting]) -> list[Json]:
        return [
            row for each in given for row in told([each.what], self._redaction, _ORIGIN, each.file)
        ]

    def _text(self, value: str | Absent) -> Json:
        return value if isinstance(value, Absent) else self._redaction.text(value)

    def _texts(self, **given: str | Absent | None) -> JsonObject:
        return {key: self._text(value) for key, value in given.items() if value is not None}

    def _command(self, command: Command) -> Json:
        words = command.argv
        argv: Json = words if isinstance(words, Absent) else [self._text(word) for word in words]
        place = Provenance(None, _ORIGIN, command.place.file, command.place.line)
        return Sourced({"form": command.form, "argv": argv}, place)

    def _build(self, build: Build) -> Json:
        folder = self._project.directory if build.context is None else build.context
        dockerfile: str | Absent = _INLINE
        if isinstance(folder, Absent) or isinstance(build.dockerfile, Absent):
            dockerfile = folder if isinstance(folder, Absent) else build.dockerfile  # type: ignore[assignment]
        elif is_remote(folder):
            dockerfile = _ELSEWHERE
        elif build.dockerfile is not None:
            dockerfile = os.path.normpath(os.path.join(folder, build.dockerfile))
        row = self._texts(context=folder, dockerfile=dockerfile, target=build.target)
        row |= {"stage": self._text(self._stage(dockerfile, build.target))}
        row |= {"args": self._settings(build.args)}
        return Sourced(row, Provenance(None, _ORIGIN, build.place.file, build.place.line))

    def _stage(self, dockerfile: str | Absent, target: str | Absent | None) -> str | Absent:
        if isinstance(dockerfile, Absent):
            return dockerfile
        if isinstance(target, Absent):
            return target
        directory = self._survey.directory
        is_below = dockerfile.startswith(directory.rstrip("/") + "/")
        path = os.path.relpath(dockerfile, directory) if is_below else dockerfile
        return f"{path}/{target}" if target else path

    def _env_files(self, service: Service) -> tuple[list[Json], str | None]:
        around = scope_of(self._project.scope, service.environment)
        earlier = Scope(around)
        rows: list[Json] = []
        refused = None
        for each in service.env_files:
            state, found, reason = self._read(each, around, earlier)
            refused = refused or reason
            rows.append(self._env_file(each, state, found))
        return rows, refused

    def _env_file(self, each: EnvFile, state: str, found: list[Assignment | Absent]) -> Json:
        path = each.path
        row: JsonObject = {
            "path": self._text(path),
            "required": each.required,
            "format": "compose" if each.format is None else self._text(each.format),
            "state": state,
        }
        file = None if isinstance(path, Absent) else path
        row["assignments"] = told(found, self._redaction, "an env file", file)
        place = Provenance(None, _ORIGIN, each.place.file, each.place.line)
        return Sourced(row, place)

    def _read(
        self, each: EnvFile, around: Scope, earlier: Scope
    ) -> tuple[str, list[Assignment | Absent], str | None]:
        """Give what became of an env file, what it sets, and why compose refuses it."""
        if isinstance(each.path, Absent) or isinstance(each.format, Absent):
            hole = each.path if isinstance(each.path, Absent) else _SOME_FORMAT
            earlier.more = hole
            return "unknown", [hole], None
        if each.format not in {None, "", ".env", "raw"}:
            return "refused", [_FORMAT], "compose knows no such format of env files"
        try:
            content = self._project.files.content(each.path)
            return "present", file_settings(content, each.format, around, earlier), None
        except HostError as error:
            if error.cause == "missing":
                return self._missing(each)
            earlier.more = error.hole()
            return "unreadable", [error.hole()], None
        except Invalid as error:
            return "refused", [Absent("parse_error", error.reason)], f"an env file: {error.reason}"

    def _missing(self, each: EnvFile) -> tuple[str, list[Assignment | Absent], str | None]:
        if each.required is False:
            return "missing", [], None
        hole = Absent("missing", "compose refuses to run without the file")
        return "missing", [hole], None if each.required is not True else "an env file is not there"


def _demand(demand: Demand) -> Json:
    row: JsonObject = {"variable": demand.variable, "not_empty": demand.not_empty}
    row |= {"file": demand.place.file}
    row |= {"line": demand.place.line} if demand.place.line is not None else {}
    return Sourced(row, Provenance(None, _ORIGIN, demand.place.file, demand.place.line))
