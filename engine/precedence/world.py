"""The facts as start-up files see them, and a list of what they asked for in vain."""

from __future__ import annotations

import hashlib
import posixpath

from engine.model.facts import Absent, PartialMap
from engine.precedence.shapes import entry_hole, script_hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from engine.model.json_value import Json, JsonObject

_STEPS = 40
"""How many links and folders are followed for what is not there."""
_NEVER_ASKED = Absent("not_collected", "nobody looked for it")
_NO_USER = Absent("not_collected", "which user it is, is not known")


class World:
    """Files, scripts and snippets out of a facts document.

    What is not there is unknown, never missing; `wanted` then holds the question, for whoever can
    answer it: `("file", path)`, `("names", path)`, `("script", path, syntax)` or
    `("snippet", text, syntax)`; about another file system `("in", system, "file", path)` and so on.
    """

    def __init__(self, root: JsonObject, answer: Callable[..., bool] | None = None) -> None:
        """Take the root of the facts.

        `answer` is asked each question at once; if it says yes, the answer stands in the facts.
        """
        self.root = root
        """The facts."""
        self.file_system: str | None = None
        """What contexts call the file system, if it is not the machine's."""
        self._answer = answer
        files = root.get("files")
        self._files: Mapping[str, Any] = files if isinstance(files, dict) else {}
        self._unseen = files if isinstance(files, Absent) else _NEVER_ASKED
        snippets = root.get("snippets")
        self._snippets: Mapping[str, Any] = snippets if isinstance(snippets, dict) else {}
        self.wanted: set[tuple[str, ...]] = set()
        self._checked: dict[int, tuple[Any, Absent | None]] = {}

    def fact(self, *steps: str) -> Json | Absent:
        """Give a fact, or why it is not known."""
        found: Json | Absent = walk(self.root, steps, steps)
        return found

    def of(self, system: str | Absent) -> World:
        """Give another file system, such as an image's: its files and users are not the machine's.

        The facts hold it below `file_systems`; of one that they do not, nothing is known.
        """
        systems = self.root.get("file_systems")
        content = systems.get(system) if isinstance(systems, dict) else None
        if not isinstance(content, dict):
            hole = system if isinstance(system, Absent) else _not_at_hand(system)
            content = {"files": hole, "users": hole}
        root = PartialMap(self.root)
        root.more = getattr(self.root, "more", None)
        root |= {"user": _NO_USER, **content}
        answer = self._answer
        if answer is None or not isinstance(content.get("files"), dict):
            other = World(root, self._answer_texts)
        else:
            other = World(root, lambda question: answer(_within(str(system), question)))
        other.file_system = None if isinstance(system, Absent) else system
        return other

    def _answer_texts(self, question: tuple[str, ...]) -> bool:
        """Answer what depends on no file."""
        return question[0] == "snippet" and self._answer is not None and self._answer(question)

    def file(self, path: str) -> Mapping[str, Any] | Absent:
        """Give what is known of a path: its kind and what the user may do with it."""
        found = self._files.get(path)
        if found is None and self._is_answered(("file", path)):
            found = self._files.get(path)
        if found is None:
            return self._unseen
        if isinstance(found, Absent):
            return found
        if isinstance(found, dict):
            return self._hole(found, entry_hole) or found
        return Absent("wrong_type", f"`files[{path!r}]` is no mapping")

    def leads_into(self, path: str, changed: frozenset[str]) -> bool:
        """Say whether a path is one of these or lies in one, by whatever links it gets there."""
        if not changed:
            return False
        ways = {path, self._physical(path)}
        places = changed | {self._physical(one) for one in changed}
        return any(
            way == one or way.startswith(one.rstrip("/") + "/") for one in places for way in ways
        )

    def _physical(self, path: str, steps: int = _STEPS) -> str:
        """Give a path without links; of one that is not there, as far as its folders are."""
        entry = self.file(path)
        if isinstance(entry, Absent):
            return path
        above, name = posixpath.split(path)
        if entry.get("kind") == "missing" and name and steps:
            leads_to = entry.get("leads_to")
            if isinstance(leads_to, str):
                return self._physical(leads_to, steps - 1)
            return posixpath.join(self._physical(above, steps - 1), name)
        return str(entry.get("target", path))

    def names(self, path: str) -> tuple[str, ...] | Absent:
        """Give the names in a directory, sorted."""
        found = self._below(path, "names", ("names", path))
        if isinstance(found, list) and all(isinstance(name, str) for name in found):
            return tuple(found)
        return found if isinstance(found, Absent) else Absent("not_collected", "not all of it")

    def script(self, path: str, syntax: str) -> list[Any] | Absent:
        """Give a file's content, read in a syntax."""
        scripts = self._below(path, "scripts", ("script", path, syntax))
        if isinstance(scripts, Absent):
            return scripts
        if not isinstance(scripts, dict):
            return Absent("wrong_type", "its `scripts` are no mapping")
        found = scripts.get(syntax)
        if found is None and self._is_answered(("script", path, syntax)):
            found = scripts.get(syntax)
        if found is None:
            return _NEVER_ASKED
        return self._fit(found, syntax)

    def snippet(self, text: str, syntax: str) -> list[Any] | Absent:
        """Give a piece of text that a start-up file evaluates, read in a syntax."""
        found = self._snippet(text, syntax)
        if found is None and self._is_answered(("snippet", text, syntax)):
            found = self._snippet(text, syntax)
        if found is None:
            return _NEVER_ASKED
        return self._fit(found, syntax)

    def _fit(self, found: Any, syntax: str) -> list[Any] | Absent:
        """Give a script that has the form of one, or why it cannot be used."""
        if isinstance(found, Absent):
            return found
        if not isinstance(found, list):
            return Absent("wrong_type", "no script")
        return self._hole(found, lambda script: script_hole(script, syntax)) or found

    def _hole(self, found: Any, check: Callable[[Any], Absent | None]) -> Absent | None:
        """Check something once; it is kept, so that nothing else takes its place in memory."""
        known = self._checked.get(id(found))
        if known is None:
            known = self._checked[id(found)] = (found, check(found))
        return known[1]

    def _snippet(self, text: str, syntax: str) -> Any:
        of_syntax = self._snippets.get(syntax)
        return of_syntax.get(snippet_key(text)) if isinstance(of_syntax, dict) else None

    def _is_answered(self, question: tuple[str, ...]) -> bool:
        """Say whether somebody answers a question now; else it stays open."""
        if self._answer is not None and self._answer(question):
            return True
        self.wanted.add(question)
        return False

    def _below(self, path: str, key: str, question: tuple[str, ...]) -> Any:
        entry = self.file(path)
        if isinstance(entry, Absent):
            return entry
        found = entry.get(key)
        if found is None and self._is_answered(question):
            found = entry.get(key)
        return _NEVER_ASKED if found is None else found


def walk(value: Any, steps: tuple[str, ...], named: tuple[str, ...]) -> Any:
    """Give what is at the end of a path, or why it is not known; `named` is what to call it."""
    for step in steps:
        if isinstance(value, Absent):
            return value
        if not isinstance(value, dict):
            return Absent("wrong_type", f"`{'.'.join(named)}` is no mapping")
        found = value.get(step)
        if found is None:
            more = value.more if isinstance(value, PartialMap) else None
            return more or Absent("missing", f"the facts do not hold `{'.'.join(named)}`")
        value = found
    return value


def _within(system: str, question: tuple[str, ...]) -> tuple[str, ...]:
    """Give a question about a file system; a text means the same in each."""
    return question if question[0] == "snippet" else ("in", system, *question)


def _not_at_hand(system: str) -> Absent:
    return Absent("not_collected", f"the files of `{system}` are not at hand")


def snippet_key(text: str) -> str:
    """Give the key under which a snippet stands in the facts."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
