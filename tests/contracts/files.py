"""The files of the project, for the guards."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (".ci", "benchmarks", "docs", "engine", "examples", "rules", "schemas", "tests")


def is_ours(path: Path) -> bool:
    """Whether a file is written by us: not compiled, hidden, cached or installed beside ours."""
    parts = path.relative_to(ROOT).parts
    hidden = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
    return path.is_file() and not hidden and not {"__pycache__", "node_modules"} & set(parts)


def files(*suffixes: str) -> list[Path]:
    """Give our files with one of some suffixes; without any, all of them."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    found += [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    chosen = (path for path in found if is_ours(path) and (not suffixes or path.suffix in suffixes))
    return sorted(chosen)


def name(path: Path) -> str:
    """Give a file's name as a test's id."""
    return str(path.relative_to(ROOT))
