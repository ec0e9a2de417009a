from __future__ import annotations

import contextlib
import shutil
import subprocess
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.gather.formats._base import FormatError
from engine.gather.formats.env_files import read_env
from engine.model.facts import Absent

BASH = shutil.which("bash")
TEXT = """\
# os-release
NAME="Acme OS"
VERSION_ID=12
export REGION='eu west'
HOME_URL=https://acme.example/x?y=1
EMPTY=
NOTE=one two
PATH=$PATH:/opt
LINES="a
b"
VERSION_ID=13
"""


def read(text):
    return read_env(text.encode(), "x.env")


def known(node):
    return {k: n.value for k, n in node.entries.items() if not isinstance(n.value, Absent)}


def causes(node):
    return {k: n.value.cause for k, n in node.entries.items() if isinstance(n.value, Absent)}


def test_plain_values_are_known_and_the_others_say_why_not():
    node = read(TEXT)
    assert known(node) == {
        "NAME": "Acme OS",
        "VERSION_ID": "13",
        "REGION": "eu west",
        "HOME_URL": "https://acme.example/x?y=1",
        "EMPTY": "",
        "LINES": "a\nb",
    }
    assert causes(node) == {"NOTE": "ambiguous", "PATH": "opaque"}


def test_each_value_has_its_place_and_the_last_one_counts():
    entries = read(TEXT).entries
    assert [(entries[k].place.line, entries[k].place.column) for k in ("NAME", "VERSION_ID")] == [
        (2, 6),
        (11, 12),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "a#b",
        "a # b",
        "'a' # b",
        "'a'#b",
        "~/x",
        "/a:~/x",
        "a;b",
        "a&b",
        "a|b",
        "a<b",
        "(a)",
        "x\ty",
        '"a\\nb"',
        '"a\\"b"',
        "$X",
        "`x`",
        '"$X"',
        "a\r",
    ],
)
def test_what_readers_expand_or_cut_off_is_a_hole(value):
    node = read(f"A={value}\nB=1\n")
    assert list(causes(node)) == ["A"]
    assert known(node) == {"B": "1"}


@pytest.mark.parametrize(
    "text",
    [
        "if true; then\nA=1\nfi\n",
        "A = 1\n",
        "A=it's\n",
        'A="x\n',
        "A='a'b\n",
        "A=x\\\ny\n",
        "export A\n",
        "1A=x\n",
        "A.B=x\n",
        'A=x"y"\n',
    ],
)
def test_a_file_with_a_line_that_is_no_assignment_is_refused(text):
    with pytest.raises(FormatError) as error:
        read(text)
    assert error.value.place.line == 1


WORDS = st.text(alphabet="ab1 #=/:.-_'\"$\\`~;&|()<>*?[]{}!%@^,+\té\n", max_size=12)


@pytest.mark.skipif(BASH is None, reason="needs bash")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_what_is_known_is_what_bash_assigns(tmp_path, words):
    text = "".join(f"V{n}={word}\n" for n, word in enumerate(words))
    try:
        ours = known(read(text))
    except FormatError:
        return
    file = tmp_path / "x.env"
    file.write_text(text, "utf-8")
    # Whatever is no assignment must not run: functions hide nothing, so PATH is empty.
    script = "".join(f'printf "%s\\0" "$V{n}"; ' for n in range(len(words)))
    if not all(f"V{n}" in ours for n in range(len(words))):
        return
    ran = subprocess.run(
        [BASH, "--norc", "-c", f". {file}; {script}"],
        capture_output=True,
        check=False,
        env={"PATH": "", "LC_ALL": "C.UTF-8"},
    )
    told = ran.stdout.decode().split("\0")[:-1]
    assert told == [ours[f"V{n}"] for n in range(len(words))]


@pytest.mark.parametrize(
    "hostile",
    [
        "A=" + " #" * 500_000,
        'A="' + "\\" * 1_000_001,
        "A='" + "\n" * 10**6,
        "\n" * 10**6,
        " " * 10**6,
        "A=" + " " * 10**6 + "x",
    ],
)
def test_a_hostile_file_takes_no_long_time(hostile):
    start = time.perf_counter()
    with contextlib.suppress(FormatError):
        read(hostile)
    assert time.perf_counter() - start < 10
