"""What a shell is told to write down once it has started, in its own language."""

from __future__ import annotations

from tests.oracle.truth.shells import PROBE_FOLDER

OUT = f"{PROBE_FOLDER}/out"

# Sets argv[0], makes the pty the controlling terminal and gives an exact environment.
LAUNCH = r"""
use POSIX qw(setsid setuid);
my $pty = shift @ARGV; my $n = shift @ARGV; my %e;
for (1..$n) { my ($k, $v) = split(/=/, shift @ARGV, 2); $e{$k} = $v; }
if ($pty) { setsid(); ioctl(STDIN, 0x540E, 0); }
my $exe = shift @ARGV;
%ENV = %e;
exec { $exe } @ARGV or die "exec: $!";
"""

# Every executable of a name on PATH, in order.
PATHS_SH = """IFS=:; set -f; for d in $PATH; do [ -n "$d" ] || d=.
if [ -f "$d/$1" ] && [ -x "$d/$1" ]; then printf '%s\\n' "$d/$1"; fi; done
"""

_FISH_VARIABLE = (
    "if set -q {name}; set -qx {name}; and set -l __x 1; or set -l __x 0; "
    "builtin printf '%s\\0%s\\0%s\\0' {name} $__x "
    "(builtin string join -- ' ' ${name} | string collect -a) >>{out}/vars; end\n"
)
_POSIX_VARIABLE = (
    'if [ "${{{name}+x}}" ]; then __x=0; '
    "/usr/bin/env | /bin/grep -q '^{name}=' && __x=1; "
    "\\{builtin} printf '%s\\0%s\\0%s\\0' {name} $__x \"${{{name}}}\" >>{out}/vars; fi\n"
)


def probe_text(family, command, track):
    """The script that writes what the shell ended up with to `OUT`."""
    return _fish(command, track) if family == "fish" else _posix(family, command, track)


def _fish(command, track):
    return (
        f"builtin echo begin >{OUT}/begin\n/usr/bin/env -0 >{OUT}/env\n"
        f"/bin/sh {PROBE_FOLDER}/paths.sh {command} >{OUT}/paths\n"
        + "".join(_FISH_VARIABLE.format(name=name, out=OUT) for name in track)
        + f"builtin type -a {command} >{OUT}/type 2>&1\n"
        f"builtin functions {command} >{OUT}/function 2>/dev/null\n"
        "begin; status is-login; and builtin printf l; "
        f"status is-interactive; and builtin printf i; end >{OUT}/flags\n"
        f"builtin echo end >{OUT}/end\n"
    )


def _posix(family, command, track):
    builtin = "builtin" if family in ("bash", "zsh") else "command"
    start = "set +e; set +u\n"
    if family == "zsh":
        start = "unsetopt err_exit no_unset ksh_arrays 2>/dev/null\n"
    return (
        f"{start}\\{builtin} echo begin >|{OUT}/begin\n/usr/bin/env -0 >|{OUT}/env\n"
        f"/bin/sh {PROBE_FOLDER}/paths.sh {command} >|{OUT}/paths\n"
        f"\\{builtin} alias {command} >|{OUT}/alias 2>/dev/null || :\n"
        f"\\{builtin} printf '%s' \"$-\" >|{OUT}/flags\n"
        + _kinds(family, command)
        + "".join(_POSIX_VARIABLE.format(name=name, builtin=builtin, out=OUT) for name in track)
        + f"\\{builtin} echo end >|{OUT}/end\n"
    )


def _kinds(family, command):
    """Ask whether the command is a function, and what else it is."""
    if family == "bash":
        return (
            f"builtin declare -f {command} >|{OUT}/function 2>/dev/null || :\n"
            f"builtin type -a {command} >|{OUT}/type 2>&1 || :\n"
            f"builtin shopt login_shell >|{OUT}/login 2>/dev/null || :\n"
        )
    if family == "zsh":
        return (
            f"builtin functions {command} >|{OUT}/function 2>/dev/null || :\n"
            f"builtin whence -va {command} >|{OUT}/type 2>&1 || :\n"
        )
    if family in ("ksh", "mksh"):
        return (
            f"\\command typeset -f {command} >|{OUT}/function 2>/dev/null || :\n"
            f"\\command whence -v {command} >|{OUT}/type 2>&1 || :\n"
        )
    return f"\\command type {command} >|{OUT}/type 2>&1 || :\n"
