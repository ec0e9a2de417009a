"""A pack's part of the graph may lie in several files, beside its rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.errors import LoadError
from engine.loading.packs import load_packs, load_packs_and_graph
from engine.model.conditions import Literal
from engine.model.graph import Joined, Variable
from engine.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Write = Callable[[Mapping[str, str]], None]

SOURCE = "sources: {{{}: {{touches: [A]}}}}\n"


def test_the_graph_of_all_files_is_that_of_the_pack(write: Write) -> None:
    write(
        {
            "p/pack.yaml": "pack: p\n" + SOURCE.format("a"),
            "p/deep/more.yaml": SOURCE.format("b") + "tracks: {variables: [X]}\n",
            "p/rule.yaml": "id: r\nrequire: {a: 1}\n",
        }
    )

    (pack,) = load_packs(["p"], Path("nowhere"), OPERATORS)

    assert pack.graph is not None
    assert [source.id for source in pack.graph.sources] == ["a", "b"]
    assert pack.graph.variables == ("X",)
    assert [rule.id for rule in pack.rules] == ["r"]


def test_a_pack_without_the_four_keys_has_no_graph(write: Write) -> None:
    write({"p/pack.yaml": "pack: p\n"})

    (pack,) = load_packs(["p"], Path("nowhere"), OPERATORS)

    assert pack.graph is None


def test_a_path_keeps_its_parts_and_their_places(write: Write) -> None:
    path = "{join: [{env: X, else: /etc, empty_is_unset: true}, a.sh]}"
    write({"p/pack.yaml": f"pack: p\nsources:\n  s: {{file: {path}, syntax: sh}}\n"})

    (pack,) = load_packs(["p"], Path("nowhere"), OPERATORS)

    assert pack.graph is not None
    (made,) = pack.graph.sources[0].paths
    assert isinstance(made, Joined)
    variable, last = made.parts
    assert isinstance(variable, Variable)
    assert (variable.name, variable.empty_is_unset, variable.place.column) == ("X", True, 21)
    assert isinstance(variable.fallback, Literal)
    assert isinstance(last, Literal)
    assert (variable.fallback.value, last.value) == ("/etc", "a.sh")


def test_mistakes_of_all_files_are_told_at_once(write: Write) -> None:
    write(
        {
            "p/pack.yaml": "pack: p\nsources: {a: {}}\n",
            "p/more.yaml": "processes: {a: {reads: [1]}}\n",
        }
    )

    with pytest.raises(LoadError) as caught:
        load_packs(["p"], Path("nowhere"), OPERATORS)

    assert [str(one).partition(":")[0] for one in caught.value.complaints] == [
        "p/more.yaml",
        "p/pack.yaml",
    ]


def test_the_bundled_graph_stands_beside_what_was_asked_for(bundled: Path) -> None:
    packs, graph = load_packs_and_graph(["go"], bundled, OPERATORS)

    assert [pack.name for pack in packs] == ["go"]
    assert [pack.name for pack in graph] == ["precedence"]


def test_the_bundled_graph_is_not_taken_twice(bundled: Path) -> None:
    packs, graph = load_packs_and_graph(["go", "precedence", "go"], bundled, OPERATORS)

    assert [pack.name for pack in packs] == ["go", "precedence"]
    assert graph == ()


def test_the_bundled_graph_has_no_rules_and_says_how_each_edge_is_known(bundled: Path) -> None:
    (pack,) = load_packs(["precedence"], bundled, OPERATORS)

    assert pack.rules == ()
    assert pack.graph is not None
    vague = [
        (process.id, read.source)
        for process in pack.graph.processes
        for read in process.reads or ()
        if not read.evidence
    ]
    assert vague == []
    assert all(tool.evidence for tool in pack.graph.tools)
