"""What only ksh has."""

from __future__ import annotations

from tests.oracle.generating.draft import snippet


@snippet(3, "ksh")
def ksh_misc(c):
    return c.r.choice(
        [
            "typeset -x FOO=k; typeset -u BAR=up; export BAR",
            "function setp { export PATH=/kf/bin:$PATH; }; setp",
            "export FOO=${.sh.version:+ksh}",
            "set -A arr a b c; export FOO=${arr[1]}",
            "export ENV=$HOME/.kshrc2",
            "print -r x >/dev/null; export FOO=$(print hi)",
        ]
    )
