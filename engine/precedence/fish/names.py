"""Names that fish itself knows: its builtins, and the functions that come with it."""

from __future__ import annotations

BUILTINS = frozenset(
    """
    ! . : [ _ and argparse begin bg bind block break breakpoint builtin case cd command commandline
    complete contains continue count disown echo else emit end eval exec exit false fg for function
    functions history if jobs math not or path printf pwd random read realpath return set set_color
    source status string switch test time true type ulimit wait while abbr
    """.split()  # noqa: SIM905 - a list of sixty names
)
SHIPPED = frozenset(("export", "setenv", "alias", "fish_add_path", "psub", "cd", "umask", "pushd"))
"""Functions that come with fish, and that we know."""
NO_SUCH = 127
