"""Packs: folders with a `pack.yaml`, or lone rule files, and the packs that they extend."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.digests import sha256
from engine.errors import Complaint, LoadError, did_you_mean
from engine.loading.complaints import Attempts, each
from engine.loading.documents import PackDocument
from engine.loading.files import (
    PACK_FILE,
    is_path,
    list_pack_files,
    read_file,
    require_kept_inside,
)
from engine.loading.gather_entries import gather_entries
from engine.loading.graph import GRAPH_KEYS, graph, is_graph_file, joined
from engine.loading.pack_parts import overrides
from engine.loading.positions import read_yaml
from engine.loading.requirements import require_engine
from engine.loading.rule_files import lone_rule_file, require_mapping, rule_file
from engine.loading.scope import Scope
from engine.loading.shapes import shaped
from engine.loading.shared import SHARED_KEYS, shared
from engine.model.graph import Graph
from engine.model.place import Place
from engine.model.record import replace
from engine.model.rules import Pack
from engine.resources import GRAPH_PACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from engine.loading.nodes import Node
    from engine.loading.scope import Word
    from engine.model.rules import Rule


def load_packs(
    requests: Sequence[str],
    bundled: Path,
    operators: Mapping[str, Word],
    inside: str | None = None,
) -> tuple[Pack, ...]:
    """Load packs by name or path, with all that they extend; or raise everything that is wrong.

    What lies in the tree `inside` never leads out of it, but to bundled packs.
    """
    return _unique(_load_all(requests, bundled, operators, inside))


def load_packs_and_graph(
    requests: Sequence[str],
    bundled: Path,
    operators: Mapping[str, Word],
    inside: str | None = None,
) -> tuple[tuple[Pack, ...], tuple[Pack, ...]]:
    """Load packs as `load_packs` does; and the bundled graph, if it is not among them."""
    graph, *asked = _load_all((GRAPH_PACK, *requests), bundled, operators, inside)
    return _unique(asked), () if any(pack is graph for pack in asked) else (graph,)


def _load_all(
    requests: Sequence[str], bundled: Path, operators: Mapping[str, Word], inside: str | None
) -> list[Pack]:
    """Give the pack of each request."""
    loader = _Loader(str(bundled), Scope(operators), inside)
    attempts = Attempts()
    loaded = [attempts(loader.request, request) for request in requests]
    attempts.settle()
    _require_unique_ids(loader.loaded.values())
    return loaded


def _unique(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    return tuple({id(pack): pack for pack in packs}.values())


class _Loader:
    """One run of loading: each pack is read once, whoever asks for it."""

    def __init__(self, bundled: str, scope: Scope, inside: str | None) -> None:
        self.loaded: dict[str, Pack] = {}
        self._failed: dict[str, LoadError] = {}
        self._bundled = bundled
        self._scope = scope
        self._inside = inside
        self._chain: list[tuple[str, str]] = []
        self._digests: dict[str, str] = {}

    def request(self, request: str) -> Pack:
        """Load what a user asked for: the bundled pack of that name, else a path."""
        if self._is_bundled(request):
            return self._load(os.path.join(self._bundled, request), request, None)
        require_kept_inside(request, request, self._inside, None)
        if is_path(request) or os.path.exists(request):
            return self._load(request, request, None)
        raise LoadError(self._unknown(request, None))

    def _extended(self, node: Node, folder: str) -> Pack:
        """Load a pack that another one extends; a path starts at that one's folder."""
        name = str(node.value)
        if is_path(name):
            path = os.path.normpath(os.path.join(folder, name))
            require_kept_inside(path, folder, self._inside, node.place)
            return self._load(path, name, node.place)
        if self._is_bundled(name):
            return self._load(os.path.join(self._bundled, name), name, node.place)
        raise LoadError(self._unknown(name, node.place))

    def _load(self, path: str, name: str, asked_at: Place | None) -> Pack:
        if not os.path.lexists(path):
            raise LoadError(Complaint(f"there is no file or folder `{path}`", asked_at))
        if os.path.basename(path) == PACK_FILE:
            path = os.path.dirname(path) or "."
        identity = os.path.realpath(path)
        if identity in self._failed:
            raise self._failed[identity]
        if identity not in self.loaded:
            self._require_no_cycle(identity, name, asked_at)
            self._chain.append((identity, name))
            try:
                read = self._folder if os.path.isdir(path) else self._lone_file
                self.loaded[identity] = read(path)
            except LoadError as error:
                self._failed[identity] = error
                raise
            finally:
                self._chain.pop()
        return self.loaded[identity]

    def _require_no_cycle(self, identity: str, name: str, asked_at: Place | None) -> None:
        identities = [known for known, _ in self._chain]
        if identity in identities:
            around = self._chain[identities.index(identity) :]
            circle = " -> ".join([*(known for _, known in around), name])
            raise LoadError(Complaint(f"packs extend each other in a circle: {circle}", asked_at))

    def _lone_file(self, path: str) -> Pack:
        node = read_yaml(read_file(path), path)
        require_mapping(node, "a rule file", "write one rule, or a list of them under `rules:`")
        rules, common = lone_rule_file(node, self._scope)
        return Pack(
            name=os.path.splitext(os.path.basename(path))[0],
            place=node.place,
            params=common.params,
            define=common.define,
            facts=common.facts,
            rules=rules,
            files=(os.path.abspath(path),),
        )

    def _folder(self, folder: str) -> Pack:
        files = list_pack_files(folder)
        pack_file = os.path.join(folder, PACK_FILE)
        if pack_file not in files:
            advice = "write one with `pack: <name>`, or name a rule file"
            raise LoadError(Complaint(f"the folder has no `{PACK_FILE}`", Place(folder), advice))
        attempts = Attempts()
        pack = attempts(self._pack_file, pack_file, folder)
        further = [path for path in files if path != pack_file]
        read = attempts(each, lambda path: self._further_file(path, folder), further)
        attempts.settle()
        absolute = tuple(os.path.abspath(path) for path in files)
        graphs = [item for item in (pack.graph, *read) if isinstance(item, Graph)]
        rules = tuple(rule for item in read if isinstance(item, tuple) for rule in item)
        return replace(
            pack,
            rules=rules,
            files=absolute,
            digest=self._digest(folder, files),
            graph=joined(graphs),
        )

    def _pack_file(self, path: str, folder: str) -> Pack:
        """Read `pack.yaml`, and load what it extends."""
        node = read_yaml(self._content(path, folder), path)
        ours, others = node.split(SHARED_KEYS)
        drawn, _ = others.split(GRAPH_KEYS)
        attempts = Attempts()
        document = attempts(shaped, PackDocument, node)
        common = attempts(shared, ours, self._scope)
        attempts.settle()
        part = attempts(graph, drawn, self._scope) if drawn.entries else None
        if document.requires is not None:
            versions = node.entries["requires"].entries["engine"]
            attempts(require_engine, document.requires.engine, versions.place)
        names = node.entries["extends"].items if document.extends else []
        extends = attempts(each, lambda name: self._extended(name, folder), names)
        changes = attempts(overrides, node, document)
        gather = attempts(gather_entries, node, self._scope)
        attempts.settle()
        return Pack(
            name=document.pack,
            place=node.place_of("pack"),
            version=document.version,
            title=document.title,
            extends=extends,
            params=common.params,
            define=common.define,
            facts=common.facts,
            gather=gather,
            overrides=changes,
            graph=part,
        )

    def _further_file(self, path: str, folder: str) -> tuple[Rule, ...] | Graph:
        """Read a file with rules, or one with a part of the graph."""
        name = os.path.basename(path)
        if name in {PACK_FILE, "pack.yml"}:
            advice = "a pack has one `pack.yaml`, at its top"
            raise LoadError(Complaint("this is a second pack file", Place(path), advice))
        node = read_yaml(self._content(path, folder), path)
        require_mapping(node, "a rule file", "write one rule, or a list of them under `rules:`")
        read = graph if is_graph_file(node) else rule_file
        return read(node, self._scope)

    def _content(self, path: str, folder: str) -> bytes:
        """Give the bytes of a pack's file, and note them for the pack's digest."""
        content = read_file(path, inside=folder)
        self._digests[path] = sha256(content).hexdigest()
        return content

    def _digest(self, folder: str, files: Iterable[str]) -> str:
        """Give the digest of the very bytes that were read, wherever the folder lies."""
        lines = [f"{os.path.relpath(path, folder)}\0{self._digests[path]}\n" for path in files]
        whole: str = sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
        return whole

    def _is_bundled(self, name: str) -> bool:
        return not is_path(name) and os.path.isfile(os.path.join(self._bundled, name, PACK_FILE))

    def _unknown(self, name: str, place: Place | None) -> Complaint:
        known = [entry for entry in sorted(os.listdir(self._bundled)) if self._is_bundled(entry)]
        listed = ", ".join(f"`{entry}`" for entry in known)
        advice = did_you_mean(name, known) or f"bundled are {listed}; a path starts with `./`"
        return Complaint(f"there is no pack `{name}`", place, advice)


def _require_unique_ids(packs: Iterable[Pack]) -> None:
    first: dict[str, Rule] = {}
    complaints = [
        Complaint(
            f"the rule id `{rule.id}` is taken", rule.place, f"it is also at {first[rule.id].place}"
        )
        for pack in packs
        for rule in pack.rules
        if first.setdefault(rule.id, rule) is not rule
    ]
    if complaints:
        raise LoadError(complaints)
