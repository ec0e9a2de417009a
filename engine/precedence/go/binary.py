"""The binary of a go command: its version and platform, as its build information has them."""

from __future__ import annotations

import posixpath
import re

from engine.model.facts import Absent
from engine.model.record import record
from engine.precedence.state import Place
from engine.precedence.values import Hole, hole_about
from engine.precedence.view import Unknown, literal_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.precedence.view import View

SYNTAX = "head"
_BETWEEN_LEVELS = (1, 20)
"""Later versions also look three folders up (go.dev/issue/62119)."""
_RELEASE = re.compile(r"go(\d+)\.(\d+)(?![\d])")


@record
class Binary:
    """A go command: its file without links, its version, and what it was built with."""

    path: str
    version: str
    release: tuple[int, int]
    about: Mapping[str, str]

    @property
    def place(self) -> Place:
        """Where the version is told."""
        return Place(self.path)

    def built(self, key: str) -> str:
        """Give a build setting such as GOARCH; may raise `Unknown`."""
        found = self.about.get(key)
        if found is None:
            # Go records them since 1.18.
            detail = f"`{self.path}` does not say which {key} it was built for"
            raise Unknown(Hole("opaque", detail))
        return found


def binary_at(view: View, path: str) -> Binary:
    """Give the go command in a file; may raise `Unknown`."""
    real = view.resolved(path)
    script = view.script(real, SYNTAX)
    if isinstance(script, Absent):
        raise Unknown(hole_about(real, script, Place(real)))
    first, *others = [_words(statement) for statement in script] or [[]]
    if first[1:2] != ["go"]:
        raise Unknown(Hole("opaque", f"`{real}` holds no build information of Go", Place(real)))
    _, _, package, version = first
    if package not in {"", "cmd/go"}:  # before 1.18 binaries did not name their package
        raise Unknown(Hole("opaque", f"`{real}` is {package}, not Go's own command"))
    release = _RELEASE.match(version)
    if release is None:
        raise Unknown(Hole("unsupported", f"`{real}` is `{version}`, which is no release of Go"))
    about = {words[1]: words[2] for words in others if words[:1] == ["built"]}
    if experiments := about.get("experiments"):
        version += f" X:{experiments}"
    return Binary(real, version, (int(release[1]), int(release[2])), about)


def _words(statement: list[Any]) -> list[str]:
    """Give what a statement says; one of another form says nothing."""
    if statement[0] != "cmd":
        return []
    texts = [literal_text(word) for word in statement[3]]
    return [text for text in texts if isinstance(text, str)]


def own_root(view: View, binary: Binary) -> str:
    """Give the GOROOT that a binary lies in, by its place; empty if there is none.

    Go looks two folders up for `pkg/tool`, later versions also three. A GOROOT that was built into
    the binary is spelled as there, where it is the same folder. May raise `Unknown`.
    """
    root = posixpath.dirname(posixpath.dirname(binary.path))
    if _is_root(view, root):
        return _spelled(view, binary, root)
    above = posixpath.dirname(root)
    if binary.release >= _BETWEEN_LEVELS and _is_root(view, above):
        if binary.release == _BETWEEN_LEVELS:
            raise Unknown(Hole("unsupported", f"whether this version of Go finds {above}"))
        return _spelled(view, binary, above)
    if has_built_in_root(binary):
        detail = f"`{binary.path}` lies in no GOROOT, and what was built into it is not known"
        raise Unknown(Hole("opaque", detail))
    return ""


def _is_root(view: View, folder: str) -> bool:
    return view.kind(posixpath.join(folder, "pkg/tool")) == "directory"


def has_built_in_root(binary: Binary) -> bool:
    """Say whether a GOROOT is written in the binary; not since 1.21 in Go's own releases."""
    return binary.about.get("-trimpath") != "true"


_ALIASES = ("/usr/local/go", "/usr/lib/go", "/usr/lib/golang", "/usr/local/lib/go", "/opt/go")


def _spelled(view: View, binary: Binary, root: str) -> str:
    if not has_built_in_root(binary) or re.fullmatch(r"/usr/lib/go-\d+\.\d+", root):
        # Debian builds each version for the folder that it is put into.
        return root
    for alias in _ALIASES:
        if alias != root and view.kind(alias) == "directory" and view.resolved(alias) == root:
            detail = f"Go may call it `{alias}` or `{root}`, as was written into the binary"
            raise Unknown(Hole("ambiguous", detail))
    return root
