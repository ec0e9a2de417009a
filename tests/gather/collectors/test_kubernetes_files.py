"""Which files below a directory are manifests, and what broken and hostile ones cost."""

from __future__ import annotations

import pytest

from tests.gather.collectors.test_kubernetes import TOP, pod
from tests.gather.fake_host import Node, folder, link


@pytest.fixture
def kubernetes_of(survey_of):
    def make(files):
        given = {f"{TOP}/{name}": content for name, content in files.items()}
        document, _ = survey_of(given, only=("kubernetes",))
        return document["facts"]["kubernetes"], document["absent"]

    return make


def test_helm_and_broken_manifests_leave_the_list_open(kubernetes_of):
    templated = pod("image: x").replace("name: shop", "name: {{ .Release.Name }}")
    found, absent = kubernetes_of(
        {
            "chart/Chart.yaml": "name: shop\n",
            "chart/templates/a.yaml": pod("image: '{{ .Values.image }}'"),
            "chart/templates/b.yaml": pod("image: b"),
            "c.yaml": "{{ if .x }}\n" + templated,
            "d.yaml": pod("image: [x"),
            "e.yaml": pod("image: '{{ x }}'"),
        }
    )
    states = {each["file"].removeprefix(TOP + "/"): each["state"] for each in found["files"]}
    assert states == {
        "c.yaml": "template",
        "d.yaml": "broken",
        "e.yaml": "read",
        "chart/templates/a.yaml": "template",
        "chart/templates/b.yaml": "read",
    }
    assert [row.get("image") for row in found["containers"]] == [None, "b"]
    assert "/kubernetes/containers/-" in absent


def test_folders_of_others_and_what_is_no_manifest_are_passed_over(kubernetes_of):
    manifest = pod("image: x")
    found, _ = kubernetes_of(
        {
            "vendor/a.yaml": manifest,
            "x/node_modules/a.yaml": manifest,
            ".hidden/a.yaml": manifest,
            "1/2/3/4/ok.yaml": manifest,
            "1/2/3/4/5/deep.yaml": manifest,
            "values.yaml": "kind: x\n# apiVersion\n",
            "a.yaml": folder(),
            "b.yaml": Node("fifo"),
            "c.txt": manifest,
        }
    )
    assert [each["file"] for each in found["files"]] == [f"{TOP}/1/2/3/4/ok.yaml"]


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"apiVersion: v1\nkind: Pod\n\xff", "broken"),
        (b"apiVersion: v1\nkind: Pod\n\0", "broken"),
        (b"apiVersion: v1\nkind: &a [*a]", "broken"),
        (b"apiVersion: v1\nkind: " + b"[" * 100_000, "broken"),
        (
            b"apiVersion: v1\nkind: x\na: &a [b,b,b,b,b,b,b,b,b]\n"
            + b"".join(
                b"%c: &%c [%s]\n" % (at, at, b",".join([b"*%c" % (at - 1)] * 9))
                for at in range(98, 110)
            ),
            "broken",
        ),
        (b"apiVersion: v1\nkind: x\n" + b"#" * (1 << 20), "unreadable"),
        (Node(mode=0), "unreadable"),
        (link("/etc/passwd"), "unreadable"),
    ],
    ids=["utf8", "nul", "circle", "deep", "bomb", "long", "mode", "link"],
)
def test_a_hostile_file_costs_only_itself(kubernetes_of, content, state):
    found, absent = kubernetes_of({"a.yaml": content, "b.yaml": pod("image: x")})
    assert [each["state"] for each in found["files"]] == [state, "read"]
    assert [row["id"] for row in found["containers"]] == ["pod/shop/app"]
    assert "/kubernetes/containers/-" in absent
