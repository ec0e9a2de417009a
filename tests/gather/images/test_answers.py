from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.images.answers import Image, images_in
from engine.model.facts import Absent


def image_of(config=None, **more):
    (found,) = images_in(json.dumps([{"Id": "sha256:ab", "Config": config} | more]).encode())
    return found


@pytest.mark.parametrize(
    "config", [None, {}, {"Env": None, "Cmd": None, "Entrypoint": None}, {"Env": [], "User": ""}]
)
def test_what_an_image_says_nothing_about_is_left_out(config):
    image = image_of(config)
    assert image.variables == ()
    assert (image.entrypoint, image.command, image.shell) == (None, None, None)
    assert (image.user, image.directory, image.system, image.tags) == (None, None, None, ())


def test_names_that_stand_for_none_are_none():
    image = image_of(RepoTags=["<none>:<none>"], RepoDigests=["<none>@<none>", "a@sha256:1"])
    assert (image.tags, image.digests) == ((), ("a@sha256:1",))


def test_the_shell_of_podmans_images_is_not_known():
    assert image_of({}, ManifestType="x").shell.cause == "unsupported"
    assert image_of({"Shell": ["/bin/bash"]}, ManifestType="x").shell == ("/bin/bash",)


def test_a_variable_is_split_at_the_first_sign_and_others_are_holes():
    found = image_of({"Env": ["A=b=c", "EMPTY=", "NAME", "=x", ""]}).variables
    assert [(each.name, each.parts) for each in found[:2]] == [("A", ("b=c",)), ("EMPTY", ("",))]
    assert [isinstance(each, Absent) for each in found] == [False, False, True, True, True]


@pytest.mark.parametrize(
    ("config", "field"),
    [
        ({"Env": "A=1"}, "variables"),
        ({"Env": ["A=1", 2]}, "variables"),
        ({"Cmd": {"a": 1}}, "command"),
        ({"Entrypoint": "/bin/sh"}, "entrypoint"),
        ({"User": 0}, "user"),
        ({"WorkingDir": ["/"]}, "directory"),
    ],
)
def test_a_field_of_another_form_is_a_hole(config, field):
    assert getattr(image_of(config), field).cause == "parse_error"


@pytest.mark.parametrize(
    "answer",
    [b"", b"{}", b"[", b"\xff", b"null", b"[" * 100_000, b'"x"', b"[NaN", b"[1] [2]"],
    ids=range(9),
)
def test_an_answer_of_another_form_is_a_hole(answer):
    assert images_in(answer).cause == "parse_error"


@pytest.mark.parametrize(
    "image",
    [1, None, [], {}, {"Id": 1}, {"Id": "a", "Config": []}, {"Id": "a", "RepoTags": "x"}],
    ids=str,
)
def test_an_image_of_another_form_costs_only_itself(image):
    bad, good = images_in(json.dumps([image, {"Id": "b"}]).encode())
    assert isinstance(bad, Absent)
    assert good.name == "sha256:b"


TEXTS = st.text(max_size=5)
VALUES = st.none() | st.integers() | TEXTS | st.lists(TEXTS | st.integers(), max_size=3)
KEYS = ["Id", "RepoTags", "RepoDigests", "Os", "Architecture", "ManifestType"]
FIELDS = ["Env", "Cmd", "Entrypoint", "Shell", "User", "WorkingDir"]
CONFIGS = VALUES | st.dictionaries(st.sampled_from(FIELDS), VALUES)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES), CONFIGS)
def test_whatever_is_answered_gives_an_image_or_a_hole(image, config):
    answer = json.dumps([image | {"Config": config}]).encode()
    assert isinstance(images_in(answer)[0], (Image, Absent))


@given(st.binary())
def test_any_bytes_are_read_or_refused(answer):
    assert isinstance(images_in(answer), (tuple, Absent))
