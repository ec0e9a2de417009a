"""Secrets that most likely stand where they should not: their names and places, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.closing import FILE_BYTES
from engine.gather.collector import Fact, Sourced, Verbatim, collector
from engine.gather.credential_files import (
    everybody_may_read,
    files_at_home,
    files_of_repository,
    top_of,
)
from engine.gather.declare import flag, group, listing, number, text
from engine.gather.git_index import tracked
from engine.gather.go.settings import user_file
from engine.gather.host import HostError
from engine.gather.shell.shfmt import Shfmt
from engine.gather.suspected_scripts import in_script
from engine.gather.suspicion import LOOK, WHYS, in_comments, in_pairs
from engine.gather.syntaxes import SYNTAXES
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.gather.credential_files import CredentialFile
    from engine.gather.survey import Survey
    from engine.gather.suspicion import Suspicion
    from engine.model.json_value import Json, JsonObject

SUSPECTS = 500
_OF_A_CHECKOUT = Absent("not_collected", "it belongs to the machine, not to the repository")
_SOURCES = ("environment", "go-env-file", "startup-file", *sorted(LOOK))

_TRACKED = flag("Whether git tracks the file, in the repository that was gathered")
_OPEN = flag("Whether every account of the machine may read the file")
_FACTS = {
    "secrets.suspects": listing(
        "Secrets by name and place: what is most likely one by its name or its shape",
        group(
            "One suspect",
            name=text("The variable or setting; empty where it stands without one", "DB_PASSWORD"),
            source=text("What it stands in", among=_SOURCES),
            file=text("The file; missing for the environment", "/home/dana/.bashrc", form="path"),
            line=number("The line in it", 12),
            why=text("What tells it", among=WHYS),
            tracked_by_git=_TRACKED,
            readable_by_others=_OPEN,
        ),
    ),
    "secrets.files": listing(
        "Files that are there and made to hold secrets, or often do",
        group(
            "One file",
            path=text("The file", "/home/dana/.netrc", form="path"),
            kind=text("What it is", among=tuple(sorted(LOOK))),
            mode=text("Its permissions in octal", "0600"),
            readable_by_others=_OPEN,
            holds_secret=flag("Whether a secret most likely stands in it"),
            tracked_by_git=_TRACKED,
        ),
    ),
}


@collector(
    "secrets",
    subjects=("workstation", "repository"),
    facts=_FACTS,
    last=2,  # it looks through the files that `startup` found
    seconds=60,
    groups={"secrets": "Suspected secrets, by name and place, and the files made to hold them"},
)
def secrets(survey: Survey) -> Iterator[Fact]:
    """Suspected secrets by name and place: in the environment, start-up files and repository."""
    looking = _Looking(survey)
    rows = [*looking.environment(), *looking.go_env_file(), *looking.startup_files()]
    files: list[Json] = []
    for of in (files_of_repository, files_at_home):
        if of is files_at_home and survey.subject != "workstation":
            continue
        try:
            found = of(survey)
        except HostError as error:
            rows.append(error.hole())
            files.append(error.hole())
            continue
        for file in found:
            if file.path in looking.seen:
                continue
            looking.seen.add(file.path)
            described, suspected = looking.file(file)
            files += described
            rows += suspected
    if len(rows) > SUSPECTS:
        rows[SUSPECTS:] = [Absent("too_large", f"more than {SUSPECTS} secrets are suspected")]
    yield Fact("secrets.suspects", rows, Provenance(origin="their names and shapes"))
    yield Fact("secrets.files", files, Provenance(origin="the file system"))


class _Looking:
    """Looks through one source after the other."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._host = survey.host
        self._is_workstation = survey.subject == "workstation"
        self._top = top_of(survey)
        self._parser = Shfmt(survey.launch.cache)
        self.seen: set[str] = set()
        self._tracked = tracked(survey, self._top)

    def environment(self) -> Iterator[Json]:
        """Give suspects among the variables of this process; a tree has none."""
        if not (self._host.is_live and self._is_workstation):
            return
        given = sorted(self._host.environment.items())
        origin = Provenance(origin="environment of this process")
        for each in in_pairs((name, value, 0) for name, value in given):
            row = {"name": each.name, "source": "environment", "why": each.why}
            nowhere = {"tracked_by_git": False, "readable_by_others": False}
            yield Sourced(row | nowhere, origin)

    def go_env_file(self) -> Iterator[Json]:
        """Give suspects in the file that `go env -w` writes."""
        if not (self._host.is_live and self._is_workstation):
            return
        file = self._survey.once(user_file)
        if file.hole is not None:
            yield file.hole
        if isinstance(file.path, str):
            self.seen.add(file.path)
            lines = ((entry.key, entry.value, entry.line) for entry in file.content.entries)
            yield from self._rows(in_pairs(lines), "go-env-file", file.path)

    def startup_files(self) -> Iterator[Json]:
        """Give suspects in the start-up files that were gathered, and the text around them."""
        if not self._is_workstation:
            return
        found = next((fact for fact in self._survey.facts if fact.key == "files"), None)
        if found is None:
            yield Absent("not_collected", "start-up files were not gathered")
            return
        for path, entry in found.value.items():
            if path in self.seen:
                continue
            scripts = entry.get("scripts") if isinstance(entry, dict) else None
            try:
                suspected: dict[Suspicion, None] = {}
                for syntax, script in sorted(_texts(scripts or {})):
                    suspected |= dict.fromkeys(self._of_script(path, syntax, script))
            except HostError as error:
                yield error.hole()
            else:
                yield from self._rows(suspected, "startup-file", path)

    def file(self, file: CredentialFile) -> tuple[list[Json], list[Json]]:
        """Give what a file is, if it is there, and the suspects in it."""
        try:
            status = self._host.status(file.path, follow=file.within is None)
        except HostError as error:
            return ([], []) if error.cause == "missing" else ([error.hole()], [error.hole()])
        if status.kind == "directory":
            return [], []
        mode: Json = f"{status.mode:04o}" if self._is_workstation else _OF_A_CHECKOUT
        row = {"path": file.path, "kind": file.kind, "mode": mode, **self._place(file.path)}
        try:
            content = self._host.read(file.path, limit=FILE_BYTES, within=file.within)
            found = list(LOOK[file.kind](content.decode("utf-8", "surrogateescape")))
        except HostError as error:
            return [row | {"holds_secret": error.hole()}], [error.hole()]
        except (ValueError, RecursionError):
            hole = Absent("parse_error", f"{file.path} is not what its name says")
            return [row | {"holds_secret": hole}], [hole]
        described = Sourced(
            row | {"holds_secret": bool(found)}, Provenance(None, file.kind, file.path)
        )
        return [described], list(self._rows(found, file.kind, file.path))

    def _of_script(self, path: str, syntax: str, script: Json) -> list[Suspicion]:
        """Read a file anew: what was kept of it is only what contexts run, without its secrets."""
        if not isinstance(script, Verbatim):
            hole = script if isinstance(script, Absent) else Absent("unsupported", "no script")
            raise HostError(hole.cause, hole.detail or f"{path} could not be read")
        content = self._host.read(path, limit=FILE_BYTES)
        reader = SYNTAXES.get(syntax) or SYNTAXES["sh"]
        found = in_script(reader.read(content, self._parser))
        return [*found, *in_comments(content.decode("utf-8", "surrogateescape"))]

    def _rows(self, found: Iterable[Suspicion], source: str, path: str) -> Iterator[Json]:
        place = None
        for each in found:
            place = place or self._place(path)
            row = {
                "name": each.name,
                "source": source,
                "file": path,
                "line": each.line,
                "why": each.why,
            }
            yield Sourced(row | place, Provenance(None, source, path, each.line))

    def _place(self, path: str) -> JsonObject:
        """Give who else can come by a file: through git, or on this machine."""
        inside = path.startswith(self._top.rstrip("/") + "/")
        is_tracked: Json = False
        if inside:
            below = path[len(self._top.rstrip("/")) + 1 :]
            paths = self._tracked
            is_tracked = paths if isinstance(paths, Absent) else below in paths
        is_open: Json = _OF_A_CHECKOUT
        try:
            if self._is_workstation:
                is_open = everybody_may_read(self._host, path)
        except HostError as error:
            is_open = error.hole()
        return {"tracked_by_git": is_tracked, "readable_by_others": is_open}


def _texts(scripts: JsonObject) -> Iterator[tuple[str, Json]]:
    """Give the scripts of a file that were read out of its text; programs have none."""
    for syntax, script in scripts.items():
        if syntax not in SYNTAXES or SYNTAXES[syntax].look is None:
            yield syntax, script
