"""Contexts by name, few or many: those that are alike in their names are told together."""

from __future__ import annotations

import re
from collections import Counter

from engine.model.record import record
from engine.model.visible import visible
from engine.precedence.instances import split_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.report.why._answer import Answer, Outcome

DOCUMENTED = "*"
"""What stands behind contexts that were read about and never tried."""
LEGEND = {DOCUMENTED: "as documented, not tried"}

_SEVERAL = 3
"""From how many on all of a process are called all."""
_SHOWN = 4
_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})\Z", re.DOTALL)


@record
class Several:
    """Contexts of processes that are there for each of several, for the same of them."""

    processes: tuple[str, ...]
    elements: tuple[str, ...]
    is_all: bool
    is_documented: bool

    def words(self, *, is_short: bool = False) -> str:
        """Name them; where it is to be short, as `5 of docker-run` where they are a few."""
        mark = DOCUMENTED if self.is_documented and not is_short else ""
        names = [visible(one) + mark for one in self.processes]
        if self.is_all and len(self.elements) >= _SEVERAL:
            return f"all {len(self.elements)} of {_and_of(names)}"
        if is_short and len(self.elements) == 1:
            return f"{_and(names)} of {visible(self.elements[0])}"
        if is_short:
            return f"{len(self.elements)} of {_and_of(names)}"
        return f"{', '.join(names)}: {_few(list(runs(self.elements)))}"


@record
class Named:
    """Contexts to be named: each by its own name, as ways to start shells, or several as one."""

    single: tuple[Outcome, ...]
    shells: tuple[str, ...]
    several: tuple[Several, ...]

    @property
    def ways(self) -> str:
        """Say of which shells they are every way to start one."""
        if not self.shells:
            return ""
        return f"every way to start {_or([visible(one) for one in self.shells])}"


def named(found: Sequence[Outcome], answer: Answer, *, is_short: bool = False) -> Named:
    """Give how contexts are named; within a sentence two of a process are told one by one."""
    shells = answer.names.families
    everywhere = Counter(shells.get(outcome.context) for outcome in answer.outcomes)
    here = Counter(shells.get(outcome.context) for outcome in found)
    whole = [one for one in here if one is not None and here[one] == everywhere[one]]
    rest = [outcome for outcome in found if shells.get(outcome.context) not in whole]
    several = list(_several(rest, answer, least=3 if is_short else 2, is_marked=not is_short))
    told = {
        f"{process}:{element}"
        for one in several
        for process in one.processes
        for element in one.elements
    }
    single = {outcome.context: outcome for outcome in rest if outcome.context not in told}
    return Named(tuple(single.values()), tuple(whole), tuple(several))


def _several(
    found: Sequence[Outcome], answer: Answer, *, least: int, is_marked: bool
) -> Iterator[Several]:
    """Give contexts of the processes that are there for each of several, those alike as one."""
    totals = Counter(outcome.of for outcome in answer.outcomes)
    by_process: dict[str, dict[str, Outcome]] = {}
    for outcome in found:
        element = split_name(outcome.context)[1]
        if outcome.of and element is not None:
            by_process.setdefault(outcome.of, {})[element] = outcome
    alike: dict[tuple[tuple[str, ...], bool, bool], list[str]] = {}
    for process, outcomes in by_process.items():
        sure = {outcome.confidence for outcome in outcomes.values()}
        is_documented = is_marked and sure == {"documented"}
        is_all = len(outcomes) == totals[process]
        alike.setdefault((tuple(outcomes), is_all, is_documented), []).append(process)
    for (elements, is_all, is_documented), processes in alike.items():
        if len(processes) > 1 or len(elements) >= least:
            yield Several(tuple(processes), elements, is_all, is_documented)


def inline(found: Sequence[Outcome], answer: Answer, most: int) -> str:
    """Name contexts within a sentence, at most so many of them by their own names."""
    told = named(found, answer, is_short=True)
    names = [visible(outcome.context) for outcome in told.single]
    more = f" and {len(names) - most} more" if len(names) > most + 1 else ""
    said = ", ".join(names[:most] if more else names) + more
    several = [one.words(is_short=True) for one in told.several]
    more = f"{len(several) - most} kinds more" if len(several) > most + 1 else ""
    several = [*several[:most], more] if more else several
    ways = [", and ".join(filter(None, (said, told.ways)))] if said or told.ways else []
    return "; ".join([*ways, *several])


def marked(outcome: Outcome) -> str:
    """Give a context's name, marked if it was only read about."""
    return visible(outcome.context) + DOCUMENTED * (outcome.confidence == "documented")


def runs(elements: Sequence[str]) -> Iterator[str]:
    """Give names in order, those that only count on as one: `ci.yml/test/1 to 4`."""
    first = last = ""
    for element in elements:
        if first and _follows(last, element):
            last = element
            continue
        if first:
            yield _run(first, last)
        first = last = element
    if first:
        yield _run(first, last)


def _follows(one: str, other: str) -> bool:
    """Say whether two names differ only in a number at their end that counts on by one."""
    before, after = _NUMBERED.match(one), _NUMBERED.match(other)
    if before is None or after is None or before[1] != after[1]:
        return False
    return after[2] == str(int(before[2]) + 1) and not before[2].startswith("0")


def _run(first: str, last: str) -> str:
    end = _NUMBERED.match(last)
    return visible(first if first == last or end is None else f"{first} to {end[2]}")


def _few(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return f"{', '.join(names[:_SHOWN])} and {more} more" if more > 1 else ", ".join(names)


def _and(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _and_of(names: Sequence[str]) -> str:
    return _and([name if number == 0 else f"of {name}" for number, name in enumerate(names)])


def _or(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
