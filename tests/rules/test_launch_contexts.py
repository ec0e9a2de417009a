"""The rules on launch contexts, from files on a disk to the verdict."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.rules.trees import ADDS_GO, GO, GUARD, READS_BASHRC

PACKS = Path(__file__).parents[2] / "rules"
OURS = {
    file.stem
    for pack in ("go", "shell")
    for file in (PACKS / pack).glob("*.yaml")
    if file.stem != "pack"
    and (pack == "shell" or re.search(r"\bcontexts\b", file.read_text("utf-8")))
}
LIVE_ONLY = {"goenv-shadowed-in-shell"}
"""What asks for facts besides, that only a running machine has."""

PROFILE, BASHRC = "/home/ada/.profile", "/home/ada/.bashrc"
CLEAN = {PROFILE: READS_BASHRC, BASHRC: ADDS_GO + GUARD}

FAULTS = {
    "the PATH line stands in a file that login shells do not read": (
        {BASHRC: GUARD + ADDS_GO, PROFILE: "umask 022\n"},
        {"go-not-in-every-shell", "bash-profile-no-bashrc", "export-below-interactive-guard"},
    ),
    "a .bash_profile hides the .profile": (
        {"/home/ada/.bash_profile": '. "$HOME/.bashrc"\n', PROFILE: "export GOPATH=$HOME/src\n"},
        {"bash-profile-shadows-profile"},
    ),
    "two files put another go first": (
        {
            "/opt/go/bin/go": "#!/bin/false\n",
            PROFILE: "export PATH=/opt/go/bin:$PATH\n",
            BASHRC: "export PATH=/usr/local/go/bin:$PATH\n",
        },
        {"go-differs-between-shells", "bash-profile-no-bashrc"},
    ),
    "two files set another GOROOT": (
        {
            **CLEAN,
            PROFILE: "export GOROOT=/opt/go\n",
            BASHRC: "export GOROOT=/usr/local/go\n",
        },
        {"go-variable-differs-between-shells"},
    ),
    "go is an alias": (
        CLEAN | {BASHRC: ADDS_GO + "alias go=richgo\n"},
        {"go-alias-or-function"},
    ),
    "GOPATH is not exported, and another folder keeps its tilde": (
        CLEAN | {BASHRC: ADDS_GO + "GOPATH=$HOME/src\nexport GOCACHE='~/cache'\n"},
        {"go-variable-not-exported", "go-folder-not-absolute"},
    ),
    "PATH has a tilde in quotes, and a folder twice": (
        CLEAN | {BASHRC: ADDS_GO + "PATH=$PATH:'~/bin':/usr/bin\n"},
        {"path-relative-in-shell", "path-duplicate-entries"},
    ),
    "scripts have to run a file first": (
        CLEAN | {PROFILE: READS_BASHRC + "export BASH_ENV=$HOME/.bashrc\n"},
        {"bash-env-set"},
    ),
    "/etc/environment wants its PATH expanded": (
        CLEAN | {"/etc/environment": "PATH=$PATH:/usr/local/go/bin\n"},
        {"etc-environment-syntax", "etc-environment-path-replaced"},
    ),
    "the crontab wants its PATH expanded": (
        CLEAN | {"/var/spool/cron/crontabs/ada": "PATH=$HOME/bin:$PATH\n@daily go version\n"},
        {"crontab-syntax"},
    ),
    "Go was unpacked into the home": (
        CLEAN | {"/home/ada/go/bin/go": "#!/bin/false\n", BASHRC: "PATH=$HOME/go/bin:$PATH\n"},
        {"go-in-install-folder"},
    ),
    "GOPATH is set, and PATH knows nothing of it": (
        CLEAN | {BASHRC: ADDS_GO + "export GOPATH=$HOME/src\n"},
        {"install-folder-not-on-path"},
    ),
    "the distribution's go stands behind the other one": (
        CLEAN | {"/usr/bin/go": "#!/bin/false\n", BASHRC: "PATH=/usr/local/go/bin:$PATH\n"},
        {"go-shadowed-in-shell"},
    ),
    "the lines stand in the file of another shell": (
        CLEAN | {BASHRC: GUARD, "/home/ada/.zshrc": ADDS_GO + "export GOFLAGS=-v\n"},
        {"go-not-in-every-shell", "go-line-in-file-of-another-shell"},
    ),
}


def outcomes(verdicts, *wanted):
    return {rule for rule in OURS - LIVE_ONLY if verdicts[rule]["outcome"] in wanted}


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_and_nothing_else(judged, files, expected):
    verdicts = judged(files)

    assert outcomes(verdicts, "fail") == expected


def test_a_clean_home_passes_and_leaves_nothing_open(judged):
    verdicts = judged(CLEAN)

    assert outcomes(verdicts, "fail", "error") == set()
    assert outcomes(verdicts, "unknown") == set()
    assert {"go-not-in-every-shell", "profile-resets-path"} <= outcomes(verdicts, "pass")


def test_what_a_desktop_adds_is_left_open_until_a_real_session_is_given(judged):
    files = {PROFILE: ADDS_GO, BASHRC: GUARD}

    assert judged(files)["go-not-in-every-shell"]["outcome"] == "unknown"


@pytest.mark.parametrize(
    ("folder", "outcome"), [("/usr/local/go/bin:", "pass"), ("", "fail")], ids=("read", "not read")
)
def test_a_real_session_tells_whether_the_desktop_read_the_profile(judged, folder, outcome):
    session = {"HOME": "/home/ada", "USER": "ada", "PATH": f"{folder}/usr/bin:/bin"}

    verdicts = judged({PROFILE: ADDS_GO, BASHRC: GUARD}, session)

    assert verdicts["go-not-in-every-shell"]["outcome"] == outcome


def test_a_session_s_path_that_the_profile_replaces_is_missed(judged):
    session = {"HOME": "/home/ada", "USER": "ada", "PATH": "/usr/local/go/bin:/usr/bin:/bin"}

    verdicts = judged({PROFILE: "", BASHRC: GUARD}, session)

    (finding,) = verdicts["profile-resets-path"]["findings"]
    assert "/usr/local/go/bin" in finding["message"]
    assert verdicts["go-not-in-every-shell"]["outcome"] == "fail"


@pytest.mark.parametrize("shell", ["/bin/zsh", "/bin/fish"])
def test_other_shells_are_judged_by_their_own_files(judged, shell):
    verdicts = judged(
        {
            "/home/ada/.zshenv": "export PATH=$PATH:/usr/local/go/bin\n",
            "/home/ada/.config/fish/config.fish": "fish_add_path -gP /usr/local/go/bin\n",
            "/usr/local/go/bin/gofmt": "",
        },
        shell=shell,
    )

    assert outcomes(verdicts, "fail") == set()
    assert verdicts["go-not-in-every-shell"]["outcome"] == "pass"


def test_a_finding_names_the_line_that_is_to_blame(judged):
    finding = judged(FAULTS["go is an alias"][0])["go-alias-or-function"]["findings"][0]

    told = json.dumps(finding)
    assert "/home/ada/.bashrc" in told
    assert GO not in told
