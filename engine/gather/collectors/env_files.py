"""The `.env` files at the top of the directory, as each program that may read them does."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, assignments, name_told, secrets_of, told
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, table, text, text_or_secret
from engine.gather.dotenv import DIALECTS, Refused
from engine.gather.dotenv.comparing import disagreed, is_plain
from engine.gather.eyes import require_readable
from engine.gather.git_index import tracked
from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.dotenv.comparing import Reading
    from engine.gather.redact import Redaction
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

FILES_LIMIT = 50
ROWS_LIMIT = 1000
SIZE_LIMIT = 1 << 18

_IS_ONE = re.compile(r"\.env|\.env\..+|.*\.env")
# Some programs take any text for a name; one with blanks in it may be a piece of a value.
_NAME = re.compile(r"[^\s=]{1,200}")
_ODD = Absent("unsupported", "it sets a variable with a name that no shell could have")
_MANY = Absent("too_large", f"the file sets more than {ROWS_LIMIT} variables")
_STATES = ("read", "refused")
_READING = group(
    "What one program makes of it",
    state=text("Whether it reads the file, or refuses all of it", among=_STATES),
    reason=text("Why it refuses the file", "a quote is not closed"),
    line=number("The line for which it does", 3),
    assignments=assignments(
        "What it sets; `client` is the process that reads the file, and `default` what that has "
        "already stays"
    ),
)
_DIFFERENCE = group(
    "One variable",
    name=text("The variable", "GOFLAGS"),
    values=table(
        "Its value by program; those that do not set it, or refuse the file, are left out",
        text_or_secret("The value, where it depends on nothing else", "-mod=mod"),
        keys=tuple(DIALECTS),
    ),
)
_FACTS = {
    "env_files": listing(
        "The files `.env`, `.env.*` and `*.env` in the directory that was gathered, not below it",
        group(
            "One file",
            id=text("Its name", ".env"),
            file=text("The file", "/home/dana/shop/.env", form="path"),
            line=number("Where it begins", 1),
            state=text("Whether it could be read", among=("present", "unreadable")),
            mode=text("Its permissions in octal", "0600"),
            tracked_by_git=flag("Whether git tracks it"),
            plain=flag("Whether all programs make the same of it"),
            readings=table("What each program makes of it", _READING, keys=tuple(DIALECTS)),
            differ=listing(
                "The variables of which programs that read the file make different things",
                _DIFFERENCE,
            ),
        ),
    )
}


@collector("env_files", subjects=("workstation", "repository"), facts=_FACTS)
def env_files(survey: Survey) -> Iterator[Fact]:
    """The .env files of the directory, and what docker, Compose, node and others make of them."""
    place = Provenance(origin="the directory's files")
    found: list[Json] = []
    try:
        names = [name for name in survey.host.names_in(survey.directory) if _IS_ONE.fullmatch(name)]
    except HostError as error:
        yield Fact("env_files", error.hole(), place)
        return
    top = work_tree(survey.host, survey.directory)
    paths = tracked(survey, top) if names else frozenset()
    for name in names[:FILES_LIMIT]:
        row = _file(survey, name, top)
        if row is not None:
            below = os.path.relpath(str(row["file"]), top)
            is_tracked = paths if isinstance(paths, Absent) else below in paths
            row["tracked_by_git"] = is_tracked
            found.append(Sourced(row, Provenance(None, "its content", str(row["file"]))))
    if len(names) > FILES_LIMIT:
        found.append(Absent("too_large", f"there are more than {FILES_LIMIT} such files"))
    yield Fact("env_files", found, place)


def _file(survey: Survey, name: str, top: str) -> JsonObject | None:
    """Give what is told of a file, or None of a folder."""
    path = os.path.join(survey.directory, name)
    within = top if survey.subject == "repository" else None
    row: JsonObject = {"id": name, "file": path, "line": 1, "state": "present"}
    try:
        status = survey.host.status(path, follow=within is None)
        if status.kind == "directory":
            return None
        row["mode"] = f"{status.mode & 0o7777:04o}"
        require_readable(survey, path)
        content = survey.host.read(path, limit=SIZE_LIMIT, within=within)
    except HostError as error:
        hole = error.hole()
        unknown = dict.fromkeys(("plain", "readings", "differ"), hole)
        return {"mode": hole} | row | unknown | {"state": "unreadable"}
    return row | _read(survey, path, content)


def _read(survey: Survey, path: str, content: bytes) -> JsonObject:
    readings = {name: _reading(name, content) for name in DIALECTS}
    rows = [one for each in readings.values() if isinstance(each, list) for one in each]
    redaction = survey.redaction.knowing(secrets_of(rows, survey.redaction))
    return {
        "plain": is_plain(readings),
        "readings": {name: _told(redaction, path, name, each) for name, each in readings.items()},
        "differ": [_difference(redaction, name, readings) for name in disagreed(readings)],
    }


def _reading(dialect: str, content: bytes) -> Reading:
    try:
        rows = DIALECTS[dialect].read(content)
    except Refused as error:
        return error
    kept = [one for one in rows if isinstance(one, Absent) or _NAME.fullmatch(one.name)]
    odd = [_ODD] if len(kept) < len(rows) else []
    kept = [*kept[:ROWS_LIMIT], _MANY] if len(kept) > ROWS_LIMIT else kept
    return [*kept, *odd]


def _told(redaction: Redaction, path: str, dialect: str, reading: Reading) -> Json:
    if isinstance(reading, Refused):
        row: JsonObject = {"state": "refused", "reason": reading.reason, "assignments": []}
        line = {} if reading.line is None else {"line": reading.line}
        place = Provenance(None, DIALECTS[dialect].title, path, reading.line)
        return Sourced(row | line, place)
    rows = told(reading, redaction, DIALECTS[dialect].title, path)
    return {"state": "read", "assignments": rows}


def _difference(redaction: Redaction, name: str, readings: dict[str, Reading]) -> JsonObject:
    values: JsonObject = {}
    for dialect, reading in readings.items():
        rows = [
            one
            for one in (reading if isinstance(reading, list) else ())
            if isinstance(one, Assignment) and one.name == name
        ]
        if rows:
            values[dialect] = _value(redaction, rows[-1])
    return {"name": name_told(name, redaction), "values": values}


def _value(redaction: Redaction, one: Assignment) -> Json:
    if one.how == "pass":
        return Absent("not_collected", "it is handed on from the client")
    if all(isinstance(part, str) for part in one.parts):
        return redaction.variable(one.name, "".join(map(str, one.parts)))
    hole = next((part for part in one.parts if isinstance(part, Absent)), None)
    return hole or Absent("not_collected", "it depends on variables of the client")
