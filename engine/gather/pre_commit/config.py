"""Reads .pre-commit-config.yaml: its hooks, with what holds for them by default.

The keys and their defaults are those of `clientlib.py` and `repository.py` of pre-commit 4, which
refuses a file as a whole if any key is of a wrong type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.formats._base import FormatError
from engine.gather.formats.yaml_files import read_yaml
from engine.model.facts import Absent, type_in_words
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.loading.nodes import Node

NAME = ".pre-commit-config.yaml"
LOCAL, META = "local", "meta"
DEFAULT = "default"

# The hooks of git that pre-commit serves, and its own stage.
STAGES = (
    "commit-msg", "post-checkout", "post-commit", "post-merge", "post-rewrite", "pre-commit",
    "pre-merge-commit", "pre-push", "pre-rebase", "prepare-commit-msg", "manual",
)  # fmt: skip
_OLD_STAGES = {"commit": "pre-commit", "merge-commit": "pre-merge-commit", "push": "pre-push"}
_UNREAD = Absent("not_collected", "it is in the manifest of the hook's repository")


@record
class Hook:
    """One hook; what its repository's manifest may say, and the file does not, is a hole.

    `version` is the version of its language, or `default` where pre-commit chooses one.
    """

    id: str
    repo: str
    rev: str | Absent | None
    language: str | Absent
    version: str | Absent
    entry: str | Absent
    arguments: tuple[str | Absent, ...] | Absent
    dependencies: tuple[str | Absent, ...] | Absent
    stages: tuple[str | Absent, ...] | Absent
    line: int | None


def hooks_of(data: bytes) -> Iterator[Hook | Absent]:
    """Give the hooks in order, a hole where one cannot be read; may raise `FormatError`."""
    root = read_yaml(data, NAME)
    repos = root.entries.get("repos")
    if repos is None or not isinstance(repos.value, list):
        raise FormatError("`repos` is no list", None if repos is None else repos.place.line)
    for repo in repos.items:
        yield from _Repository(root, repo).hooks()


class _Repository:
    """One entry of `repos`, with what the whole file says."""

    def __init__(self, root: Node, node: Node) -> None:
        self._root, self._node = root, node

    def hooks(self) -> Iterator[Hook | Absent]:
        repo = _text(self._node, "repo")
        hooks = self._node.entries.get("hooks")
        if not isinstance(repo, str) or hooks is None or not isinstance(hooks.value, list):
            line = self._node.place.line
            yield Absent("parse_error", f"line {line} names no repository, or no list of hooks")
            return
        for hook in hooks.items:
            yield self._hook(repo, hook)

    def _hook(self, repo: str, hook: Node) -> Hook | Absent:
        name = _text(hook, "id")
        if not isinstance(name, str):
            return Absent("parse_error", f"line {hook.place.line} is a hook without an `id`")
        # What a hook of this file does not say has a default; others have a manifest.
        is_own = repo in {LOCAL, META}
        language = self._language(repo, hook)
        entry = _text(hook, "entry")
        if repo == META:
            entry = Absent("opaque", "pre-commit runs a check of its own")
        elif entry is None:
            needed = Absent("parse_error", "a hook of this file needs an `entry`")
            entry = needed if is_own else _UNREAD
        unsaid: tuple[()] | Absent = () if is_own else _UNREAD
        arguments, dependencies = _texts(hook, "args"), _texts(hook, "additional_dependencies")
        return Hook(
            id=name,
            repo=repo,
            rev=_text(self._node, "rev"),
            language=language,
            version=self._version(hook, language, is_own=is_own),
            entry=entry,
            arguments=unsaid if arguments is None else arguments,
            dependencies=unsaid if dependencies is None else dependencies,
            stages=self._stages(hook, is_own=is_own),
            line=hook.place.line,
        )

    def _language(self, repo: str, hook: Node) -> str | Absent:
        if repo == META:
            return "system"
        language = _text(hook, "language")
        if language is not None:
            return language
        if repo == LOCAL:
            return Absent("parse_error", "a hook of this file needs a `language`")
        return _UNREAD

    def _version(self, hook: Node, language: str | Absent, *, is_own: bool) -> str | Absent:
        version = _text(hook, "language_version")
        if version is None and not is_own:
            return _UNREAD
        if version is not None and version != DEFAULT:
            return version
        if isinstance(language, Absent):
            return language
        defaults = self._root.entries.get("default_language_version")
        chosen = None if defaults is None else _text(defaults, language)
        return DEFAULT if chosen is None else chosen

    def _stages(self, hook: Node, *, is_own: bool) -> tuple[str | Absent, ...] | Absent:
        stages = _texts(hook, "stages")
        if stages is None and not is_own:
            return _UNREAD
        if not stages:  # none of its own, or an empty list
            stages = _texts(self._root, "default_stages")
        if stages is None or isinstance(stages, Absent):
            return STAGES if stages is None else stages
        return tuple(
            _OLD_STAGES.get(stage, stage) if isinstance(stage, str) else stage for stage in stages
        )


def _text(node: Node, key: str) -> str | Absent | None:
    """Give a key's text; None where there is no such key, a hole where it is no text."""
    child = node.entries.get(key)
    return None if child is None else _as_text(child)


def _texts(node: Node, key: str) -> tuple[str | Absent, ...] | Absent | None:
    child = node.entries.get(key)
    if child is None:
        return None
    if isinstance(child.value, Absent):
        return child.value
    if not isinstance(child.value, list):
        return Absent("parse_error", f"line {child.place.line} is no list")
    return tuple(_as_text(item) for item in child.items)


def _as_text(node: Node) -> str | Absent:
    if isinstance(node.value, (str, Absent)):
        return node.value
    kind = "no text" if isinstance(node.value, (list, dict)) else type_in_words(node.value)
    return Absent("parse_error", f"line {node.place.line} is {kind}, where a text is needed")
