"""What we tell of a project beside what compose says of it."""

from __future__ import annotations

import os

from engine.gather.collector import Sourced
from engine.gather.collectors.compose import compose
from engine.gather.redact import Redaction, Shown
from engine.gather.survey import Survey
from engine.model.facts import Absent
from tests.gather.compose.shaping import HOME
from tests.gather.fake_host import FakeHost, Node

SALT = b"a salt for tests, and only these"
UNKNOWN = "unknown"
KEYS = ("image", "user", "working_dir", "command", "entrypoint")
OLD_KEYS = ("image", "user", "working_dir")


def fact(case, *, subject="workstation", client=None):
    """Give the collector's fact as plain values, in which holes stay `Absent`."""
    files = {f"{HOME}/{path}": content for path, content in case.files.items()}
    host = FakeHost(
        {HOME: Node("directory"), case.directory: Node("directory")} | files,
        environment=case.client if client is None else client,
    )
    survey = Survey(
        host, subject=subject, directory=case.directory, redaction=Redaction(SALT, shows=True)
    )
    (found,) = compose.collect(survey)
    return _plain(found.value)


def _plain(value):
    if isinstance(value, Sourced):
        return _plain(value.value)
    if isinstance(value, Shown):
        return value.plain
    if isinstance(value, dict):
        return {key: _plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_plain(child) for child in value]
    return value


def environment(service, client):
    """Fold what a service's files and variables set, for a client: texts, None, or UNKNOWN.

    The second part says whether there may be others.
    """
    rows = [row for each in service["env_files"] for row in each["assignments"]]
    return folded([*rows, *service["environment"]], client)


def folded(rows, client):
    """Fold assignments in order."""
    made, is_open = {}, False
    for row in rows:
        if isinstance(row, Absent):
            is_open, made = True, dict.fromkeys(made, UNKNOWN)
            continue
        name = row["name"]
        if row["how"] == "pass":
            if name in client:
                made[name] = client[name]
            elif row["if_missing"] == "unset":
                made[name] = None
        else:
            made[name] = _value(row, client)
    return made, is_open


def _value(row, client):
    if "parts" in row:
        return _text(row["parts"], client)
    return UNKNOWN if isinstance(row["value"], Absent) else row["value"]


def _text(parts, client):
    texts = [_part(part, client) for part in parts]
    return UNKNOWN if UNKNOWN in texts else "".join(texts)


def _part(part, client):
    if isinstance(part, str):
        return part
    if "unknown" in part:
        return UNKNOWN
    found = client.get(part["variable"])
    if found is None or (part.get("empty_is_unset") and found == ""):
        return _text(part.get("else", []), client)
    return _text(part["then"], client) if "then" in part else found


class Score:
    """Counts values that are right, unknown and wrong, and keeps the wrong ones."""

    def __init__(self, keys=KEYS) -> None:
        self.keys = keys
        self.right = self.unknown = 0
        self.wrong: list[str] = []

    def add(self, name, ours, theirs):
        if isinstance(ours, Absent) or ours == UNKNOWN:
            self.unknown += 1
        elif ours == theirs:
            self.right += 1
        else:
            self.wrong.append(f"{name}: we say {ours!r}, compose {theirs!r}")

    def __str__(self) -> str:
        return f"{self.right} right, {self.unknown} unknown, {len(self.wrong)} wrong"


def judge(score, name, case, answer):
    """Compare all that we tell of a project with an answer of compose's `config`."""
    told = fact(case)
    client = {"HOME": "/home/dana", "PWD": case.directory} | case.client
    if "refused" in answer:
        _judge_refused(score, name, told)
        return
    if told["state"] == "unknown":
        score.unknown += 1
        return
    if told["state"] == "missing":
        score.add(name, "missing", "present")
        return
    if told["state"] == "refused":
        score.add(name, f"refused: {told['reason']}", "taken")
        return
    theirs = answer["services"]
    for service in told["services"]:
        where = f"{name} / {service['id']}"
        found = theirs.get(service["id"])
        score.add(f"{where} enabled", service["enabled"], found is not None)
        if found is not None:
            _judge_service(score, where, service, found, client)
    score.add(f"{name} services", _missing(told, theirs), [])


def _missing(told, theirs):
    return sorted(set(theirs) - {service["id"] for service in told["services"]})


def _judge_refused(score, name, told):
    if told["state"] in {"refused", "missing"}:
        score.right += 1
    elif told["state"] == "unknown" or any(
        isinstance(service.get("refused"), Absent) for service in told["services"]
    ):
        score.unknown += 1
    elif any("refused" in service for service in told["services"]):
        score.right += 1
    elif _has_hole(told):
        score.unknown += 1
    else:
        score.add(name, "taken", "refused")


def _has_hole(told):
    """Say whether something of a project is unknown, so that compose may well refuse it."""
    return "'unknown'" in str(told) or "Absent" in str(told)


def _judge_service(score, where, service, theirs, client):
    if "refused" in service:
        score.add(f"{where} refused", service["refused"], None)
    if isinstance(service["environment"], Absent):
        return
    variables, is_open = environment(service, client)
    given = theirs.get("environment") or {}
    for variable in sorted(variables | given):
        ours = variables.get(variable, UNKNOWN if is_open else "not told")
        score.add(f"{where} ${variable}", ours, given.get(variable, "not there"))
    for key in score.keys:
        ours = service.get(key)
        ours = ours["argv"] if isinstance(ours, dict) else ours
        if isinstance(ours, list) and any(isinstance(word, Absent) for word in ours):
            ours = UNKNOWN
        score.add(f"{where} {key}", ours, theirs.get(key))
    if score.keys == KEYS:
        _judge_build(score, where, service.get("build"), theirs.get("build"), client)


def _judge_build(score, where, ours, theirs, client):
    if ours is None or theirs is None:
        score.add(f"{where} build", ours, theirs)
        return
    score.add(f"{where} context", ours["context"], theirs.get("context"))
    score.add(f"{where} target", ours.get("target"), theirs.get("target"))
    file = theirs.get("dockerfile")
    is_local = file and not theirs["context"].startswith("http")
    file = os.path.join(theirs["context"], file) if is_local else file
    score.add(f"{where} dockerfile", ours["dockerfile"], file)
    arguments, _ = folded(ours["args"], client)
    score.add(f"{where} args", arguments, theirs.get("args") or {})
