"""direnv: the .envrc that counts for a directory, and whether the user has allowed it.

All of it as direnv finds it (internal/cmd/rc.go and config.go), and as version 2.32.1 was seen to.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.survey import Survey
    from engine.model.json_value import Json

ANSWERS = ("allowed", "not_allowed", "denied")
REASONS = ("allow_file", "whitelist_exact", "whitelist_prefix")

_NAMES = ("direnv.toml", "config.toml")


@record
class Config:
    """direnv.toml, or nothing where there is none; the whitelists as direnv expands them."""

    path: str | None = None
    load_dotenv: bool = False
    prefixes: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


@record
class Verdict:
    """Whether direnv loads a file, out of `ANSWERS`; and where it does, why, and what says so."""

    answer: str
    reason: str | None = None
    file: str | None = None


def config_of(survey: Survey) -> Config:
    """Give direnv's configuration; `HostError` where it is not known, or direnv refuses it."""
    folder = _config_folder(survey)
    for name in _NAMES:
        path = os.path.join(folder, name)
        try:
            content = survey.host.read(path)
        except HostError as error:
            if error.cause == "missing":
                continue
            raise
        return _config(survey, path, content)
    return Config()


def envrc_of(survey: Survey, *, load_dotenv: bool) -> str | None:
    """Give the file that counts for the directory: the nearest; may raise `HostError`."""
    names = (".envrc", ".env") if load_dotenv else (".envrc",)
    # direnv looks up from where the directory really is.
    folder = survey.host.resolve(survey.directory)
    while True:
        for name in names:
            path = os.path.join(folder, name)
            try:
                # It passes over one that it cannot open, and over what is no file.
                if survey.host.status(path).kind == "file" and survey.host.access(path)[0]:
                    return path
            except HostError as error:
                if error.cause not in {"missing", "permission"}:
                    raise
        if folder == "/":
            return None
        folder = os.path.dirname(folder)


def verdict(
    survey: Survey, config: Config | HostError, path: str, content: bytes
) -> Verdict | Absent:
    """Give whether the user has allowed a file with this content; may raise `HostError`."""
    data = _data_folder(survey)
    start = path.encode("utf-8", "surrogateescape") + b"\n"
    name = hashlib.sha256(start + content).hexdigest()
    allowed = os.path.join(data, "allow", name)
    found: Verdict | Absent | None = None
    if _is_there(survey, allowed):
        found = Verdict("allowed", "allow_file", allowed)
    elif isinstance(config, HostError):
        found = config.hole()
    else:
        found = _whitelisted(config, path)
    if _is_there(survey, os.path.join(data, "deny", hashlib.sha256(start).hexdigest())):
        doubt = "it is both allowed and denied, and only from 2.33 on does direnv read the latter"
        if isinstance(found, Verdict):
            return Absent("ambiguous", doubt)
        return found or Verdict("denied")
    if found is None and _is_there(survey, os.path.join(_config_folder(survey), "allow", name)):
        return Absent("ambiguous", "it is allowed in the place where old versions of direnv look")
    return found or Verdict("not_allowed")


def _whitelisted(config: Config, path: str) -> Verdict | None:
    if path in config.exact:
        return Verdict("allowed", "whitelist_exact", config.path)
    # A prefix is one of the text: `/home/dana/co` is one of `/home/dana/code`, too.
    if any(path.startswith(prefix) for prefix in config.prefixes):
        return Verdict("allowed", "whitelist_prefix", config.path)
    return None


def _config(survey: Survey, path: str, content: bytes) -> Config:
    try:
        said = tomllib.loads(content.decode())
    except (ValueError, RecursionError):  # bytes that are no UTF-8 included
        raise HostError("parse_error", f"{path} is not TOML, and direnv refuses to work") from None
    # The settings of [global] may stand at the top as well, as they did before 2.22.
    tables = [said, _entry(said, "global") or {}]
    dotenv = [_entry(each, "load_dotenv") for each in tables if isinstance(each, dict)]
    whitelist = _entry(said, "whitelist") or {}
    lists = [
        _entry(whitelist, key) or [] if isinstance(whitelist, dict) else None
        for key in ("prefix", "exact")
    ]
    is_sound = all(isinstance(each, list) for each in lists) and all(
        isinstance(text, str) for each in lists for text in each or ()
    )
    if not is_sound or any(not isinstance(each, bool) for each in dotenv if each is not None):
        raise HostError("parse_error", f"{path} holds settings of a kind that direnv refuses")
    prefixes, exact = lists
    return Config(
        path,
        any(dotenv),
        tuple(_expanded(survey, each) for each in prefixes or ()),
        tuple(_expanded(survey, _file_named(each)) for each in exact or ()),
    )


def _entry(table: Json, name: str) -> Json:
    """Give the entry of a name, in any case if not in this one."""
    if name in table:
        return table[name]
    return next((value for key, value in table.items() if key.lower() == name), None)


def _file_named(text: str) -> str:
    if text.endswith(("/.envrc", "/.env")):
        return text
    return os.path.normpath(os.path.join(text, ".envrc"))


def _expanded(survey: Survey, text: str) -> str:
    home = survey.variable("HOME")
    return (
        os.path.normpath(os.path.join(home, text[2:])) if text.startswith("~/") and home else text
    )


def _config_folder(survey: Survey) -> str:
    given = survey.variable("DIRENV_CONFIG")
    return _absolute(given, "DIRENV_CONFIG") if given else _user_folder(survey, "CONFIG", ".config")


def _data_folder(survey: Survey) -> str:
    return _user_folder(survey, "DATA", ".local/share")


def _user_folder(survey: Survey, kind: str, at_home: str) -> str:
    variable = f"XDG_{kind}_HOME"
    if given := survey.variable(variable):
        return os.path.join(_absolute(given, variable), "direnv")
    home = survey.variable("HOME")
    if not home:
        raise HostError("missing", "HOME is not set")
    return os.path.join(_absolute(home, "HOME"), at_home, "direnv")


def _absolute(path: str, variable: str) -> str:
    if not os.path.isabs(path):
        raise HostError("unsupported", f"{variable} is relative")
    return path


def _is_there(survey: Survey, path: str) -> bool:
    try:
        survey.host.status(path)
    except HostError as error:
        if error.cause == "missing":
            return False
        raise
    return True
