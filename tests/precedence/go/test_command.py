from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from engine.model.facts import Absent
from engine.precedence.go.command import answer
from engine.precedence.go.refusals import Refusal
from engine.precedence.state import Place
from engine.precedence.values import Hole, concat, unknown
from tests.precedence.go.managers import homes
from tests.precedence.go.seen import ENVIRONMENT, ROOT, binary, installed, view

CASES = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml"))


def asked(case):
    files = installed(case.get("go", "go1.27.3"))
    for root, version in case.get("also", {}).items():
        files |= installed(version, root)
    files |= case.get("files", {})
    files = {path: content for path, content in files.items() if content is not None}
    seen, _ = view(files, ENVIRONMENT | case.get("environment", {}))
    path = seen.which("go")
    assert isinstance(path, str)
    return answer(seen, path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_go_says_what_it_really_says(case):
    found = asked(case)
    if "refuses" in case:
        assert isinstance(found.refusal, Refusal)
        assert found.refusal.message == case["refuses"]
        if "blames" in case:
            assert found.refusal.place.text() == case["blames"]
        return
    if "unknown" in case:
        assert isinstance(found.refusal, Hole)
        assert found.refusal.detail == case["unknown"]
        return
    assert found.refusal is None
    said = {key: found.settings[key].value for key in case["says"]}
    assert said == case["says"]
    origins = {key: found.settings[key].origin for key in case.get("from", {})}
    assert origins == case.get("from", {})
    for key, values in case.get("shadowed", {}).items():
        assert [each.value for each in found.settings[key].shadowed] == values
    if "switches" in case:
        switch = found.switch
        wanted = case["switches"]
        assert (switch.choice.name, switch.choice.reason) == (wanted["name"], wanted["because"])
        assert switch.choice.place.text() == wanted["at"]


def test_a_go_ahead_of_what_is_not_known_of_path_is_the_one_that_runs():
    hole = unknown("opaque", "`x` may set it")
    seen, _ = view(installed(), {"PATH": concat([f"{ROOT}/bin:", hole, ":/usr/bin"])})
    assert seen.which("go") == f"{ROOT}/bin/go"
    behind, _ = view(installed(), {"PATH": concat(["/opt:", hole, f":{ROOT}/bin"])})
    assert behind.which("go").detail == "PATH is not known: `x` may set it"


def test_a_setting_is_told_with_its_file_and_line():
    found = asked({"files": {"/home/ada/.config/go/env": "# mine\nGOFLAGS=-v\n"}})
    assert found.settings["GOFLAGS"].place == Place("/home/ada/.config/go/env", 2)


def test_a_file_of_settings_that_nobody_could_read_leaves_what_it_may_set_unknown():
    hidden = Absent("too_large", "it is longer than 1048576 bytes")
    found = asked({"files": {"/home/ada/.config/go/env": hidden}, "environment": {"GOFLAGS": "-v"}})
    assert found.settings["GOFLAGS"].value == "-v"
    assert isinstance(found.settings["GOINSECURE"], Hole)
    assert found.settings["GOINSECURE"].cause == "too_large"
    assert isinstance(found.binary, Hole)  # it may name another toolchain


def test_a_variable_that_is_not_known_leaves_its_key_unknown_and_no_other():
    found = asked({"environment": {"GOPROXY": unknown("opaque", "`vault` prints it")}})
    assert isinstance(found.settings["GOPROXY"].value.atoms[0], Hole)
    assert found.settings["GOSUMDB"].value == "sum.golang.org"


def test_a_program_that_only_bears_the_name_is_not_asked():
    files = installed() | {f"{ROOT}/bin/go": binary("go1.27.3", "example.com/game")}
    seen, _ = view(files, ENVIRONMENT)
    found = answer(seen, f"{ROOT}/bin/go")
    assert isinstance(found.local, Hole)
    assert "neither Go's own command nor a shim" in found.local.detail


def test_a_build_of_somebody_keeps_what_was_built_into_it_to_itself():
    built_in = binary("go1.27.3").replace(b"-trimpath=true", b"-ldflags=      ")
    seen, _ = view({"/opt/bin/go": built_in}, {"HOME": "/home/ada", "PATH": "/opt/bin"})
    found = answer(seen, "/opt/bin/go")
    assert found.local.version == "go1.27.3"
    assert found.settings["GOFLAGS"].cause == "opaque"
    assert "GOROOT" not in found.settings


def test_what_every_toolchain_says_alike_is_known_whichever_answers():
    files = {
        "/home/ada/shop/go.mod": "go 1.26.6\n",
        "/home/ada/.config/go/env": "GOPRIVATE=acme.example/*\n",
    }
    found = asked({"go": "go1.22.10", "files": files, "environment": {"GOFLAGS": "-v"}})
    assert isinstance(found.binary, Hole)
    assert found.settings["GOFLAGS"].value == "-v"
    assert found.settings["GOPRIVATE"].value == found.settings["GONOSUMDB"].value
    assert isinstance(found.settings["GOPROXY"], Hole)  # that of another GOROOT/go.env


def test_two_environments_that_look_alike_to_go_are_one():
    seen, _ = view(installed(), ENVIRONMENT | {"EDITOR": "vi"})
    other, _ = view(installed(), ENVIRONMENT | {"EDITOR": "emacs"})
    third, _ = view(installed(), ENVIRONMENT | {"GOFLAGS": "-v"})
    answer(seen, f"{ROOT}/bin/go")
    assert other.looks_like(seen)
    assert not third.looks_like(seen)


def test_a_shim_is_told_with_the_version_that_its_manager_took():
    files = {**homes.HOMES["asdf"](), "~/shop/.tool-versions": "golang 1.22.10\n"}
    found = answer(homes.view(files), homes.expanded(homes.SHIMS["asdf"]))
    assert (found.shim.manager, found.shim.version) == ("asdf", "1.22.10")
    assert found.shim.version_from == (homes.expanded("~/shop/.tool-versions"), 1)
    assert found.local.version == "go1.22.10"
