from __future__ import annotations

import functools

import pytest

from tests.gather.fake_host import Node, folder
from tests.gather.jetbrains.machine import SHOP, gathered, run_of, shared

CONFIG = "/home/dana/.config/JetBrains"


@pytest.fixture
def jetbrains_of(survey_of):
    return functools.partial(gathered, survey_of)


def goland(version, options=None, **files):
    home = f"{CONFIG}/GoLand{version}"
    told = {f"{home}/options/{name}.xml": content for name, content in files.items()}
    if options is not None:
        told[f"{home}/goland64.vmoptions"] = options
    return {home: folder()} | told


ON, OFF = "-Dij.load.shell.env=true\n", "-Dij.load.shell.env=false\n"


@pytest.mark.parametrize(
    ("files", "environment", "platform", "loads"),
    [
        (goland("2025.3"), {}, "linux/amd64", False),
        (goland("2025.3", ON), {}, "linux/amd64", True),
        (goland("2026.1", ON), {}, "linux/amd64", True),
        (goland("2024.3", ON), {}, "linux/amd64", "unsupported"),
        (goland("2023.3", ON), {}, "linux/amd64", False),
        (goland("2025.3", OFF), {}, "linux/amd64", False),
        (goland("2024.1") | goland("2025.3", ON), {}, "linux/amd64", "ambiguous"),
        (goland("2025.3", Node(mode=0)), {}, "linux/amd64", "permission"),
        (goland("2025.3", ON), {"_JAVA_OPTIONS": OFF}, "linux/amd64", "ambiguous"),
        (
            goland("2025.3") | {"/etc/go.vmoptions": ON},
            {"GOLAND_VM_OPTIONS": "/etc/go.vmoptions"},
            "linux/amd64",
            True,
        ),
        (
            goland("2025.3", ON)
            | {"/home/dana/.local/share/JetBrains/Toolbox/apps/goland/ch-0/1.vmoptions": "-Xmx1g"},
            {},
            "linux/amd64",
            "ambiguous",
        ),
        (
            goland("2025.3")
            | {"/home/dana/.local/share/JetBrains/Toolbox/apps/goland.vmoptions": ON},
            {},
            "linux/amd64",
            True,
        ),
        (
            {"/home/dana/Library/Application Support/JetBrains/GoLand2023.1": folder()},
            {},
            "darwin/arm64",
            True,
        ),
        (
            {"/home/dana/Library/Application Support/JetBrains/GoLand2025.3/goland.vmoptions": OFF},
            {},
            "darwin/arm64",
            False,
        ),
    ],
    ids=range(14),
)
def test_whether_the_shell_is_asked_for_variables(
    jetbrains_of, files, environment, platform, loads
):
    found, document = jetbrains_of(files, environment=environment, platform=platform)
    hole = document["absent"].get("/jetbrains/load_shell_env", {})
    assert found.get("load_shell_env", hole.get("reason")) == loads
    assert found["installed"] is True


def test_the_option_is_told_with_its_line(jetbrains_of):
    _, document = jetbrains_of(goland("2025.3", "-Xmx2g\n" + ON))
    place = document["provenance"]["/jetbrains/load_shell_env"]
    assert place["file"] == f"{CONFIG}/GoLand2025.3/goland64.vmoptions"
    assert place["line"] == 2


def application(component):
    return f"<application>\n{component}\n</application>"


def test_settings_of_the_user_are_told_for_each_version(jetbrains_of):
    found, document = jetbrains_of(
        goland(
            "2025.3",
            **{
                "terminal-local": application(
                    '<component name="TerminalLocalOptions">'
                    '<option name="shellPath" value="/bin/fish" /></component>'
                ),
                "goLibraries": application(
                    '<component name="GoLibraries"><option name="urls"><list>'
                    '<option value="file://$USER_HOME$/go" /></list></option></component>'
                ),
            },
        )
        | {
            f"{CONFIG}/IntelliJIdea2024.1/options/terminal.xml": b"<",
            f"{CONFIG}/PyCharm2024.1": folder(),
        }
    )
    first, second = found["products"]
    assert (first["id"], first["version"], first["shell"]) == (
        "GoLand 2025.3",
        "2025.3",
        "/bin/fish",
    )
    assert first["gopath"]["entries"] == ["/home/dana/go"]
    assert second["id"] == "IntelliJIdea 2024.1"
    assert document["absent"]["/jetbrains/products/1/shell"]["reason"] == "parse_error"


def test_a_path_that_the_user_has_named_is_not_known(jetbrains_of):
    named = application(
        '<component name="PathMacrosImpl"><macro name="LIBS" value="/libs" /></component>'
    )
    inside = '<envs><env name="X" value="$LIBS$" /></envs>'
    files = {f"{SHOP}/.run/a.run.xml": shared(run_of(inside))}
    _, document = jetbrains_of(goland("2025.3", **{"path.macros": named}) | files)
    hole = document["absent"]["/jetbrains/runs/0/env/0/value"]
    assert hole == {"reason": "opaque", "detail": "`$LIBS$` is a path variable of the user's"}


def test_settings_that_may_not_be_looked_for_are_unknown(jetbrains_of):
    _, document = jetbrains_of({f"{CONFIG}/x": "", "/home/dana/.config": folder(mode=0)})
    assert document["absent"]["/jetbrains/installed"]["reason"] == "permission"
