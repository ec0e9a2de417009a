from __future__ import annotations

import pytest

from engine.gather.secret_names import is_secret_name, names_a_secret


@pytest.fixture
def shown(redaction):
    """Give the value of a variable as a text with `#` for each secret."""

    def of(name, value):
        hidden = redaction.variable(name, value)
        if isinstance(hidden, str):
            return hidden
        return "".join(atom if isinstance(atom, str) else "#" for atom in hidden.atoms)

    return of


@pytest.mark.parametrize(
    "name",
    [
        "GITHUB_TOKEN",
        "X_SECRET",
        "DB_PASSWORD",
        "API_KEY",
        "APIKEY",
        "AWS_SECRET_ACCESS_KEY",
        "PRIVATE_KEYS",
        "MY_CREDENTIALS",
        "MYTOKEN",
        "accessToken",
        "ACMEPASSWORD",
        "DBPASS",
        "PASSWORD1",
        "TOKEN2",
        "DB_PASSWORD_2",
        "GITHUB_PAT",
        "BASIC_AUTH",
        "GOOGLEAPIKEY",
        "GOACMETOKEN",
        "GODADDYSECRET",
        "GOPASSWORD",
    ],
)
def test_some_names_say_secret(shown, name):
    assert is_secret_name(name)
    assert shown(name, "x") == "#"
    assert shown(name, "") == ""


@pytest.mark.parametrize(
    "name", ["GOPRIVATE", "PWD", "OLDPWD", "KEYBOARD", "PATH", "GOFLAGS", "GOAUTH", "HTTPS_PROXY"]
)
def test_other_names_do_not(shown, name):
    assert not is_secret_name(name)
    assert shown(name, "x") == "x"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SSH_AUTH_SOCK", "/tmp/ssh-XXXXabcd/agent.42"),
        ("SSH_AUTH_SOCK", "relative/agent"),
        ("SSH_ASKPASS", "/usr/bin/ksshaskpass"),
        ("TLS_KEY", "/etc/ssl/private/x.pem"),
        ("TOKEN_FILE", "/run/secrets/token"),
        ("API_KEY", "~/.keys/api"),
        ("REQUIRE_AUTH", "true"),
        ("USE_TOKEN", "0"),
        ("SSH_PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 dana@box"),
        ("DEPLOY_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 dana@box"),
        ("TLS_KEY", "-----BEGIN PUBLIC KEY-----\nMFkw"),
        ("GOMINOR", "22"),
        ("GO_VERSION", "1.22.3"),
        ("GO_RELEASE", "go1.23rc1"),
        ("GO_STRICT", "on"),
        ("GO_TOOLS_DIR", "/opt/tools"),
        ("GOMYLIMIT", "512MiB"),
        ("XAUTHORITY", "/home/dana/.Xauthority"),
        ("DISPLAY", ":0"),
    ],
)
def test_what_cannot_be_a_secret_is_shown_whatever_its_name(shown, name, value):
    assert shown(name, value) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "123456"),
        ("AWS_SECRET_ACCESS_KEY", "/wJalrXUtnFEMI/K7MDENG"),
        ("API_KEY", "/etc hunter2"),
        ("TOKEN", "1.22.3"),
        ("GO_DOWNLOAD", "https://host.example/x"),
        ("GOPHER", "1234567890123456"),
        ("DEPLOY_KEY", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl"),
    ],
)
def test_what_may_be_a_secret_is_hidden_as_a_whole(shown, name, value):
    assert shown(name, value) == "#"


@pytest.mark.parametrize("name", ["GOFUTURE", "GODADDY", "GO_ACME", "CGO_NEW"])
def test_what_go_does_not_know_may_be_anything(shown, name):
    assert shown(name, "x y") == "#"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GITHUB_TOKEN", "hunter2"),
        ("DB_PASSWORD", "123456"),
        ("PGPASS", "hunter2"),
        ("STRIPE_KEY", "q7Rt2mZx9LpW4vKd"),
        ("BASIC_AUTH", "ZGFuYTpodW50ZXIyaHVudGVyMg=="),
        ("DB_PWD", "$ecret1 x"),
        ("AWS_SECRET_ACCESS_KEY", "/wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    ],
)
def test_a_value_that_somebody_most_likely_keeps_secret_is_told(name, value):
    assert names_a_secret(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GITHUB_TOKEN", ""), ("GITHUB_TOKEN", "$OTHER"), ("GITHUB_TOKEN", "${X:-}"),
        ("GITHUB_TOKEN", "$(pass show x)"), ("GITHUB_TOKEN", "<token>"), ("GITHUB_TOKEN", "xxxx"),
        ("GITHUB_TOKEN", "your-token-here"), ("DB_PASSWORD", "changeme"), ("DB_PASSWORD", "****"),
        ("SSH_AUTH_SOCK", "/run/user/1000/ssh"), ("SSH_AUTH_SOCK", "x"), ("GOMINOR", "22"),
        ("KEYBOARD", "us"), ("XKB_KEY", "compose"), ("SORT_KEY", "name"), ("PWD", "/home/dana"),
        ("OLDPWD", "x"), ("FOO_KEY", "/etc/x.pem"), ("DISPLAY", ":0"), ("XAUTHORITY", "x"),
        ("SSH_PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 dana@box"), ("MAX_TOKENS", "4096"),
        ("TOKENIZERS_PARALLELISM", "false"), ("PASSWORD_STORE_DIR", "store"), ("KEY_ID", "q7Rt2m"),
        ("TOKEN_URL", "https://h/token"), ("SECRET_NAME", "prod/db"), ("GPG_KEY", "dana"),
        ("TOKEN_VERSION", "1.2.3"), ("PASSWORD_FILE", "secret.txt"), ("GOFLAGS", "-v"),
        ("chpwd_functions", "_direnv_hook"), ("tokens", "white space"), ("APP_CRED_SHOW", "a|b"),
    ],
)  # fmt: skip
def test_a_false_alarm_is_not_raised(name, value):
    assert not names_a_secret(name, value)
