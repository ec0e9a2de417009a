from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.waivers import load_waivers
from engine.model.conditions import Match
from engine.model.place import Place
from engine.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def test_waivers_are_read_in_order(write: Callable[[Mapping[str, str]], None]) -> None:
    write(
        {
            "waivers.yaml": "waivers:\n"
            "  - rule: go.path.tools-in-goroot\n"
            "    where: {tool.name: gopls}\n"
            f'    value: "sha256:{"0" * 64}"\n'
            "    owner: build-tools@acme.example\n"
            "    because: gopls is pinned by the IDE image until 1.26\n"
            '    expires: "2027-01-31"\n'
            "  - {rule: x, owner: me, because: y, expires: 2028-02-29}\n"
        }
    )

    first, second = load_waivers("waivers.yaml", OPERATORS)

    assert first.rule == "go.path.tools-in-goroot"
    assert isinstance(first.where, Match)
    assert first.value == f"sha256:{'0' * 64}"
    assert (first.owner, first.expires) == ("build-tools@acme.example", "2027-01-31")
    assert first.place == Place("waivers.yaml", 2, 5)
    assert (second.where, second.value, second.expires) == (None, None, "2028-02-29")


def test_a_file_may_hold_no_waiver(write: Callable[[Mapping[str, str]], None]) -> None:
    write({"waivers.yaml": "waivers: []\n"})

    assert load_waivers("waivers.yaml", OPERATORS) == ()
