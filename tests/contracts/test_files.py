"""What every file of the project keeps to."""

from __future__ import annotations

import re

import pytest

from tests.contracts.files import ROOT, files, name

CODE = files(".py")
# Put together, so that this file does not hold what it looks for.
REGISTRIES = [".".join(parts) for parts in (("pypi", "org"), ("npmjs", "com"), ("crates", "io"))]
REGISTRIES += ["pythonhosted" + ".", "--index" + "-url", "extra" + "-index", "sim" + "ple/"]


def test_there_are_files_to_look_at():
    assert len(CODE) > 150
    assert len(files(".yaml")) > 50


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_file_is_longer_than_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", [path for path in CODE if "engine" in path.parts], ids=name)
def test_every_module_of_the_engine_says_what_it_is(path):
    assert path.read_text("utf-8").startswith(('"""', 'r"""'))


@pytest.mark.parametrize("folder", ["rules", "schemas"])
def test_data_folders_hold_no_code(folder):
    # An `__init__.py` there would also break editable installs.
    kinds = {path.suffix for path in files() if path.is_relative_to(ROOT / folder)}

    assert kinds == {"rules": {".yaml"}, "schemas": {".json"}}[folder]


def test_nobody_is_sent_to_a_package_registry():
    found = [
        (name(path), word)
        for path in files()
        for word in REGISTRIES
        if word.encode() in path.read_bytes()
    ]

    assert found == []


def test_modules_are_named_after_what_they_hold():
    vague = re.compile(r"(^|_)(utils?|helpers?|common|manager|misc|base)(_|$)")
    named = [path for path in CODE if vague.search(path.stem) and path.stem != "_base"]

    assert named == []


def test_every_test_folder_mirrors_the_engine_or_has_a_place_of_its_own():
    own = {
        *("benchmarks", "conformance", "contracts", "golden", "installed", "oracle", "real"),
        *("reference", "rules"),
    }
    packages = {path.name for path in (ROOT / "engine").iterdir() if path.is_dir()}
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}

    assert folders - {"__pycache__"} <= packages | own


def test_every_golden_file_is_somebodys():
    code = "\n".join(path.read_text("utf-8") for path in files(".py") if "tests" in path.parts)
    golden = ROOT / "tests" / "golden" / "cli"
    orphans = [
        path.name
        for path in golden.iterdir()
        if f"cli/{path.name}" not in code and not path.name.startswith("explain_")
    ]

    assert orphans == []
