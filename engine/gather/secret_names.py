"""Which names say that what they hold is a secret, and which values are none all the same."""

from __future__ import annotations

import math
import re
from collections import Counter

from engine.gather.go.variables import VARIABLES, is_unknown_to_go

# Words that say `secret` wherever they stand in a name, and words that do so at the end of a part
# of one, before a digit perhaps: `GOACMETOKEN`, `accessToken`, `DB_PASSWORD_2`, `DBPASS`.
ANYWHERE = (
    "TOKEN|SECRET|PASSWORD|PASSWD|PASS_WORD|PASSPHRASE|CREDENTIAL|(?:API|ACCESS|PRIVATE)[_-]?KEY"
)
AT_AN_END = "PASS|PWD|KEY|AUTH|CREDS?|SIG|SIGNATURE|(?<![A-Z])PAT"
_SECRET_NAME = re.compile(rf"{ANYWHERE}|COOKIE|NETRC|(?:{AT_AN_END})S?\d*(?:_|$)", re.IGNORECASE)
_PUBLIC_NAME = re.compile(r"(?:\A|_)PUB(?:LIC)?_?KEYS?(?:\Z|_)|\A(?:OLD)?PWD\Z", re.IGNORECASE)
_SECRET_OPTION = re.compile(rf"--?[\w-]{{0,80}}?(?:{ANYWHERE})[\w-]{{0,80}}\Z", re.IGNORECASE)

# Sockets, programs and places that other programs are told of, under names that only look the part.
_HARMLESS_NAMES = frozenset((
    "DBUS_SESSION_BUS_ADDRESS", "GIT_ASKPASS", "GPG_AGENT_INFO", "SSH_ASKPASS",
    "SSH_ASKPASS_REQUIRE", "SSH_AUTH_SOCK", "SUDO_ASKPASS", "XAUTHORITY", "chpwd_functions",
))  # fmt: skip

# What begins with one of the system's folders is a path; a password in base64 may begin with `/`.
_PATH = re.compile(
    r"(?:~|/(?:Applications|Library|System|Users|Volumes|bin|dev|etc|home|lib|lib64|media|mnt|nix"
    r"|opt|private|proc|root|run|sbin|snap|srv|sys|tmp|usr|var|workspaces?))(?:/[\w.@+~-]*)+\Z",
    re.ASCII,
)
_SWITCH = re.compile(
    r"(?:[01]|true|false|yes|no|on|off|none|null|always|never|auto)\Z", re.IGNORECASE
)
_VERSION = re.compile(r"(?:go|v)?\d{1,4}(?:\.\d{1,6}){1,3}(?:(?:-|rc|beta)[a-z0-9.]{0,12})?\Z")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?(?:%|ms|[smh]|[KMGT]?i?B?)?\Z")
_PUNCTUATION = re.compile(r"[\W_]{1,7}\Z")
_PUBLIC_VALUE = re.compile(
    r"\s*(?:(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]{1,60} AAAA|-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}"
    r"(?:PUBLIC KEY|CERTIFICATE))"
)

# Names that tell something about a secret, and values that only stand for one.
_ABOUT = re.compile(
    r"(?:_|(?<=[a-z]))(?:ALG(?:ORITHM)?|COUNT|DIR|ENABLED?|EXPIR(?:Y|ES|ATION)|FILE|FORMAT|HELPER|HOST|ID"
    r"|LEN(?:GTH)?|LIMIT|MODE|NAME|PARALLELISM|PATH|PROVIDER|SERVICE|SIZE|SOCK(?:ET)?|STORE|TIMEOUT"
    r"|TTL|TYPE|UR[IL]|USER(?:NAME)?|VERSION)S?\Z",
    re.IGNORECASE,
)
_PASSWORD_NAME = re.compile(r"PASS|PWD|SECRET|(?:\A|_)PIN(?:\Z|_)", re.IGNORECASE)
_STRONG_NAME = re.compile(rf"{ANYWHERE}|(?:PASS|PWD|CREDS?)S?\d*$", re.IGNORECASE)
_STAND_IN = re.compile(
    r"\W*\Z|<[^>]*>\Z|(?:[xX]+|\*+|\.+)\Z|\$\w+\Z|\$\{[^}]*\}\Z|\$\(|\{\{|%[sv({]|(?:change|fix|replace|fill)[\W_]?(?:me|it)\b"
    r"|(?:your|my|insert|enter|example|dummy|placeholder|todo|tbd|redacted|fake|sample)(?:[\W_]|\Z)",
    re.IGNORECASE,
)
_LEAST_RANDOM = 12
_LEAST_BITS = 3.0


def is_secret_name(name: str) -> bool:
    """Say whether a variable's name says that its value is a secret."""
    # `GOAUTH` names commands, `PWD` the current directory.
    is_known = name in VARIABLES or name in _HARMLESS_NAMES or _PUBLIC_NAME.search(name)
    return not is_known and _SECRET_NAME.search(name) is not None


def is_secret_option(word: str) -> bool:
    """Say whether a word of a command announces that the next one is a secret: `--api-key`."""
    return _SECRET_OPTION.match(word) is not None


def hides_all(name: str, value: str) -> bool:
    """Say whether a variable's value is hidden as a whole, for its name.

    What Go does not know by name may be anything, so it is hidden too. Only what cannot be a secret
    is shown: a path, a switch, a public key; and where the name does not say `secret` itself, a
    number or a version.
    """
    if not value:
        return False
    if is_secret_name(name):
        return not _is_harmless(value)
    if is_unknown_to_go(name):
        return not (_is_harmless(value) or _NUMBER.match(value) or _VERSION.match(value))
    return False


def names_a_secret(name: str, value: str) -> bool:
    """Say whether somebody most likely keeps a secret under a name: for telling, not for hiding.

    Hiding too much costs little, and a false alarm costs trust. So a name that tells something
    about a secret does not count, nor does a value that only stands for one, and a name that says
    little (`KEY`, `AUTH`) counts for values that look like chance alone.
    """
    if not is_secret_name(name) or _ABOUT.search(name) or not value:
        return False
    if _is_harmless(value) or is_stand_in(value):
        return False
    # A token is one word, and no number; a password may be either.
    if re.search(r"\s", value) or _NUMBER.match(value) or _VERSION.match(value):
        return _PASSWORD_NAME.search(name) is not None
    return _STRONG_NAME.search(name) is not None or looks_random(value)


def names_strongly(name: str) -> bool:
    """Say whether a name says `secret` clearly enough to be believed without its value."""
    is_strong = is_secret_name(name) and _STRONG_NAME.search(name)
    return bool(is_strong) and not _ABOUT.search(name)


def is_stand_in(value: str) -> bool:
    """Say whether a value only stands for a secret: a variable, `<token>`, `changeme`."""
    return _STAND_IN.match(value) is not None


def looks_random(value: str) -> bool:
    """Say whether a text looks like chance: one word of letters and digits that hardly repeat."""
    if len(value) < _LEAST_RANDOM or not re.fullmatch(r"[\w+/=.~-]+", value, re.ASCII):
        return False
    if not re.search(r"\d", value) or not re.search(r"[A-Za-z]", value):
        return False
    shares = [count / len(value) for count in Counter(value).values()]
    return -sum(share * math.log2(share) for share in shares) >= _LEAST_BITS


def _is_harmless(value: str) -> bool:
    return any(form.match(value) for form in (_PATH, _SWITCH, _PUBLIC_VALUE, _PUNCTUATION))
