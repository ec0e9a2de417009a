from __future__ import annotations

import pytest

from tests.gather.fake_host import Node, folder, link

TOP = "/home/dana/shop"


@pytest.fixture
def gitlab_of(survey_of):
    def make(files):
        given = files if isinstance(files, dict) else {".gitlab-ci.yml": files}
        files = {f"{TOP}/{name}": content for name, content in given.items()}
        document, _ = survey_of(files | {f"{TOP}/.git": folder()}, only=("gitlab_pipeline",))
        return document["facts"].get("gitlab"), document["absent"]

    return make


def values(rows):
    return {row["name"]: row.get("value", row.get("parts")) for row in rows}


def job_of(gitlab_of, text, **more):
    found, absent = gitlab_of({".gitlab-ci.yml": text} | more)
    return next(job for job in found["jobs"] if job["id"] == "test"), absent


def test_a_job_is_told_with_its_place(gitlab_of):
    found, _ = gitlab_of(
        """\
default: {image: "golang:$GO", before_script: [go env]}
variables: {GO: "1.25", GOFLAGS: -mod=mod}
test:
  stage: check
  variables: {GO: "1.26"}
  script:
  - go test ./...
"""
    )
    path = f"{TOP}/.gitlab-ci.yml"
    assert found == {
        "file": path,
        "state": "read",
        "jobs": [
            {
                "id": "test",
                "file": path,
                "line": 4,
                "stage": "check",
                "image": "golang:1.26",
                "pipeline_variables": [
                    {"name": "GOFLAGS", "how": "set", "value": "-mod=mod", "file": path, "line": 2}
                ],
                "variables": [
                    {"name": "GO", "how": "set", "value": "1.26", "file": path, "line": 5}
                ],
                "before_script": ["go env"],
                "script": ["go test ./..."],
            }
        ],
    }


def test_hidden_jobs_and_those_that_start_pipelines_are_none(gitlab_of):
    found, _ = gitlab_of(
        "stages: [a]\nworkflow: {}\n.hidden: {script: x}\nstart: {trigger: x}\npages: {script: x}\n"
    )
    assert [(job["id"], job["stage"]) for job in found["jobs"]] == [("pages", "test")]


def test_what_is_extended_is_merged_below_the_job(gitlab_of):
    job, _ = job_of(
        gitlab_of,
        """\
.a: {image: a, variables: {A: a, B: a}, script: [a]}
.b: {extends: .a, variables: {B: b, C: b}}
.c: {image: {name: c, entrypoint: [""]}, variables: {C: c}}
test: {extends: [.b, .c], variables: {D: d}, script: [d, [e, f]]}
""",
    )
    assert values(job["variables"]) == {"A": "a", "B": "b", "C": "c", "D": "d"}
    assert (job["image"], job["script"]) == ("c", ["d", "e", "f"])


def test_references_and_anchors_are_filled_in(gitlab_of):
    job, _ = job_of(
        gitlab_of,
        """\
.vars: &vars {A: a}
.setup: {script: [one, two], variables: {B: b}, image: golang}
test:
  image: !reference [.setup, image]
  variables: {<<: *vars, C: !reference [.setup, variables, B]}
  script: [!reference [.setup, script], three]
""",
    )
    assert values(job["variables"]) == {"A": "a", "C": "b"}
    assert (job["image"], job["script"]) == ("golang", ["one", "two", "three"])


def test_files_of_the_repository_are_included_below_the_root(gitlab_of):
    job, absent = job_of(
        gitlab_of,
        "include: [/ci/a.yml, {local: ci/b.yml}]\nvariables: {A: root}\ntest: {script: [x]}\n",
        **{
            "ci/a.yml": "variables: {A: a, B: a}\ntest: {image: a}\n",
            "ci/b.yml": "include: ci/c.yml\nvariables: {B: b}\n",
            "ci/c.yml": "variables: {C: c}\ntest: {variables: {D: c}}\n",
        },
    )
    assert values(job["pipeline_variables"]) == {"A": "root", "B": "b", "C": "c"}
    assert job["variables"][0]["file"] == f"{TOP}/ci/c.yml"
    assert job["image"] == "a"
    assert not [path for path in absent if path.startswith("/gitlab")]


@pytest.mark.parametrize(
    "include",
    [
        "{remote: 'https://x.example/a.yml'}",
        "'https://x.example/a.yml'",
        "{template: Auto-DevOps.gitlab-ci.yml}",
        "{project: a/b, file: c.yml}",
        "{component: x}",
        "{local: /ci/*.yml}",
        "{local: /ci/$X.yml}",
        "{local: a.yml, rules: [{if: $X}]}",
        "/ci/nowhere.yml",
        "/../../etc/passwd.yml",
        "/link.yml",
        ".gitlab-ci.yml",
        "[[a]]",
        "{}",
    ],
)
def test_what_is_included_unseen_leaves_jobs_open(gitlab_of, include):
    job, absent = job_of(
        gitlab_of,
        f"include: [{include}]\nvariables: {{A: a}}\ntest: {{script: [x], variables: {{B: b}}}}\n",
        **{"a.yml": "{}", "link.yml": link("/etc/passwd")},
    )
    assert "/gitlab/jobs/-" in absent
    assert "/gitlab/jobs/0/pipeline_variables/-" in absent
    assert "/gitlab/jobs/0/variables/-" not in absent  # the job here wins over all others
    assert {"/gitlab/jobs/0/image", "/gitlab/jobs/0/before_script"} <= set(absent)
    assert values(job["variables"]) == {"B": "b"}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("text", "text"),
        ("8080", "8080"),
        ("1.20", None),
        ("yes", None),
        ("0755", None),
        ("2001-01-01", None),
        ("1:30", None),
        ("true", None),
        ("", None),
        ("'1.20'", "1.20"),
        ("$B/x", "b/x"),
        ("${B}-$$B", "b-$B"),
        ("'%B%'", None),
        ("'${B:-x}'", None),
        ("'a$'", None),
        ("$[[ inputs.x ]]", None),
        ("$CIRCLE", None),
        ("{value: $B, description: x}", "b"),
        ("{value: $B, expand: false}", "$B"),
        ("{description: x}", None),
        ("[a]", None),
        ("$CI_COMMIT_SHA", [{"variable": "CI_COMMIT_SHA", "of": "pipeline"}]),
    ],
)
def test_variables_are_expanded_as_gitlab_does(gitlab_of, value, told):
    job, _ = job_of(
        gitlab_of,
        f"test:\n  script: [x]\n  variables:\n    A: {value}\n    B: b\n    CIRCLE: $A\n",
    )
    assert values(job["variables"])["A"] == told


def test_what_rules_may_set_is_not_known(gitlab_of):
    job, _ = job_of(
        gitlab_of,
        """\
variables: {A: a, B: b}
workflow: {rules: [{if: $X, variables: {A: rule}}]}
test: {script: [x], variables: {C: c}, rules: [{if: $X, variables: {C: rule, D: rule}}]}
""",
    )
    assert values(job["pipeline_variables"]) == {"A": None, "B": "b"}
    assert values(job["variables"]) == {"C": None, "D": None}


@pytest.mark.parametrize(
    ("inherit", "variables", "image"),
    [
        ("{default: false, variables: false}", {}, None),
        ("{default: [image], variables: [A]}", {"A": "a"}, "x"),
        ("{default: [cache]}", {"A": "a", "B": "b"}, None),
    ],
)
def test_a_job_inherits_what_it_says(gitlab_of, inherit, variables, image):
    job, _ = job_of(
        gitlab_of,
        f"image: x\nvariables: {{A: a, B: b}}\ntest: {{script: [x], inherit: {inherit}}}\n",
    )
    assert (values(job["pipeline_variables"]), job.get("image")) == (variables, image)


def test_without_a_pipeline_there_are_no_jobs(gitlab_of):
    found, _ = gitlab_of({})
    assert (found["state"], found["jobs"]) == ("missing", [])


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"a: {", "broken"),
        (b"- a", "broken"),
        (b"", "broken"),
        (b"a: \xff", "broken"),
        (b"[" * 100_000, "unreadable"),
        (b"#" * ((1 << 20) + 1), "unreadable"),
        (Node("fifo"), "unreadable"),
        (Node(mode=0), "unreadable"),
        (link("/etc/passwd"), "unreadable"),
    ],
    ids=str,
)
def test_a_hostile_file_is_a_hole(gitlab_of, content, state):
    found, absent = gitlab_of(content)
    assert found["state"] == state
    assert "/gitlab/jobs" in absent


@pytest.mark.parametrize(
    "text",
    [
        "test: {extends: nowhere, script: [x]}",
        "test: {extends: test, script: [x]}",
        "test: {extends: .a}\n.a: {extends: .b}\n.b: {extends: .a}",
        "test: [x]",
        "test: x",
    ],
)
def test_a_job_that_cannot_be_told_leaves_the_list_open(gitlab_of, text):
    found, absent = gitlab_of(text)
    assert found["jobs"] == []
    assert "/gitlab/jobs/-" in absent


def test_references_that_multiply_are_bounded(gitlab_of):
    lines = [
        f".a{n}: {{script: [{', '.join([f'!reference [.a{n + 1}, script]'] * 9)}]}}"
        for n in range(10)
    ]
    _, absent = gitlab_of("\n".join([*lines, ".a10: {script: [x]}", "test: {extends: .a0}"]))
    assert "/gitlab/jobs" in absent or "/gitlab/jobs/0/script" in absent


def test_where_a_file_is_unseen_only_the_root_is_sure(gitlab_of):
    job, absent = job_of(
        gitlab_of,
        "include: [a.yml, {template: x}]\nvariables: {A: root}\n"
        "test: {extends: .a, variables: {B: $A$C}, image: here}\n",
        **{"a.yml": "variables: {C: c}\n.a: {script: [x], variables: {D: d}}\n"},
    )
    assert values(job["pipeline_variables"]) == {"A": "root", "C": None}
    assert values(job["variables"]) == {
        "B": [
            "root",
            {"unknown": "not_collected", "detail": "it includes a template from elsewhere"},
        ],
        "D": None,
    }
    assert job["image"] == "here"
    assert "/gitlab/jobs/0/script" in absent


def test_what_inputs_fill_in_is_not_known(gitlab_of):
    job, absent = job_of(
        gitlab_of,
        "spec: {inputs: {x: {}}}\n---\n"
        "test: {script: ['echo $[[ inputs.x ]]'], image: 'golang:$[[ inputs.x ]]'}\n"
        "'$[[ inputs.x ]]': {script: [x]}\n",
    )
    assert not {"script", "image"} & set(job)
    assert absent["/gitlab/jobs/-"]["reason"] == "opaque"


def test_variables_that_double_are_bounded(gitlab_of):
    lines = "\n".join(f"  A{n}: $A{n - 1}$A{n - 1}" for n in range(1, 60))
    _, absent = gitlab_of(f"variables:\n  A0: xxxxxxxx\n{lines}\ntest: {{script: [x]}}\n")
    assert absent["/gitlab/jobs/0/pipeline_variables/59/value"]["reason"] == "too_large"
