"""A merged service to what is told of it, or to why compose refuses the project because of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.compose.keys import BUILD_KEYS, SERVICE_KEYS
from engine.gather.compose.strangers import stranger
from engine.gather.compose.tree import (
    Leaf,
    Refused,
    Series,
    Table,
    Template,
    Unknown,
    parts_of,
    text_of,
)
from engine.gather.compose.variables import Setting, settings
from engine.gather.compose.words import split
from engine.model.facts import Absent
from engine.model.record import record, replace

if TYPE_CHECKING:
    from engine.gather.compose.template import Scope
    from engine.gather.compose.tree import Tree
    from engine.model.place import Place

    Text = str | Absent | None

_DEPENDS = "it depends on variables of whoever runs compose"
_NEW_KEY = Absent("unsupported", "it has a key that we do not know, and compose may not either")


@record
class Command:
    """A command or an entrypoint: a `text` that compose splits, or a `list` of words."""

    form: str
    argv: tuple[str | Absent, ...] | Absent
    place: Place


@record
class Build:
    """How the image is built; `context` is absolute, or an address."""

    context: Text
    dockerfile: Text
    target: Text
    is_inline: bool
    args: tuple[Setting, ...]
    place: Place


@record
class EnvFile:
    """One entry of `env_file`."""

    path: str | Absent
    required: bool | Absent
    format: str | Absent | None
    place: Place


@record
class Service:
    """What a service says, with `refused` for why compose refuses the project because of it.

    One that is not `is_read` says nothing more than that.
    """

    name: str
    place: Place
    image: Text = None
    user: Text = None
    working_dir: Text = None
    build: Build | None = None
    profiles: tuple[str | Absent, ...] = ()
    env_files: tuple[EnvFile, ...] = ()
    environment: tuple[Setting, ...] = ()
    entrypoint: Command | None = None
    command: Command | None = None
    tty: bool | Absent = False
    refused: str | Absent | None = None
    is_read: bool = True


def service_of(name: str, top: Table, tree: Tree, place: Place, scope: Scope) -> Service:
    """Give a service; whatever compose refuses about it stands in `refused`."""
    try:
        service = _service(name, tree, place, scope)
        found = stranger(top, tree)
        return service if found is None else replace(service, refused=found)
    except Refused as error:
        return Service(name, place, refused=error.reason, is_read=False)
    except Unknown as error:
        return Service(name, place, refused=error.hole, is_read=False)


def _service(name: str, tree: Tree, place: Place, scope: Scope) -> Service:
    if not isinstance(tree, Table):
        raise Refused("it has neither an image nor a build")
    image, build = text_of(tree.at("image"), "`image`"), _build(tree.at("build"), scope)
    if image in {None, ""} and build is None and tree.at("provider") is None:
        raise Refused("it has neither an image nor a build")
    return Service(
        name,
        place,
        image,
        text_of(tree.at("user"), "`user`"),
        text_of(tree.at("working_dir"), "`working_dir`"),
        build,
        _profiles(tree.at("profiles")),
        _env_files(tree.at("env_file")),
        settings(tree.at("environment"), scope, "environment", "unset"),
        _command(tree.at("entrypoint"), "entrypoint"),
        _command(tree.at("command"), "command"),
        _flag(tree.at("tty"), default=False),
        _new_key(tree, SERVICE_KEYS),
    )


def _new_key(table: Table, known: frozenset[str]) -> Absent | None:
    new = any(key not in known and not key.startswith("x-") for key in table.entries)
    return _NEW_KEY if new else None


def _build(tree: Tree | None, scope: Scope) -> Build | None:
    if tree is None:
        return None
    if not isinstance(tree, Table):
        raise Refused("`build` is a list", tree.place)
    if _new_key(tree, BUILD_KEYS):
        raise Unknown(_NEW_KEY, tree.place)
    inline = text_of(tree.at("dockerfile_inline"), "`dockerfile_inline`")
    dockerfile = text_of(tree.at("dockerfile"), "`dockerfile`")
    if inline and dockerfile:
        raise Refused("it has both a `dockerfile` and an inline one", tree.place)
    return Build(
        text_of(tree.at("context"), "`context`"),
        dockerfile or (None if inline else "Dockerfile"),
        text_of(tree.at("target"), "`target`"),
        bool(inline),
        settings(tree.at("args"), scope, "args", "keep"),
        tree.place,
    )


def _profiles(tree: Tree | None) -> tuple[str | Absent, ...]:
    if tree is None:
        return ()
    if not isinstance(tree, Series):
        raise Refused("`profiles` is no list", tree.place)
    names = [text_of(item, "a profile") for item in tree.items]
    if None in names:
        raise Refused("a profile is no text", tree.place)
    return tuple(name for name in names if name is not None)


def _env_files(tree: Tree | None) -> tuple[EnvFile, ...]:
    if tree is None:
        return ()
    if not isinstance(tree, Series):
        raise Refused("`env_file` is a mapping", tree.place)
    return tuple(_env_file(item) for item in tree.items)


def _env_file(item: Tree) -> EnvFile:
    path = text_of(item.at("path"), "an env file") if isinstance(item, Table) else None
    if not isinstance(item, Table) or path is None:
        raise Refused("an env file has no path", item.place)
    if any(key not in {"path", "required", "format"} for key in item.entries):
        raise Unknown(_NEW_KEY, item.place)
    required = _flag(item.at("required"), default=True)
    return EnvFile(path, required, text_of(item.at("format"), "a format"), item.place)


def _flag(tree: Tree | None, *, default: bool) -> bool | Absent:
    if tree is None:
        return default
    value = tree.value if isinstance(tree, Leaf) else None
    return value if isinstance(value, bool) else Absent("not_collected", _DEPENDS)


def _command(tree: Tree | None, key: str) -> Command | None:
    if tree is None:
        return None
    if isinstance(tree, Series):
        return Command("list", tuple(_word(item, key) for item in tree.items), tree.place)
    if not isinstance(tree, Leaf):
        raise Refused(f"`{key}` is a mapping", tree.place)
    text = text_of(tree, f"`{key}`")
    return Command("text", split(text) if isinstance(text, str) else text or (), tree.place)


def _word(item: Tree, key: str) -> str | Absent:
    if not isinstance(item, Leaf) or not isinstance(item.value, (str, Template, Absent)):
        raise Refused(f"a word of `{key}` is no text", item.place)
    parts = parts_of(item)
    if all(isinstance(part, str) for part in parts):
        return "".join(map(str, parts))
    hole = next((part for part in parts if isinstance(part, Absent)), None)
    return hole or Absent("not_collected", _DEPENDS)
