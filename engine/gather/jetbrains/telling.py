"""What the files of a project say, as facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import told
from engine.gather.collector import Sourced
from engine.gather.go.installation import stated_version
from engine.gather.host import HostError
from engine.gather.identities import Identities
from engine.gather.jetbrains import settings
from engine.gather.jetbrains.components import component
from engine.gather.jetbrains.runs import runs_in
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.gather.assignments import Assignment
    from engine.gather.jetbrains.files import File, Project
    from engine.gather.jetbrains.macros import Macros
    from engine.gather.jetbrains.products import Told
    from engine.gather.jetbrains.runs import Run
    from engine.gather.jetbrains.settings import Gopath
    from engine.gather.jetbrains.xml_tree import Element
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

ORIGIN = "JetBrains settings"
NOT_OF_A_FILE = Absent("not_collected", "not asked for a repository")


def sourced(found: Told | Absent) -> Json:
    """Give a value with its place, or why it is not known."""
    return found if isinstance(found, Absent) else Sourced(found.value, found.place)


def gopath(survey: Survey, found: Gopath | Absent, file: str, line: int | None) -> Json:
    """Give a GOPATH, each folder with its place."""
    if isinstance(found, Absent):
        return found
    entries: list[Json] = [
        folder
        if isinstance(folder, Absent)
        else Sourced(survey.redaction.text(folder), Provenance(None, ORIGIN, file, at))
        for folder, at in found.folders
    ]
    value: JsonObject = {"entries": entries, "use_system": found.use_system, "file": file}
    value |= {} if line is None else {"line": line}
    return Sourced(value, Provenance(None, ORIGIN, file, line))


class Telling:
    """Tells what the files of one project say."""

    def __init__(self, survey: Survey, project: Project, macros: Macros) -> None:
        """Take the survey, the project, and what stands behind macros in it."""
        self._survey, self._project, self._macros = survey, project, macros

    def project(self) -> JsonObject:
        """Give all that is known of the project."""
        value: JsonObject = {
            "project": self._project.folder,
            "files": [*map(_file, self._project.files), *self._project.holes],
        }
        workspace = self._project.of("workspace")
        for key, name, tell in (
            ("goroot", "GOROOT", self._goroot),
            ("modules", "VgoProject", self._modules),
            ("terminal", "TerminalProjectNonSharedOptionsProvider", self._terminal),
        ):
            for file, found in _components(workspace, name):
                value[key] = found if isinstance(found, Absent) else tell(file, found)
        value |= self._gopath()
        return value | self._runs()

    def _goroot(self, file: str, found: Element) -> Json:
        path = settings.goroot(found, self._macros)
        if path is None:
            return Absent("opaque", "no Go is chosen, and the program takes what it finds")
        value: JsonObject = {"file": file, "line": found.line}
        if isinstance(path, Absent):
            value |= dict.fromkeys(("path", "exists", "version"), path)
        else:
            value |= {"path": self._survey.redaction.text(path)} | self._installation(path)
        return self._at(file, found, value)

    def _installation(self, path: str) -> JsonObject:
        if self._survey.subject != "workstation":
            return dict.fromkeys(("exists", "version"), NOT_OF_A_FILE)
        try:
            self._survey.host.status(path)
        except HostError as error:
            if error.cause == "missing":
                return {"exists": False}
            return dict.fromkeys(("exists", "version"), error.hole())
        version = stated_version(self._survey, path)
        return {"exists": True} | ({} if version is None else {"version": version})

    def _modules(self, file: str, found: Element) -> Json:
        said = settings.modules(found, self._macros)
        value: JsonObject = {"env": self._env(said.variables, file)}
        value |= {} if said.enabled is None else {"enabled": said.enabled}
        if said.proxy is not None:
            value["proxy"] = self._survey.redaction.variable("GOPROXY", said.proxy)
        return self._at(file, found, value | {"file": file, "line": found.line})

    def _terminal(self, file: str, found: Element) -> Json:
        said = settings.terminal(found, self._macros)
        value: JsonObject = {
            "env": self._env(said.variables, file),
            "pass_parent": said.pass_parent,
        }
        value |= {} if said.shell is None else {"shell": self._survey.redaction.text(said.shell)}
        return self._at(file, found, value | {"file": file, "line": found.line})

    def _gopath(self) -> JsonObject:
        files = (*self._project.of("workspace"), *self._project.of("libraries"))
        found = list(_components(files, "GoLibraries"))
        if not found:
            return {}
        if len(found) > 1:
            return {"gopath": Absent("ambiguous", "two files of the project set it")}
        file, element = found[0]
        if isinstance(element, Absent):
            return {"gopath": element}
        said = settings.gopath(element, self._macros)
        return {"gopath": gopath(self._survey, said, file, element.line)}

    def _runs(self) -> JsonObject:
        runs: list[Json] = []
        templates: list[Json] = []
        ids, kinds = Identities(), Identities()
        for file, holder in self._holders():
            if isinstance(holder, Absent):
                runs.append(holder)
                templates.append(holder)
                continue
            named, unnamed = runs_in(holder, self._macros)
            runs += [self._run(file, each, ids.unique(each.name or "")) for each in named]
            templates += [self._run(file, each, kinds.unique(each.kind)) for each in unnamed]
        return {
            "runs": [*runs, *self._project.holes],
            "templates": [*templates, *self._project.holes],
        }

    def _holders(self) -> Iterator[tuple[str, Element | Absent]]:
        yield from _components(self._project.of("workspace"), "RunManager")
        for file in self._project.of("run"):
            yield file.path, file.root

    def _run(self, file: str, run: Run, name: str) -> Json:
        value: JsonObject = {
            "id": name,
            "type": run.kind,
            "for_go": run.for_go,
            "file": file,
            "line": run.line,
            "env": self._env(run.variables, file),
            "pass_parent": run.pass_parent,
            "env_files": [
                Sourced(
                    {"path": each.path, "line": each.line, "is_run": each.is_run},
                    Provenance(None, ORIGIN, file, each.line),
                )
                for each in run.files
            ],
        }
        if run.directory is not None:
            value["working_directory"] = run.directory
        return Sourced(value, Provenance(None, "JetBrains run configuration", file, run.line))

    def _env(self, given: Iterable[Assignment | Absent], file: str) -> list[Json]:
        return told(given, self._survey.redaction, ORIGIN, file)

    def _at(self, file: str, found: Element, value: JsonObject) -> Json:
        return Sourced(value, Provenance(None, ORIGIN, file, found.line))


def _components(files: tuple[File, ...], name: str) -> Iterator[tuple[str, Element | Absent]]:
    """Give a component of each file that has one, or may have one."""
    for file in files:
        found = file.root if isinstance(file.root, Absent) else component(file.root, name)
        if found is not None:
            yield file.path, found


def _file(file: File) -> Json:
    value: JsonObject = {"path": file.path, "kind": file.kind, "state": file.state}
    if isinstance(file.root, Absent):
        value["reason"] = file.root.detail
    return Sourced(value, Provenance(None, ORIGIN, file.path))
