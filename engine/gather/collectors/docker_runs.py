"""Containers that a team starts by command lines: what `docker run` and `docker exec` are told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, assignments, told
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, text, text_or_secret
from engine.gather.docker_run.command import TOOLS, VERBS, CommandLine, command_line
from engine.gather.docker_run.env_files import env_file
from engine.gather.docker_run.environment import Client, Environment, environment
from engine.gather.docker_run.options import text_of, unknown_in
from engine.gather.docker_run.shells import SHELLS, VIAS, Shell, shell_of
from engine.gather.identities import Identities
from engine.gather.shell.shfmt import Shfmt
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from engine.gather.docker_run.options import Word
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

STATES = ("present", "broken", "unreadable")
LIMIT = 200

_ORIGIN = "a declared command line"
# What leads the client to another configuration, and to another daemon (docker/cli, cli/command).
_OF_CLIENT = frozenset(("config", "DOCKER_CONFIG", "HOME"))
_OF_DAEMON = _OF_CLIENT | {
    "host", "context", "connection", "url", "remote", "root", "runroot", "storage-driver",
    "namespace", "DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST", "CONTAINER_CONNECTION",
}  # fmt: skip
_SUDO = Absent("opaque", "`sudo` decides which variables the tool is handed")
_SHELL = group(
    "The shell that the words start; missing where they start another program",
    name=text("Which one", among=tuple(sorted(SHELLS))),
    login=flag("Whether it is told to be a login shell"),
    interactive=flag("Whether it is interactive: told to be, or reading a terminal"),
    via=text(
        "Where its commands come from: the `command` behind `-c`, a `file`, or its `input`",
        among=VIAS,
    ),
    command=text_or_secret("The text behind `-c`", "go build ./..."),
    options=listing("Its other options", text("An option", "--norc", "-e")),
)
_RUN = group(
    "One command line",
    id=text("What a person would call it", "docker run golang:1.22"),
    text=text_or_secret("The command line as it is declared", "docker run -e GOFLAGS golang:1.22"),
    file=text("The file that declares it", "/home/dana/shop/engine.yaml", form="path"),
    line=number("Its line", 3),
    state=text("Whether it could be understood; docker refuses one that is `broken`", among=STATES),
    reason=text("Why it could not be understood", "docker refuses it: it names no image"),
    tool=text("Which tool", among=TOOLS),
    verb=text("What the tool is told to do", among=VERBS),
    image=text_or_secret("With `run`: the image", "golang:1.22"),
    container=text_or_secret("With `exec`: the container", "web"),
    variables=assignments("What is set for the tool itself, as in `DOCKER_HOST=... docker run`"),
    env_file=assignments(
        "What the files of `--env-file` do, all files one behind the other; the proxies of "
        "docker's config.json come after these with `run`"
    ),
    env=assignments(
        "What `-e` and `--env` do, wherever they stand: after the files and the proxies. `-e NAME` "
        "hands on the variable of the `client`, or takes away what the image has"
    ),
    own_client=flag(
        "Whether the user's own configuration of the client counts, so neither `sudo` nor another "
        "folder of it stands there"
    ),
    own_daemon=flag("Whether it talks to the daemon that the user's client talks to by itself"),
    host=text_or_secret("The daemon that `--host` names", "tcp://build:2376"),
    context=text("The context that `--context` names", "build"),
    user=text_or_secret("The user, by `--user`", "1000:1000"),
    workdir=text_or_secret("The directory, by `--workdir`", "/src", form="path"),
    entrypoint=text_or_secret(
        "What replaces the image's entry point; empty where it is switched off", "/bin/bash"
    ),
    tty=flag("Whether there is a terminal (`-t`)"),
    interactive=flag("Whether input is handed on (`-i`)"),
    argv=listing(
        "The words that are run, the `--entrypoint` first; without that, the image's own entry "
        "point stands before them. With none, the image's command runs",
        text_or_secret("A word", "go"),
    ),
    form=text("How the words are run: as they are, by no shell", among=("exec",)),
    shell=_SHELL,
)
_FACTS = {"docker_runs": listing("Command lines of containers that are declared", _RUN)}


@collector("docker_runs", subjects=("workstation", "repository"), facts=_FACTS)
def docker_runs(survey: Survey) -> Iterator[Fact]:
    """Command lines of `docker run`, `docker exec` and podman's that the team declares."""
    parser = Shfmt(survey.launch.cache)
    rows: list[Json] = []
    names = Identities()
    for command in survey.launch.commands[:LIMIT]:
        found = command_line(command, parser)
        row: JsonObject = {
            "id": names.unique(_name(survey, command, found)),
            "text": survey.redaction.text(command),
        }
        file, line = survey.launch.command_places.get(command, (None, None))
        row |= {} if file is None else {"file": file, "line": line}
        where = Provenance(None, _ORIGIN, file, line)
        rows.append(Sourced(row | _described(survey, found, where), where))
    if len(survey.launch.commands) > LIMIT:
        rows.append(Absent("too_large", f"only the first {LIMIT} were looked at"))
    yield Fact("docker_runs", rows, Provenance(origin=_ORIGIN))


def _name(survey: Survey, command: str, found: CommandLine | Absent) -> str:
    subject = None if isinstance(found, Absent) else text_of(found.subject)
    if isinstance(found, Absent) or subject is None:
        words = " ".join(survey.redaction.words(command).split())
        return words if len(words) <= 40 else words[:37] + "..."  # noqa: PLR2004 - a glance's width
    return survey.redaction.words(f"{found.tool} {found.verb} {subject}")


_OF_TEXT = frozenset(("id", "text", "file", "line", "state", "reason"))
_ASKED = tuple(key for key in _RUN["properties"] if key not in _OF_TEXT)


def _described(survey: Survey, found: CommandLine | Absent, where: Provenance) -> JsonObject:
    if isinstance(found, Absent):
        state = "broken" if found.cause == "parse_error" else "unreadable"
        return {"state": state, "reason": found.detail} | dict.fromkeys(_ASKED, found)
    own, subject = found.own, "image" if found.verb == "run" else "container"
    client = Client({}, _SUDO) if found.is_as_root else Client(found.variables)
    read = partial(env_file, survey, survey.directory)
    env = environment(own, read, tool=found.tool, verb=found.verb, client=client)
    row: JsonObject = {
        "state": "present",
        "tool": found.tool,
        "verb": found.verb,
        subject: _text(survey, found.subject),
        "variables": _told(survey, _variables(found), where),
        "env_file": _files(survey, env),
        "env": _told(survey, env.options, where),
        "tty": own.hole or own.is_on("tty"),
        "interactive": own.hole or own.is_on("interactive"),
        "form": "exec",
    }
    row |= {"own_client": _is_own(found, _OF_CLIENT), "own_daemon": _is_own(found, _OF_DAEMON)}
    general = {name: found.general.last(name) for name in ("host", "context")}
    named = {name: own.last(name) for name in ("user", "workdir", "entrypoint")}
    for name, value in (general | named).items():
        row |= {name: _text(survey, value)} if value is not None else {}
    if own.hole is not None:
        row |= {"state": "unreadable", "reason": own.hole.detail} | dict.fromkeys(named, own.hole)
    argv = _argv(found)
    row["argv"] = list(_known(survey, argv))
    return row | _shell(survey, shell_of(argv, tty=own.is_on("tty")))


def _is_own(found: CommandLine, elsewhere: Collection[str]) -> bool:
    """Say whether neither an option, nor a variable, nor `sudo` leads elsewhere."""
    options = {each.name for each in found.general.options}
    return (
        not found.is_as_root
        and options.isdisjoint(elsewhere)
        and not (found.variables.keys() & set(elsewhere))
    )


def _told(survey: Survey, given: Iterable[Assignment | Absent], where: Provenance) -> list[Json]:
    placed = (one if isinstance(one, Absent) else replace(one, line=where.line) for one in given)
    return told(placed, survey.redaction, _ORIGIN, where.file)


def _variables(found: CommandLine) -> Iterator[Assignment]:
    for name, value in found.variables.items():
        yield Assignment(name, (value,) if isinstance(value, Absent) else value)


def _files(survey: Survey, env: Environment) -> list[Json]:
    rows: list[Json] = []
    for file in env.files:
        rows += told(file.entries, survey.redaction, "--env-file", file.path)
    return rows


def _argv(found: CommandLine) -> Sequence[Word | Absent]:
    given = found.own.last("entrypoint") if found.verb == "run" else None
    # An empty one only switches the image's off.
    return found.arguments if given is None or text_of(given) == "" else (given, *found.arguments)


def _known(survey: Survey, words: Sequence[Word | Absent]) -> Iterator[Json]:
    """Give the words up to the first that is not known: behind it, places would be wrong."""
    for word in words:
        value = _text(survey, word)
        yield value
        if isinstance(value, Absent):
            return


def _text(survey: Survey, word: Word | Absent) -> Json:
    written = text_of(word)
    return unknown_in(word) if written is None else survey.redaction.text(written)


def _shell(survey: Survey, shell: Shell | Absent | None) -> JsonObject:
    if shell is None:
        return {}
    if isinstance(shell, Absent):
        return {"shell": shell}
    row: JsonObject = {
        "name": shell.name,
        "login": shell.login,
        "interactive": shell.interactive,
        "via": shell.via,
        "options": list(shell.options),
    }
    if shell.command is not None:
        row["command"] = _text(survey, shell.command)
    return {"shell": Sourced(row, Provenance(None, _ORIGIN))}
