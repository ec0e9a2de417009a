from __future__ import annotations

import pytest

from tests.gather.fake_host import Node, folder, link

TOP = "/home/dana/shop"
WORKFLOW = """\
name: CI
on: push
env: {GOFLAGS: -mod=mod, API_TOKEN: hunter2}
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/setup-go@v6
    - name: Test it
      run: go test ./...
      working-directory: api
      env:
        GOFLAGS: -count=1
"""


@pytest.fixture
def github_of(survey_of):
    def make(files, **more):
        given = files if isinstance(files, dict) else {"ci.yml": files}
        files = {f"{TOP}/.github/workflows/{name}": content for name, content in given.items()}
        files[f"{TOP}/.git"] = folder()
        document, _ = survey_of(files, only=("github_workflows",), **more)
        return document["facts"].get("github"), document

    return make


def test_a_step_is_told_with_all_that_is_set_around_it(github_of):
    found, document = github_of(WORKFLOW)
    path = f"{TOP}/.github/workflows/ci.yml"
    assert found["workflows"] == [{"file": path, "state": "read", "name": "CI"}]
    step = found["steps"][1]
    token = step["outer_env"].pop()
    assert token["name"] == "API_TOKEN"
    assert "hunter2" not in str(document)
    assert step == {
        "id": ".github/workflows/ci.yml/test/2",
        "file": path,
        "line": 9,
        "workflow": "CI",
        "job": "test",
        "step": 2,
        "name": "Test it",
        "run": "go test ./...",
        "shell": {"name": "bash", "argv": ["bash", "-e", "{0}"]},
        "working_directory": "api",
        "runs_on": ["ubuntu-latest"],
        "outer_env": [
            {"name": "GOFLAGS", "how": "set", "value": "-mod=mod", "file": path, "line": 3}
        ],
        "env_writes": [
            {"name": "GOTOOLCHAIN", "how": "set", "value": "local", "file": path, "line": 8}
        ],
        "env": [{"name": "GOFLAGS", "how": "set", "value": "-count=1", "file": path, "line": 13}],
        "path_writes": [{"name": "PATH", "how": "prepend", "file": path, "line": 8}] * 2,
    }
    assert document["provenance"]["/github/steps/1"]["line"] == 9


def test_below_the_top_of_the_repository_its_workflows_count(github_of):
    found, _ = github_of(WORKFLOW, directory=f"{TOP}/api")
    assert found["steps"][0]["id"] == ".github/workflows/ci.yml/test/1"


def test_without_workflows_there_are_no_steps(survey_of):
    document, _ = survey_of({}, only=("github_workflows",))
    assert document["facts"]["github"] == {"workflows": [], "steps": []}
    assert not [path for path in document["absent"] if path.startswith("/github")]


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"jobs: {", "broken"),
        (b"- a", "broken"),
        (b"a: b\n---\nc: d", "broken"),
        (b"", "broken"),
        (b"a: \xff", "broken"),
        (b"a: \0", "broken"),
        (b"a: &a [*a]", "broken"),
        (b"[" * 100_000, "broken"),
        (b"#" * ((1 << 20) + 1), "unreadable"),
        (Node("fifo"), "unreadable"),
        (folder(), "unreadable"),
        (Node(mode=0), "unreadable"),
        (link("/etc/passwd"), "unreadable"),
    ],
    ids=[
        *("yaml", "list", "two", "empty", "utf8", "nul", "circle", "deep", "long"),
        *("fifo", "folder", "mode", "link"),
    ],
)
def test_a_hostile_file_costs_only_itself(github_of, content, state):
    found, document = github_of({"a.yml": content, "b.yaml": WORKFLOW, "c.txt": WORKFLOW})
    assert [each["state"] for each in found["workflows"]] == [state, "read"]
    assert [step["id"] for step in found["steps"]] == [
        f".github/workflows/b.yaml/test/{number}" for number in (1, 2)
    ]
    assert "/github/steps/-" in document["absent"]


def test_a_folder_that_is_a_link_is_not_followed(survey_of):
    document, _ = survey_of(
        {
            f"{TOP}/.github/workflows": link("/home/dana/elsewhere"),
            "/home/dana/elsewhere/a.yml": "",
        },
        only=("github_workflows",),
    )
    assert document["facts"]["github"] == {"workflows": [], "steps": []}
    assert document["absent"]["/github/steps/-"]["reason"] == "not_collected"


def test_a_workflow_with_too_much_in_it_is_bounded(github_of):
    env = ", ".join(f"A{number}: x" for number in range(500))
    steps = "\n".join("    - run: x" for _ in range(60))
    found, document = github_of(
        f"on: push\njobs:\n  a:\n    runs-on: x\n    env: {{{env}}}\n    steps:\n{steps}\n"
    )
    assert [len(step["outer_env"]) for step in found["steps"]] == [500] * 40 + [0] * 20
    assert document["absent"]["/github/steps/59/outer_env/-"]["reason"] == "too_large"
