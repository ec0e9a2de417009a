from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from engine import __version__
from tests.installed.conftest import ROOT

PACKS = sorted(path.parent.name for path in (ROOT / "rules").glob("*/pack.yaml"))
RULES = sum(
    path.read_text("utf-8").startswith("id: ") for path in (ROOT / "rules").glob("*/*.yaml")
)


def test_it_says_its_version(run):
    ran = run("--version")

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"engine {__version__}\n", "")


def test_it_runs_from_its_own_environment(run, scripts):
    ran = run("-c", "import engine; print(engine.__file__)", name="python")

    assert ran.stdout.startswith(str(scripts.parent))
    assert str(ROOT) not in ran.stdout


def test_python_runs_it_too_also_isolated(run):
    for words in (("-m", "engine"), ("-I", "-m", "engine")):
        assert run(*words, "--version", name="python").stdout == f"engine {__version__}\n"


def test_the_bundled_packs_are_there_and_clean(run):
    ran = run("list", "packs")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert [row.split()[0] for row in ran.stdout.splitlines() if row[0] != " "] == PACKS
    linted = run("lint")
    assert (linted.returncode, linted.stdout) == (0, "")
    assert f"{RULES} rules" in linted.stderr


def test_it_judges_this_machine(run):
    first, second = run("check"), run("check")

    assert first.returncode in {0, 1}, first.stderr
    assert first.stderr == ""
    assert f"{RULES} rules: " in first.stdout
    assert second.stdout == first.stdout


def test_it_gathers_and_judges_a_document(run):
    assert run("gather", "-o", "facts.json").returncode == 0
    assert json.loads(Path("facts.json").read_bytes())["schema"] == "precedent/facts/v1"

    for name in ("text", "json", "junit", "sarif"):
        ran = run("eval", "facts.json", "--format", name, "--validate")
        assert ran.returncode in {0, 1}, ran.stderr
        assert ran.stdout


def test_every_schema_is_there(run):
    names = sorted(path.name.removesuffix(".schema.json") for path in (ROOT / "schemas").iterdir())

    assert run("schema").stdout.split() == names


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_completes(run, shell):
    assert "engine" in run("completion", shell).stdout


def test_the_wheel_holds_the_engine_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}

    assert tops == {"engine", f"precedent_engine-{__version__}.dist-info"}
    assert "engine/py.typed" in names
    assert not any(name.endswith("cli.py") for name in names)
    assert not any("__pycache__" in name or "/tests/" in name for name in names)


def test_the_wheel_holds_all_rules_and_schemas(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    data = [path for folder in ("rules", "schemas") for path in (ROOT / folder).rglob("*.*")]

    assert {f"engine/_bundled/{path.relative_to(ROOT)}" for path in data} <= names
    kept = {name for name in names if name.startswith("engine/_bundled/")}
    assert len(kept) == len(data)


def test_the_wheel_says_who_it_is(wheel):
    archive = zipfile.ZipFile(wheel)
    texts = {
        name.rpartition("/")[2]: archive.read(name).decode()
        for name in archive.namelist()
        if ".dist-info/" in name
    }

    assert texts["entry_points.txt"] == "[console_scripts]\nengine = engine.cli:main\n"
    assert "License-Expression: Apache-2.0\n" in texts["METADATA"]
    assert "Requires-Python: >=3.11\n" in texts["METADATA"]
    assert "Apache License" in texts["LICENSE"]


def test_the_source_holds_what_it_takes_to_work_on_it(unpacked):
    wanted = ["cli.py", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", ".ci/run"]
    wanted += [".pre-commit-hooks.yaml", "tests/conftest.py", "rules/go/pack.yaml", "docs"]

    assert [name for name in wanted if not (unpacked / name).exists()] == []
    assert not list(unpacked.rglob("__pycache__"))
    assert not list(unpacked.rglob(".peers"))
