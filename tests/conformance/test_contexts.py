"""Small machines of text: gathered from a disk, and what their launch contexts come to.

A case says which `context`, with which `files`, `session`, login `shell`, and what to `expect`:
`env` (a text, null for unset, `?` and the cause for unknown, or a mapping with `value`, `set_by`,
`shadowed`, `by` of operations), `path` (each entry and who put it there), `loaded`, `not_loaded`
and `commands`. Only what is written is compared. `packs` are packs of a team.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from engine.compile.build import Request, build
from engine.evaluate.contexts import resolved
from engine.evaluate.holds import holds
from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from engine.gather.tree import Tree
from engine.loading.facts import read_facts
from engine.model.facts import Absent
from engine.precedence.resolve import resolve
from tests.conformance.cases import FOLDER, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.compile.program import Program

HOME = "/home/ada"
REDACTION = Redaction(b"a salt for tests, and only these")
SESSION = {"HOME": HOME, "USER": "ada", "LOGNAME": "ada", "PATH": "/usr/bin:/bin"}
SHELLS = ("bash", "dash", "zsh", "fish", "ksh", "mksh")
FILES = {
    "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\nada:x:1000:1000::/home/ada:{shell}\n",
    "/root/.keep": "",
    "/usr/bin/id": {"text": "", "mode": "755"},
    "/bin/sh": {"link": "dash"},
    **{f"/bin/{name}": {"text": "", "mode": "755"} for name in SHELLS},
}
CASES = [
    pytest.param(content.get("shared", {}) | case, id=f"{path.stem}: {case['name']}")
    for path in sorted((FOLDER / "contexts").glob("*.yaml"))
    for content in [read_yaml(path)]
    for case in content["cases"]
]


def test_there_are_enough_cases_of_each_kind_of_process() -> None:
    contexts = [case.values[0]["context"] for case in CASES]  # type: ignore[attr-defined]

    assert len(contexts) >= 40
    for start in ("bash", "dash", "zsh", "fish", "ksh", "sudo", "su", "cron", "ssh", "systemd"):
        assert any(context.startswith(start) for context in contexts), start


@pytest.mark.parametrize("case", CASES)
def test_a_context_is_what_the_case_says(case: dict[str, Any], tmp_path: Path) -> None:
    program = _bundled() if "packs" not in case else _program(case["packs"], tmp_path / "packs")
    root = tmp_path / "tree"
    shell = case.get("shell", "/bin/bash")
    lay_out(root, {**FILES, **case.get("files", {})}, shell)

    context = _context(program, root, case)

    if not isinstance(case["expect"], dict):
        assert isinstance(context["env"], Absent)
        assert f"?{context['env'].cause}" == case["expect"]
        return
    found = {key: _TOLD[key](context, wanted) for key, wanted in case["expect"].items()}
    assert found == case["expect"]


def lay_out(root: Path, files: Mapping[str, Any], shell: str) -> None:
    """Write files as a case has them; `~` is the home, null leaves out one that others have."""
    for path, written in files.items():
        if written is None:
            continue
        what = {"text": written} if isinstance(written, str) else written
        place = root / path.replace("~", HOME, 1).lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if "link" in what:
            place.symlink_to(what["link"])
            continue
        place.write_text(what["text"].replace("{shell}", shell))
        place.chmod(int(what.get("mode", "644"), 8))


def _context(program: Program, root: Path, case: dict[str, Any]) -> Any:
    """Gather the tree, write the document, read it, and give the context out of it."""
    session = SESSION if case.get("session") is None else case["session"]
    plan, decide = program.plan, holds(program)
    launch = LaunchOptions(
        user="ada",
        environment=session,
        plan=plan,
        resolve=lambda facts, answer: resolve(plan, facts, holds=decide, answer=answer),
    )
    document = gather(
        Tree(str(root), user="ada", environment=session),
        subject="workstation",
        directory=HOME,
        redaction=REDACTION,
        only=("startup",),
        launch=launch,
    )
    assert "broke" not in json.dumps(document["absent"])
    facts = read_facts(json.dumps(document).encode(), "facts.json")
    return resolved(program, facts, [case["context"]]).root["contexts"][case["context"]]


@cache
def _bundled() -> Program:
    return build(Request())[0]


def _program(packs: dict[str, Any], folder: Path) -> Program:
    for name, content in packs.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "pack.yaml").write_text(json.dumps({"pack": name, **content}))
    return build(Request(rules=tuple(str(folder / name) for name in packs)))[0]


def _env(context: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: _variable(context["env"], name, what) for name, what in wanted.items()}


def _variable(env: Any, name: str, wanted: Any) -> Any:
    entry = env.get(name)
    if entry is None:
        more = getattr(env, "more", None)
        entry = {"state": "unset"} if more is None else {"state": "unknown", "cause": more.cause}
    value = {"set": entry.get("value"), "unset": None}.get(entry["state"], f"?{entry.get('cause')}")
    if not isinstance(wanted, dict):
        return value
    told = {
        "value": value,
        "detail": entry.get("detail"),
        "set_by": _place(entry.get("set_by")),
        "shadowed": [f"{row['value']} {_place(row)}" for row in entry.get("shadowed", ())],
        "by": [event["op"] for event in entry.get("chain", ())],
        "exported": entry["state"] != "unset",
    }
    return {key: told[key] for key in wanted}


def _place(place: Any) -> str | None:
    if not place:
        return None
    where = str(place.get("file") or place.get("source")).replace(HOME, "~", 1)
    return f"{where}:{place['line']}" if "line" in place else where


def _path(context: Any, _: Any) -> Any:
    path = context["path"]
    if isinstance(path, Absent):
        return f"?{path.cause}"
    return [
        f"?{row.cause}"
        if isinstance(row, Absent)
        else f"{row['dir']} {_place(row.get('set_by')) or ''}".rstrip()
        for row in path
    ]


def _loaded(context: Any, _: Any) -> list[str]:
    rows = context["loaded"]
    more = getattr(rows, "more", None)
    told = [f"{_short(row['path'])} {_place(row.get('by')) or ''}".rstrip() for row in rows]
    return told if more is None else [*told, f"?{more.cause}"]


def _not_loaded(context: Any, wanted: dict[str, str]) -> dict[str, str | None]:
    rows = {_short(row["path"]): row["reason"] for row in context["not_loaded"]}
    return {path: rows.get(path) for path in wanted}


def _short(path: str) -> str:
    return path.replace(HOME, "~", 1)


def _paths(rows: Any) -> list[str]:
    known = () if isinstance(rows, Absent) else rows or ()
    return [row["path"] for row in known if "path" in row]


def _commands(context: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name, what in wanted.items():
        entry = context["commands"][name]
        state = {"unknown": f"?{entry.get('cause')}", "missing": None}.get(
            entry["state"], f"{entry.get('kind')} {entry.get('path') or entry.get('text') or ''}"
        )
        told = {
            "runs": state.rstrip() if state else state,
            "hides": _paths(entry.get("hides")),
            "set_by": _place(entry.get("set_by")),
        }
        found[name] = {key: told[key] for key in what} if isinstance(what, dict) else told["runs"]
    return found


_TOLD = {
    "env": _env,
    "path": _path,
    "loaded": _loaded,
    "not_loaded": _not_loaded,
    "commands": _commands,
    "title": lambda context, _: context["title"],
    "moment": lambda context, _: context["moment"],
    "shell": lambda context, _: context["shell"],
}
