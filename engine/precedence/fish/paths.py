"""`fish_add_path`, and `fish_user_paths`, which fish puts before PATH."""

from __future__ import annotations

from engine.precedence.fish.lists import NotKnown, items_of, known, known_all
from engine.precedence.fish.setting import Setting
from engine.precedence.values import Hole, Mixed, hole_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.state import State
    from engine.precedence.values import Text

_LONG = {
    "global": "g", "universal": "U", "path": "P", "prepend": "p", "append": "a", "move": "m",
    "verbose": "v", "dry-run": "n", "help": "h",
}  # fmt: skip
ADDED = "__fish_added_user_paths"
USER_PATHS = "fish_user_paths"


class Paths(Setting):
    """Puts folders on PATH."""

    def add_path(
        self, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> int | Hole:
        """Run `fish_add_path`."""
        if doubt is not None:
            raise NotKnown(doubt)
        letters, folders = _options(arguments)
        if letters is None or letters & set("nh") or {"g", "U"} <= letters:
            return 1
        name = "PATH" if "P" in letters else USER_PATHS
        key, variable = self.find(name, state)
        if variable.is_set is None:
            raise NotKnown(hole_in(variable.scalar() or "") or Hole("opaque", f"`{name}`"))
        items, _ = items_of(name, variable)
        scope = "universal" if "U" in letters else "global" if "g" in letters else None
        if name == "PATH":
            scope = "global"
        elif scope is None and not variable.is_set:
            scope = "universal"
        added, moved = self._new_folders(folders, items, state, move="m" in letters)
        if not added:
            return 1
        kept = [item for item in items if item not in moved]
        value = [*kept, *added] if "a" in letters else [*added, *kept]
        target = key if scope is None else self.key_for(name, state, scope)
        op = "append" if "a" in letters else "prepend"
        self.write(target, value, state, line, op=op if not moved else "set")
        return 0

    def _new_folders(
        self, folders: list[Text], items: list[Text], state: State, *, move: bool
    ) -> tuple[list[Text], list[Text]]:
        """Give the folders to add, and those that are moved; only folders that exist count."""
        added: list[Text] = []
        moved: list[Text] = []
        for folder in folders:
            where = self.absolute(known(folder), state)
            if isinstance(where, Hole):
                raise NotKnown(where)
            exists = self.test_file("-d", where, state)
            if isinstance(exists, Hole):
                raise NotKnown(exists)
            if not exists or where in added:
                continue
            holes = [item for item in items if isinstance(item, Mixed)]
            if where in items:
                if not move:
                    continue
                moved.append(where)
            elif holes:
                raise NotKnown(hole_in(holes[0]) or Hole("redacted", "PATH holds a secret"))
            added.append(where)
        return added, moved

    def reconstruct_path(self, state: State, line: int) -> None:
        """Put `fish_user_paths` before PATH, as fish does whenever it changes."""
        key, variable = self.find(USER_PATHS, state)
        items, doubt = items_of(USER_PATHS, variable)
        if variable.is_set is None or doubt is not None:
            hole = doubt or self.hole("opaque", "`fish_user_paths` is not known")
            state.taint("PATH", hole)
            return
        # It need not be a path variable, so its elements may hold colons.
        wanted = list(dict.fromkeys(p for item in known_all(items) for p in item.split(":") if p))
        path, why = items_of("PATH", self.find("PATH", state)[1])
        if len(wanted) < len(items):
            self.write(key, list(wanted), state, line)
            return
        if why is not None and any(isinstance(item, Mixed) for item in path):
            # An entry that is not known may be one of those; then it is moved to the front.
            state.taint("PATH", why)
            return
        _, added = self.find(ADDED, state)
        for old in items_of(ADDED, added)[0]:
            if old in path:
                path.remove(old)
        now_added: list[Text] = []
        for folder in reversed(wanted):
            if folder in path:
                path.remove(folder)
            else:
                now_added.append(folder)
            path.insert(0, folder)
        self.write(ADDED, now_added, state, line, exported=False)
        before, _ = items_of("PATH", state.variable("PATH"))
        if before != path:
            self.write("PATH", path, state, line, exported=True)


def _options(arguments: list[Text]) -> tuple[set[str] | None, list[Text]]:
    letters: set[str] = set()
    rest: list[Text] = []
    is_over = False
    for argument in arguments:
        if is_over or not isinstance(argument, str) or not argument.startswith("-"):
            rest.append(argument)
        elif argument == "--":
            is_over = True
        elif argument.startswith("--"):
            if argument[2:] not in _LONG:
                return None, rest
            letters.add(_LONG[argument[2:]])
        else:
            letters |= set(argument[1:])
    return (None if letters - set("gUPpamvnh") else letters), rest
