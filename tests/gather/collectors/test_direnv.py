from __future__ import annotations

import hashlib

import pytest

from tests.gather.fake_host import Node, folder, link

HOME = "/home/dana"
SHOP = f"{HOME}/shop"
ENVRC = f"{SHOP}/.envrc"
TEXT = "export GOFLAGS=-mod=mod\nlayout go\n"
TOML = f"{HOME}/.config/direnv/direnv.toml"


def allow(path=ENVRC, text=TEXT, data=f"{HOME}/.local/share"):
    name = hashlib.sha256(f"{path}\n{text}".encode()).hexdigest()
    return {f"{data}/direnv/allow/{name}": f"{path}\n"}


def deny(path=ENVRC):
    name = hashlib.sha256(f"{path}\n".encode()).hexdigest()
    return {f"{HOME}/.local/share/direnv/deny/{name}": f"{path}\n"}


@pytest.fixture
def direnv_of(survey_of):
    def make(files, *, environment=None, **more):
        document, _ = survey_of(
            files, environment={"HOME": HOME} | (environment or {}), only=("direnv",), **more
        )
        return document["facts"]["direnv"], document

    return make


def allowed(direnv):
    return direnv["envrc"].get("allowed"), direnv["envrc"].get("allowed_by")


def test_an_envrc_is_told_with_its_lines(direnv_of):
    direnv, document = direnv_of(
        {ENVRC: TEXT, "/usr/bin/direnv": Node()}, environment={"PATH": "/usr/bin"}
    )
    assert direnv == {
        "installed": True,
        "config": {"load_dotenv": False, "whitelist_prefix": [], "whitelist_exact": []},
        "envrc": {
            "path": ENVRC,
            "mode": "0644",
            "allowed": "not_allowed",
            "loaded": False,
            "exports": [{"name": "GOFLAGS", "value": "-mod=mod", "line": 1, "conditional": False}],
            "directives": [
                {"name": "layout", "arguments": ["go"], "line": 2, "conditional": False}
            ],
        },
    }
    assert document["provenance"]["/direnv/envrc/exports/0"] == {
        "collector": "direnv",
        "from": ".envrc",
        "file": ENVRC,
        "line": 1,
    }


def test_the_nearest_file_counts(direnv_of):
    files = {ENVRC: TEXT, f"{HOME}/.envrc": "", f"{SHOP}/api": folder()}
    direnv, _ = direnv_of(files, directory=f"{SHOP}/api")
    assert direnv["envrc"]["path"] == ENVRC
    # One that is no file or cannot be read is passed over.
    for odd in (folder(), Node("fifo"), Node(mode=0), link("/nowhere")):
        direnv, _ = direnv_of(files | {f"{SHOP}/api/.envrc": odd}, directory=f"{SHOP}/api")
        assert direnv["envrc"]["path"] == ENVRC
    direnv, _ = direnv_of({})
    assert "envrc" not in direnv


def test_the_directory_is_where_links_lead_to(direnv_of):
    direnv, _ = direnv_of({ENVRC: TEXT, "/l": link(SHOP), **allow()}, directory="/l")
    assert direnv["envrc"]["path"] == ENVRC
    assert allowed(direnv) == ("allowed", "allow_file")


def test_a_file_is_allowed_as_it_is_only(direnv_of):
    direnv, _ = direnv_of({ENVRC: TEXT, **allow()})
    assert allowed(direnv) == ("allowed", "allow_file")
    direnv, _ = direnv_of({ENVRC: TEXT + "export A=1\n", **allow()})
    assert allowed(direnv) == ("not_allowed", None)
    direnv, _ = direnv_of({ENVRC: TEXT, **allow(path="/elsewhere/.envrc")})
    assert allowed(direnv) == ("not_allowed", None)


def test_the_list_of_allowed_files_may_lie_elsewhere(direnv_of):
    direnv, _ = direnv_of({ENVRC: TEXT, **allow(data="/d")}, environment={"XDG_DATA_HOME": "/d"})
    assert allowed(direnv) == ("allowed", "allow_file")
    direnv, document = direnv_of({ENVRC: TEXT}, environment={"XDG_DATA_HOME": "d"})
    assert document["absent"]["/direnv/envrc"]["reason"] == "unsupported"


def test_an_old_list_of_allowed_files_leaves_it_open(direnv_of):
    direnv, document = direnv_of({ENVRC: TEXT, **allow(data=f"{HOME}/.config")})
    assert allowed(direnv) == (None, None)
    assert document["absent"]["/direnv/envrc/allowed"]["reason"] == "ambiguous"


def test_a_denied_file_is_denied(direnv_of):
    direnv, _ = direnv_of({ENVRC: TEXT, **deny()})
    assert allowed(direnv) == ("denied", None)
    direnv, document = direnv_of({ENVRC: TEXT, **deny(), **allow()})
    assert document["absent"]["/direnv/envrc/allowed"]["reason"] == "ambiguous"


@pytest.mark.parametrize(
    ("toml", "answer"),
    [
        ('[whitelist]\nprefix = ["/home/dana/sh"]\n', ("allowed", "whitelist_prefix")),
        ('[whitelist]\nprefix = ["~/shop/"]\n', ("allowed", "whitelist_prefix")),
        ('[whitelist]\nprefix = ["/home/dana/shop/x", "shop"]\n', ("not_allowed", None)),
        ('[whitelist]\nexact = ["/home/dana/shop"]\n', ("allowed", "whitelist_exact")),
        ('[whitelist]\nexact = ["~/shop/.envrc"]\n', ("allowed", "whitelist_exact")),
        ('[Whitelist]\nExact = ["~/shop"]\n', ("allowed", "whitelist_exact")),
        ('[whitelist]\nexact = ["/home/dana"]\n', ("not_allowed", None)),
        ("", ("not_allowed", None)),
    ],
)
def test_whitelists_allow_without_asking(direnv_of, toml, answer):
    direnv, document = direnv_of({ENVRC: TEXT, TOML: toml})
    assert allowed(direnv) == answer
    assert direnv["config"]["path"] == TOML
    if answer[1]:
        assert document["provenance"]["/direnv/envrc/allowed"]["file"] == TOML


def test_the_configuration_may_bear_its_old_name_or_lie_elsewhere(direnv_of):
    toml = '[whitelist]\nexact = ["~/shop"]\n'
    for path, environment in (
        (f"{HOME}/.config/direnv/config.toml", {}),
        ("/x/direnv/direnv.toml", {"XDG_CONFIG_HOME": "/x"}),
        ("/c/direnv.toml", {"DIRENV_CONFIG": "/c"}),
    ):
        direnv, _ = direnv_of({ENVRC: TEXT, path: toml}, environment=environment)
        assert direnv["config"]["path"] == path
        assert allowed(direnv) == ("allowed", "whitelist_exact")


@pytest.mark.parametrize(
    "toml",
    ["[whitelist", "[whitelist]\nprefix = 3\n", "[whitelist]\nexact = [1]\n", "whitelist = 1\n",
     "[global]\nload_dotenv = 'yes'\n", b"\xff", "a = " + "[" * 5000, Node(mode=0), folder()],
    ids=range(9),
)  # fmt: skip
def test_a_configuration_that_is_not_known_leaves_it_open(direnv_of, toml):
    direnv, document = direnv_of({ENVRC: TEXT, TOML: toml})
    assert allowed(direnv) == (None, None)
    assert "config" not in direnv
    assert direnv["envrc"]["exports"]
    # Its own list allows a file whatever else is written.
    direnv, _ = direnv_of({ENVRC: TEXT, TOML: toml, **allow()})
    assert allowed(direnv) == ("allowed", "allow_file")
    # A denied one might be allowed by it all the same, for a direnv that knows no denial.
    direnv, _ = direnv_of({ENVRC: TEXT, TOML: toml, **deny()})
    assert allowed(direnv) == (None, None)
    # And a `.env` may count or not.
    _, document = direnv_of({ENVRC: TEXT, TOML: toml, f"{SHOP}/a/.env": ""}, directory=f"{SHOP}/a")
    assert "/direnv/envrc" in document["absent"]


def test_a_dotenv_file_counts_if_direnv_is_told_so(direnv_of):
    files = {f"{SHOP}/.env": "TOKEN=hunter2\n", f"{HOME}/.envrc": ""}
    direnv, _ = direnv_of(files)
    assert direnv["envrc"]["path"] == f"{HOME}/.envrc"
    for toml in ("[global]\nload_dotenv = true\n", "load_dotenv = true\n"):
        direnv, document = direnv_of(files | {TOML: toml})
        assert direnv["envrc"]["path"] == f"{SHOP}/.env"
        assert document["absent"]["/direnv/envrc/exports"]["reason"] == "not_collected"
    assert "hunter2" not in str(document)


def test_a_shell_may_have_loaded_it(direnv_of):
    direnv, _ = direnv_of({ENVRC: TEXT}, environment={"DIRENV_FILE": ENVRC})
    assert direnv["envrc"]["loaded"] is True


def test_secrets_are_hidden(direnv_of):
    text = "export API_TOKEN=hunter2\nexport GOPROXY=https://u:hunter2@p.example\n"
    text += "source_url https://u:hunter2@x.example sha256-x\n"
    _, document = direnv_of({ENVRC: text})
    assert "hunter2" not in str(document)


def test_what_stands_in_no_line_is_a_hole(direnv_of):
    direnv, document = direnv_of({ENVRC: "export A=1\nif x; then\n"})
    assert [each["name"] for each in direnv["envrc"]["exports"]] == ["A"]
    assert document["absent"]["/direnv/envrc/exports/-"]["reason"] == "parse_error"
    _, document = direnv_of({ENVRC: b" " * (300 << 10)})
    assert document["absent"]["/direnv/envrc/exports"]["reason"] == "too_large"


def test_without_a_home_nothing_is_known_but_the_file(direnv_of):
    direnv, document = direnv_of({ENVRC: TEXT}, environment={"HOME": ""})
    assert set(direnv) == {"installed"}
    assert document["absent"]["/direnv/envrc"]["detail"] == "HOME is not set"


def test_of_a_repository_only_the_file_is_read(direnv_of):
    files = {ENVRC: TEXT, f"{SHOP}/.git": folder(), f"{SHOP}/api": folder(), **allow()}
    direnv, document = direnv_of(files, subject="repository", directory=f"{SHOP}/api")
    assert set(direnv) == {"envrc"}
    assert set(direnv["envrc"]) == {"path", "mode", "exports", "directives"}
    assert document["absent"]["/direnv/envrc/allowed"]["reason"] == "not_collected"


def test_of_a_repository_nothing_outside_is_read(direnv_of):
    outside = {f"{HOME}/.envrc": TEXT, f"{SHOP}/.git": folder()}
    direnv, _ = direnv_of(outside, subject="repository")
    assert "envrc" not in direnv
    direnv, document = direnv_of(outside | {ENVRC: link("../.envrc")}, subject="repository")
    assert "envrc" not in direnv
    assert document["absent"]["/direnv/envrc"]["reason"] == "not_collected"
