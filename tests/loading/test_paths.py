from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import LoadError
from engine.loading.paths import parse_path
from engine.model.place import Place

HERE = Place("file.yaml", 1, 1)
KEYS = st.text(st.characters(exclude_categories=("Cs",)))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("a", ("a",)),
        ("a.b.c", ("a", "b", "c")),
        ("go.env.GOROOT", ("go", "env", "GOROOT")),
        ('a["odd key"].b', ("a", "odd key", "b")),
        ('["same"].a', ("same", "a")),
        ("list[0]", ("list", 0)),
        ("list[-1].x[2][3]", ("list", -1, "x", 2, 3)),
        ("a.0", ("a", "0")),
        ("a-b._c.1d", ("a-b", "_c", "1d")),
        ('a["\\u00e9\\n\\"]"]', ("a", 'é\n"]')),
        ('a[""]', ("a", "")),
        ("tool.$key", ("tool", "$key")),
    ],
)
def test_a_path_has_these_steps(text: str, steps: tuple[str | int, ...]) -> None:
    path = parse_path(text, HERE)

    assert path.steps == steps
    assert [type(step) for step in path.steps] == [type(step) for step in steps]
    assert (path.text, path.place) == (text, HERE)


@given(keys=st.lists(KEYS, min_size=1, max_size=4))
def test_every_key_can_be_written_in_quotes(keys: list[str]) -> None:
    text = "".join(f"[{json.dumps(key, ensure_ascii=False)}]" for key in keys)

    assert parse_path(text, HERE).steps == tuple(keys)


@given(text=st.text())
def test_a_text_is_a_path_or_refused_with_advice(text: str) -> None:
    try:
        first = parse_path(text, HERE).steps[0]
    except LoadError as error:
        first = error.complaints[0].advice

    assert isinstance(first, str)


def test_the_place_of_a_mistake_can_be_exact() -> None:
    with pytest.raises(LoadError) as caught:
        parse_path("a.b c", HERE, lambda index: Place("file.yaml", 1, 10 + index))

    assert caught.value.complaints[0].place == Place("file.yaml", 1, 13)
