"""The comparison itself, with predictions made up for it and with real Go versions."""

from __future__ import annotations

import pytest

from tests.real.conftest import NEEDED
from tests.real.go_env.case import GO, ROOT, Case
from tests.real.go_env.comparing import WRONG, Outcome
from tests.real.go_env.drawing import draw
from tests.real.go_env.laying import Laid, first_go
from tests.real.go_env.scoring import Bench, scored
from tests.real.go_env.shrinking import shrunk
from tests.real.go_env.truth import asked


def clairvoyant(environment, directory):
    """Predict by asking the real go: never wrong."""
    truth = asked(Laid(directory, environment, directory, first_go(environment["PATH"], directory)))
    if truth.values is None:
        return {"error": None if truth.lacked_network else truth.complaint}
    return truth.values


def blind(environment, directory):
    """Predict as somebody would who never heard of the user's file."""
    said = clairvoyant(environment, directory)
    return said | {"GOPROXY": environment.get("GOPROXY") or "https://proxy.golang.org,direct"}


def _plain_case(**fields):
    environment = {"HOME": f"{ROOT}/home", "PATH": f"{GO}/bin"} | fields.pop("environment", {})
    return Case(0, 0, environment, f"{ROOT}/project", **fields)


def _newest(bench):
    return bench.gos[-1]


def test_who_asks_go_itself_is_never_wrong_and_changes_nothing_that_go_says(bench):
    score = scored(bench, [(99, number) for number in range(12)], predict=clairvoyant)
    assert not score.wrong, "\n".join(map(str, score.wrong))
    assert score.known() == 1
    assert score.total("right") > 12 * len(bench.gos)


def test_who_overlooks_the_users_file_is_caught(bench):
    case = _plain_case(files={"home/.config/go/env": "GOPROXY=off\n"})
    wrong = [each for each in bench.outcomes(case, _newest(bench), blind) if each.kind == WRONG]
    assert [(each.key, each.true) for each in wrong] == [("GOPROXY", "off")]


def test_a_prediction_that_crashes_is_wrong_and_costs_no_other_case(bench):
    def crashing(environment, directory):
        raise KeyError("GOPATH")

    (outcome,) = bench.outcomes(_plain_case(), _newest(bench), crashing)
    assert (outcome.kind, outcome.predicted) == (
        WRONG,
        "the prediction crashed: KeyError('GOPATH')",
    )


def test_a_wrong_case_shrinks_to_what_makes_it_wrong(bench):
    case = _plain_case(
        environment={"GOFLAGS": "-v", "GOBIN": f"{ROOT}/bin"},
        files={
            "home/.config/go/env": "# mine\nGOVCS=*:git\nGOPROXY=off\nGOBIN=x\n",
            "project/go.mod": "module m\n",
        },
        folders=("tmp",),
        programs=("cc/gcc",),
    )
    small = shrunk(case, bench, _newest(bench), Outcome("GOPROXY", WRONG), blind)
    assert small == _plain_case(files={"home/.config/go/env": "GOPROXY=off\n"})


def test_a_go_is_asked_once_and_remembered(bench, tmp_path):
    case, go = draw(1, 0, bench.versions), _newest(bench)
    fresh = Bench.of(bench.gos, tmp_path / "base", tmp_path / "memory")
    first = fresh.truth(case, go)
    (kept,) = (tmp_path / "memory").rglob("*.json")
    kept.write_text(kept.read_text().replace(go.version, "go0.0"))
    again = fresh.truth(case, go)
    assert first.values["GOVERSION"] == go.version
    assert again.values["GOVERSION"] == "go0.0"


def test_nothing_stays_behind_of_a_case_that_was_laid_out(bench, tmp_path):
    fresh = Bench.of(bench.gos, tmp_path / "base", tmp_path / "memory")
    fresh.truth(draw(1, 1, bench.versions), _newest(bench))
    assert list((tmp_path / "base").iterdir()) == []


def test_a_go_that_needs_a_network_is_told_from_one_that_fails(bench):
    if _newest(bench).release < (1, 21):
        pytest.skip("no Go here that knows toolchains (since 1.21): " + NEEDED)
    asked_for = _plain_case(environment={"GOTOOLCHAIN": "go1.99.9"})
    refused = _plain_case(environment={"GOTOOLCHAIN": "nonsense"})
    newest = _newest(bench)
    assert bench.truth(asked_for, newest).lacked_network
    truth = bench.truth(refused, newest)
    assert truth.values is None
    assert not truth.lacked_network
    assert truth.complaint == 'go: invalid GOTOOLCHAIN "nonsense"'
