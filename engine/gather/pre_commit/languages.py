"""What pre-commit sets for a hook, by its language: `get_env_patch` in its `languages/*.py`.

Told from pre-commit 4.7. A language without an environment of its own passes on what there is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.gather.assignments import Assignment, Reference
from engine.gather.pre_commit.config import DEFAULT, Hook
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.assignments import Part

Where: TypeAlias = Literal["process", "container", "pre-commit"]
Patch: TypeAlias = tuple[str, str | None]

SCOPE = "pre_commit"
"""The scope of what pre-commit itself finds out when it runs."""

ALIASES = {"system": "unsupported", "script": "unsupported_script"}
_FOLDER = Absent("not_collected", "pre-commit keeps it in a folder of its cache")
_CHOSEN = Absent("not_collected", "pre-commit chooses the version when it runs")
_MARKS = re.compile(r"(\{env\}|\{PATH\})")
_BIN = (("PATH", "{env}/bin:{PATH}"),)

_WHERE: dict[str, Where] = {
    "docker": "container", "docker_image": "container", "fail": "pre-commit",
    "pygrep": "pre-commit",
}  # fmt: skip
_PATCHES: dict[str, tuple[Patch, ...]] = {
    "conda": (
        ("PYTHONHOME", None),
        ("VIRTUAL_ENV", None),
        ("CONDA_PREFIX", "{env}"),
        ("PATH", "{env}/bin:{PATH}"),
    ),
    "coursier": (("PATH", "{env}:{PATH}"), ("COURSIER_CACHE", "{env}/.cs-cache")),
    "dart": _BIN,
    "docker": (),
    "docker_image": (),
    "dotnet": _BIN,
    "fail": (),
    "haskell": _BIN,
    "julia": (
        ("JULIA_LOAD_PATH", "{env}"),
        ("JULIA_PROJECT", None),
        ("JULIA_DEPOT_PATH", "{env}/depot:"),
    ),
    "node": (
        ("NODE_VIRTUAL_ENV", "{env}"),
        ("NPM_CONFIG_PREFIX", "{env}"),
        ("npm_config_prefix", "{env}"),
        ("NPM_CONFIG_USERCONFIG", None),
        ("npm_config_userconfig", None),
        ("NODE_PATH", "{env}/lib/node_modules"),
        ("PATH", "{env}/bin:{PATH}"),
    ),
    "lua": (
        ("PATH", "{env}/bin:{PATH}"),
        ("LUA_PATH", "{env}"),
        ("LUA_CPATH", "{env}"),
    ),
    "perl": (
        ("PATH", "{env}/bin:{PATH}"),
        ("PERL5LIB", "{env}/lib/perl5"),
        ("PERL_MB_OPT", "--install_base {env}"),
        ("PERL_MM_OPT", "{env}"),
    ),
    "pygrep": (),
    "python": (
        ("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
        ("PYTHONHOME", None),
        ("VIRTUAL_ENV", "{env}"),
        ("PATH", "{env}/bin:{PATH}"),
    ),
    "r": (("R_PROFILE_USER", "{env}/activate.R"), ("RENV_PROJECT", None)),
    "swift": (("PATH", "{env}/.build/release:{PATH}"),),
    "unsupported": (),
    "unsupported_script": (),
}
_RUBY = (("GEM_HOME", "{env}/gems"), ("GEM_PATH", None), ("BUNDLE_IGNORE_CONFIG", "1"))
# Languages that pre-commit takes from the machine (`system`) or installs, and what it sets then.
_TWOFOLD: dict[str, tuple[tuple[Patch, ...], tuple[Patch, ...]]] = {
    "golang": (
        _BIN,
        (
            ("GOROOT", "{env}/.go"),
            ("GOTOOLCHAIN", "local"),
            ("PATH", "{env}/bin:{env}/.go/bin:{PATH}"),
        ),
    ),
    "ruby": (
        (*_RUBY, ("PATH", "{env}/gems/bin:{PATH}")),
        (
            *_RUBY,
            ("RBENV_ROOT", "{env}"),
            ("PATH", "{env}/gems/bin:{env}/shims:{env}/bin:{PATH}"),
            ("RBENV_VERSION", "{version}"),
        ),
    ),
    "rust": (_BIN, (*_BIN, ("RUSTUP_TOOLCHAIN", "{version}"))),
}

# What `pre-commit` or git's hook tells of the commit, and what Python does to a locale that is C.
_OF_THE_RUN = (
    "PRE_COMMIT_ORIGIN", "PRE_COMMIT_SOURCE", "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF",
    "PRE_COMMIT_COMMIT_MSG_SOURCE", "PRE_COMMIT_COMMIT_OBJECT_NAME", "PRE_COMMIT_LOCAL_BRANCH",
    "PRE_COMMIT_REMOTE_BRANCH", "PRE_COMMIT_REMOTE_NAME", "PRE_COMMIT_REMOTE_URL",
    "PRE_COMMIT_CHECKOUT_TYPE", "PRE_COMMIT_IS_SQUASH_MERGE", "PRE_COMMIT_REWRITE_COMMAND",
    "PRE_COMMIT_PRE_REBASE_UPSTREAM", "PRE_COMMIT_PRE_REBASE_BRANCH", "LC_CTYPE",
)  # fmt: skip


def where(language: str | Absent) -> Where | Absent:
    """Say where a hook of a language runs: in pre-commit itself, in a container, or on its own."""
    if isinstance(language, Absent):
        return language
    name = ALIASES.get(language, language)
    if name in _PATCHES or name in _TWOFOLD:
        return _WHERE.get(name, "process")
    return Absent("unsupported", "pre-commit 4 has no such language")


def environment(hook: Hook) -> Iterator[Assignment | Absent]:
    """Give what pre-commit does to the variables that it has, in order, before a hook runs."""
    yield Assignment("PRE_COMMIT", ("1",))
    for name in _OF_THE_RUN:
        yield Assignment(name, (), "pass", of=SCOPE)
    yield from _of_language(hook)


def _of_language(hook: Hook) -> Iterator[Assignment | Absent]:
    if isinstance(hook.language, Absent):
        yield hook.language
        return
    name = ALIASES.get(hook.language, hook.language)
    if name in _PATCHES:
        yield from (_assignment(patch, hook) for patch in _PATCHES[name])
    elif name not in _TWOFOLD:
        yield Absent("unsupported", "pre-commit 4 has no such language")
    else:
        of_the_machine, installed = _TWOFOLD[name]
        if hook.version == "system":
            yield from (_assignment(patch, hook) for patch in of_the_machine)
        elif isinstance(hook.version, Absent) or hook.version == DEFAULT:
            yield from _either(of_the_machine, installed, hook)
        else:
            yield from (_assignment(patch, hook) for patch in installed)


def _either(
    one: tuple[Patch, ...], other: tuple[Patch, ...], hook: Hook
) -> Iterator[Assignment | Absent]:
    """Give what is set where nobody knows whether the machine's or pre-commit's own one runs."""
    first = dict(one)
    for name, template in other:
        if name not in first:
            yield Assignment(name, (), "pass", of=SCOPE)
        elif first[name] == template:
            yield _assignment((name, template), hook)
        else:  # PATH, which ends alike
            yield Assignment(name, (_CHOSEN, ":", Reference("PATH")))


def _assignment(patch: Patch, hook: Hook) -> Assignment:
    name, template = patch
    if template is None:
        return Assignment(name, how="unset")
    parts: list[Part] = []
    for piece in filter(None, _MARKS.split(template)):
        if piece == "{env}":
            parts.append(_FOLDER)
        elif piece == "{PATH}":
            parts.append(Reference("PATH"))
        else:
            parts.append(hook.version if piece == "{version}" else piece)
    return Assignment(name, tuple(parts))
