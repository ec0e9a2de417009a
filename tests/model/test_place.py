"""Places and provenance as people and reports see them."""

from __future__ import annotations

import pytest

from engine.model.place import Place, Provenance


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.yaml"), "a.yaml"),
        (Place("a.yaml", 3), "a.yaml:3"),
        (Place("a.yaml", 3, 7), "a.yaml:3:7"),
    ],
)
def test_a_place_is_told_as_far_as_it_is_known(place: Place, text: str):
    assert str(place) == text


@pytest.mark.parametrize(
    ("provenance", "text"),
    [
        (Provenance("c", "go env", "~/.zshrc", 12, 1), "~/.zshrc:12:1"),
        (
            Provenance(file="/etc/profile", line=2, file_system="shop"),
            "/etc/profile:2 in the files of shop",
        ),
        (Provenance("c", "go env"), "go env"),
        (Provenance("c"), "c"),
        (Provenance(), "unknown origin"),
    ],
)
def test_provenance_is_the_place_else_what_was_asked(provenance: Provenance, text: str):
    assert str(provenance) == text


def test_provenance_as_json_leaves_out_what_is_not_known():
    assert Provenance(origin="go env", line=0).as_json() == {"from": "go env", "line": 0}
    assert Provenance("c", "o", "f", 1, 2).as_json() == {
        "collector": "c",
        "from": "o",
        "file": "f",
        "line": 1,
        "column": 2,
    }
    assert Provenance(file="f", file_system="shop").as_json() == {
        "file": "f",
        "file_system": "shop",
    }
