"""Variables that fish makes up, and texts out of the facts."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.precedence.fish.globs import Globs
from engine.precedence.fish.lists import items_of
from engine.precedence.values import Hole, concat, unknown, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.fish.lists import Items
    from engine.precedence.launch import Launch
    from engine.precedence.state import State
    from engine.precedence.values import Text

_SET_BY_FISH = frozenset(
    [
        "version",
        "FISH_VERSION",
        "COLUMNS",
        "LINES",
        "CMD_DURATION",
        "EUID",
        "fish_kill_signal",
        "fish_killring",
        "last_pid",
        "fish_bind_mode",
        "fish_terminal_color_theme",
        "__fish_bin_dir",
        "__fish_help_dir",
        "__fish_initialized",
        "__fish_data_dir",
        "__fish_sysconf_dir",
        "__fish_vendor_confdirs",
        "__fish_vendor_functionsdirs",
        "__fish_vendor_completionsdirs",
        "fish_function_path",
        "fish_complete_path",
    ]
)
"""Variables that fish itself sets to what we do not know."""


class MadeUp(Globs):
    """Gives what stands in no variable."""

    def __init__(self, launch: Launch) -> None:
        """Take the launch."""
        super().__init__(launch)
        self.single: set[Hole] = set()
        """Holes without a newline in them."""
        self.config: Text | None = None
        """The folder of configuration files, which fish looks up once, when it starts."""

    def special(self, name: str, state: State) -> Items | None:  # noqa: C901 - one branch each
        """Give a variable that the shell makes up, or None if it is an ordinary one."""
        if name == "argv":
            own = self.find("argv", state, "local")[1]
            if own.is_set is not False:
                return items_of("argv", own)
            if isinstance(state.arguments, Hole):
                return [unknown_as(state.arguments)], state.arguments
            return list(state.arguments), None
        if name == "status":
            status = state.status
            return [unknown_as(status) if isinstance(status, Hole) else str(status)], None
        if name == "PWD":
            return [state.directory], None
        if name == "hostname":
            return [self.world_text("os", "hostname")], None
        if name in {"pipestatus", "history", "umask"}:
            hole = Hole("unsupported", f"`${name}`", self.place(self.line))
            return [unknown_as(hole)], hole
        if name == "fish_pid":
            return [
                unknown("opaque", "process ids differ", self.place(self.line), is_some=True)
            ], None
        if name == "__fish_config_dir":
            return [concat((self.config or self.config_folder(state), "/fish"))], None
        if name in _SET_BY_FISH and self.find(name, state)[1].is_set is False:
            detail = f"`{name}` is set by fish itself"
            return [unknown("opaque", detail, self.place(self.line), is_some=True)], None
        return None

    def config_folder(self, state: State) -> Text:
        """Give the folder of configuration files."""
        items, _ = self.items("XDG_CONFIG_HOME", state)
        if items and items[0] != "":
            return items[0]
        home, _ = self.items("HOME", state)
        return concat((home[0] if home else "", "/.config"))

    def world_text(self, *steps: str) -> Text:
        """Give a fact as a text."""
        found = self.world.fact(*steps)
        if isinstance(found, Absent):
            hole = self.hole(found.cause, found.detail, is_some=True)
            self.single.add(hole)
            return unknown_as(hole)
        return str(found)

    def user_text(self, key: str) -> Text:
        """Give a fact of the user whose process it is."""
        if key in self.launch.user:
            return str(self.launch.user[key])
        return self.world_text("user", key)
