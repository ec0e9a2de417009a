"""Starts every peer on the same rules and documents, lets them agree, then times them in turn."""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
from dataclasses import dataclass, field

from benchmarks.environment import FEW, MANY, as_bytes, documents
from benchmarks.installing import why_missing
from benchmarks.peers import all_names, peer, translations
from benchmarks.places import HERE, ROOT, python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import ModuleType
    from typing import Any

    from benchmarks.workload import Rule

REFERENCE = "python"


@dataclass
class Documents:
    """Files with documents in a folder; so many of the first are timed, all are compared."""

    folder: Path
    files: list[str]
    timed: int


@dataclass
class Pace:
    """How long peers are timed: so many rounds, each for so many seconds."""

    rounds: int
    seconds: float


@dataclass
class Race:
    """Peers that have run together."""

    racers: list[Racer]
    missing: dict[str, str]
    failing: float

    def named(self, name: str) -> Racer | None:
        """The peer of that name, if it ran."""
        return next((racer for racer in self.racers if racer.name == name), None)


class StoppedError(Exception):
    """A peer stopped or said something that can't be read."""


@dataclass
class Racer:
    """One peer in its own process, with what it could say."""

    name: str
    module: ModuleType
    process: subprocess.Popen[str]
    said: list[bool]
    compiled: float = 0.0
    version: str = ""
    rounds: dict[str, list[float]] = field(default_factory=dict)

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Send a question to the process and wait for the answer."""
        assert self.process.stdin
        assert self.process.stdout
        try:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError as problem:
            raise StoppedError(f"{self.name} stopped") from problem
        line = self.process.stdout.readline()
        if not line:
            raise StoppedError(f"{self.name} stopped")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def median(self, what: str) -> float:
        """Microseconds a document."""
        return statistics.median(self.rounds[what])

    def per_rule(self) -> float:
        """Microseconds a rule that the peer can say."""
        return self.median("facts") / max(1, sum(self.said))

    def ratio(self, other: Racer, what: str) -> float:
        """How many times another's cost: the median over the rounds."""
        pairs = zip(self.rounds[what], other.rounds[what], strict=True)
        return statistics.median(mine / its for mine, its in pairs)

    def stop(self) -> None:
        """End the process."""
        assert self.process.stdin
        assert self.process.stdout
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()


def runs_warm(module: ModuleType) -> bool:
    """Whether a peer can be asked again and again in one process."""
    return hasattr(module, "load") or hasattr(module, "SCRIPT")


def start(name: str, rules: list[Rule], files: Documents) -> Racer:
    """Start a peer and let it compile the rules that it can say."""
    module = peer(name)
    every, folder = translations(module, rules), files.folder
    file = folder / f"{name}.json"
    file.write_text(json.dumps([one for one in every if one is not None]))
    racer = Racer(name, module, _process(name, module, folder), [one is not None for one in every])
    question = {"said": str(file), "documents": files.files, "timed": files.timed}
    try:
        answer = racer.ask({"load": question})
    except StoppedError as problem:
        racer.stop()
        told = _errors(name, folder).read_text().strip().splitlines()
        raise StoppedError(f"{problem}: {told[-1] if told else 'it said nothing'}") from problem
    racer.compiled, racer.version = answer["seconds"], answer["version"]
    return racer


def _process(name: str, module: ModuleType, folder: Path) -> subprocess.Popen[str]:
    command = [python(_is_foreign(module)), "-m", "benchmarks.worker", name]
    if hasattr(module, "SCRIPT"):
        command = ["node", str(HERE / "peers" / module.SCRIPT)]
    pipe = subprocess.PIPE
    with _errors(name, folder).open("w") as errors:
        return subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=errors, text=True, cwd=ROOT
        )


def _errors(name: str, folder: Path) -> Path:
    return folder / f"{name}.err"


def _is_foreign(module: ModuleType) -> bool:
    return not getattr(module, "OURS", False)


def start_all(
    rules: list[Rule], files: Documents, names: Sequence[str] = ()
) -> tuple[list[Racer], dict[str, str]]:
    """Start every peer that is here, or those named; the others come back with the reason."""
    racers, missing = [], {}
    for name in names or all_names():
        module = peer(name)
        if not runs_warm(module):
            continue
        reason = why_missing(module)
        try:
            if reason is None:
                racers.append(start(name, rules, files))
        except StoppedError as problem:
            reason = str(problem)
        if reason is not None:
            missing[module.NAME] = reason
    return racers, missing


def disagreements(racers: list[Racer]) -> list[str]:
    """Where a peer's verdicts differ from those of the reference; empty if all are equal."""
    expected = verdicts(next(racer for racer in racers if racer.name == REFERENCE))
    return [told for racer in racers for told in _differing(racer, expected)]


def verdicts(racer: Racer) -> list[list[bool]]:
    """Every document's verdicts on the rules that the peer could say."""
    given: list[list[bool]] = racer.ask({"verdicts": True})["verdicts"]
    return given


def _differing(racer: Racer, expected: list[list[bool]]) -> Iterator[str]:
    numbers = [number for number, said in enumerate(racer.said) if said]
    for nth, (right, given) in enumerate(zip(expected, verdicts(racer), strict=True)):
        pairs = zip(numbers, given, strict=True)
        wrong = [number for number, truth in pairs if truth is not right[number]]
        if wrong:
            yield f"{racer.name} differs on document {nth}, rules {wrong}"


def race(
    rules: list[Rule],
    files: Documents,
    pace: Pace,
    ways: Sequence[str] = ("facts", "bytes"),
    names: Sequence[str] = (),
) -> Race:
    """Start peers, have them agree, and time them in turn, so many rounds."""
    racers, missing = start_all(rules, files, names)
    try:
        differing = disagreements(racers)
        if differing:
            raise SystemExit("\n".join(["nothing was timed: the verdicts differ", *differing]))
        known = next(racer for racer in racers if racer.name == REFERENCE)
        timed = [truth for given in verdicts(known)[: files.timed] for truth in given]
        for way in ways:
            _time(racers, way, pace)
    finally:
        for racer in racers:
            racer.stop()
    return Race(racers, missing, timed.count(False) / len(timed))


def _time(racers: list[Racer], way: str, pace: Pace) -> None:
    """Keep microseconds a document.

    Processor time leaves out what the machine does for others; wall time leaves out a peer's helper
    threads (garbage collectors). The smaller of the two is kept, to each peer's favour.
    """
    for racer in racers:
        racer.ask(
            {"time": way, "seconds": 2 * pace.seconds}
        )  # what compiles as it runs has done so
    for _ in range(pace.rounds):
        for racer in racers:
            answer = racer.ask({"time": way, "seconds": pace.seconds})
            spent = min(answer["cpu"], answer["wall"])
            racer.rounds.setdefault(way, []).append(spent / answer["documents"] * 1e6)


def write_documents(timed: int, compared: int, folder: Path, share: float = FEW) -> Documents:
    """Write documents to time, where few rules fail, and others only to compare verdicts."""
    files = []
    for nth, document in enumerate([*documents(timed, share), *documents(compared, MANY)]):
        path = folder / f"facts-{nth}.json"
        path.write_bytes(as_bytes(document))
        files.append(str(path))
    return Documents(folder, files, timed)
