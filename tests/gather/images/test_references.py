from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.images.references import familiar, local_spellings, repository, spellings

DIGEST = "@sha256:" + "0" * 64
OF_GOLANG = [
    "golang",
    "golang:latest",
    "library/golang",
    "library/golang:latest",
    "docker.io/golang",
    "docker.io/library/golang:latest",
    "index.docker.io/library/golang",
]


@pytest.mark.parametrize("reference", OF_GOLANG)
def test_all_spellings_of_one_image_meet(reference):
    assert familiar(reference) == "golang:latest"
    assert spellings(reference) == spellings("golang")
    assert set(OF_GOLANG) <= set(spellings(reference))


@pytest.mark.parametrize(
    ("reference", "short", "whole"),
    [
        ("golang:1.22", "golang:1.22", "docker.io/library/golang"),
        ("dana/tool", "dana/tool:latest", "docker.io/dana/tool"),
        ("a/b/c:1", "a/b/c:1", "docker.io/a/b/c"),
        ("library/a/b:1", "library/a/b:1", "docker.io/library/a/b"),
        ("localhost/tool:1", "localhost/tool:1", "localhost/tool"),
        ("localhost:5000/tool", "localhost:5000/tool:latest", "localhost:5000/tool"),
        ("example.com:5000/t/tool:v1", "example.com:5000/t/tool:v1", "example.com:5000/t/tool"),
        ("Host/tool", "Host/tool:latest", "Host/tool"),
        ("ghcr.io/dana/tool" + DIGEST, "ghcr.io/dana/tool" + DIGEST, "ghcr.io/dana/tool"),
        ("golang:1.22" + DIGEST, "golang:1.22" + DIGEST, "docker.io/library/golang"),
    ],
)
def test_a_reference_is_read_as_docker_reads_it(reference, short, whole):
    assert (familiar(reference), repository(reference)) == (short, whole)


def test_only_the_latest_goes_without_a_tag():
    assert spellings("golang:1.22")[:1] == ("golang:1.22",)
    assert "golang" not in spellings("golang:1.22")
    assert "golang" not in spellings("golang" + DIGEST)
    assert spellings("example.com/x:1") == ("example.com/x:1",)


def test_what_podman_built_is_found_without_its_place():
    assert local_spellings("localhost/mine:1") == ("mine:1", "localhost/mine:1")
    assert "mine" in local_spellings("localhost/mine")
    assert "mine:1" not in spellings("localhost/mine:1")
    assert local_spellings("example.com/x:1") == ("example.com/x:1",)


@given(
    st.from_regex(
        r"(?:[a-z]{1,4}(?:\.[a-z]{2}|:\d{2})?/){0,3}[a-z]{1,5}(?::[a-z0-9.]{1,4})?", fullmatch=True
    )
)
def test_every_spelling_spells_the_same(reference):
    for name in spellings(reference):
        assert spellings(name) == spellings(reference)
    assert familiar(reference) in spellings(reference)
    assert familiar(familiar(reference)) == familiar(reference)
