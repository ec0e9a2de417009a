"""Which go.mod and go.work count, and which toolchains may be named, is what real Go says."""

from __future__ import annotations

import json

import pytest

from engine.compile.build import Request, build
from engine.evaluate.run import evaluate
from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.loading.facts import read_facts


@pytest.fixture
def tree(tmp_path):
    """A workspace `work` with a module `m`, another `other.work`, and a module in `temporary`."""
    files = {
        "work/go.work": "go 1.18\n\nuse ./m\n",
        "work/m/go.mod": "module example.com/m\n\ngo 1.18\n",
        "work/m/x/y": "",
        "other.work": "go 1.18\n\nuse ./work/m\n",
        "temporary/go.mod": "module example.com/t\n",
        "temporary/x/y": "",
    }
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    (tmp_path / "link").symlink_to("temporary")
    return tmp_path


@pytest.mark.parametrize("folder", ["work", "work/m/x", "temporary", "temporary/x"])
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"TMPDIR": "{tree}/temporary"},
        {"TMPDIR": "{tree}/temporary/"},
        {"TMPDIR": "{tree}/link"},
        {"TMPDIR": "{tree}"},
        {"TMPDIR": ".."},
        {"TMPDIR": "{tree}/work/m", "GOWORK": "off"},
        {"GOWORK": "off"},
        {"GOWORK": "auto"},
        {"GOWORK": "{tree}/other.work"},
        {"GOWORK": "go.work"},
        {"GOWORK": "../other.work"},
    ],
    ids=json.dumps,
)
def test_module_and_workspace_are_those_that_go_finds(go, home, tree, folder, environment):
    whole = {"HOME": str(home), "PATH": str(go.root / "bin"), "GOTOOLCHAIN": "local"} | {
        name: value.format(tree=tree) for name, value in environment.items()
    }
    document = gather(
        Machine(whole),
        subject="workstation",
        directory=str(tree / folder),
        redaction=Redaction(b"0123456789abcdef"),
        only=("project",),
    )
    done = go.run(
        "env",
        "-json",
        "GOMOD",
        "GOWORK",
        environment=whole,
        directory=tree / folder,
        check=False,
    )
    project = document["facts"]["project"]
    if done.returncode:
        assert "absolute path" in done.stderr
        assert document["absent"]["/project/go_work"]["reason"] == "parse_error"
        assert "go_work" not in project
        return
    said = json.loads(done.stdout)
    assert project.get("go_mod", {}).get("path", "/dev/null") == said["GOMOD"]
    works = project.get("go_work", {}).get("path")
    assert works == (None if said["GOWORK"] in {"", "off"} else said["GOWORK"])


TOOLCHAINS = [
    "auto", "path", "local", "local+auto", "local+path", "local+", "auto+path", "latest", "bash",
    "go", "go1", "go1.", "go1rc1", "go2", "go10", "1.22", "go1.22", "go1.22.", "go1.22.1", "go1.0",
    "go1.00", "go1.022", "go1.22.010", "go1.22.1.1", "go1.22rc1", "go1.22rc", "go1.22rc01",
    "go1.22beta2", "go1.22foo1", "go1.22RC1", "go1.22.1rc1", "go1.22.0rc1", "go1.22.1rc1-x",
    "go1.22.1-x", "go1.22.1-x+auto", "go1.22.1-x/y", "go1.22.1-x\\y", "go1.22-a+b",
    "go1.22.1+auto", "go1.22.1+path", "go1.22.1+local", "go1.22.1+", "go1.22.1+auto+path",
    "-go1.22", "x-go1.22", "gccgo-go1.20.3",
]  # fmt: skip


def test_a_toolchain_is_invalid_when_go_says_so(go, home, tmp_path):
    if go.release < (1, 21):
        pytest.skip("this Go knows no toolchains")
    environment = {"HOME": str(home), "PATH": str(tmp_path), "GOPROXY": "off", "GOFLAGS": "-v"}
    program, _ = build(Request(rules=("go",)))
    for name in TOOLCHAINS:
        done = go.run("version", environment=environment | {"GOTOOLCHAIN": name}, check=False)
        effective = {"GOTOOLCHAIN": {"value": name, "from": "os"}}
        facts = {"go": {"installed": True, "version": go.version, "effective": effective}}
        verdicts = evaluate(program, read_facts(json.dumps(facts).encode(), "facts"), 0).verdicts
        (verdict,) = [each for each in verdicts if each.rule == "gotoolchain-invalid"]
        is_refused = "invalid GOTOOLCHAIN" in done.stderr
        assert verdict.outcome == ("fail" if is_refused else "pass"), name
