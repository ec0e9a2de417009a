"""One question to `go env`: variables, files and a folder, made the same way again and again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

ROOT = "@ROOT@"
"""Stands for the folder that the case is laid out in, wherever a case says a path."""
GO = "@GO@"
"""Stands for the GOROOT of the Go that is asked; `@go1.26.6@` for that of another one."""


@dataclass(frozen=True)
class Case:
    """What a case consists of. Paths are below the folder that it is laid out in."""

    seed: int
    number: int
    environment: dict[str, str]
    directory: str
    files: dict[str, str] = field(default_factory=dict)
    """Path to text; bytes that are no UTF-8 are surrogates."""
    folders: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    programs: tuple[str, ...] = ()
    """Things that can be executed, and only fail."""
    gos: dict[str, str] = field(default_factory=dict)
    """Path to the version whose `go` is linked there; GO is the Go that is asked."""
    trees: dict[str, dict] = field(default_factory=dict)
    """Path to a GOROOT of its own: `of` a version, with an `env` (None: no go.env)."""

    @property
    def name(self):
        """What says which case it is, to whoever has the same Go versions."""
        return f"{self.seed}:{self.number}"

    def key(self):
        """The same for the same question, whoever drew it."""
        told = {name: value for name, value in asdict(self).items() if name not in _NOT_ASKED}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def described(self):
        """Tell all of it, in lines that can be read and copied."""
        yield f"in {self.directory}"
        for name, value in sorted(self.environment.items()):
            yield f"  {name}={value!r}"
        for name, text in sorted(self.files.items()):
            yield f"  file {name}: {text!r}"
        for title in ("links", "gos", "trees"):
            for name, value in sorted(getattr(self, title).items()):
                yield f"  {title[:-1]} {name}: {value}"
        for title in ("folders", "programs"):
            if named := getattr(self, title):
                yield f"  {title}: {', '.join(named)}"


_NOT_ASKED = ("seed", "number")
