"""The rules on editors, from settings files on a disk to the verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.trees import ADDS_GO, GUARD, READS_BASHRC

OURS = {
    file.stem
    for file in (Path(__file__).parents[2] / "rules/editors").glob("*.yaml")
    if file.stem != "pack"
}
SHOP = "/home/ada/shop"
USER = "/home/ada/.config/Code/User/settings.json"
LAUNCH = f"{SHOP}/.vscode/launch.json"
GOLAND = "/home/ada/.config/JetBrains/GoLand2025.3"
BASHRC, PROFILE = "/home/ada/.bashrc", "/home/ada/.profile"
HERE = {f"{SHOP}/go.mod": "module shop\n\ngo 1.22\n", PROFILE: READS_BASHRC}
# GOFLAGS has a value everywhere, which is one that gopls and the terminal agree about.
CLEAN = HERE | {BASHRC: ADDS_GO + "export GOFLAGS=-v\n" + GUARD, USER: "{}"}
PROJECT = '<project version="4"><component name="GOROOT" url="file://{}" /></project>'
RUN = """<component name="ProjectRunConfigurationManager">
<configuration name="server" type="GoApplicationRunConfiguration">
<envs><env name="GOROOT" value="/opt/go"/></envs></configuration></component>
"""

FAULTS = {
    "the terminal's settings alone have a flag": (
        CLEAN | {USER: '{"terminal.integrated.env.linux": {"GOPRIVATE": "acme.example"}}'},
        {"vscode-terminal-env-only"},
    ),
    "go.toolsEnvVars has another flag than the start-up files": (
        CLEAN | {USER: '{"go.toolsEnvVars": {"GOFLAGS": "-x"}}'},
        {"vscode-tools-and-terminal-differ"},
    ),
    "go.goroot is set": (
        CLEAN | {USER: '{"go.goroot": "/opt/go"}', "/opt/go/VERSION": "go1.22.10\n"},
        {"vscode-goroot-pinned", "vscode-tools-and-terminal-differ"},
    ),
    "go.goroot is set to what is not there, which the extension passes over": (
        CLEAN | {USER: '{"go.goroot": "/opt/go"}'},
        {"vscode-goroot-pinned"},
    ),
    "null shall take a variable away": (
        CLEAN | {USER: '{"go.toolsEnvVars": {"GOFLAGS": null}}'},
        {"vscode-null-in-tools-env", "vscode-tools-and-terminal-differ"},
    ),
    "gopls alone is told": (
        CLEAN | {USER: '{"gopls": {"build.env": {"GOPROXY": "direct"}}}'},
        {"vscode-gopls-env-only"},
    ),
    "a launch configuration chooses its Go, and reads a file that is not there": (
        CLEAN
        | {
            LAUNCH: '{"configurations": [{"name": "server", "type": "go", "request": "launch",'
            '"envFile": "${workspaceFolder}/.env", "env": {"GOROOT": "/opt/go"}}]}'
        },
        {"vscode-launch-overrides-go", "vscode-launch-env-file-missing"},
    ),
    "tests read a file that is not there": (
        CLEAN | {USER: '{"go.testEnvFile": "/home/ada/test.env"}'},
        {"vscode-test-env-file-missing"},
    ),
    "a setting that nothing reads": (
        CLEAN | {USER: '{"gopls.experimentalWorkspaceModule": true}'},
        {"vscode-dead-settings"},
    ),
    "a brace is missing": (CLEAN | {USER: '{"go.goroot": ""'}, {"vscode-settings-broken"}),
    "GoLand's Go is gone": (
        HERE | {f"{GOLAND}/options/x.xml": "", f"{SHOP}/.idea/workspace.xml": PROJECT.format("/x")},
        {"goland-goroot-missing"},
    ),
    "GoLand has another Go than terminals": (
        HERE
        | {
            BASHRC: ADDS_GO + GUARD,
            f"{GOLAND}/options/x.xml": "",
            "/opt/go/VERSION": "go1.21.13\n",
            f"{SHOP}/.idea/workspace.xml": PROJECT.format("/opt/go"),
        },
        {"goland-goroot-differs"},
    ),
    "GoLand asks no shell": (
        HERE | {BASHRC: ADDS_GO + GUARD + "export GOFLAGS=-v\n", f"{GOLAND}/options/x.xml": ""},
        {"goland-without-shell-variables"},
    ),
    "a run configuration chooses its Go": (
        HERE | {f"{SHOP}/.run/server.run.xml": RUN},
        {"goland-run-overrides-go"},
    ),
}


def outcomes(verdicts, *wanted):
    return {rule for rule in OURS if verdicts[rule]["outcome"] in wanted}


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_and_nothing_else(judged, files, expected):
    verdicts = judged(files, directory=SHOP, packs=("editors",))

    assert outcomes(verdicts, "fail", "error") == expected


def test_every_rule_finds_its_fault_in_some_tree():
    assert set().union(*(expected for _, expected in FAULTS.values())) == OURS


def test_a_machine_without_editors_is_not_judged(judged):
    verdicts = judged(HERE | {BASHRC: ADDS_GO + GUARD}, directory=SHOP, packs=("editors",))

    assert outcomes(verdicts, "not_applicable") == OURS


def test_settings_of_a_repository_are_nothing_to_a_machine_without_vs_code(judged):
    files = {f"{SHOP}/.vscode/settings.json": '{"go.goroot": "/opt/go", "go.toolsEnvVars": {}}'}

    verdicts = judged(HERE | files, directory=SHOP, packs=("editors",))

    assert outcomes(verdicts, "not_applicable") == OURS - {"vscode-settings-broken"}


def test_an_editor_that_is_told_what_terminals_are_told_passes(judged):
    verdicts = judged(CLEAN, directory=SHOP, packs=("editors",))

    assert outcomes(verdicts, "fail", "error", "unknown") == set()
    assert "vscode-tools-and-terminal-differ" in outcomes(verdicts, "pass")


def test_a_terminal_that_is_a_login_shell_is_not_taken_for_another(judged):
    profile = (
        '{"terminal.integrated.defaultProfile.linux": "login", "terminal.integrated.profiles.linux"'
        ': {"login": {"path": "/bin/bash", "args": ["-l"]}}, "go.toolsEnvVars": {"GOFLAGS": "-x"}}'
    )

    verdicts = judged(CLEAN | {USER: profile}, directory=SHOP, packs=("editors",))

    assert verdicts["vscode-tools-and-terminal-differ"]["outcome"] == "not_applicable"


def test_goland_that_asks_a_shell_has_what_it_says(judged):
    files, _ = FAULTS["GoLand asks no shell"]
    options = {f"{GOLAND}/goland64.vmoptions": "-Dij.load.shell.env=true\n"}

    verdicts = judged(files | options, directory=SHOP, packs=("editors",))

    assert verdicts["goland-without-shell-variables"]["outcome"] == "pass"


def test_what_a_desktop_may_have_read_at_login_is_left_open_for_goland(judged):
    files = HERE | {BASHRC: "export GOFLAGS=-v\n" + GUARD, f"{GOLAND}/options/x.xml": ""}

    verdicts = judged(files, directory=SHOP, packs=("editors",))

    assert verdicts["goland-without-shell-variables"]["outcome"] == "unknown"


def test_a_finding_names_the_line_that_is_to_blame(judged):
    verdicts = judged(FAULTS["go.goroot is set"][0], directory=SHOP, packs=("editors",))

    (fact,) = verdicts["vscode-goroot-pinned"]["findings"][0]["evidence"]
    assert (fact["provenance"]["file"], fact["provenance"]["line"]) == (USER, 1)
