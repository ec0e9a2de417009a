"""Cold starts: from the shell to verdicts, in turn, with time and peak memory of each process."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.environment import as_bytes
from benchmarks.installing import why_missing
from benchmarks.peers import all_names, peer, translations
from benchmarks.places import HERE, python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from benchmarks.environment import Document
    from benchmarks.workload import Rule

_WATCH = """
import os, sys
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(pid, 0)
print("\\nrss", used.ru_maxrss, os.waitstatus_to_exitcode(status))
"""
"""Memory is asked from a bare interpreter: a process inherits the peak of whoever starts it."""


@dataclass
class Start:
    """One command, and what its runs took in milliseconds.

    As in `racing`, the smaller of wall time and processor time is kept.
    """

    name: str
    command: list[str]
    surroundings: dict[str, str] = field(default_factory=dict)
    before: Callable[[], None] | None = None
    rounds: list[float] = field(default_factory=list)
    memory: float = 0.0
    is_floor: bool = False

    def run(self) -> str:
        """Run once, keep the milliseconds, give what it printed."""
        if self.before:
            self.before()
        used = getrusage(RUSAGE_CHILDREN)
        started = time.perf_counter()
        done = subprocess.run(
            self.command, capture_output=True, check=False, text=True, env=self._environment()
        )
        wall = time.perf_counter() - started
        after = getrusage(RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
        self.rounds.append(min(wall, cpu) * 1000)
        if done.returncode not in (0, 1):
            shown = f"{' '.join(self.command)} ended with {done.returncode}"
            raise RuntimeError(f"{shown}: {done.stderr[-500:]}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        # As on anybody's machine: bytecode is kept, also where this shell asks for none.
        usual = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return {**usual, **self.surroundings}

    def measure_memory(self) -> None:
        """Run once more for its peak memory, in MB."""
        if self.before:
            self.before()
        watched = [sys.executable, "-I", "-S", "-c", _WATCH, *self.command]
        done = subprocess.run(
            watched, capture_output=True, check=True, text=True, env=self._environment()
        )
        self.memory = int(done.stdout.rpartition("\nrss ")[2].split()[0]) / 1024

    def ratio(self, other: Start) -> float:
        """How many times another's time: the median over the rounds."""
        return statistics.median(
            mine / its for mine, its in zip(self.rounds, other.rounds, strict=True)
        )

    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.rounds)


def starts(
    rules: list[Rule], document: Document, folder: Path
) -> tuple[list[Start], dict[str, str]]:
    """Every command that is here, with its verdicts checked; the others with the reason."""
    (folder / "facts.json").write_bytes(as_bytes(document))
    ready, missing = [Start("python -c pass", [sys.executable, "-c", "pass"], is_floor=True)], {}
    expected = _expected(rules, document)
    for name in all_names():
        module = peer(name)
        if not any(hasattr(module, way) for way in ("cold", "colds", "COLD")):
            continue
        reason = why_missing(module)
        if reason:
            missing[module.NAME] = reason
            continue
        place = folder / name
        place.mkdir()
        (place / "facts.json").write_bytes(as_bytes(document))
        for start in _starts_of(name, module, rules, place):
            _check(start, module, expected)
            ready.append(start)
    return ready, missing


def _starts_of(name: str, module: ModuleType, rules: list[Rule], place: Path) -> list[Start]:
    said = [one for one in translations(module, rules) if one is not None]
    if len(said) < len(rules):
        return []
    if hasattr(module, "colds"):
        return [Start(f"{module.NAME} ({way})", *rest) for way, *rest in module.colds(place, said)]
    if hasattr(module, "cold"):
        return [Start(getattr(module, "COLD_NAME", module.NAME), module.cold(place, said))]
    (place / "said.json").write_text(json.dumps(said))
    files = [str(place / "said.json"), str(place / "facts.json")]
    script = getattr(module, "SCRIPT", None)
    if script:
        return [
            Start(
                f"{module.NAME} (script)", ["node", str(HERE / "peers" / script), "--once", *files]
            )
        ]
    return [Start(f"{module.NAME} (script)", [python(True), str(HERE / "script.py"), name, *files])]


def _expected(rules: list[Rule], document: Document) -> list[bool]:
    reference = peer("python")
    names: dict[str, list[Callable[[Document], bool]]] = {}
    exec(reference.source(translations(reference, rules)), names)
    return [rule(document) for rule in names["RULES"]]


def _check(start: Start, module: ModuleType, expected: list[bool]) -> None:
    """One run that is not counted: it warms the disk and must judge as the others do."""
    text = start.run()
    given = (
        module.cold_truths(text, len(expected))
        if hasattr(module, "cold_truths")
        else json.loads(text)
    )
    if given != expected:
        raise RuntimeError(f"{start.name} judges otherwise than the others")
    start.rounds.clear()


def race(ready: list[Start], rounds: int) -> None:
    """Run every command in turn, so many rounds, then once for its memory."""
    for _ in range(rounds):
        for start in ready:
            start.run()
    for start in ready:
        start.measure_memory()
