from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.assignments import Reference
from engine.gather.dockerfile.reading import read
from engine.gather.dockerfile.refusal import Beyond, Refused
from engine.model.facts import Absent

INHERITED = "inherited"


def last(text):
    stage = read(text.encode()).stages[-1]
    assert stage.refused is None
    return stage


def value(text, name):
    return last(text).image[name].parts


def test_what_is_left_over_refers_to_the_base_image():
    text = "FROM golang\nENV PATH=/a:$PATH\nENV PATH=/b:$PATH\n"
    assert value(text, "PATH") == ("/b:/a:", Reference("PATH", of=INHERITED))
    assert last(text).image["PATH"].line == 3


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("${X:-d}", Reference("X", INHERITED, otherwise=("d",), empty_is_unset=True)),
        ("${X-d}", Reference("X", INHERITED, otherwise=("d",))),
        ("${X:+d}", Reference("X", INHERITED, then=("d",), empty_is_unset=True)),
        ("${X+}", Reference("X", INHERITED, then=())),
    ],
)
def test_alternatives_depend_on_the_base_image(word, part):
    assert value(f"FROM golang\nENV A={word}\n", "A") == (part,)


@pytest.mark.parametrize("word", ["${X#a}", "${X%%*}", "${X/a/b}", "${X//a/$Y}"])
def test_a_part_of_what_is_not_known_is_a_hole(word):
    assert [type(part) for part in value(f"FROM golang\nENV A={word}\n", "A")] == [Absent]


def test_a_demand_on_the_base_image_is_told():
    stage = last("FROM golang\nENV A=${X:?}\n")
    assert stage.demands == {"X"}
    assert isinstance(stage.image["A"].parts[0].otherwise[0], Absent)


def test_builders_that_disagree_make_it_ambiguous():
    stage = last("FROM a\nENV A=1\nARG A=2\nARG B=1\nARG B=2\nENV C=$A\n")
    assert stage.image["A"].parts == ("1",)
    assert stage.build["A"].parts[0].cause == "ambiguous"
    assert stage.image["C"].parts[0].cause == "ambiguous"
    assert stage.build["B"].parts == ("2",)
    stage = last("FROM a AS x\nARG A=1\nFROM x\nENV B=$A\n")
    assert stage.image["B"].parts[0].cause == "ambiguous"


def test_builders_that_agree_do_not():
    stage = last("FROM a\nARG A=1\nENV A=$A\nARG A=1\nENV B=$A\n")
    assert stage.image["B"].parts == ("1",)
    assert stage.image["B"].args == {"A"}


def test_what_a_build_argument_decides_is_told():
    text = "ARG V=1.22\nARG U\nFROM golang:$V\nARG V\nENV A=$V B=$U C=x\n"
    stage = last(text)
    assert stage.base.name == "golang:1.22"
    assert stage.base.reference == "docker.io/library/golang:1.22"
    assert stage.base.args == {"V"}
    assert (stage.image["A"].parts, stage.image["A"].args) == (("1.22",), {"V"})
    assert stage.image["C"].args == set()


@pytest.mark.parametrize("arg", ["TARGETARCH", "HTTP_PROXY", "no_proxy=x", "SOURCE_DATE_EPOCH=1"])
def test_what_the_client_gives_is_not_known(arg):
    name = arg.partition("=")[0]
    assert isinstance(value(f"FROM scratch\nARG {arg}\nENV A=${name}\n", "A")[0], Absent)
    assert value(f"FROM scratch\nENV A=${name}\n", "A") == ()


def test_a_base_that_the_platform_decides_is_unknown():
    stage = last("FROM a AS b-amd64\nENV A=1\nFROM b-$TARGETARCH\nENV B=$A\n")
    assert stage.base.kind == "unknown"
    assert isinstance(stage.image["B"].parts[0], Absent)
    assert stage.more is not None


def test_an_entrypoint_takes_away_the_command_of_the_base():
    assert last("FROM a AS x\nCMD b\nFROM x\nENTRYPOINT c\n").cmd.form == "none"
    assert last("FROM a AS x\nCMD b\nFROM x\nCMD d\nENTRYPOINT c\n").cmd.text == "d"
    assert last("FROM a AS x\nCMD b\nFROM x\n").cmd.text == "b"


def test_a_stage_is_refused_with_those_that_need_it_only():
    found = read(b"FROM scratch AS a\nENV A=${B:?}\nFROM scratch AS b\nFROM a\n").stages
    assert [stage.refused is not None for stage in found] == [True, False, True]
    assert found[2].refused.line == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", None),
        ("# only\n", None),
        ("RUN x\n", 1),
        ("FROM a\nENV A\n", 2),
        ("FROM a\n\nENV A='x\n", 3),
        ("FROM a\nRUN <<EOF\nx\n", 2),
        ("FROM a AS a\nCOPY --from=b x y\nFROM a AS b\nCOPY --from=a x y\n", 1),
        ("FROM a AS a\nCOPY --from=a x y\n", 1),
        ("# escape=x\nFROM a\n", 1),
        ("# escape=`\n# escape=`\nFROM a\n", 2),
        ("# check=foo\nFROM a\n", None),
        ("FROM a\nENV A=" + "x" * (1 << 16) + "\n", 2),
        ("FROM a\n" + "ONBUILD " * 5000 + "RUN x\n", 2),
    ],
    ids=range(13),
)
def test_a_refusal_names_its_line(text, line):
    try:
        refused = read(text.encode()).stages[-1].refused
    except Refused as error:
        refused = error
    assert refused.reason
    assert refused.line == line


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"# syntax=example.com/other\nFROM a\n", "other_syntax"),
        (b"// syntax=example.com/other\nFROM a\n", "other_syntax"),
        (b"FROM --platform=windows/amd64 a\n", "other_platform"),
        (b"FROM a\nRUN " + b"[" * 60_000, "too_deep"),
        (b"FROM a\nENV A=" + b"${a:-" * 9000 + b"}" * 9000, "too_deep"),
        (b"FROM a\n" * 501, "too_large"),
        (b"FROM a\n" * 100_000, "too_large"),
        (b"FROM a AS a\n" + b"ONBUILD ENV A=1\n" * 9000 + b"FROM a\n" * 499, "too_large"),
        (
            b"".join(b"FROM a%d AS a%d\nENV V%d=1\n" % (n, n + 1, n) for n in range(400)),
            "too_large",
        ),
    ],
    ids=range(9),
)
def test_what_goes_too_far_has_one_clear_answer(content, state):
    with pytest.raises(Beyond) as caught:
        read(content)
    assert caught.value.state == state


def test_official_syntaxes_are_read():
    for name in ("docker/dockerfile:1", "docker.io/docker/dockerfile:1-labs", "docker/dockerfile"):
        assert read(f"# syntax={name}\nFROM a\n".encode()).directives["syntax"] == name


def test_values_that_grow_stop_being_told():
    for line in ("ENV A=$A$A\n", "ENV A=$B$A\n", "ENV A=${B:-$A}\n", "ENV A=${A:-$B}${B:+$A}\n"):
        assert value("FROM a\nENV A=x\n" + line * 1000, "A")[-1]
    assert isinstance(value("FROM a\nENV A=x\n" + "ENV A=$A$A\n" * 1000, "A")[0], Absent)


@given(st.binary(max_size=200) | st.text().map(lambda text: f"FROM a\nENV A={text}\n".encode()))
def test_any_bytes_are_read_or_refused(content):
    try:
        read(content)
    except (Refused, Beyond) as error:
        reason = error.reason
    else:
        reason = "none"
    assert reason
