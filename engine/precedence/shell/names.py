"""Names that shells know by themselves, and names that nobody hides behind."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPECIAL = _words(
    ". : break continue eval exec exit export readonly return set shift times trap unset"
)
"""The special builtins of POSIX (2.14)."""

DECLARES = _words("export readonly typeset declare local integer float")

QUIET = _words("""
    bind bindkey zle compdef compctl compopt umask limit unlimit disown ttyctl suspend caller
    enable logout zcompile hash rehash unhash sched log watch stty clear history functions
""")
"""Builtins whose success nobody doubts."""

SET_THEIR_ARGUMENTS = _words(
    "zparseopts zstyle zstat zformat strftime vared getopts mapfile readarray"
)
"""Builtins that set variables which they are given by name."""

NO_EFFECT = QUIET | _words("""
    complete compgen zmodload ulimit fc jobs fg bg kill wait times zregexparse dirs help
""")
"""Builtins that touch neither variables nor names nor the flow."""

PRECOMMANDS = _words(r"command builtin nocorrect noglob - time \builtin")
"""Words before a command; mksh spells one of them with a backslash."""
QUESTIONS = _words("type which whence where")
PRINTS = _words("echo printf print pwd true false :")
LEAVES = _words("return exit break continue exec")

BUILT_IN = (
    NO_EFFECT
    | PRECOMMANDS
    | QUESTIONS
    | PRINTS
    | LEAVES
    | SPECIAL
    | _words("""
        source test [ cd chdir pushd popd alias unalias read shopt setopt unsetopt emulate let
        autoload unfunction disable
    """)
    | SET_THEIR_ARGUMENTS
)

MAY_PRINT = (
    NO_EFFECT
    | SET_THEIR_ARGUMENTS
    | _words("alias set shopt setopt unsetopt trap cd pushd popd dirs")
)
"""Builtins whose output is not reckoned."""

ONLY_IN = {
    "shopt": _words("bash"),
    "mapfile": _words("bash"),
    "readarray": _words("bash"),
    "bind": _words("bash mksh"),
    "complete": _words("bash"),
    "compgen": _words("bash"),
    "compopt": _words("bash"),
    "source": _words("bash zsh ksh mksh ash"),
    "pushd": _words("bash zsh"),
    "popd": _words("bash zsh"),
    "print": _words("zsh ksh mksh"),
    "whence": _words("zsh ksh mksh"),
    "builtin": _words("bash zsh ksh mksh"),
    "disable": _words("zsh"),
    "autoload": _words("zsh ksh mksh"),
    "functions": _words("zsh ksh mksh"),
} | dict.fromkeys(
    _words("""
        setopt unsetopt emulate unfunction zle zstyle bindkey compdef compctl zmodload
        zparseopts zregexparse zcompile zformat zstat unhash rehash noglob nocorrect vared limit
        unlimit sched log watch ttyctl where -
    """),
    _words("zsh"),
)
"""Builtins that only some shells have; elsewhere the name means a program."""

KEYWORDS = _words("""
    if then else elif fi for while until do done case esac { } ! [[ ]] function in
""")

HARMLESS_FUNCTIONS = _words("""
    compinit bashcompinit promptinit colors vcs_info prompt zmv zrecompile is-at-least
    url-quote-magic bracketed-paste-magic select-word-style edit-command-line
    up-line-or-beginning-search down-line-or-beginning-search run-help
""")
"""Functions that come with the shells (zshcontrib(1)) and touch nothing that children see."""

COLOURS = _words("fg bg fg_bold bg_bold fg_no_bold bg_no_bold color colour reset_color bold_color")
"""What the function `colors` of zsh sets."""

READERS = _words("""
    ssh sudo awk gawk mawk perl python python3 sort tee fzf less more bc jq sed grep egrep cat head
    tail tr cut wc uniq paste xargs column nl rev tac
""")
"""Programs that may read what a loop around them reads."""


STANDARD_PROGRAMS = _words("""
    awk base64 basename cat chmod chown clear cp curl cut date dd df diff dirname dircolors du echo
    env expr false find fold free getconf getent git grep egrep fgrep groups gzip head hostname
    hostnamectl id install ip kill less ln locale logname ls lsb_release mesg mkdir mkfifo mktemp
    mv nice nohup od openssl paste perl pgrep pidof ping ps pwd python python3 readlink realpath
    resize rm rmdir sed seq setxkbmap sh sleep sort ssh-add stat stty sudo systemctl tac tail tar
    tee test timeout touch tput tr tty uname uniq uptime wc wget which who whoami xargs xmodmap
    xrdb xset yes fortune cowsay neofetch fastfetch screenfetch figlet lolcat tmux screen vim nvim
    nano code make go node npm ruby cargo rustc java
""")
"""Names that nobody gives to a function that changes the environment unseen."""
