"""What the shells of launch contexts come to when they are started: asked for only, never else."""

from __future__ import annotations

import os
import secrets
import time
from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import group, listing, table, text, text_or_secret
from engine.gather.host import HostError
from engine.gather.questions import ENV, answer, question
from engine.gather.session import account, session_environment
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.questions import Answered
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

TIMEOUT = 10.0
ALL_TIME = 120.0
_AT_MOST = ALL_TIME + 2 * TIMEOUT
_LIMIT = 1 << 20
_FOLDERS = ("/bin", "/usr/bin", "/usr/local/bin")
_FAMILIES = {"bash": "bash", "zsh": "zsh", "fish": "fish"}
_SHELLS = frozenset(("bash", "zsh", "fish", "sh", "dash", "ash", "ksh", "ksh93", "mksh"))

_FACTS = {
    "observed": table(
        "What came of starting the shells of launch contexts, as far as the prompt; by context",
        group(
            "One context",
            started_as=listing(
                "The command line that it was started with", text("One word", "/bin/bash", "-i")
            ),
            env=table(
                "The variables that a program sees there",
                group(
                    "One variable",
                    state=text("That it is there: others are not listed", among=("set",)),
                    value=text_or_secret("Its value", "/usr/local/go"),
                ),
                keys=("GOROOT",),
            ),
            commands=table(
                "What the names of commands mean there",
                group(
                    "One command",
                    state=text("Whether there is one", among=("found", "missing")),
                    kind=text("What it is", among=("alias", "function", "builtin", "file")),
                    path=text("The file that runs", "/usr/bin/go", form="path"),
                ),
                keys=("go",),
            ),
        ),
        keys=("bash-interactive",),
    )
}


@collector("probe", subjects=("workstation",), facts=_FACTS, live=True, seconds=_AT_MOST)
def probe(survey: Survey) -> Iterator[Fact]:
    """What the shells of launch contexts come to when they are started; only with `--probe`."""
    if not survey.launch.probe:
        raise HostError("not_collected", "it runs start-up files, and is done with `--probe` only")
    plan = survey.launch.plan
    if plan is None:
        raise HostError("not_collected", "there is no graph of launch contexts")
    probing = _Probing(survey, plan)
    asked = {name: probing.context(name) for name in plan["contexts"]}
    # What cannot be started from here is not observed, which is no hole.
    observed = {name: seen for name, seen in asked.items() if seen is not None}
    yield Fact("observed", observed, Provenance(origin="starting the shells"))


class _Probing:
    """Starts each shell in each way once."""

    def __init__(self, survey: Survey, plan: JsonObject) -> None:
        self._survey = survey
        self._plan = plan
        self._who = survey.once(account)
        self._commands = tuple((plan.get("tracks") or {}).get("commands") or ())
        self._end = time.monotonic() + ALL_TIME
        self._known: dict[tuple[str, ...], Json] = {}
        session = session_environment(survey)
        given = survey.launch.environment
        known = {name: getattr(value, "value", None) for name, value in session.items()}
        self._environment = (
            dict(given)
            if given is not None
            else {name: value for name, value in known.items() if isinstance(value, str)}
        )

    def context(self, name: str) -> Json:
        """Give what is observed of a context; None for one that cannot be started from here.

        That starts from another environment than the session's, in a way that has no option, or
        with a shell that is not here.
        """
        process = self._plan["processes"][name]
        words = self._words(process) if self._is_of_session(process) else None
        if words is None:
            return None
        if words not in self._known:
            self._known[words] = self._observe(words)
        return self._known[words]

    def _is_of_session(self, process: JsonObject) -> bool:
        """Say whether a shell gets the session's environment, and nothing else."""
        inherits, *others = process.get("inherits") or [{}]
        is_special = any(process.get(key) for key in ("adopts", "for_each", "user", "file_system"))
        if not process.get("shell") or process["shell"].get("path") or others or is_special:
            return False
        parent = self._plan["processes"].get(inherits.get("from")) or {}
        of_parent = (self._plan["sources"][read["source"]] for read in parent.get("reads") or ())
        is_plain = all(source["kind"] == "environment" for source in of_parent)
        is_session = [one.get("mode") for one in parent.get("inherits") or ()] == ["nothing"]
        return inherits.get("mode") == "all" and is_session and is_plain

    def _words(self, process: JsonObject) -> tuple[str, ...] | None:
        """Give how a shell is started: the last word stands for what it is asked."""
        how = process["shell"]
        if process.get("like") == "$SHELL":
            program = self._who.shell
        else:
            program = self._find(how.get("name") or process.get("like") or "")
        if program is None:
            return None
        name = os.path.basename(program)
        if name not in _SHELLS or (how.get("as_sh") and name != "sh"):
            return None
        flags = _flags(name, how)
        if flags is None:
            return None
        return (program, *flags, "script" if how.get("via") == "script" else "-c")

    def _find(self, name: str) -> str | None:
        for folder in _FOLDERS:
            path = os.path.join(folder, name)
            try:
                if self._survey.host.can_execute(path):
                    return path
            except HostError:
                continue
        return None

    def _observe(self, words: tuple[str, ...]) -> Json:
        if time.monotonic() > self._end:
            return Absent("timeout", f"the shells took more than {ALL_TIME:g} s together")
        name = os.path.basename(words[0])
        mark = secrets.token_hex(8)
        asked = question(_FAMILIES.get(name, "sh"), mark, self._commands)
        host = self._survey.host
        try:
            host.status(ENV)
            with host.scratch({"question": asked.encode()}) as folder:
                last = (
                    [os.path.join(folder, "question")] if words[-1] == "script" else ["-c", asked]
                )
                said = host.run(
                    (*words[:-1], *last),
                    environment=self._environment,
                    directory=self._who.home or "/",
                    timeout=TIMEOUT,
                    limit=_LIMIT,
                )
        except HostError as error:
            return error.hole()
        found = answer(said.output, mark)
        if found is None:
            return Absent("opaque", f"{words[0]} ended before it came to our question")
        return {"started_as": list(words)} | self._described(found)

    def _described(self, found: Answered) -> JsonObject:
        variables = {
            name: {"state": "set", "value": self._value(name, value)}
            for name, value in sorted(found.variables.items())
        }
        shown = Sourced(found.commands, Provenance(origin="`type` and its like"))
        return {"env": variables, "commands": shown}

    def _value(self, name: str, value: str) -> Json:
        if name.startswith("BASH_FUNC_"):
            return Absent("opaque", "it is a shell function")
        if name == "_":
            return Absent("opaque", "it names the command that told it")
        return self._survey.redaction.variable(name, value)


def _flags(name: str, how: JsonObject) -> list[str] | None:
    """Give the options that start a shell in a way, or None where it has none for that."""
    flags: list[str] = []
    only_bash = {"posix": "--posix", "norc": "--norc", "noprofile": "--noprofile"}
    asked = [option for key, option in only_bash.items() if how.get(key)]
    if how.get("rcfile") or (asked and name != "bash"):
        return None
    flags += asked
    if how.get("no_config"):
        if name not in {"fish", "zsh"}:
            return None
        flags.append("-N" if name == "fish" else "-f")
    flags += ["-l"] if how.get("login") else []
    flags += ["-i"] if how.get("interactive") else []
    return flags
