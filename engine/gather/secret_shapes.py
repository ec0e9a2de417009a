"""Secrets that can be told by their form, wherever they stand: tokens, passwords in addresses."""

from __future__ import annotations

import re

from engine.gather.secret_names import ANYWHERE, AT_AN_END, hides_all

_ASSIGNED = rf"(?:(?:{ANYWHERE})[\w.-]{{0,40}}|(?:{AT_AN_END})S?\d{{0,4}})="

# Each alternative captures what is to be hidden. The whole userinfo is, because `https://TOKEN@host`
# is as common as `https://user:password@host`; only the user of `ssh://git@host` says nothing. The
# bounds keep the search linear.
_SECRETS_IN_TEXT = re.compile(
    rf"""
      (?:ssh|git\+ssh)://[^/?\#\s,|:@]*@    # no secret: passed over
    | [a-z0-9]://([^/?\#\s,|]+)@            # userinfo
    # A password with `/` or `,` in it; digits alone are a port, unless what follows is a host.
    | [a-z0-9]://([^/\s@,|:]*:(?!\d+(?:[/,|?\#]|$))(?:(?!://)[^@\s])*)@
    | [a-z0-9]://([^/\s@,|:]*:\d+[/?\#](?:(?!://)[^@\s])*)@(?!v(?:\d+(?:\.\d|$)|/)|latest\b)
    # The same without a scheme, as in HTTPS_PROXY=user:password@proxy:3128, or with half of one; an
    # image's name may end in a tag and a digest.
    | (?:^|(?<=[\s,|="'/\\]))
      ([^\s/\\@,|=:"']{{0,256}}:(?!\d+(?:[,|]|$))[^\s/@]{{1,256}})@(?!sha(?:256|512):[0-9a-f]{{64}})(?=[\w.\[])
    # A part of a query, an assignment in quotes, one with its value in quotes, or without any.
    | [?&][\w.-]{{0,40}}?{_ASSIGNED}([^\s"'&]+)
    | "[\w./-]{{0,200}}?{_ASSIGNED}([^"]+)
    | '[\w./-]{{0,200}}?{_ASSIGNED}([^']+)
    | {_ASSIGNED}(?:"([^"]+)|'([^']+)|(\S+?)(?=["']?(?:\s|$)))
    # An option of a command, a header.
    | (?:^|(?<=[\s"']))--?[\w-]{{0,40}}(?:{ANYWHERE})[\w-]{{0,40}}[ \t]{{1,9}}(\S+)
    | (?:^|(?<=[\s"']))(?:-u|--user|--proxy-user)[ \t=]{{0,9}}["']?
      [^\s:"']{{1,64}}:(?!\d+(?:\s|$))([^\s"']+)
    | (?:^|(?<=[\s"']))sshpass[ \t]{{1,9}}-p[ \t]{{0,9}}(\S+)
    | Authorization[ \t]{{0,9}}:[ \t]{{0,9}}([^\s][^\r\n]*)
    | (?:^|(?<=[\s"']))[\w-]{{0,40}}(?:{ANYWHERE}|(?<=-)KEY|Cookie)[\w-]{{0,40}}
      :[ \t]{{1,9}}([^\r\n"']+)
    """,
    re.IGNORECASE | re.VERBOSE,
)

# Forms that their makers publish so that secrets can be found, by prefix:
# https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
# https://docs.gitlab.com/security/tokens, https://api.slack.com/authentication/token-types
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html, RFC 7519 (JWT),
# RFC 7468 and RFC 4880 (armour of keys).
_KNOWN_TOKENS = re.compile(
    r"""
      (?<![A-Za-z0-9])(?:
        gh[pousr]_[A-Za-z0-9_]{20,}
      | github_pat_[A-Za-z0-9_]{20,}
      | gl(?:pat|ptt|dt|rt|rtr|cbt|agent|imt|ft|soat|oas|ffct|wt)-[\w.-]{20,}
      | xox[a-z]-[\w-]{10,} | xapp-\d-[\w-]{10,}
      | (?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])
      | AIza[\w-]{35} | ya29\.[\w-]{20,} | GOCSPX-[\w-]{20,}
      | [sr]k_(?:live|test)_[A-Za-z0-9]{16,} | whsec_[\w+/=]{20,}
      | npm_[A-Za-z0-9]{30,} | pypi-AgE[\w-]{16,} | rubygems_[0-9a-f]{40,}
      | dckr_(?:pat|oat)_[\w-]{20,} | hf_[A-Za-z0-9]{30,} | do[opr]_v1_[0-9a-f]{40,}
      | SG\.[\w-]{16,80}\.[\w-]{16,} | hv[sbr]\.[\w-]{20,} | glsa_[\w]{30,}
      | shp(?:at|ca|pa|ss)_[0-9a-fA-F]{30,} | AGE-SECRET-KEY-1[0-9A-Z]{50,}
      | tskey-[a-z]{1,12}-[\w-]{16,} | lin_api_[A-Za-z0-9]{30,} | atlasv1\.[\w-]{30,}
      | eyJ[\w-]{8,2000}\.eyJ[\w-]{8,}(?:\.[\w-]*){0,3}
      | \d{8,10}:AA[\w-]{33}(?![\w-])
      )
    | (?<![\w-])sk-(?:[a-z0-9]{2,12}-){0,3}(?=[A-Za-z_-]{0,40}\d)[\w-]{20,}
    | (?<=hooks\.slack\.com/)(?:services|workflows|triggers)/[^\s"']+
    | (?<=/api/webhooks/)\d{6,}/[\w-]+
    | (?<=webhook\.office\.com/)[^\s"']{20,}
    | -----BEGIN[ ][A-Z0-9 ]{0,40}PRIVATE[ ]KEY(?:[ ]BLOCK)?-----
      [\s\S]*?(?:-----END[ ][A-Z0-9 ]{0,60}-----|\Z)
    """,
    re.VERBOSE | re.ASCII,
)

# A variable, and what stands for a password in an example, are none.
_PASSWORD_IN_ADDRESS = re.compile(
    r"[A-Za-z0-9]://[^/?#\s,|:\"'$<{@]{0,256}:(?!(?:pass(?:word)?|secret|x+|\*+)@)"
    r"[^/?#\s,|\"'$<{@]{1,256}@[\w\[]"
)

# What a command is given may be a secret; `netrc`, `off` and `git /folder` are known.
_ARGUMENTS = re.compile(
    r"\s*(?:(?:netrc|off|git\s+/[^\s;]*)\s*(?:;\s*|\Z))*[^\s;=]*[\s;]*(\S.*)?", re.DOTALL
)
_COMMANDS = frozenset(("GOAUTH", "GOCACHEPROG"))

_HAS_ADDRESSES = re.compile(r"GOPROXY\Z|(?!no_)\w+_proxy\Z", re.IGNORECASE)
_BEFORE_HOST = re.compile(r"[\s\"']*(?:(?:https?|socks\w{0,3}|file):[/\\]*|[/\\]+)?", re.IGNORECASE)
_QUERY = re.compile(r"[?#]")
# A comma before anything else may belong to a password.
_BETWEEN_ADDRESSES = re.compile(r"[,|](?=\s*(?:https?://|file://|(?:direct|off)\s*(?:[,|]|$)))")


def secret_spans(value: str, name: str = "") -> list[tuple[int, int]]:
    """Give where the secrets begin and end in a text, which may be the value of a variable."""
    if hides_all(name, value):
        return [(0, len(value))]
    found = [
        match.span(match.lastindex)
        for match in _SECRETS_IN_TEXT.finditer(value)
        if match.lastindex is not None
    ]
    found += [match.span() for match in _KNOWN_TOKENS.finditer(value)]
    if name in _COMMANDS and (command := _ARGUMENTS.match(value)) and command[1]:
        found.append(command.span(1))
    if _HAS_ADDRESSES.match(name):
        found += _beside_hosts(value)
    return _united(found)


def holds_token(value: str) -> bool:
    """Say whether a text holds a token of a well-known form, or a password in an address."""
    return _KNOWN_TOKENS.search(value) is not None or _PASSWORD_IN_ADDRESS.search(value) is not None


def _beside_hosts(value: str) -> list[tuple[int, int]]:
    """Give where userinfo and queries stand in addresses, well written or not."""
    spans, start = [], 0
    for end in (*(match.start() for match in _BETWEEN_ADDRESSES.finditer(value)), len(value)):
        opening = _BEFORE_HOST.match(value, start, end)
        host = opening.end() if opening else start
        # With both `?` and `@`, either may belong to a secret: then both sides are hidden.
        query = _QUERY.search(value, host, end)
        spans += [(host, value.rfind("@", host, end)), (query.end() if query else end, end)]
        start = end + 1
    return [(start, stop) for start, stop in spans if start < stop]


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give spans in order, those that meet made one."""
    united: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(stop, united[-1][1]))
        else:
            united.append((start, stop))
    return united
