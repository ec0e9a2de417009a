"""Names of shell options: one name for what shells spell in several ways."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LETTERS = {
    "a": "allexport",
    "e": "errexit",
    "f": "noglob",
    "n": "noexec",
    "u": "nounset",
    "v": "verbose",
    "x": "xtrace",
    "m": "monitor",
    "b": "notify",
    "h": "hashall",
    "C": "noclobber",
}
_ZSH = {"globdots": "dotglob", "unset": "nounset", "glob": "noglob", "exec": "noexec"}
_TURNED_ROUND = frozenset(("unset", "glob", "exec"))


SHOPT = frozenset(
    [
        "autocd",
        "assoc_expand_once",
        "cdable_vars",
        "cdspell",
        "checkhash",
        "checkjobs",
        "checkwinsize",
        "cmdhist",
        "compat31",
        "compat32",
        "compat40",
        "compat41",
        "compat42",
        "compat43",
        "compat44",
        "complete_fullquote",
        "direxpand",
        "dirspell",
        "dotglob",
        "execfail",
        "expand_aliases",
        "extdebug",
        "extglob",
        "extquote",
        "failglob",
        "force_fignore",
        "globasciiranges",
        "globskipdots",
        "globstar",
        "gnu_errfmt",
        "histappend",
        "histreedit",
        "histverify",
        "hostcomplete",
        "huponexit",
        "inherit_errexit",
        "interactive_comments",
        "lastpipe",
        "lithist",
        "localvar_inherit",
        "localvar_unset",
        "login_shell",
        "mailwarn",
        "no_empty_cmd_completion",
        "nocaseglob",
        "nocasematch",
        "noexpand_translation",
        "nullglob",
        "patsub_replacement",
        "progcomp",
        "progcomp_alias",
        "promptvars",
        "restricted_shell",
        "shift_verbose",
        "sourcepath",
        "varredir_close",
        "xpg_echo",
    ]
)
"""The options of `shopt` in bash 5.2."""

USUAL = frozenset(
    [
        "aliases",
        "allexport",
        "alwaystoend",
        "appendhistory",
        "autocd",
        "autolist",
        "automenu",
        "autoparamslash",
        "autopushd",
        "banghist",
        "beep",
        "bgnice",
        "cdablevars",
        "caseglob",
        "checkjobs",
        "clobber",
        "combiningchars",
        "completealiases",
        "completeinword",
        "correct",
        "correctall",
        "dotglob",
        "emacs",
        "errexit",
        "extendedglob",
        "extendedhistory",
        "flowcontrol",
        "globalrcs",
        "globcomplete",
        "noglob",
        "histallowclobber",
        "histbeep",
        "histexpiredupsfirst",
        "histfcntllock",
        "histfindnodups",
        "histignorealldups",
        "histignoredups",
        "histignorespace",
        "histnofunctions",
        "histnostore",
        "histreduceblanks",
        "histsavebycopy",
        "histsavenodups",
        "histverify",
        "hup",
        "incappendhistory",
        "interactivecomments",
        "ksharrays",
        "listambiguous",
        "listbeep",
        "listpacked",
        "listtypes",
        "localoptions",
        "localtraps",
        "longlistjobs",
        "magicequalsubst",
        "menucomplete",
        "monitor",
        "multios",
        "nomatch",
        "notify",
        "nullglob",
        "numericglobsort",
        "pathdirs",
        "promptsubst",
        "pushdignoredups",
        "pushdminus",
        "pushdsilent",
        "pushdtohome",
        "rcquotes",
        "rmstarsilent",
        "rmstarwait",
        "sharehistory",
        "shwordsplit",
        "nounset",
        "vi",
    ]
)
"""Options of zsh, by the names that they have here, that start-up files set most."""

ON_IN_ZSH = frozenset(
    [
        "aliases",
        "alwayslastprompt",
        "appendhistory",
        "autolist",
        "automenu",
        "autoparamkeys",
        "autoparamslash",
        "autoremoveslash",
        "badpattern",
        "banghist",
        "bareglobqual",
        "beep",
        "bgnice",
        "caseglob",
        "casematch",
        "checkjobs",
        "checkrunningjobs",
        "clobber",
        "debugbeforecmd",
        "equals",
        "evallineno",
        "flowcontrol",
        "functionargzero",
        "globalexport",
        "globalrcs",
        "hashcmds",
        "hashdirs",
        "hashlistall",
        "histbeep",
        "hup",
        "listambiguous",
        "listbeep",
        "listtypes",
        "multibyte",
        "multifuncdef",
        "multios",
        "nomatch",
        "notify",
        "promptcr",
        "promptpercent",
        "promptsp",
        "rcs",
        "shortloops",
    ]
)
"""Options that zsh turns on by itself, those aside that are asked by their opposites."""

_LETTERS_OF_ZSH = {"f": "norcs", "F": "noglob", "h": "histignoredups", "b": None}


def of_letter(letter: str, dialect: str = "bash") -> str | None:
    """Give the option that `set -x` names by a letter."""
    if dialect == "zsh" and letter in _LETTERS_OF_ZSH:
        return _LETTERS_OF_ZSH[letter]
    return _LETTERS.get(letter)


def option_name(written: str, dialect: str) -> tuple[str, bool]:
    """Give an option's one name, and whether it was written in the negative."""
    if dialect != "zsh":
        return written, False
    name = written.replace("_", "").lower()
    negated = False
    if name.startswith("no") and name not in {"nomatch", "notify"}:
        name, negated = name[2:], True
    if name == "nomatch":
        return name, negated
    if name in _TURNED_ROUND:
        negated = not negated
    return _ZSH.get(name, name), negated
