"""The environment variables that matter to Go and to those who start it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.collector import MORE, Fact, collector
from engine.gather.declare import group, table, text, text_or_secret
from engine.gather.go.variables import VARIABLES
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.gather.survey import Survey
    from engine.model.json_value import JsonObject

NAMES = VARIABLES | {
    "ALL_PROXY", "AR", "ASDF_DATA_DIR", "BASH_ENV", "CC", "CXX", "DYLD_INSERT_LIBRARIES",
    "DYLD_LIBRARY_PATH", "ENV", "FC", "GCCGO", "GIT_ALLOW_PROTOCOL", "GIT_SSL_NO_VERIFY",
    "GVM_ROOT", "G_HOME", "HOME", "HTTPS_PROXY", "HTTP_PROXY", "LD_LIBRARY_PATH", "LD_PRELOAD",
    "MISE_DATA_DIR", "NO_PROXY", "PATH", "PKG_CONFIG", "SHELL", "TMPDIR", "USER", "WSLENV",
    "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "ZDOTDIR", "all_proxy", "http_proxy", "https_proxy",
    "no_proxy",
}  # fmt: skip

# All that look like Go's own, so that a name that Go will have tomorrow is seen today, if not its
# value, which may be somebody's secret; and exported shell
# functions, which reach every bash below: one called `go` runs instead of the command.
_ALSO = re.compile(r"GO[A-Z0-9]+\Z|CGO_[A-Z0-9_]+\Z|BASH_FUNC_(go|gofmt|gopls|dlv)%%\Z")
_FUNCTION = Absent("opaque", "it is a shell function")

_SCHEMA = table(
    "Environment variables of the process that gathered: those that matter to Go, set or not",
    group(
        "One variable",
        state=text("Whether it is there; one that is empty is set", among=("set", "unset")),
        value=text_or_secret("Its value; missing where it is not set", "/usr/local/go"),
    ),
    keys=("GOROOT", "PATH"),
)


@collector("env", subjects=("workstation",), facts={"env": _SCHEMA}, live=True)
def env(survey: Survey) -> Iterator[Fact]:
    """The environment variables that matter to Go."""
    given = survey.host.environment
    variables: JsonObject = {
        name: variable(survey, name, given.get(name)) for name in matters(given)
    }
    variables[MORE] = Absent("not_collected", "only variables that matter to Go are gathered")
    yield Fact("env", variables, Provenance(origin="environment of this process"))


def matters(environment: Mapping[str, str]) -> list[str]:
    """Name the variables that are told of, set or not."""
    return sorted({*NAMES, *(name for name in environment if _ALSO.match(name))})


def variable(survey: Survey, name: str, value: str | None) -> JsonObject:
    """Give what is told of a variable; None is the value of one that is not set."""
    if value is None:
        return {"state": "unset"}
    if name.startswith("BASH_FUNC_"):
        return {"state": "set", "value": _FUNCTION}
    return {"state": "set", "value": survey.redaction.variable(name, value)}
