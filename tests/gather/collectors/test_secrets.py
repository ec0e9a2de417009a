from __future__ import annotations

import json

import pytest

from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from tests.gather.fake_host import FakeHost, Node, folder, link
from tests.gather.small_fold import SmallFold

SHOP = "/home/dana/shop"
SECRET = "hunter2hunter2"
TOKEN = "ghp_" + "aB3dE5gH7j" * 4
RC = "/home/dana/.bashrc"


@pytest.fixture
def secrets_of(redaction):
    """Gather a machine's suspects and files; start-up files are those that a fold asks for."""

    def make(
        files=None,
        *,
        startup=(RC,),
        syntax="bash",
        subject="workstation",
        only=("startup", "secrets"),
        **more,
    ):
        home = {
            "/home/dana": folder(mode=0o755, uid=1000),
            SHOP: folder(),
            f"{SHOP}/.git": folder(),
        }
        host = FakeHost(home | (files or {}), **more)
        document = gather(
            host, subject=subject, directory=SHOP, redaction=redaction, only=only,
            launch=LaunchOptions(resolve=SmallFold(*startup, syntax=syntax)),
        )  # fmt: skip
        assert SECRET not in json.dumps(document)
        assert TOKEN not in json.dumps(document)
        return document["facts"].get("secrets", {}), document

    return make


def told(facts):
    return [(row["name"], row["source"], row.get("line"), row["why"]) for row in facts["suspects"]]


def test_a_machine_without_secrets_has_none(secrets_of):
    facts, document = secrets_of({RC: "export EDITOR=vi\nPATH=$HOME/bin:$PATH\n"})
    assert facts == {"suspects": [], "files": []}
    assert not [key for key in document["absent"] if key.startswith("/secrets")]


def test_variables_of_the_process_are_looked_at_by_name_and_by_shape(secrets_of):
    facts, document = secrets_of(
        {RC: ""},
        environment={
            "DB_PASSWORD": SECRET, "WEATHER": TOKEN, "DATABASE_URL": f"postgres://u:{SECRET}@h/db",
            "SSH_AUTH_SOCK": "/run/agent", "GOMINOR": "22", "PWD": SHOP, "TLS_KEY": "/etc/x.pem",
        },
    )  # fmt: skip
    assert told(facts) == [
        ("DATABASE_URL", "environment", None, "shape"),
        ("DB_PASSWORD", "environment", None, "name"),
        ("WEATHER", "environment", None, "shape"),
    ]
    assert document["provenance"]["/secrets/suspects/0"]["from"] == "environment of this process"


@pytest.mark.parametrize(
    ("text", "name", "line", "why"),
    [
        (f"A=1\nexport DB_PASSWORD={SECRET}\n", "DB_PASSWORD", 2, "name"),
        (f"export WEATHER='{TOKEN}'\n", "WEATHER", 1, "shape"),
        (f'DB_PASSWORD="{SECRET}" make\n', "DB_PASSWORD", 1, "name"),
        (f"alias up='DB_PASSWORD={SECRET} run'\n", "DB_PASSWORD", 1, "name"),
        (f"eval 'export TOKEN={SECRET}'\n", "TOKEN", 1, "name"),
        (f"up() {{\n  curl --token={SECRET} x\n}}\n", "token", 2, "name"),
        (f"if a; then\n  b\nelse\n  SECRETS=(x {SECRET})\nfi\n", "SECRETS", 4, "name"),
        (f"cat <<E\ntoken={SECRET}\nE\n", "token", 1, "name"),
        (f"# old: {TOKEN}\n", "", 1, "shape"),
        (f"return\ngit clone https://u:{SECRET}@h/x\n", "", 2, "shape"),
    ],
)  # fmt: skip
def test_start_up_files_are_looked_through_whether_their_lines_run_or_not(
    secrets_of, text, name, line, why
):
    facts, document = secrets_of({RC: text})
    assert told(facts) == [(name, "startup-file", line, why)]
    assert facts["suspects"][0]["file"] == RC
    assert document["provenance"]["/secrets/suspects/0"]["line"] == line


@pytest.mark.parametrize(
    "text",
    [
        "export TOKEN=$(pass show x)", "TOKEN=", "unset TOKEN", "export TOKEN=$OTHER",
        "read -s TOKEN",
        "export TOKEN=${TOKEN:-}", "alias k='kubectl --token-file=/etc/x'", "KEYTIMEOUT=1",
        "export SSH_AUTH_SOCK=/run/x", "bindkey '^K' up", "export GPG_KEY=dana", "SORT_KEY=name",
        "echo 'enter your password: '", "export LS_COLORS='di=01;34:*.key=01'", "TOKEN=changeme",
    ],
)  # fmt: skip
def test_ordinary_lines_raise_no_alarm(secrets_of, text):
    assert told(secrets_of({RC: text})[0]) == []


def test_files_of_fish_are_looked_through_as_well(secrets_of):
    path = "/home/dana/config.fish"
    rows, _ = secrets_of({path: f"a\nset -gx DB_PASSWORD {SECRET}\n"}, startup=(path,))
    assert told(rows) == [("DB_PASSWORD", "startup-file", 2, "name")]


def test_what_could_not_be_read_leaves_the_list_open(secrets_of):
    _, document = secrets_of({RC: Node(mode=0, uid=0)})
    assert document["absent"]["/secrets/suspects/-"]["reason"] == "permission"
    _, document = secrets_of(only=("secrets",))
    assert document["absent"]["/secrets/suspects/-"] == {
        "reason": "not_collected",
        "detail": "start-up files were not gathered",
    }


def test_a_program_that_start_up_looks_at_is_no_text(secrets_of):
    go = {"/usr/bin/go": Node(content=b"\x7fELF" + b"0" * (2 << 20))}
    facts, document = secrets_of(go, startup=("/usr/bin/go",), syntax="head")
    assert "head" in document["facts"]["files"]["/usr/bin/go"]["scripts"]
    assert facts["suspects"] == []
    assert not [key for key in document["absent"] if key.startswith("/secrets")]


def test_the_file_of_go_env_is_looked_through(secrets_of):
    path = "/home/dana/.config/go/env"
    facts, _ = secrets_of(
        {RC: "", path: f"GOFLAGS=-v\nGOPROXY=https://u:{SECRET}@h\n"},
        environment={"HOME": "/home/dana"},
    )
    assert told(facts) == [("GOPROXY", "go-env-file", 2, "shape")]


FILES = {
    ".env": (f"# x\nDB_PASSWORD={SECRET}\nexport A=1\n", "env-file", "DB_PASSWORD", 2),
    ".env.local": (f"API_TOKEN = '{SECRET}'\n", "env-file", "API_TOKEN", 1),
    "prod.env": (f"API_TOKEN: {SECRET}\n", "env-file", "API_TOKEN", 1),
    ".envrc": (f"export API_TOKEN={SECRET}\n", "env-file", "API_TOKEN", 1),
    ".env.example": (f"PASSWORD=secret\nX={TOKEN}\n", "env-sample", "X", 2),
    "Dockerfile": (f"FROM x\nENV A=1 \\\n  NPM_TOKEN={SECRET}\n", "dockerfile", "NPM_TOKEN", 2),
    "Dockerfile.dev": (f"FROM x\nENV NPM_TOKEN {SECRET}\n", "dockerfile", "NPM_TOKEN", 2),
    "dev.Dockerfile": ("FROM x\nARG NPM_TOKEN\nARG VERSION\n", "dockerfile", "NPM_TOKEN", 2),
    "Containerfile": ("ARG A\nENV NPM_TOKEN=$A\n", "dockerfile", "NPM_TOKEN", 2),
    ".npmrc": (f"a=b\n//r.example/:_authToken={SECRET}\n", "npmrc", "_authToken", 2),
    ".netrc": (f"machine h\n  login u\n  password {SECRET}\n", "netrc", "password", 3),
    ".pypirc": (f"[pypi]\nusername = u\npassword = {SECRET}\n", "pypirc", "password", 3),
    ".pgpass": (f"# x\nh:5432:db:u:{SECRET}\n", "pgpass", "", 2),
    ".git-credentials": (f"https://u:{SECRET}@h\n", "git-credentials", "", 1),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("subject", ["workstation", "repository"])
def test_files_at_the_top_of_a_repository_are_looked_through(secrets_of, name, subject):
    text, kind, suspect, line = FILES[name]
    facts, _ = secrets_of({RC: "", f"{SHOP}/{name}": text}, subject=subject)
    assert told(facts) == [(suspect, kind, line, facts["suspects"][0]["why"])]
    assert [(row["path"], row["kind"], row["holds_secret"]) for row in facts["files"]] == [
        (f"{SHOP}/{name}", kind, True)
    ]


AT_HOME = {
    ".netrc": f"machine h login u password {SECRET}",
    ".npmrc": f"//r/:_authToken={SECRET}",
    ".aws/credentials": f"[default]\naws_secret_access_key = {SECRET}",
    ".docker/config.json": json.dumps({"auths": {"r.example": {"auth": SECRET}}}),
    ".config/gh/hosts.yml": f"github.com:\n  oauth_token: {SECRET}",
    ".cargo/credentials.toml": f'[registry]\ntoken = "{SECRET}"',
    ".my.cnf": f"[client]\npassword={SECRET}",
    ".gitconfig": f"[remote]\n url = https://u:{SECRET}@h/x",
}


@pytest.mark.parametrize("name", AT_HOME)
def test_files_at_home_are_looked_through(secrets_of, name):
    facts, _ = secrets_of(
        {RC: "", f"/home/dana/{name}": Node(content=AT_HOME[name].encode(), mode=0o600, uid=1000)}
    )
    (row,) = facts["files"]
    assert (row["path"], row["holds_secret"], row["mode"]) == (f"/home/dana/{name}", True, "0600")
    assert row["readable_by_others"] is False
    assert row["tracked_by_git"] is False
    assert len(facts["suspects"]) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".npmrc", "//r/:_authToken=${NPM_TOKEN}\nregistry=https://r"),
        (".netrc", "# password hunter3\nmachine h login u"),
        (".docker/config.json", '{"auths": {"r": {}}, "credsStore": "pass"}'),
        (".gitconfig", '[url "ssh://git@h"]\n insteadOf = https://h'),
        (".my.cnf", "[client]\nuser=dana"),
    ],
)
def test_files_without_a_secret_are_told_as_such(secrets_of, name, text):
    facts, _ = secrets_of({RC: "", f"/home/dana/{name}": text})
    assert [row["holds_secret"] for row in facts["files"]] == [False]
    assert facts["suspects"] == []


def test_a_file_that_is_not_what_its_name_says_is_unknown(secrets_of):
    _, document = secrets_of({RC: "", "/home/dana/.docker/config.json": "{"})
    assert document["absent"]["/secrets/files/0/holds_secret"]["reason"] == "parse_error"
    assert document["absent"]["/secrets/suspects/-"]["reason"] == "parse_error"


def test_who_else_may_read_a_file_is_told_by_the_way_to_it(secrets_of):
    netrc = {"/home/dana/.netrc": Node(content=b"password x", mode=0o644, uid=1000), RC: ""}
    facts, _ = secrets_of(netrc)
    assert facts["files"][0]["readable_by_others"] is True
    facts, _ = secrets_of(netrc | {"/home/dana": folder(mode=0o750, uid=1000)})
    assert facts["files"][0]["readable_by_others"] is False


def test_a_link_in_a_repository_is_not_followed(secrets_of):
    facts, document = secrets_of(
        {f"{SHOP}/.env": link("/home/eve/.env"), "/home/eve/.env": f"TOKEN={SECRET}"},
        subject="repository",
    )
    assert facts["suspects"] == []
    assert document["absent"]["/secrets/files/0/holds_secret"]["reason"] == "not_collected"
    assert document["absent"]["/secrets/suspects/-"]["reason"] == "not_collected"


def test_an_index_that_cannot_be_read_leaves_open_what_git_tracks(secrets_of):
    _, document = secrets_of({RC: "", f"{SHOP}/.env": "A=1", f"{SHOP}/.git/index": b"DIRC"})
    assert document["absent"]["/secrets/files/0/tracked_by_git"]["reason"] == "parse_error"


def test_of_very_many_suspects_not_all_are_told(secrets_of):
    text = "".join(f"TOKEN_{n}={SECRET}\n" for n in range(600))
    facts, document = secrets_of({RC: text})
    assert len(facts["suspects"]) == 500
    assert document["absent"]["/secrets/suspects/-"]["reason"] == "too_large"
