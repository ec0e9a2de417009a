"""What pre-commit does to a hook's variables: its own code, and recorded runs of the real thing.

`python -m tests.real.pre_commit.ask` records the runs again.
"""

from __future__ import annotations

import importlib
import json
import os
import sysconfig
from pathlib import Path

import pytest

from engine.gather.pre_commit.config import Hook, hooks_of
from engine.gather.pre_commit.languages import ALIASES, environment, where
from engine.gather.redact import Redaction
from engine.gather.survey import Survey
from engine.model.facts import Absent
from tests.gather.fake_host import FakeHost, Node
from tests.real.pre_commit.predicting import UNKNOWN, fits, folded

ANSWERS = json.loads((Path(__file__).parent / "pre_commit/answers.json").read_text())
FOLDER = "/home/dana/.cache/pre-commit/repoabc"
GIVEN = {
    "PATH": "/usr/bin:/bin", "HOME": "/home/dana", "GOROOT": "/old/go", "GOFLAGS": "-v",
    "GOPATH": "/old/path", "GOBIN": "/old/bin", "GOTOOLCHAIN": "auto", "PYTHONHOME": "/old/python",
    "VIRTUAL_ENV": "/old/venv", "GEM_PATH": "/old/gems", "JULIA_PROJECT": "/old/julia",
    "NPM_CONFIG_USERCONFIG": "/old/npmrc", "npm_config_userconfig": "/old/npmrc",
    "RENV_PROJECT": "/old/r", "RUSTUP_TOOLCHAIN": "nightly", "RBENV_VERSION": "1.0",
}  # fmt: skip
# Its patch asks the machine's own program for a version.
_ASKS = {"lua": "lua"}


def hook(language, version="default"):
    return Hook("x", "local", None, language, version, "x", (), (), ("pre-commit",), 1)


def languages():
    pytest.importorskip("pre_commit")
    return importlib.import_module("pre_commit.all_languages").languages


def patched(module, version, given):
    """Give what pre-commit's own code makes of an environment."""
    context = importlib.import_module("pre_commit.envcontext").envcontext
    own = dict(given, PRE_COMMIT="1")
    patch = getattr(module, "get_env_patch", None)
    if patch is None:
        return own
    arguments = (FOLDER, version)[: patch.__code__.co_argcount]
    with context(patch(*arguments), own):
        return dict(own)


def test_every_language_of_pre_commit_is_known():
    missing = [name for name in languages() if isinstance(where(name), Absent)]
    assert missing == []
    assert {ALIASES.get(name, name) for name in ("system", "script")} <= set(languages())


@pytest.mark.parametrize("version", ["system", "default", "1.22.10"])
@pytest.mark.parametrize("given", [GIVEN, {}], ids=["full", "empty"])
def test_variables_become_what_pre_commits_own_code_makes_of_them(version, given, monkeypatch):
    checked = 0
    for name, module in languages().items():
        if name in _ASKS:
            monkeypatch.setattr(module, f"_get_{name}_version", lambda: "5.4")
        real = patched(module, version, given)
        predicted = folded(environment(hook(name, version)), given)
        wrong, unknown = fits(predicted, real)
        assert wrong == [], name
        # What is not known is what depends on the version, and what a run tells of itself.
        of_the_language = [one for one in unknown if one in GIVEN or one in real]
        assert version == "default" or of_the_language == [], name
        checked += len(real)
    assert checked > 50


@pytest.mark.parametrize(
    "case", ANSWERS["cases"], ids=lambda case: f"{case['language']} {case['way']}"
)
def test_recorded_hooks_had_what_is_predicted(case):
    host = FakeHost(
        {"/usr/bin/git": Node(), f"{ANSWERS['exec_path']}/git": Node(), "/top": Node("directory")},
        environment={"PATH": "/usr/bin"},
    )
    survey = Survey(host, subject="workstation", directory="/top", redaction=Redaction(b"x" * 16))
    git = importlib.import_module("engine.gather.pre_commit.git")
    assert git.programs(survey) == ANSWERS["exec_path"]
    own = hook(case["language"], "system" if case["language"] == "golang" else "default")
    before = [] if case["way"].startswith("run") else list(git.environment(survey, "<top>"))
    after = [] if case["way"] == "plain hook" else list(environment(own))
    real = dict(case["environment"])
    if case["way"] == "plain hook":  # no script in bash came between
        real.setdefault("PWD", "<top>")
    wrong, unknown = fits(folded([*before, *after], ANSWERS["environment"]), real)
    assert wrong == []
    assert not {"PATH", "GOFLAGS", "GOPATH", "GOBIN", "HOME", "LANG"} & set(unknown)


@pytest.mark.skipif(
    not Path(sysconfig.get_path("scripts"), "pre-commit").exists(), reason="needs pre-commit"
)
def test_a_configuration_is_read_as_pre_commit_reads_it(tmp_path):
    clientlib = pytest.importorskip("pre_commit.clientlib")
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(
        "default_stages: [commit, push]\n"
        "default_language_version: {golang: 1.22.10}\n"
        "repos:\n"
        "- repo: local\n  hooks:\n"
        "  - {id: a, name: a, language: golang, entry: go vet, args: [x, z]}\n"
        "  - {id: b, name: b, language: system, entry: make, stages: [manual]}\n"
        "  - {id: c, name: c, language: golang, entry: go, language_version: system, stages: []}\n"
        "- repo: meta\n  hooks:\n  - id: identity\n"
    )
    real = clientlib.load_config(os.fspath(path))
    ours = list(hooks_of(path.read_bytes()))
    theirs = [(repo["repo"], one) for repo in real["repos"] for one in repo["hooks"]]
    assert len(ours) == len(theirs) == 4
    for own, (repo, other) in zip(ours, theirs, strict=True):
        language = ALIASES.get(own.language, own.language)
        assert (own.repo, own.id, language) == (repo, other["id"], other["language"])
        assert list(own.arguments) == other["args"]
        assert list(own.stages) == (other["stages"] or real["default_stages"])
        version = other["language_version"]
        if version == "default":
            version = real["default_language_version"][other["language"]]
        assert own.version == version


def test_what_is_not_known_is_not_taken_for_known():
    assert folded(environment(hook("golang")), GIVEN)["GOROOT"] is UNKNOWN
    assert folded(environment(hook("golang", "1.22.10")), GIVEN)["GOTOOLCHAIN"] == "local"
    assert folded(environment(hook("cobol")), GIVEN)["PATH"] is UNKNOWN
