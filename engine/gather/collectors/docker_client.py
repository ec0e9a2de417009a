"""What the docker client hands on to containers and builds: its proxies, and its context."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, assignments, told
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, text, text_or_secret
from engine.gather.docker_config import PROXIES, Config, Proxy, parse
from engine.gather.host import HostError
from engine.model.facts import Absent, Redacted
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

_PROXY = group(
    "One proxy",
    daemon=text_or_secret(
        "The daemon for whose containers it holds; `default` for all without an entry of their own",
        "default",
        "tcp://build.example:2376",
    ),
    variable=text(
        "The variable that containers get, in small letters as well",
        among=tuple(PROXIES.values()),
    ),
    value=text_or_secret("Its value", "http://proxy.example:3128"),
    credentials=flag("Whether it holds a user name, a password or another secret"),
)
_FACTS = {
    "docker_client": group(
        "The docker client's configuration; nothing of its logins is read",
        path=text("Its config.json", "/home/dana/.docker/config.json", form="path"),
        state=text("What became of it", among=("present", "missing", "unreadable", "broken")),
        context=text_or_secret("The context in force; `default` if none is chosen", "default"),
        proxies=listing("The proxies that it sets in every container and build", _PROXY),
        env=assignments("What every container and build gets from it, by this client"),
        has_auths=flag("Whether it has an entry `auths`: logins, or where they are kept"),
        has_creds_store=flag("Whether it has an entry `credsStore`: a program that keeps logins"),
        has_cred_helpers=flag("Whether it has an entry `credHelpers`: such programs by registry"),
    )
}
_FLAGS = {"has_auths": "auths", "has_creds_store": "credsstore", "has_cred_helpers": "credhelpers"}


@collector("docker_client", subjects=("workstation",), facts=_FACTS, live=True)
def docker_client(survey: Survey) -> Iterator[Fact]:
    """The proxies that the docker client hands on, and the context that it works with."""
    path = _path(survey)
    place = Provenance(None, "docker's config.json", path)
    state, config = _read(survey, path)
    value: JsonObject = {"path": path, "state": state, "context": _context(survey, config, place)}
    if isinstance(config, Absent):
        value |= dict.fromkeys(("proxies", "env", *_FLAGS), config)
    else:
        value["env"] = _environment(survey, config, path)
        value["proxies"] = [_proxy(survey, path, proxy) for proxy in config.proxies]
        value |= {name: field in config.fields for name, field in _FLAGS.items()}
    yield Fact("docker_client", value, place)


def _path(survey: Survey) -> str:
    folder = survey.variable("DOCKER_CONFIG")
    if folder and not os.path.isabs(folder):
        raise HostError(
            "unsupported", "DOCKER_CONFIG is relative, and means another folder in each"
        )
    if not folder:
        home = survey.variable("HOME") or survey.host.user().home
        folder = os.path.join(home, ".docker")
    return os.path.join(folder, "config.json")


def _read(survey: Survey, path: str) -> tuple[str, Config | Absent]:
    try:
        content = survey.host.read(path)
    except HostError as error:
        if error.cause == "missing":
            return "missing", Config((), "", frozenset())
        return "unreadable", error.hole()
    try:
        return "present", parse(content)
    except HostError as error:
        state = "broken" if error.cause == "parse_error" else "unreadable"
        return state, Absent(error.cause, f"{path}: {error.detail}")


def _environment(survey: Survey, config: Config, path: str) -> Json:
    """Give the variables that the proxies of the daemon in force become, in both cases.

    cli/config/configfile of docker's client: an entry of the daemon's own address, else `default`.
    """
    hole = next((one for one in config.proxies if isinstance(one, Absent)), None)
    if hole is not None:
        return hole
    proxies = [one for one in config.proxies if not isinstance(one, Absent)]
    chosen: str | Absent = "default"
    if config.daemons - {"default"}:
        chosen = _daemon(survey, config)
        if isinstance(chosen, Absent):
            return chosen
        chosen = chosen if chosen in config.daemons else "default"
    given = [
        Assignment(name, (one.value,), line=one.line)
        for one in proxies
        if one.daemon == chosen
        for name in (one.variable, one.variable.lower())
    ]
    return told(given, survey.redaction, "docker's config.json", path)


def _daemon(survey: Survey, config: Config) -> str | Absent:
    """Give the address of the daemon that the client talks to."""
    if given := survey.variable("DOCKER_HOST"):
        return given
    context = survey.variable("DOCKER_CONTEXT") or config.context or "default"
    if context == "default":
        return "unix:///var/run/docker.sock"
    return Absent("not_collected", "the address of the client's context was not looked up")


def _context(survey: Survey, config: Config | Absent, place: Provenance) -> Json:
    """Give the context in force, by the client's order: a host, a variable, the file."""
    if survey.variable("DOCKER_HOST"):
        return Sourced("default", Provenance(origin="environment variable DOCKER_HOST"))
    if given := survey.variable("DOCKER_CONTEXT"):
        where = Provenance(origin="environment variable DOCKER_CONTEXT")
        return Sourced(survey.redaction.text(given), where)
    if isinstance(config, Absent) or isinstance(config.context, Absent):
        return config if isinstance(config, Absent) else config.context
    if config.context:
        return Sourced(survey.redaction.text(config.context), place)
    return Sourced("default", Provenance(origin="docker's default"))


def _proxy(survey: Survey, path: str, proxy: Proxy | Absent) -> Json:
    if isinstance(proxy, Absent):
        return proxy
    row: JsonObject = {
        "daemon": survey.redaction.text(proxy.daemon),
        "variable": proxy.variable,
        "value": proxy.value,
        "credentials": proxy.value,
    }
    if isinstance(proxy.value, str):
        hidden = survey.redaction.variable(proxy.variable, proxy.value)
        row |= {"value": hidden, "credentials": isinstance(hidden, Redacted)}
    return Sourced(row, Provenance(None, "docker's config.json", path, proxy.line))
