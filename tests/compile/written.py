"""Packs as a test writes them: text to files, files to packs, packs to programs."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

from engine.compile.packs import compile_packs
from engine.compile.parameters import misfit
from engine.errors import LoadError
from engine.loading.packs import load_packs
from engine.loading.waivers import load_waivers
from engine.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.compile.program import Program
    from engine.model.rules import Pack


class Written:
    """A folder in which a test writes packs; `pack`, `rule` and `waivers` give what they wrote."""

    def __init__(self, folder: Path) -> None:
        """Take an empty folder."""
        self.folder = folder

    def pack(self, name: str, text: str = "", **rules: str) -> str:
        """Write a pack with a rule file for each keyword; give its path."""
        path = self.folder / name
        path.mkdir(parents=True, exist_ok=True)
        (path / "pack.yaml").write_text(f"pack: {name}\n{dedent(text)}")
        for rule, content in rules.items():
            (path / f"{rule}.yaml").write_text(whole(content, rule))
        return str(path)

    def rule(self, text: str, name: str = "r") -> str:
        """Write a lone rule file; give its path."""
        path = self.folder / f"{name}.yaml"
        path.write_text(whole(text, name))
        return str(path)

    def waivers(self, text: str) -> str:
        """Write a file of waivers; give its path."""
        path = self.folder / "waivers" / "waivers.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("waivers:\n" + dedent(text))
        return str(path)

    def load(self, *paths: str) -> tuple[Pack, ...]:
        """Load packs by their paths."""
        return load_packs(paths, self.folder / "nothing-is-bundled", OPERATORS)

    def program(
        self,
        *paths: str,
        params: Mapping[str, Any] | None = None,
        waivers: str | None = None,
        schema: Mapping[str, Any] | None = None,
    ) -> Program:
        """Load and compile packs by their paths."""
        entries = load_waivers(self.waivers(waivers), OPERATORS) if waivers else ()
        return compile_packs(
            self.load(*paths),
            params=params,
            waivers=entries,
            facts_schema={"properties": dict(schema)} if schema else None,
            check=misfit,
        )

    def refused(self, *paths: str, **options: Any) -> list[str]:
        """Give the complaints of packs that do not compile, with places relative to the folder."""
        try:
            self.program(*paths, **options)
        except LoadError as error:
            return [str(one).replace(f"{self.folder}/", "") for one in error.complaints]
        raise AssertionError("it compiles")


def whole(text: str, name: str) -> str:
    """Give a rule file's text; a rule that says no id gets its file's name."""
    text = dedent(text).lstrip("\n")
    has_id = text.startswith(("id:", "rules:")) or "\nid:" in text
    return text if has_id else f"{text.rstrip()}\nid: {name}\n"
