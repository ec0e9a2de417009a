"""Our facts of a configuration beside what the Dev Container CLI says of it."""

from __future__ import annotations

import posixpath

from engine.gather.redact import Redaction
from engine.gather.run import gather
from tests.gather.devcontainer.corpus import FOLDER, LOCAL
from tests.gather.fake_host import FakeHost, folder
from tests.gather.told_fold import UNKNOWN, value_of

SCOPES = {"local": LOCAL, "container": {}}
_ABSENT = object()


def facts_of(text, *, files=None, subject="workstation"):
    """The one dev container of a workspace folder, and the holes of the document."""
    path = f"{FOLDER}/.devcontainer/devcontainer.json"
    host = FakeHost({FOLDER: folder(), path: text} | (files or {}))
    document = gather(
        host,
        subject=subject,
        directory=FOLDER,
        redaction=Redaction(b"a salt for tests, and only these"),
        only=("devcontainer",),
    )
    return document["facts"]["devcontainers"][0], document["absent"]


def compared(text, answer):
    """Triples of what is compared, ours and theirs; ours is UNKNOWN where we do not say."""
    ours, holes = facts_of(text)
    if answer is None:
        yield "state", "broken" if ours["state"] == "broken" else UNKNOWN, "broken"
        return
    yield "state", ours["state"], "present"
    theirs = answer["configuration"]
    here = f"{FOLDER}/.devcontainer"
    known = _Known(ours, holes)
    for key, name in _TEXTS.items():
        counts = key != "image" or ours.get("kind", "image") == "image"
        if theirs.get(key) and counts:
            yield key, known.at(name), theirs[key]
    yield "workspaceFolder", known.at("workspace_folder"), answer["workspace_folder"]
    for key, name in (("containerEnv", "container_env"), ("remoteEnv", "remote_env")):
        if isinstance(theirs.get(key), dict):
            yield from _variables(key, ours.get(name, []), theirs[key])
    yield from _origin(known, theirs, here)
    yield from _lifecycle(ours, theirs, holes)
    features = {row["id"]: row for row in ours.get("features", [])}
    for name, options in theirs.get("features", {}).items():
        given = {"version": options} if isinstance(options, str) else options
        told = {row["name"]: row.get("value", UNKNOWN) for row in features[name]["options"]}
        wanted = {} if given is True else given
        assert list(told) == list(wanted)
        for option, value in wanted.items():
            yield f"features {name} {option}", told[option], value
    yield "secrets", ours.get("secrets", UNKNOWN), list(theirs.get("secrets", {}))
    settings = theirs.get("customizations", {}).get("vscode", {}).get("settings", {})
    yield from _settings(ours.get("customizations_vscode_settings", []), settings)


_TEXTS = {
    "image": "image",
    "name": "name",
    "remoteUser": "remote_user",
    "containerUser": "container_user",
    "userEnvProbe": "user_env_probe",
    "service": "compose/service",
    "overrideCommand": "override_command",
}


class _Known:
    """Parts of a row by their path; one that is a hole, or below one, is UNKNOWN."""

    def __init__(self, row, holes):
        self._row, self._holes = row, holes

    def at(self, path):
        value = self._row
        for step in path.split("/"):
            value = value.get(step, _ABSENT) if isinstance(value, dict) else _ABSENT
        if value is not _ABSENT:
            return value
        return UNKNOWN if self._is_hole(path) else "(missing)"

    def _is_hole(self, path):
        steps = path.split("/")
        ways = ("/".join(steps[:end]) for end in range(1, len(steps) + 1))
        return any(f"/devcontainers/0/{way}" in self._holes for way in ways)


def _variables(key, rows, theirs):
    told = {row["name"]: row for row in rows}
    for name, value in theirs.items():
        if "${containerEnv" in str(value) and key == "remoteEnv":
            continue  # replaced when the container runs: see starts.py
        # The CLI writes the values into arguments, as JavaScript writes them.
        written = value if isinstance(value, str) else _javascript(value)
        yield f"{key} {name}", value_of(told[name], SCOPES), written


def _javascript(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def _origin(known, theirs, here):
    build = theirs.get("build", {})
    dockerfile = theirs.get("dockerFile") or build.get("dockerfile")
    if dockerfile:
        path = posixpath.normpath(posixpath.join(here, dockerfile))
        yield "dockerfile", known.at("build/dockerfile"), path
        context = theirs.get("context") if "dockerFile" in theirs else build.get("context")
        where = posixpath.normpath(posixpath.join(here, context)) if context else None
        yield "context", known.at("build/context"), where or posixpath.dirname(path)
        if build.get("target"):
            yield "target", known.at("build/target"), build["target"]
        for row in known.at("build/args"):
            yield f"arg {row['name']}", value_of(row, SCOPES), build["args"][row["name"]]
    elif theirs.get("dockerComposeFile"):
        files = theirs["dockerComposeFile"]
        named = [files] if isinstance(files, str) else files
        paths = [posixpath.normpath(posixpath.join(here, file)) for file in named]
        yield "compose files", known.at("compose/files"), paths


def _lifecycle(ours, theirs, holes):
    hooks = {hook["name"]: (at, hook) for at, hook in enumerate(ours.get("lifecycle", []))}
    for name, given in theirs.items():
        if not name.endswith("Command") or name == "overrideCommand" or not given:
            continue
        at, hook = hooks[name]
        said = given if isinstance(given, dict) else {None: given}
        assert [step.get("label") for step in hook["commands"]] == list(said)
        for number, step in enumerate(hook["commands"]):
            wanted = said[step.get("label")]
            what = f"{name} {step.get('label')}"
            if isinstance(wanted, str):
                yield what, step.get("text", UNKNOWN), wanted
                continue
            pointer = f"/devcontainers/0/lifecycle/{at}/commands/{number}/argv/-"
            is_whole = pointer not in holes
            assert is_whole or len(step["argv"]) < len(wanted)
            for place, word in enumerate(wanted):
                ours = step["argv"][place : place + 1] or [UNKNOWN if not is_whole else "(missing)"]
                yield f"{what} {place}", ours[0], word


def _settings(rows, theirs):
    told = {row["key"]: row for row in rows}
    flat = {}
    for key, value in theirs.items():
        nested = key == "gopls" and isinstance(value, dict)
        flat |= (
            {f"gopls.{inner}": each for inner, each in value.items()} if nested else {key: value}
        )
    for key, value in flat.items():
        if not key.startswith(("go.", "gopls.", "terminal.integrated.")):
            assert key not in told
        elif isinstance(value, dict):
            ours = {row["name"]: value_of(row, SCOPES) for row in told[key]["variables"]}
            yield key, ours, value
        elif isinstance(value, list):
            items = told[key]["items"]
            yield key, items if len(items) == len(value) else UNKNOWN, value
        else:
            written = value if isinstance(value, str) else _javascript(value)
            yield key, told[key].get("value", UNKNOWN), written
