"""`go env`, asked so that it changes nothing, switches nothing and runs nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.gather.go.installation import disguise, release
from engine.gather.go.settings import local_settings, setting, user_file
from engine.gather.go.tools import Executable, first_go, shim_at
from engine.gather.host import HostError
from engine.gather.writers import is_in_project, who_else_decides
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.survey import Survey
    from engine.model.json_value import Json
    from engine.precedence.values import Hole

TIMEOUT = 10.0
OUTPUT_LIMIT = 1 << 20

# Asked one by one: a bare `go env` runs the C compiler. GOMOD and GOWORK depend on a directory and
# are left out, and so are GOFLAGS and GOTOOLCHAIN, which are set for the question. A version of Go
# that does not know a key answers with an empty text, hence the first version of each.
_KEYS = {
    "AR": (1, 16), "CC": (1, 16), "CGO_ENABLED": (1, 16), "CXX": (1, 16), "GCCGO": (1, 16),
    "GO111MODULE": (1, 16), "GOARCH": (1, 16), "GOAUTH": (1, 24), "GOBIN": (1, 16),
    "GOCACHE": (1, 16), "GOCACHEPROG": (1, 24), "GODEBUG": (1, 21), "GOENV": (1, 16),
    "GOEXE": (1, 16), "GOEXPERIMENT": (1, 17), "GOFIPS140": (1, 24), "GOHOSTARCH": (1, 16),
    "GOHOSTOS": (1, 16), "GOINSECURE": (1, 16), "GOMODCACHE": (1, 16), "GONOPROXY": (1, 16),
    "GONOSUMDB": (1, 16), "GOOS": (1, 16), "GOPATH": (1, 16), "GOPRIVATE": (1, 16),
    "GOPROXY": (1, 16), "GOROOT": (1, 16), "GOSUMDB": (1, 16), "GOTMPDIR": (1, 16),
    "GOTOOLDIR": (1, 16), "GOVCS": (1, 16), "GOVERSION": (1, 16),
}  # fmt: skip

_LOADER = ("LD_", "DYLD_")
_FIPS = "GOFIPS140"


def ask_go(survey: Survey) -> dict[str, str] | Absent:
    """Give what `go env -json` says, or why it was not asked or did not say."""
    go = first_go(survey)
    if go is None:
        return Absent("missing", "no `go` is on PATH")
    try:
        return _refusal(survey, go) or _answer(survey, go)
    except HostError as error:
        return error.hole()


def _refusal(survey: Survey, go: Executable) -> Absent | None:
    """Give why a `go` is not run: only one that nobody else can have put there is."""
    target, hole = str(go.target), disguise(go)
    reason: str | None
    if hole is not None:
        reason = hole.detail
    elif go.entry.is_relative:
        reason = "its entry of PATH is relative"
    elif is_in_project(survey, target):
        reason = f"it lies in {survey.directory}, which is not trusted"
    elif unread := _unknown_settings(survey):
        reason = f"it would read settings that we do not know: {unread.detail}"
    else:
        reason = who_else_decides(survey, target)
    return Absent("opaque", f"{go.path} was not run: {reason}") if reason else None


def _unknown_settings(survey: Survey) -> Hole | None:
    """Give why the user's file is not known, None if Go would read nothing that we have not."""
    settings = survey.once(local_settings)
    return None if isinstance(settings, Absent) else settings.user_file().hole


def _answer(survey: Survey, go: Executable) -> dict[str, str] | Absent:
    version = release(survey)
    unpacks = _unpacks(survey)
    keys = [
        key
        for key, since in _KEYS.items()
        if (version is None or version >= since) and not (unpacks and key == _FIPS)
    ]
    # Go counts its own runs in a folder of the user's; this one says that it shall not.
    with survey.host.scratch({"mode": b"off"}) as nowhere:
        answer = survey.host.run(
            (str(go.target), "env", "-json", *keys),
            environment=_environment(survey, go)
            | {"TEST_TELEMETRY_DIR": nowhere}
            | ({_FIPS: "off"} if unpacks else {}),
            directory="/",
            timeout=TIMEOUT,
            limit=OUTPUT_LIMIT,
        )
    if answer.code:
        said = answer.errors.decode("utf-8", "replace").strip().partition("\n")[0]
        return Absent("missing", f"`go env` failed: {said[:300]}")
    try:
        said = json.loads(answer.output)
    except ValueError:
        return Absent("parse_error", "`go env -json` did not answer in JSON")
    if not _is_answer(said):
        return Absent("parse_error", "`go env -json` did not answer with a mapping of texts")
    return {key: said[key] for key in keys if key in said}


def _unpacks(survey: Survey) -> bool:
    """Say whether any `go` command would unpack a snapshot of Go's cryptography.

    It does so into the module cache wherever GOFIPS140 names one, `go env` too
    (src/cmd/go/internal/fips140).
    """
    found = setting(survey, _FIPS)
    if isinstance(found, Absent):
        return found.cause != "unsupported"  # older versions know nothing of it
    return found.value not in {"", "off", "latest"}


def _environment(survey: Survey, go: Executable) -> dict[str, str]:
    kept = {
        name: value
        for name, value in survey.host.environment.items()
        if not name.startswith(_LOADER)
    }
    settings = survey.once(local_settings)
    shim = shim_at(survey, go.path)
    if shim is not None and not isinstance(settings, Absent):
        for change in shim.changes:
            value = settings.view.variable(change.variable)
            kept.pop(change.variable, None)
            kept |= {change.variable: value} if isinstance(value, str) else {}
    file = survey.once(user_file)
    if isinstance(file.path, str):
        # A relative one leads elsewhere from the directory in which Go is asked.
        kept |= {"GOENV": file.path}
    return kept | {
        # An empty GOFLAGS counts as unset, and then `GOFLAGS=-u` in the user's file makes
        # `go env KEY` delete KEY from that file. A flag that `go env` does not know is ignored.
        "GOFLAGS": "-v",
        "GOTOOLCHAIN": "local",
        "PWD": "/",
    }


def _is_answer(said: Json) -> bool:
    return isinstance(said, dict) and all(isinstance(value, str) for value in said.values())
