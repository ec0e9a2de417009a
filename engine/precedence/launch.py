"""What a process is started as, for its interpreter."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.precedence.values import Hole, unknown_as
from engine.precedence.world import walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from engine.model.json_value import Json, JsonObject
    from engine.precedence.state import Place, State
    from engine.precedence.values import Text
    from engine.precedence.world import World

MOST_STEPS = 20_000
"""How many statements a process may run: fifty times what start-up files do that we know."""


class Undecided(Exception):  # noqa: N818 - it says what is the matter
    """Which process this is cannot be told from the facts."""

    def __init__(self, hole: Absent) -> None:
        """Take the cause."""
        super().__init__(hole)
        self.hole = hole


class Launch:
    """What a process is started as, for its interpreter."""

    def __init__(  # noqa: PLR0913 - what a process is, each by name
        self,
        world: World,
        *,
        process: str,
        shell: JsonObject,
        tools: tuple[JsonObject, ...] = (),
        user: JsonObject | None = None,
        each: Json | Absent = None,
    ) -> None:
        """Take the world, the process, its shell's mode, the known tools, the user, the element."""
        self.world = world
        self.machine = world
        """Where the facts are from; `world` may be the file system of an image."""
        self.process = process
        self.shell = shell
        self.tools = tools
        self.user = user or {}
        self.each = each
        """The element of a list that the process is there for, if it is."""
        self.asks: Callable[[str, str, State], tuple[Text | None, Place | None]] | None = None
        """Asks a program what it makes of a setting, and who set that."""
        self.most_steps = MOST_STEPS
        self.visited: set[tuple[str, int]] = set()

    def fact(self, *steps: str) -> Any:
        """Give a fact, which may be one of the element, or why it is not known."""
        if steps[:1] == ("each",):
            return self.each if len(steps) == 1 else walk(self.each, steps[1:], steps)
        return self.world.fact(*steps)

    def setting(self, program: str, name: str, state: State) -> tuple[Text | None, Place | None]:
        """Give what a program makes of a setting in a state, and who set it."""
        if self.asks is None:
            return unknown_as(Hole("not_collected", f"nobody asks `{program}`")), None
        return self.asks(program, name, state)

    def known(self, expression: Any) -> str | Absent:
        """Give a text that depends on nothing but facts."""
        steps = expression.get("fact") if isinstance(expression, dict) else None
        found = expression if steps is None else self.fact(*map(str, steps))
        if isinstance(found, (str, Absent)):
            return found
        what = ".".join(map(str, steps)) if steps else "what it is called"
        return Absent("wrong_type", f"`{what}` is no text")

    def mode(self, key: str) -> bool:
        """Say whether the shell was started so: `login`, `interactive`, `posix`, ..."""
        return bool(self.shell.get(key))
