from __future__ import annotations

import contextlib
import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.formats import toml_files
from engine.gather.formats._base import FormatError
from engine.gather.formats._toml_places import places_in
from engine.gather.formats.toml_files import _steps, read_toml
from engine.loading.nodes import plain

TEXT = '''\
title = "a # b"
"quoted key".x = 1
when = 1979-05-27 07:32:00
[project]
requires-python = ">=3.11"
dependencies = [ # three
  "a", 'b',
  """
c]""",
]
a.b = {c = [1, {d = 2}], "e" = 'x'}
[tool.x.y]
z = true
[[uv.package]]
name = "one"
[uv.package.source]
path = "."
[[uv.package]]
name = "two"
  [[uv.package.wheels]]
  hash = """"quoted\\""""""
'''
KEYS = st.sampled_from(["a", "b", '"c d"', "'e.f'", "1", "a.b", 'b . "c"'])
SCALARS = st.sampled_from([
    "1", "-1.5", "true", '"x"', "'y#'", '"""\n z"]\n"""', "'''\n'q'\n'''", "1979-05-27",
    "1979-05-27 07:32:00Z", "07:32:00", "[]", "{}", "0x1F", "inf",
])  # fmt: skip
INLINE = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(inner, max_size=3).map(lambda items: "[ # x\n" + ",\n".join(items) + "\n]")
        | st.dictionaries(KEYS, inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{k} = {v}" for k, v in pairs.items()) + "}"
        )
    ),
    max_leaves=8,
)
LINES = (
    st.tuples(KEYS, INLINE).map(lambda pair: f" {pair[0]} = {pair[1]} # end")
    | KEYS.map(lambda key: f"[{key}]")
    | KEYS.map(lambda key: f"[[ {key} ]]")
    | st.just("# [x]\n")
)


def node_at(node, *steps):
    for step in steps:
        node = node.items[step] if isinstance(step, int) else node.entries[step]
    return node


def line_of(node, *steps):
    place = node_at(node, *steps).place
    return place.line, place.column


def test_each_value_has_its_place():
    node = read_toml(TEXT.encode(), "x.toml")
    assert line_of(node, "title") == (1, 9)
    assert line_of(node, "quoted key", "x") == (2, 18)
    assert line_of(node, "project") == (4, 1)
    assert line_of(node, "project", "requires-python") == (5, 19)
    assert line_of(node, "project", "dependencies", 1) == (7, 8)
    assert line_of(node, "project", "dependencies", 2) == (8, 3)
    assert line_of(node, "project", "a", "b", "c", 1, "d") == (11, 21)
    assert line_of(node, "tool", "x", "y", "z") == (13, 5)
    assert line_of(node, "uv", "package", 0, "source", "path") == (17, 8)
    assert line_of(node, "uv", "package", 1, "name") == (19, 8)
    assert node_at(node, "uv", "package", 1, "wheels", 0, "hash").value == '"quoted"""'


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_every_value_is_found_where_tomllib_reads_it(text):
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = places_in(text)
    assert set(found) == set(_steps(value, ()))
    for steps, index in found.items():
        inner = value
        for step in steps:
            inner = inner[step]
        if not isinstance(inner, dict | list):
            # What stands there is the value: read alone, it is the same.
            rest = text[index:]
            assert any(_read_alone(rest[:end]) == (inner,) for end in range(1, len(rest) + 1)), (
                steps,
                rest,
            )


def _read_alone(text):
    try:
        return (tomllib.loads(f"x = {text}")["x"],)
    except (tomllib.TOMLDecodeError, KeyError):
        return ()


def test_where_the_places_are_not_certain_only_the_file_is_told(monkeypatch):

    monkeypatch.setattr(toml_files, "places_in", lambda _: {("a",): 0})
    node = read_toml(b"a = 1\nb = 2\n", "x.toml")
    assert (str(node.place), str(node.entries["a"].place)) == ("x.toml", "x.toml")


def test_dates_are_texts_and_odd_numbers_holes():
    node = read_toml(
        b"d = 2026-01-02\nt = 2026-01-02T03:04:05Z\ni = inf\nn = nan\nh = 0x" + b"f" * 5000, "x"
    )
    assert node.entries["d"].value == "2026-01-02"
    assert node.entries["t"].value == "2026-01-02T03:04:05+00:00"
    assert {node.entries[key].value.cause for key in "inh"} == {"unsupported"}


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("a = 1\na = 2\n", 2, "parse_error"),
        ("a =\n", 1, "parse_error"),
        ("a = s3cr3t", 1, "parse_error"),
        ("a = " + "[" * 5000, None, "too_large"),
        ("a = " + "[" * 70 + "]" * 70, None, "too_large"),
        ("a = " + "1" * 5000, None, "parse_error"),
        (".".join("a" * 5000) + " = 1", 1, "too_large"),
        (".".join(['"a"'] * 5000) + " = 1", 1, "too_large"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, cause):
    with pytest.raises(FormatError) as error:
        read_toml(text.encode(), "x")
    assert (error.value.place.line, error.value.cause) == (line, cause)
    assert "s3cr3t" not in error.value.what


@pytest.mark.parametrize(
    "hostile",
    [
        "." * 1_000_000,
        "a." * 500_000 + "b=1",
        "[a]\n" + "b.c=1\n" * 100_000,
        "".join(f"k{n} = {n}\n" for n in range(60_000)),
        "".join(f"[[a]]\nb = {n}\n" for n in range(50_000)),
        'a = """' + '"" ' * 300_000 + '"""',
        "a = [" + "1," * 400_000 + "]",
        "#" * 1_000_000,
        'a = "' + "\\" * 1_000_000,
    ],
    ids=range(9),
)
def test_a_hostile_file_takes_no_long_time(hostile):
    start = time.perf_counter()
    with contextlib.suppress(FormatError):
        plain(read_toml(hostile.encode(), "x"))
    assert time.perf_counter() - start < 20
