"""Steps of workflows: beside what GitHub's own reader made of the same files, and by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.gather.assignments import Assignment
from engine.gather.ci.github import steps_of
from engine.gather.ci.github_local import Repository
from engine.gather.plain_yaml import documents
from engine.model.facts import Absent
from tests.gather.fake_host import FakeHost

HERE = Path(__file__).parent
ANSWERS = json.loads((HERE / "answers" / "workflows.json").read_text())
TOP = "/home/dana/shop"


def steps(workflow, files=None):
    files = {f"{TOP}/{name}": content for name, content in (files or {}).items()}
    node = documents(workflow.encode(), "ci.yml", merges=False)[0]
    return list(steps_of(node, Repository(FakeHost(files), TOP)))


def job(*lines, top="", runs_on="ubuntu-latest"):
    body = "\n".join(f"    {line}" for text in lines for line in text.strip("\n").split("\n"))
    return f"on: push\n{top}jobs:\n  test:\n    runs-on: {runs_on}\n{body}\n"


def last(*lines, files=None, **more):
    return steps(job(*lines, **more), files)[-1]


def told(assignments):
    """Give the values by name, None for a hole; a hole for all others is under `*`."""
    found = {}
    for each in assignments:
        if isinstance(each, Absent):
            found["*"] = each.cause
        elif all(isinstance(part, str) for part in each.parts):
            found[each.name] = "".join(each.parts)
        else:
            found[each.name] = None
    return found


def agrees(ours, theirs):
    """Say whether assignments are what GitHub's reader says, as far as both know them."""
    return [(each.name, each.line) for each in ours] == [
        (name, line) for name, _, line in theirs
    ] and all(
        "".join(each.parts) == value
        for each, (_, value, _) in zip(ours, theirs, strict=True)
        if value is not None
    )


@pytest.mark.parametrize("name", [name for name in ANSWERS if ANSWERS[name]])
def test_jobs_and_steps_are_those_of_github(name):
    found = steps((HERE / "workflows" / name).read_text())
    answer = ANSWERS[name]
    wanted = [(each["id"], step, each["env"]) for each in answer["jobs"] for step in each["steps"]]
    assert len(found) == len(wanted)
    for step, (job_id, theirs, env) in zip(found, wanted, strict=True):
        assert (step.job, step.uses) == (job_id, theirs["uses"])
        assert theirs["run"] in (None, step.run)
        assert agrees(step.own, theirs["env"])
        assert agrees(step.around[len(step.container) :], answer["env"] + env)


def test_github_refuses_variables_that_differ_only_in_case():
    assert ANSWERS["refused.yml"] is None
    found = steps((HERE / "workflows" / "refused.yml").read_text())
    assert told(found[0].around) == {"Path": None, "PATH": None}


def test_expressions_are_known_only_where_the_file_decides_them():
    step = steps((HERE / "workflows" / "expressions.yml").read_text())[0]
    assert told(step.around) == {
        "WHOLE": None,
        "PART": None,
        "TEXT": "it's }} text",
        "GO": "1.26",
        "SYSTEM": None,
    }
    part = next(each for each in step.around if each.name == "PART")
    assert [each if isinstance(each, str) else each.cause for each in part.parts] == [
        *("a-", "opaque", "-b")
    ]
    assert told(step.own) == {"AGAIN": "it's }} text/1.26"}


@pytest.mark.parametrize(
    ("matrix", "value"),
    [
        ("{go: ['1.26']}", "1.26"),
        ("{go: [1.20]}", "1.2"),
        ("{Go: ['1.26', '1.26']}", "1.26"),
        ("{go: ['1.26', '1.25']}", None),
        ("{go: ['1.26'], include: [{os: x}]}", None),
        ("{go: ['1.26'], include: [{go: '1.26', os: x}]}", "1.26"),
        ("{include: [{go: '1.26'}]}", None),
        ("{go: ['1.26'], include: '${{ x }}'}", None),
        ("{go: ['${{ x }}']}", None),
        ("{go: [[a]]}", None),
        ("{go: a}", None),
        ("{go: []}", None),
        ("{other: [a]}", None),
        ("'${{ fromJSON(x) }}'", None),
    ],
)
def test_a_matrix_decides_what_is_the_same_in_all_runs(matrix, value):
    step = last(
        f"strategy: {{matrix: {matrix}}}", "env: {A: '${{ matrix.go }}'}", "steps: [{run: x}]"
    )
    assert told(step.around) == {"A": value}


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("${{ env.A }}", "a"),
        ("${{ env['A'] }}", "a"),
        ("x${{env.A}}y", "xay"),
        ("${{ env.UNSET }}", ""),
        ("${{ env.a }}", None),
        ("${{ env.A && 'x' }}", None),
        ("${{ ENV.A }}", "a"),
        ("${{ '' }}", ""),
        ("${{ secrets.A }}", None),
        ("${{ 1 }}", None),
        ("${{ env.A", None),
        ("a $A ${A} $(A)", "a $A ${A} $(A)"),
    ],
)
def test_a_step_may_name_what_was_set_around_it(value, known):
    step = last("env: {A: a}", "steps:", f'- {{run: x, env: {{V: "{value}", A: other}}}}')
    assert told(step.own) == {"V": known, "A": "other"}


def test_the_runner_overwrites_variables_of_its_own():
    step = last("env: {GITHUB_REF: a, RUNNER_OS: b, CI: c}", "steps: [{run: x}]")
    assert told(step.around) == {"GITHUB_REF": None, "RUNNER_OS": None, "CI": "c"}


@pytest.mark.parametrize(
    "env", ["'${{ fromJSON(x) }}'", "[a]", "{'${{ x }}': a}", "{<<: {A: b}}", "{A: {b: c}}"]
)
def test_variables_that_cannot_be_told_are_holes(env):
    found = told(last(f"env: {env}", "steps: [{run: x}]").around)
    assert "*" in found or found == {"A": None}


def test_a_container_is_made_with_its_variables_before_all_others():
    step = last(
        "container: {image: 'golang:1.26', env: {A: box, B: ''}}",
        "env: {A: job}",
        "steps: [{run: x}]",
        top="env: {A: top}\n",
    )
    assert step.image == "golang:1.26"
    assert [each.parts for each in step.around if each.name == "A"] == [
        *(("box",), ("top",), ("job",))
    ]
    empty = step.around[1]
    assert (empty.how, empty.of, empty.if_missing) == ("pass", "runner", "unset")


@pytest.mark.parametrize(
    ("setting", "runs_on", "argv"),
    [
        ("", "ubuntu-latest", "bash -e {0}"),
        ("", "macos-15", "bash -e {0}"),
        ("", "windows-latest", "pwsh -command . '{0}'"),
        ("", "self-hosted", None),
        ("", "[self-hosted, ubuntu-latest]", None),
        ("", "{group: big}", None),
        ("", "${{ inputs.x }}", None),
        ("shell: bash", "x", "bash --noprofile --norc -e -o pipefail {0}"),
        ("shell: sh", "x", "sh -e {0}"),
        ("shell: python", "x", "python {0}"),
        ("shell: pwsh", "x", "pwsh -command . '{0}'"),
        ("shell: 'bash -l {0}'", "x", "bash -l {0}"),
        ("shell: 'bash -l'", "x", None),
        ("shell: perl", "x", None),
        ("shell: 'a \"b c\" {0}'", "x", None),
        ("shell: '${{ inputs.x }}'", "x", None),
    ],
)
def test_the_shell_is_chosen_as_the_runner_does(setting, runs_on, argv):
    shell = last("steps:", "- run: x", f"  {setting}", runs_on=f"{runs_on}").shell
    assert argv == (None if isinstance(shell.argv, Absent) else " ".join(shell.argv))


@pytest.mark.parametrize(
    ("systems", "name"),
    [("[ubuntu-24.04, macos-latest]", "bash"), ("[ubuntu-24.04, windows-latest]", None)],
)
def test_runners_of_a_matrix_agree_on_a_shell_or_do_not(systems, name):
    shell = last(
        f"strategy: {{matrix: {{os: {systems}}}}}",
        "steps: [{run: x}]",
        runs_on="${{ matrix.os }}",
    ).shell
    assert name == (None if isinstance(shell.name, Absent) else shell.name)


def test_in_a_container_the_shell_is_sh():
    assert last("container: alpine", "steps: [{run: x}]").shell.argv == ("sh", "-e", "{0}")
    unknown = last("container: '${{ matrix.c }}'", "steps: [{run: x}]").shell
    assert isinstance(unknown.argv, Absent)


def test_defaults_of_the_job_come_before_those_of_the_workflow():
    top = "defaults: {run: {shell: sh, working-directory: a}}\n"
    step = last("defaults: {run: {shell: bash}}", "steps: [{run: x}]", top=top)
    assert (step.shell.name, step.directory) == ("bash", "a")
    step = last("steps: [{run: x, shell: python, working-directory: b}]", top=top)
    assert (step.shell.name, step.directory) == ("python", "b")


@pytest.mark.parametrize(
    ("script", "variables", "path"),
    [
        ('echo "A=b" >> $GITHUB_ENV', {"A": "b"}, {}),
        ("echo 'A=b c' >> \"$GITHUB_ENV\"", {"A": "b c"}, {}),
        ("echo A=b>>${GITHUB_ENV}", {"A": "b"}, {}),
        ('echo "A=b" >> ${{ github.env }}', {"A": "b"}, {}),
        ("go version\necho A=b >> $GITHUB_ENV\necho A=c >> $GITHUB_ENV", {"A": "c"}, {}),
        ('echo "A=$B" >> $GITHUB_ENV', {"A": None}, {}),
        ('echo "A=$(b)" >> $GITHUB_ENV', {"A": None}, {}),
        ('echo "A=${{ x }}" >> $GITHUB_ENV', {"A": None}, {}),
        ("echo 'A=$B' >> $GITHUB_ENV", {"A": "$B"}, {}),
        ('echo "A=" >> $GITHUB_ENV', {"A": ""}, {}),
        ('echo "NODE_OPTIONS=x" >> $GITHUB_ENV', {}, {}),
        ("echo /go/bin >> $GITHUB_PATH", {}, {"PATH": "/go/bin"}),
        ('echo "$HOME/bin" >> $GITHUB_PATH', {}, {"PATH": None}),
        ('echo "" >> $GITHUB_PATH', {}, {}),
        ("go env", {}, {}),
        ("echo A=b > $GITHUB_ENV", {"*": "opaque"}, {"*": "opaque"}),
        ("printf 'A=b' >> $GITHUB_ENV", {"*": "opaque"}, {"*": "opaque"}),
        ("echo 'A<<E' >> $GITHUB_ENV\necho B=c >> $GITHUB_ENV", {"*": "opaque"}, {}),
        ("if x; then\necho A=b >> $GITHUB_ENV\nfi", {"*": "opaque"}, {"*": "opaque"}),
        ("x &&\necho A=b >> $GITHUB_ENV", {"*": "opaque"}, {"*": "opaque"}),
        ("x \\\necho A=b >> $GITHUB_ENV", {"*": "opaque"}, {"*": "opaque"}),
        ("f() {\necho A=b >> $GITHUB_ENV\n}", {"*": "opaque"}, {"*": "opaque"}),
        ("x='\necho A=b >> $GITHUB_ENV\n'", {"*": "opaque"}, {"*": "opaque"}),
        ("cat <<E\necho A=b >> $GITHUB_ENV\nE", {"*": "opaque"}, {"*": "opaque"}),
        ("exit 0\necho A=b >> $GITHUB_ENV", {"*": "opaque"}, {"*": "opaque"}),
        ("cat x >> $GITHUB_ENV", {"*": "opaque"}, {"*": "opaque"}),
        ("echo A=b | tee -a $GITHUB_ENV", {"*": "opaque"}, {"*": "opaque"}),
        ('echo "::set-env name=A::b"', {"*": "opaque"}, {"*": "opaque"}),
        ("./quiet.sh", {}, {}),
        ("bash ci/writes.sh", {"*": "opaque"}, {"*": "opaque"}),
        ("make all", {"*": "opaque"}, {"*": "opaque"}),
    ],
)
def test_what_a_script_writes_counts_for_later_steps(script, variables, path):
    files = {
        "quiet.sh": "go env\n",
        "ci/writes.sh": "echo A=b >> $GITHUB_ENV\n",
        "Makefile": "all:\n\techo A=b >> $$GITHUB_ENV\n",
    }
    text = "\n".join(f"    {line}" for line in script.split("\n"))
    found = steps(job("steps:", f"- shell: bash\n  run: |\n{text}", "- run: x"), files)
    assert told(found[0].writes) == {}
    assert (told(found[1].writes), told(found[1].path)) == (variables, path)


def test_writes_have_the_lines_where_they_stand():
    found = last("steps:", "- run: |\n    go env\n    echo A=b >> $GITHUB_ENV", "- run: x")
    assert [each.line for each in found.writes] == [8]


@pytest.mark.parametrize(
    ("setting", "later", "value"),
    [
        ("if: always()", "", "b"),
        ("if: github.ref == 'x'", "", None),
        ("continue-on-error: true", "", None),
        ("continue-on-error: false", "", "b"),
        ("", "if: failure()", None),
        ("", "if: ${{ !cancelled() }}", None),
        ("", "if: github.ref == 'x'", "b"),
    ],
)
def test_a_step_that_may_be_left_out_leaves_its_writes_open(setting, later, value):
    found = last(
        "steps:",
        f"- run: echo A=b >> $GITHUB_ENV\n  {setting}",
        f"- run: x\n  {later}\n  env: {{B: '${{{{ env.A }}}}'}}",
    )
    assert told(found.writes) == {"A": value}
    assert told(found.own) == {"B": value}


@pytest.mark.parametrize("shell", ["pwsh", "python", "fish {0}"])
def test_scripts_of_other_shells_are_not_understood(shell):
    found = last("steps:", f"- run: echo A=b >> $GITHUB_ENV\n  shell: {shell}", "- run: x")
    assert told(found.writes) == {"*": "opaque"}


GO = {"GOTOOLCHAIN": None, "GOROOT": None, "GOPATH": None, "GOBIN": None}


@pytest.mark.parametrize(
    ("uses", "variables", "folders"),
    [
        ("actions/checkout@v5", {}, 0),
        ("Actions/Cache/restore@v4", {}, 0),
        ("actions/setup-go@v7, with: {go-version: '1.26'}", {"GOTOOLCHAIN": "local"}, 2),
        ("actions/setup-go@v6.1.0, with: {go-version: stable}", {"GOTOOLCHAIN": "local"}, 2),
        ("actions/setup-go@v6", {"GOTOOLCHAIN": "local"}, 2),
        (
            "actions/setup-go@v6, with: {go-version-file: go.mod}",
            {"GOTOOLCHAIN": "local", "GOROOT": None},
            2,
        ),
        ("actions/setup-go@v5, with: {go-version: '1.26'}", {}, 2),
        ("actions/setup-go@v5, with: {go-version: '1.8'}", {"GOROOT": None}, 2),
        ("actions/setup-go@v5, with: {go-version: '${{ matrix.go }}'}", {}, 2),
        ("actions/setup-go@v5, with: {go-version: '${{ inputs.go }}'}", {"GOROOT": None}, 2),
        ("actions/setup-go@v3, with: {go-version: '1.26'}", {"GOROOT": None}, 2),
        ("actions/setup-go@main", GO, 2),
        ("actions/setup-go@v99", GO, 2),
        ("actions/setup-go@0123456789012345678901234567890123456789", GO, 2),
        ("actions/setup-node@v4", {"NPM_CONFIG_USERCONFIG": None, "NODE_AUTH_TOKEN": None}, 1),
        ("someone/something@v1", {"*": "opaque"}, 1),
        ("docker://alpine:3", {"*": "opaque"}, 1),
        ("./.github/actions/nowhere", {"*": "opaque"}, 1),
    ],
)
def test_actions_touch_what_they_are_known_to_touch(uses, variables, folders):
    found = last(
        "strategy: {matrix: {go: ['1.26', 'stable', '1.21.x', '^1.22']}}",
        "steps:",
        f"- {{uses: {uses.replace('@', '@')}}}",
        "- run: x",
    )
    assert told(found.writes) == variables
    assert len(found.path) == folders
    assert all(isinstance(each, Absent) or each.how == "prepend" for each in found.path)


COMPOSITE = """\
runs:
  using: composite
  steps:
  - uses: actions/checkout@v5
  - run: echo A=b >> $GITHUB_ENV
    shell: bash
  - run: echo C=d >> $GITHUB_ENV
    shell: bash
    if: inputs.x
"""


@pytest.mark.parametrize(
    ("action", "variables"),
    [
        (COMPOSITE, {"A": "b", "C": None}),
        ("runs: {using: node20, main: x.js}", {"*": "opaque"}),
        ("runs: {using: composite, steps: [{uses: ./ci/action}]}", {"*": "opaque"}),
        ("runs: {using: composite, steps: [x]}", {"*": "opaque"}),
        ("runs: [x", {"*": "parse_error"}),
        ("", {"*": "opaque"}),
    ],
)
def test_an_action_of_the_repository_is_read(action, variables):
    found = last("steps: [{uses: ./ci/action}, {run: x}]", files={"ci/action/action.yml": action})
    assert told(found.writes) == variables
    files = {each.file for each in found.writes if isinstance(each, Assignment)}
    assert files <= {f"{TOP}/ci/action/action.yml"}


@pytest.mark.parametrize(
    "workflow",
    [
        "on: push\n",
        "on: push\njobs: x\n",
        "on: push\njobs: {a: x}\n",
        "on: push\njobs: {a: {runs-on: x, steps: x}}\n",
        "on: push\njobs: {a: {runs-on: x, steps: [x]}}\n",
        "[]",
    ],
)
def test_a_workflow_of_another_form_is_a_hole(workflow):
    assert [type(each) for each in steps(workflow)] == [Absent]


def test_a_job_that_calls_a_workflow_has_no_steps():
    assert steps("on: push\njobs: {a: {uses: ./.github/workflows/b.yml}}\n") == []
