"""What a process is started as, for its interpreter."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import JsonObject
    from engine.precedence.world import World

MOST_STEPS = 20_000
"""How many statements a process may run: fifty times what start-up files do that we know."""


class Launch:
    """What a process is started as, for its interpreter."""

    def __init__(
        self,
        world: World,
        *,
        process: str,
        shell: JsonObject,
        tools: tuple[JsonObject, ...] = (),
        user: JsonObject | None = None,
    ) -> None:
        """Take the world, the process, its shell's mode, the known tools and the user."""
        self.world = world
        self.process = process
        self.shell = shell
        self.tools = tools
        self.user = user or {}
        self.most_steps = MOST_STEPS
        self.visited: set[tuple[str, int]] = set()

    def mode(self, key: str) -> bool:
        """Say whether the shell was started so: `login`, `interactive`, `posix`, ..."""
        return bool(self.shell.get(key))
