"""What a repository's own actions and scripts do to the variables of later steps."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.ci.github_actions import Use
from engine.gather.ci.github_actions import writes_of as writes_of_action
from engine.gather.ci.github_scalars import is_false, is_null, text_of
from engine.gather.ci.github_writes import MENTIONS, NOTHING, Writes, unsure
from engine.gather.ci.github_writes import writes_of as writes_of_script
from engine.gather.host import HostError
from engine.gather.plain_yaml import documents
from engine.model.facts import Absent
from engine.model.record import replace

if TYPE_CHECKING:
    from engine.gather.assignments import Assignment
    from engine.gather.host import Host
    from engine.loading.nodes import Node

_DEEPEST = 5
_NAMES = ("action.yml", "action.yaml")
_WORDS = re.compile(r"[\w./@+-]+")
_WORDS_LIMIT = 500
_RUNNERS = {
    "make": ("GNUmakefile", "makefile", "Makefile"),
    "just": ("justfile", "Justfile", ".justfile"),
    "task": ("Taskfile.yml", "Taskfile.yaml"),
    "npm": ("package.json",),
    "pnpm": ("package.json",),
    "yarn": ("package.json",),
}


class Repository:
    """The files of one repository, each read once."""

    def __init__(self, host: Host, top: str) -> None:
        """Take the host, and the repository's folder."""
        self._host = host
        self._top = top
        self._mentions: dict[str, bool] = {}

    def action(self, path: str, depth: int = 0) -> Writes:
        """Give what an action of the repository does: `./.github/actions/build`."""
        folder = os.path.normpath(os.path.join(self._top, path))
        for name in _NAMES:
            file = os.path.join(folder, name)
            try:
                found = documents(self._host.read(file, within=self._top), file, merges=False)
            except HostError as error:
                if error.cause == "missing":
                    continue
                return _unknown(f"`{path}` cannot be read", error.cause)
            runs = found[0].entries.get("runs") if found else None
            if runs is None or text_of(runs.entries.get("using")) != "composite":
                return _unknown(f"`{path}` may set any variable")
            return self._composite(runs, path, file, depth)
        return _unknown(f"`{path}` is not in the repository")

    def scripts(self, text: str, directory: str | Absent | None) -> Writes:
        """Give what the files do that a script names: a hole if one mentions GITHUB_ENV."""
        folder = directory if isinstance(directory, str) else ""
        words = list(dict.fromkeys(_WORDS.findall(text)))[:_WORDS_LIMIT]
        for word in words:
            for name in _RUNNERS.get(word, (word,)):
                for base in dict.fromkeys((folder, "")):
                    path = os.path.normpath(os.path.join(self._top, base, name))
                    if self._mention(path):
                        return _unknown(f"`{name}` may write to GITHUB_ENV or GITHUB_PATH")
        return NOTHING

    def _mention(self, path: str) -> bool:
        if path not in self._mentions:
            self._mentions[path] = False
            if path.startswith(self._top.rstrip("/") + "/"):
                self._mentions[path] = self._reads_so(path)
        return self._mentions[path]

    def _reads_so(self, path: str) -> bool:
        try:
            content = self._host.read(path, within=self._top)
        except HostError:
            return False
        return MENTIONS.search(content.decode("utf-8", "replace")) is not None

    def _composite(self, runs: Node, path: str, file: str, depth: int) -> Writes:
        steps = runs.entries.get("steps")
        if steps is None or not isinstance(steps.value, list) or depth == _DEEPEST:
            return _unknown(f"`{path}` cannot be told")
        all_of_it = NOTHING
        for step in steps.items:
            found = self._step(step, path, depth)
            if not is_null(step.entries.get("if")) or not is_false(
                step.entries.get("continue-on-error")
            ):
                found = unsure(found)
            all_of_it = all_of_it.then(found)
        return _in_file(all_of_it, file)

    def _step(self, step: Node, path: str, depth: int) -> Writes:
        uses, run = text_of(step.entries.get("uses")), text_of(step.entries.get("run"))
        if isinstance(uses, str):
            if uses.startswith("./"):
                return self.action(uses, depth + 1)
            return writes_of_action(Use(uses, step.place_of("uses").line, None))
        if not isinstance(run, str):
            return _unknown(f"`{path}` has a step that cannot be told")
        node = step.entries["run"]
        shell = text_of(step.entries.get("shell"))
        name = shell.split(" ")[0] if isinstance(shell, str) else ""
        found = writes_of_script(run, node.place_at(0).line, is_posix=name in ("bash", "sh"))
        return found.then(self.scripts(run, text_of(step.entries.get("working-directory"))))


def _unknown(why: str, cause: str = "opaque") -> Writes:
    hole = Absent(cause, why)
    return Writes((hole,), (hole,))


def _in_file(writes: Writes, file: str) -> Writes:
    """Give the same, with the file in which it stands."""
    return Writes(_each_in(writes.variables, file), _each_in(writes.path, file))


def _each_in(given: tuple[Assignment | Absent, ...], file: str) -> tuple[Assignment | Absent, ...]:
    return tuple(
        each if isinstance(each, Absent) or each.file else replace(each, file=file)
        for each in given
    )
