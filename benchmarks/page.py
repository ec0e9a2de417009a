"""The measured part of docs/benchmarks.md, written between two markers."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from benchmarks.places import ROOT
from benchmarks.racing import REFERENCE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.cold import Start
    from benchmarks.marks import Mark
    from benchmarks.racing import Race, Racer

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def write(text: str) -> None:
    """Put the text between the page's markers."""
    page = PAGE.read_text()
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"{PAGE} has no markers {BEGIN} and {END}")
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")


def section(title: str, *parts: str) -> str:
    """A heading and what stands under it."""
    return "\n\n".join([f"## {title}", *(part for part in parts if part)])


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are numbers."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine(date: str) -> str:
    """What it ran on."""
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return (
        f"{date}: {_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()},"
        f" Python {platform.python_version()}, load average at the end {load}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "an unknown processor"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        "a processor",
    )


def marks_table(marks: list[Mark]) -> str:
    """Every mark, met or not, and how far."""
    rows = []
    for mark in marks:
        value = "-" if mark.value is None else f"{mark.value:.2f}{mark.unit}"
        met = "-" if mark.value is None else ("met" if mark.is_met() else "**not met**")
        rows.append([mark.what, f"{mark.limit:g}{mark.unit}", value, met, mark.distance()])
    return table(["mark", "at most", "measured", "", "distance"], rows)


def warm_table(race: Race) -> str:
    """Every peer, fastest first."""
    reference, opa = race.named(REFERENCE), race.named("opa_library")
    rows = []
    for racer in sorted(race.racers, key=lambda racer: (any(racer.said), racer.per_rule())):
        said = sum(racer.said)
        costs = ["-"] * 5
        if said:
            costs = [
                f"{said} of {len(racer.said)}",
                f"{racer.median('facts'):,.1f}",
                f"{racer.per_rule():,.2f}",
                _times(racer, reference),
                _times(racer, opa),
            ]
        named = [racer.module.NAME, racer.module.LANGUAGE, racer.version]
        rows.append([*named, *costs, f"{racer.median('bytes'):,.0f}"])
    costs = ["says", "parsed, µs a document", "µs a rule", "by hand = 1", "OPA = 1", "JSON, µs"]
    return table(["", "in", "version", *costs], rows)


def _times(racer: Racer, other: Racer | None) -> str:
    """A peer's cost a rule as so many times another's."""
    if other is None:
        return "-"
    return f"{racer.ratio(other, 'facts') * len(racer.said) / sum(racer.said):,.2f}x"


def ahead(race: Race) -> str:
    """Who is ahead of us, said plainly."""
    ours = race.named("precedent")
    if ours is None:
        return "We are not in this table."
    faster = [
        f"{racer.module.NAME} ({ours.per_rule() / racer.per_rule():.1f} times faster a rule)"
        for racer in race.racers
        if any(racer.said) and racer.per_rule() < ours.per_rule()
    ]
    return f"Ahead of us: {', '.join(faster)}." if faster else "No peer is ahead of us here."


def missing(reasons: dict[str, str]) -> str:
    """The peers that could not be measured, with the reason."""
    told = [f"{name} ({reason})" for name, reason in reasons.items()]
    return f"Not measured here: {'; '.join(told)}." if told else ""


def kinds_table(by_kind: dict[str, Race]) -> str:
    """Microseconds a rule, by the kind of rule."""
    if not by_kind:
        return "Left out of a quick run."
    names = {racer.name: racer.module.NAME for race in by_kind.values() for racer in race.racers}
    rows = []
    for name, shown in names.items():
        found = [race.named(name) for race in by_kind.values()]
        costs = [f"{one.per_rule():,.2f}" if one and any(one.said) else "-" for one in found]
        rows.append([shown, *costs])
    return table(["µs a rule", *by_kind], rows)


def cold_table(by_size: dict[int, list[Start]]) -> str:
    """Milliseconds from the shell to the verdicts, by how many rules there are."""
    last = by_size[max(by_size)]
    sizes = list(by_size)
    rows = []
    for start in sorted(last, key=lambda start: _of(by_size, 100, start.name).median()):
        each = [_of(by_size, size, start.name) for size in sizes]
        memory = _of(by_size, 100, start.name).memory
        rows.append([start.name, *(f"{one.median():,.1f}" for one in each), f"{memory:.1f}"])
    return table(["ms", *(f"{size} rules" for size in sizes), "MB at 100"], rows)


def _of(by_size: dict[int, list[Start]], size: int, name: str) -> Start:
    size = size if size in by_size else max(by_size)
    return next(start for start in by_size[size] if start.name == name)


def ahead_cold(by_size: dict[int, list[Start]]) -> str:
    """Who starts faster than we do from our cache, by size."""
    told = []
    for size, starts in by_size.items():
        ours = next((start for start in starts if start.name == "Precedent (cached)"), None)
        faster = [
            start.name
            for start in sorted(starts, key=lambda start: start.median())
            if ours and start.median() < ours.median() and not start.is_floor
        ]
        told.append(f"at {size} rules {', '.join(faster) or 'nobody'}")
    return f"Ahead of us, cached: {'; '.join(told)}."
