"""The marks to reach: ratios within one run, so that the machine's speed drops out."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.racing import REFERENCE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from benchmarks.cold import Start
    from benchmarks.racing import Race

OPA = ("opa eval", "OPA library in a C program")
"""What stands for a cold `opa eval`: the program if there is one, else the library in C."""


@dataclass
class Mark:
    """One promise: a ratio or a size that must not be above a limit."""

    what: str
    limit: float
    unit: str
    value: float | None

    def is_met(self) -> bool:
        """Whether it was measured and holds."""
        return self.value is not None and self.value <= self.limit

    def distance(self) -> str:
        """How far it is, in words."""
        if self.value is None:
            return "not measured here"
        return f"{self.value / self.limit:.2f} of the limit"


def warm_marks(races: list[Race]) -> list[Mark]:
    """The marks on judging and on reading, for each share of rules that fail."""
    marks = []
    for race in races:
        ours, reference, floor = map(race.named, ("precedent", REFERENCE, "parse_orjson"))
        warm = ours.ratio(reference, "facts") if ours and reference else None
        read = ours.ratio(floor, "bytes") if ours and floor else None
        failing = f"{race.failing:.0%} of 100 rules fail"
        marks += [
            Mark(f"parsed facts to verdicts, {failing}, against by hand", 1.3, "x", warm),
            Mark(f"JSON to verdicts, {failing}, against orjson's parse", 2.0, "x", read),
        ]
    return marks


def cold_marks(by_size: dict[int, list[Start]]) -> list[Mark]:
    """The marks on the command, which need the sizes 100 and 1000."""
    marks = []
    for what, way, size, limit in (
        ("cached pack", "cached", 100, 1.3),
        ("cached pack", "cached", 1000, 0.3),
        ("first run from YAML", "first run", 100, 1.7),
        ("first run from YAML", "first run", 1000, 1.0),
    ):
        starts = {start.name: start for start in by_size.get(size, [])}
        opa = next((starts[name] for name in OPA if name in starts), None)
        ours = starts.get(f"Precedent ({way})")
        ratio = ours.ratio(opa) if ours and opa else None
        against = opa.name if opa else OPA[0]
        marks.append(
            Mark(f"shell to verdicts, {what}, {size} rules, against {against}", limit, "x", ratio)
        )
    starts = {start.name: start for start in by_size.get(100, [])}
    ours = starts.get("Precedent (cached)")
    marks.append(
        Mark("peak memory, cached pack, 100 rules", 20.0, " MB", ours.memory if ours else None)
    )
    return marks
