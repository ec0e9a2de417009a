"""The settings of the go command: the user's file, what is in force, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, table, text, text_or_secret
from engine.gather.go import env_file
from engine.gather.go.settings import (
    KEYS,
    SOURCES,
    Setting,
    gopath,
    install_dir,
    setting,
    user_file,
)
from engine.gather.go.variables import VARIABLES
from engine.gather.go.words import Proxy, split_flags, split_proxies
from engine.gather.host import HostError
from engine.gather.search_path import entries, folder_at
from engine.gather.secret_shapes import secret_spans
from engine.model.facts import Absent, Redacted
from engine.model.place import Provenance
from engine.precedence.go.words import WordsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_LINE = number("Its line in the file", 3)
_KEY = text("The variable that it sets", "GOFLAGS")
_VALUE = text_or_secret("Its value as Go reads it", "-mod=mod")
_IN_FORCE = {
    "CC": "gcc", "CGO_ENABLED": "1", "CXX": "g++", "GO111MODULE": "on", "GOARCH": "amd64",
    "GOAUTH": "netrc", "GOBIN": "/home/dana/bin", "GOCACHE": "/home/dana/.cache/go-build",
    "GOCACHEPROG": "/usr/local/bin/go-cacher", "GOEXPERIMENT": "rangefunc", "GOFIPS140": "off",
    "GOFLAGS": "-mod=mod", "GOINSECURE": "git.corp.example", "GOMODCACHE": "/home/dana/go/pkg/mod",
    "GONOPROXY": "*.corp.example", "GONOSUMDB": "*.corp.example", "GOOS": "linux",
    "GOPATH": "/home/dana/go", "GOPRIVATE": "*.corp.example",
    "GOPROXY": "https://proxy.golang.org,direct", "GOROOT": "/usr/local/go",
    "GOSUMDB": "sum.golang.org", "GOTMPDIR": "/home/dana/tmp", "GOTOOLCHAIN": "auto",
    "GOVCS": "public:git|hg,private:all", "GOWORK": "off",
}  # fmt: skip
_WHYS_IGNORED = ("byte_order_mark", "indented", "export", "no_equals_sign", "lower_case", "other")
_WHYS_ODD = (
    "quotes", "dollar", "tilde", "carriage_return", "trailing_space", "empty_value", "duplicate",
    "space_before_equals",
)  # fmt: skip

_LOOKED_UP = VARIABLES | {"AR", "CC", "CXX", "FC", "GCCGO", "PKG_CONFIG"}

_FACTS = {
    "go.env_file": group(
        "The file that `go env -w` writes",
        path=text(
            "Where Go looks for it; missing where Go looks nowhere",
            "/home/dana/.config/go/env",
            form="path",
        ),
        state=text("What became of it", among=("present", "missing", "off", "unreadable")),
        settings=table("The value that counts for each variable in it", _VALUE, keys=("GOFLAGS",)),
        entries=listing(
            "Every setting in it, in order",
            group("One setting", key=_KEY, value=_VALUE, line=_LINE),
        ),
        ignored=listing(
            "Lines that Go silently passes over, blank ones and comments left out",
            group("One line", line=_LINE, why=text("Why Go passes over it", among=_WHYS_IGNORED)),
        ),
        oddities=listing(
            "Values that Go takes more literally than their writer meant",
            group("One value", key=_KEY, line=_LINE, why=text("What is odd", among=_WHYS_ODD)),
        ),
        shadowed=listing(
            "Settings that an environment variable of the same name hides",
            group(
                "One setting",
                key=_KEY,
                line=_LINE,
                file_value=_VALUE,
                os_value=text_or_secret("The value of the environment variable", "-mod=readonly"),
                differs=flag("Whether the two values differ"),
            ),
        ),
    ),
    "go.effective": group(
        "The settings in force: variable, then the user's file, then GOROOT/go.env, then default",
        **{
            key: group(
                f"{key} in force",
                value=text_or_secret("Its value as Go reads it", _IN_FORCE[key]),
                **{"from": text("Who set it", among=SOURCES)},
            )
            for key in KEYS
        },
    ),
    "go.flags": listing(
        "The words of GOFLAGS as Go splits them",
        group(
            "One word",
            word=text_or_secret("The word without its quotes", "-mod=mod"),
            name=text("The flag without dashes and value; empty if the word is no flag", "mod"),
            is_flag=flag("Whether the word is a flag; Go refuses to work with one that is not"),
            has_value=flag("Whether `=` and a value follow"),
            source=text("Who set GOFLAGS", among=SOURCES),
        ),
    ),
    "go.flags_parse_error": text(
        "Why GOFLAGS cannot be split; missing where it can", "unterminated ' string"
    ),
    "go.proxies": listing(
        "The entries of GOPROXY in the order in which they are asked",
        group(
            "One entry",
            position=number("Its place, from 0", 0),
            url=text_or_secret("Its address; a bare host gets https", "https://proxy.golang.org"),
            scheme=text("Its scheme; `direct` and `off` are their own", "https", "direct"),
            host=text("Its host, in lower case without port", "proxy.golang.org"),
            credentials=flag("Whether it holds a user name or password"),
            separator_before=text(
                "When the one before it sends Go here: `,` where it has no such module, `|` on any "
                "error; empty for the first",
                ",",
                among=("", ",", "|"),
            ),
            reachable=flag("Whether Go reads so far: nothing counts behind `direct` and `off`"),
        ),
    ),
    "go.gopath": listing("The entries of GOPATH", text("One folder", "/home/dana/go", form="path")),
    "go.install_dir": text("The folder that `go install` fills", "/home/dana/go/bin", form="path"),
    "go.install_dir_on_path": flag("Whether that folder is on PATH"),
}


@collector("go_settings", subjects=("workstation",), facts=_FACTS, live=True)
def go_settings(survey: Survey) -> Iterator[Fact]:
    """The settings of the go command that are in force, and the file that `go env -w` writes."""
    file = survey.once(user_file)
    yield Fact("go.env_file", _env_file(survey, file), file.provenance())
    effective = {key: _effective(survey, setting(survey, key)) for key in KEYS}
    yield Fact("go.effective", effective, Provenance(origin="Go's order of settings"))
    yield from _flags(survey, setting(survey, "GOFLAGS"))
    yield from _proxies(survey, setting(survey, "GOPROXY"))
    found = setting(survey, "GOPATH")
    yield Fact("go.gopath", gopath(survey), _provenance(found))
    yield from _install_dir(survey)


def _env_file(survey: Survey, file: env_file.EnvFile) -> JsonObject | Absent:
    if isinstance(file.path, Absent):
        return file.path
    value: JsonObject = {"state": file.state} | ({"path": file.path} if file.path else {})
    if file.hole is not None:
        return value | dict.fromkeys(
            ("settings", "entries", "ignored", "oddities", "shadowed"), file.hole
        )
    content = file.content
    return value | {
        "settings": {
            key: _sourced(survey, file, entry) for key, entry in content.winners().items()
        },
        "entries": [
            _at(
                file,
                entry.line,
                {"key": entry.key, "value": _hidden(survey, entry), "line": entry.line},
            )
            for entry in content.entries
        ],
        "ignored": [
            _at(file, line.line, {"line": line.line, "why": line.why}) for line in content.ignored
        ],
        "oddities": [
            _at(file, entry.line, {"key": entry.key, "line": entry.line, "why": why})
            for entry, why in env_file.oddities(content)
        ],
        "shadowed": [
            _at(file, entry.line, _shadowed(survey, entry))
            for entry in content.winners().values()
            # Go looks no other variable up, and another's value is nobody's business.
            if entry.key in _LOOKED_UP and survey.variable(entry.key)
        ],
    }


def _shadowed(survey: Survey, entry: env_file.Entry) -> JsonObject:
    given = survey.variable(entry.key)
    return {
        "key": entry.key,
        "line": entry.line,
        "file_value": _hidden(survey, entry),
        "os_value": survey.redaction.variable(entry.key, given),
        "differs": given != entry.value,
    }


def _effective(survey: Survey, found: Setting | Absent) -> Json:
    if isinstance(found, Absent):
        return found
    value = survey.redaction.variable(found.key, found.value)
    return Sourced({"value": value, "from": found.source}, found.provenance)


def _flags(survey: Survey, found: Setting | Absent) -> Iterator[Fact]:
    if isinstance(found, Absent):
        yield Fact("go.flags", found, Provenance())
        yield Fact("go.flags_parse_error", found, Provenance())
        return
    try:
        words = split_flags(found.value)
    except WordsError as error:
        yield Fact("go.flags", Absent("parse_error", f"GOFLAGS: {error}"), found.provenance)
        yield Fact("go.flags_parse_error", str(error), found.provenance)
        return
    rows = [
        {
            "word": survey.redaction.text(word.word),
            "name": word.name,
            "is_flag": bool(word.name),
            "has_value": word.has_value,
            "source": found.source,
        }
        for word in words
    ]
    yield Fact("go.flags", rows, found.provenance)


def _proxies(survey: Survey, found: Setting | Absent) -> Iterator[Fact]:
    rows: Json = found
    if isinstance(found, Setting):
        rows = [
            _proxy(survey, position, proxy)
            for position, proxy in enumerate(split_proxies(found.value))
        ]
        if any(
            set(",|") & set(found.value[slice(*span)])
            for span in secret_spans(found.value, "GOPROXY")
        ):
            # Go takes the password apart where a separator stands in it, and so would we.
            rows = Absent("redacted", "a password in GOPROXY holds a separator")
    yield Fact("go.proxies", rows, _provenance(found))


def _proxy(survey: Survey, position: int, proxy: Proxy) -> JsonObject:
    url = survey.redaction.variable("GOPROXY", proxy.url)
    is_misread = isinstance(url, Redacted) and not proxy.has_credentials
    return {
        "position": position,
        "url": url,
        "scheme": proxy.scheme,
        # A password with `/` in it would pass for the end of the host.
        "host": Absent("redacted", "its address is no address") if is_misread else proxy.host,
        "credentials": isinstance(url, Redacted) or proxy.has_credentials,
        "separator_before": proxy.separator,
        "reachable": proxy.is_reachable,
    }


def _install_dir(survey: Survey) -> Iterator[Fact]:
    folder = install_dir(survey)
    gobin = setting(survey, "GOBIN")
    decided_by = gobin if isinstance(gobin, Setting) and gobin.value else setting(survey, "GOPATH")
    yield Fact("go.install_dir", folder, _provenance(decided_by))
    yield Fact(
        "go.install_dir_on_path",
        folder if isinstance(folder, Absent) else _is_on_path(survey, folder),
        Provenance(origin="environment variable PATH"),
    )


def _is_on_path(survey: Survey, folder: str) -> bool:
    """Say whether PATH leads to a folder, perhaps by another name."""
    folders = [entry.folder for entry in survey.once(entries)]
    wanted = folder_at(survey, folder)
    if wanted in folders:
        return True
    try:
        identity = survey.host.status(wanted).identity
    except HostError:
        return False
    known = (entry.status for entry in survey.once(entries))
    return any(
        not isinstance(status, HostError) and status.identity == identity for status in known
    )


def _hidden(survey: Survey, entry: env_file.Entry) -> Json:
    return survey.redaction.variable(entry.key, entry.value)


def _sourced(survey: Survey, file: env_file.EnvFile, entry: env_file.Entry) -> Sourced:
    return _at(file, entry.line, _hidden(survey, entry))


def _at(file: env_file.EnvFile, line: int, value: Json) -> Sourced:
    return Sourced(value, file.provenance(line))


def _provenance(found: Setting | Absent) -> Provenance:
    return Provenance() if isinstance(found, Absent) else found.provenance
