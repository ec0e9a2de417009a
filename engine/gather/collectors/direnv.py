"""direnv: the .envrc that counts for the directory, what it says, and whether it is allowed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, text, text_or_secret
from engine.gather.direnv import ANSWERS, REASONS, Config, Verdict, config_of, envrc_of, verdict
from engine.gather.envrc import Content, Directive, Export, content_of
from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.gather.search_path import commands
from engine.gather.shell.shfmt import Shfmt
from engine.gather.syntaxes import SYNTAXES
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_LINE = number("Its line", 3)
_MAYBE = flag("Whether it stands where it may not run, as after `if`")
_EXPORT = group(
    "One export",
    name=text("The variable", "GOFLAGS"),
    value=text_or_secret("Its value; unknown unless it is written out", "-mod=mod"),
    line=_LINE,
    conditional=_MAYBE,
)
_DIRECTIVE = group(
    "One command",
    name=text("The command", "layout", "dotenv", "PATH_add"),
    arguments=listing("Its words", text_or_secret("A word, unknown unless written out", "go")),
    line=_LINE,
    conditional=_MAYBE,
)
_FACTS = {
    "direnv": group(
        "direnv, as it is set up for the directory that was gathered",
        installed=flag("Whether `direnv` is on PATH"),
        config=group(
            "Its configuration; of a missing file, what holds without it",
            path=text("The file", "/home/dana/.config/direnv/direnv.toml", form="path"),
            load_dotenv=flag("Whether a file `.env` counts as well"),
            whitelist_prefix=listing(
                "Files whose path begins like this are allowed",
                text("A beginning", "/home/dana/code", form="path"),
            ),
            whitelist_exact=listing(
                "These files are allowed", text("A file", "/home/dana/shop/.envrc", form="path")
            ),
        ),
        envrc=group(
            "The file that counts: the nearest, upwards; missing where there is none",
            path=text("The file", "/home/dana/shop/.envrc", form="path"),
            mode=text("Its permissions in octal", "0644"),
            allowed=text(
                "Whether the user has allowed it as it is now; `not_allowed` is what direnv calls "
                "blocked, `denied` that the user said no",
                among=ANSWERS,
            ),
            allowed_by=text("What allows it; missing if it is not allowed", among=REASONS),
            loaded=flag("Whether the process that gathered was started where it was loaded"),
            exports=listing(
                "The exports that are written in it; not those that its commands, other files and "
                "programs make",
                _EXPORT,
            ),
            directives=listing(
                "Its commands that change the environment in some other way", _DIRECTIVE
            ),
        ),
    )
}
_NOT_RUNNING = Absent("not_collected", "only a running machine can be asked")
_NOT_OF_A_FILE = Absent("not_collected", "not asked for a repository")


@collector("direnv", subjects=("workstation", "repository"), facts=_FACTS)
def direnv(survey: Survey) -> Iterator[Fact]:
    """The .envrc that counts for the directory, what it exports, and whether direnv loads it."""
    is_repository = survey.subject == "repository"
    value = _of_repository(survey) if is_repository else _of_workstation(survey)
    yield Fact("direnv", value, Provenance(origin="direnv's own rules"))


def _of_workstation(survey: Survey) -> JsonObject:
    config: Config | HostError
    try:
        config = config_of(survey)
    except HostError as error:
        config = error
    value: JsonObject = {"config": _described(config), "installed": _installed(survey)}
    try:
        # Without its configuration we do not know whether a `.env` counts.
        path = envrc_of(survey, load_dotenv=isinstance(config, HostError) or config.load_dotenv)
        if path is None:
            return value
        if isinstance(config, HostError) and os.path.basename(path) != ".envrc":
            return value | {"envrc": config.hole()}
        content = survey.host.read(path)
        decided = verdict(survey, config, path, content)
    except HostError as error:
        return value | {"envrc": error.hole()}
    loaded: Json = survey.variable("DIRENV_FILE") == path
    if not survey.host.is_live:
        loaded = _NOT_RUNNING
    how = _decided(decided) | {"loaded": loaded}
    return value | {"envrc": _file(survey, path, content, how)}


def _of_repository(survey: Survey) -> JsonObject:
    value: JsonObject = {"installed": _NOT_OF_A_FILE, "config": _NOT_OF_A_FILE}
    top = work_tree(survey.host, survey.directory)
    path = os.path.join(survey.directory, ".envrc")
    while True:
        try:
            content = survey.host.read(path, within=top)
            break
        except HostError as error:
            if error.cause != "missing":
                return value | {"envrc": error.hole()}
        folder = os.path.dirname(path)
        if folder == top:
            return value
        path = os.path.join(os.path.dirname(folder), ".envrc")
    unasked = dict.fromkeys(("allowed", "allowed_by", "loaded"), _NOT_OF_A_FILE)
    return value | {"envrc": _file(survey, path, content, unasked)}


def _installed(survey: Survey) -> Json:
    if not survey.host.is_live:
        return _NOT_RUNNING
    found = next(commands(survey, "direnv"), None) is not None
    return Sourced(found, Provenance(origin="the folders on PATH"))


def _described(config: Config | HostError) -> Json:
    if isinstance(config, HostError):
        return config.hole()
    value: JsonObject = {
        "load_dotenv": config.load_dotenv,
        "whitelist_prefix": list(config.prefixes),
        "whitelist_exact": list(config.exact),
    }
    if config.path is None:
        return Sourced(value, Provenance(origin="direnv's default"))
    return Sourced(
        value | {"path": config.path}, Provenance(None, "direnv's configuration", config.path)
    )


def _decided(found: Verdict | Absent) -> JsonObject:
    if isinstance(found, Absent):
        return {"allowed": found, "allowed_by": found}
    where = Provenance(None, "direnv's list of allowed files", found.file)
    value: JsonObject = {"allowed": Sourced(found.answer, where)}
    return value | ({"allowed_by": Sourced(found.reason, where)} if found.reason else {})


def _file(survey: Survey, path: str, content: bytes, decided: JsonObject) -> Json:
    name = os.path.basename(path)
    value: JsonObject = {"path": path} | decided
    try:
        value["mode"] = f"{survey.host.status(path).mode:04o}"
        said = _said(survey, name, content)
    except HostError as error:
        said = error.hole()
    if isinstance(said, Absent):
        value |= {"exports": said, "directives": said}
    else:
        place = _Place(survey, path)
        value["exports"] = [*map(place.export, said.exports), *said.holes]
        value["directives"] = [*map(place.directive, said.directives), *said.holes]
    return Sourced(value, Provenance(None, name, path))


def _said(survey: Survey, name: str, content: bytes) -> Content | Absent:
    if name != ".envrc":
        return Absent("not_collected", f"a {name} is no script, and was not read")
    return content_of(SYNTAXES["bash"].read(content, Shfmt(survey.launch.cache)))


class _Place:
    """Tells the parts of one file, each with its line."""

    def __init__(self, survey: Survey, path: str) -> None:
        self._survey = survey
        self._path = path

    def export(self, export: Export) -> Sourced:
        """Give an export, its value hidden if it is a secret."""
        value = export.value
        return self._at(
            export.line,
            {
                "name": export.name,
                "value": value
                if isinstance(value, Absent)
                else self._survey.redaction.variable(export.name, value),
                "line": export.line,
                "conditional": export.conditional,
            },
        )

    def directive(self, directive: Directive) -> Sourced:
        """Give a command with its words."""
        return self._at(
            directive.line,
            {
                "name": directive.name,
                "arguments": [
                    word if isinstance(word, Absent) else self._survey.redaction.text(word)
                    for word in directive.arguments
                ],
                "line": directive.line,
                "conditional": directive.conditional,
            },
        )

    def _at(self, line: int, value: JsonObject) -> Sourced:
        return Sourced(value, Provenance(None, ".envrc", self._path, line))
