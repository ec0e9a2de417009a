"""A machine that is a mapping of texts: its files are read as start-up files ask for them."""

from __future__ import annotations

import tempfile
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from engine.compile.build import Request, build
from engine.evaluate.holds import holds
from engine.gather.host import HostError
from engine.gather.scripts import shallow
from engine.gather.shell.shfmt import Shfmt
from engine.gather.syntaxes import SYNTAXES
from engine.model.facts import Absent, PartialMap
from engine.precedence.resolve import resolve
from engine.precedence.world import snippet_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.compile.program import Program
    from engine.model.json_value import JsonObject

HOME = "/home/ada"
FOLDERS = "/usr/bin:/bin"
SESSION = {"HOME": HOME, "USER": "ada", "LOGNAME": "ada", "PATH": FOLDERS, "SHELL": "/bin/bash"}
PROGRAMS = ("/bin/bash", "/bin/dash", "/bin/zsh", "/bin/fish", "/bin/ksh", "/usr/bin/id")
NEVER = Absent("not_collected", "nobody looked for it")


@cache
def program() -> Program:
    """Give the bundled graph, compiled."""
    return build(Request(rules=("precedence",)))[0]


@cache
def _decide() -> Any:
    return holds(program())


@cache
def _parser() -> Shfmt:
    return Shfmt(tempfile.mkdtemp(prefix="precedent-scripts-"))


@lru_cache(maxsize=4096)
def _read(text: str, syntax: str) -> Any:
    content = text.encode("utf-8", "surrogateescape")
    try:
        return shallow(SYNTAXES[syntax].read(content, _parser()))
    except HostError as error:
        return error.hole()


def script_of(text: str, syntax: str) -> Any:
    """Give a text read in a syntax; who changes it changes it for all."""
    return _read(text, syntax)


NO_OTHERS: dict[str, Any] = {
    "compose": {"services": []},
    "devcontainers": [],
    "docker": {"stages": []},
    "docker_client": {"env": []},
    "docker_runs": [],
    "github": {"steps": []},
    "gitlab": {"jobs": []},
    "host": {"is_wsl": False},
    "images": {"list": []},
    "jetbrains": {"installed": False, "runs": []},
    "kubernetes": {"containers": []},
    "pre_commit": {"config": {"state": "missing"}, "hooks": []},
    "vscode": {"installed": False, "launches": [], "tasks": []},
}
"""The facts of a machine without editors, containers, pipelines and hooks."""


def always_there() -> set[str]:
    """Give the contexts of any machine: not those of editors, containers and the like."""
    plan = program().plan
    return {
        name
        for name in plan["contexts"]
        if not plan["processes"][name]["for_each"] and not plan["processes"][name]["when"]
    }


class Machine:
    """Files by path, an account called ada, and a session; nothing else is there."""

    def __init__(
        self,
        files: Mapping[str, str] | None = None,
        *,
        shell: str = "/bin/bash",
        session: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        self.files = {**dict.fromkeys(PROGRAMS, "\x7fELF"), **(files or {})}
        account = {"uid": 1000, "gid": 1000, "home": HOME, "shell": shell}
        root = {"uid": 0, "gid": 0, "home": "/root", "shell": "/bin/bash"}
        self.root = _open(
            {
                "os": {"kernel": "Linux", "machine": "x86_64", "hostname": "box"},
                "user": {"name": "ada", **account},
                "users": {"ada": account, "root": root},
                "session": {"environment": dict(SESSION if session is None else session)},
                "sudo": {"env_reset": True, "env_keep": [], "secure_path": ["/usr/bin", "/bin"]},
                "sshd": {"permit_user_environment": False},
                "files": _open({}, NEVER),
                "snippets": _open({}, NEVER),
                **NO_OTHERS,
                **facts,
            }
        )

    def contexts(self, *names: str) -> dict[str, Any]:
        """Give what each context comes to; each file is read when somebody asks for it."""
        return self.resolved(self.root, *names, answer=self.answer)

    @staticmethod
    def resolved(root: JsonObject, *names: str, answer: Any = None) -> dict[str, Any]:
        """Give what contexts come to over the root of any facts."""
        only = names or None
        plan = program().plan
        return resolve(plan, root, holds=_decide(), only=only, answer=answer).contexts

    def answer(self, question: tuple[str, ...]) -> bool:
        """Put the answer to a question into the facts."""
        kind, subject, *syntax = question
        if kind == "snippet":
            scripts = self.root["snippets"].setdefault(syntax[0], _open({}, NEVER))
            scripts[snippet_key(subject)] = script_of(subject, _read_as(syntax[0]))
            return True
        entry = self.root["files"].setdefault(subject, self._entry(subject))
        if kind == "names":
            entry["names"] = sorted({self._below(path, subject) for path in self.files} - {""})
        elif kind == "script":
            text = self.files.get(subject, "")
            entry.setdefault("scripts", {})[syntax[0]] = script_of(text, _read_as(syntax[0]))
        return True

    def _entry(self, path: str) -> dict[str, Any]:
        text = self.files.get(path)
        may = {"readable": True, "writable": path.startswith(HOME), "executable": text is None}
        if text is not None:
            return {"kind": "file", **may, "executable": "/bin/" in path, "size": len(text)}
        is_folder = any(self._below(file, path) for file in self.files)
        return {"kind": "directory", **may} if is_folder else {"kind": "missing"}

    @staticmethod
    def _below(file: str, folder: str) -> str:
        """Give the name in a folder that leads to a file."""
        start = folder.rstrip("/") + "/"
        return file[len(start) :].split("/", maxsplit=1)[0] if file.startswith(start) else ""


def _read_as(syntax: str) -> str:
    return {"ash": "sh", "dash": "sh"}.get(syntax, syntax)


def _open(content: Mapping[str, Any], more: Absent | None = None) -> PartialMap:
    made = PartialMap(content)
    made.more = more or Absent("missing")
    return made


def value(context: JsonObject, name: str) -> Any:
    """Give a variable's value: a text, None if it is not set, `?` and the cause if not known."""
    entry = context["env"].get(name)
    if entry is None:
        more = getattr(context["env"], "more", None)
        return None if more is None else f"?{more.cause}"
    if entry["state"] == "unknown":
        return f"?{entry['cause']}"
    return entry["value"] if entry["state"] == "set" else None
