from __future__ import annotations

import pytest

from engine.gather.secret_shapes import holds_token


@pytest.fixture
def shown(redaction):
    """Give the value of a variable as a text with `#` for each secret."""

    def of(name, value):
        hidden = redaction.variable(name, value)
        if isinstance(hidden, str):
            return hidden
        return "".join(atom if isinstance(atom, str) else "#" for atom in hidden.atoms)

    return of


A = "aB3dE5gH7j" * 6
JWT = f"eyJhbGciOiJI.eyJzdWIiOiIx.{A}"
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    "token",
    [
        f"ghp_{A[:36]}", f"ghs_{A[:36]}", f"github_pat_{A}", f"glpat-{A[:20]}",
        "xoxb-123456789012-abc",
        "AKIA" + "Q" * 16, "ASIA" + "Q" * 16, f"AIza{A[:35]}", f"sk-{A[:48]}", f"sk-proj-{A[:48]}",
        f"sk-ant-api03-{A}", f"sk_live_{A[:24]}", f"npm_{A[:36]}", f"pypi-AgEIcHlwaS5vcmc{A}",
        f"dckr_pat_{A[:27]}", f"hf_{A[:34]}", f"hvs.{A[:24]}", f"SG.{A[:22]}.{A[:43]}", JWT,
        f"123456789:AA{A[:33]}", KEY,
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "/srv/{}/bin", "x={}", "a '{}' b", "https://h/{}"])
def test_a_token_of_a_known_form_is_hidden_wherever_it_stands(shown, token, around):
    assert shown("PATH", around.format(token)) == around.format("#")


@pytest.mark.parametrize(
    "text",
    [
        "/usr/share/task-spooler-with-a-long-name1", "disk-by-id-0123456789abcdef0123",
        "npm_config_prefix",
        "sk-learn", "https://slack.com/services", "ghp_short", "eyJ.eyJ.", "AKIA is a prefix",
        "/opt/risk-management-suite-2024-edition", "-u 1000:1000", "Authorization: ",
        f"registry.example:5000/golang:1.26.6@sha256:{'a' * 64}",
        f"golang@sha256:{'0' * 64}",
    ],
)  # fmt: skip
def test_what_only_resembles_a_token_stays(shown, text):
    assert shown("X", text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("https://hooks.slack.com/services/T0/B0/xyz", "https://hooks.slack.com/#"),
        ("-H 'X-Api-Key: abc' -u dana:abc x", "-H 'X-Api-Key: #' -u dana:# x"),
        ("sshpass -p abc ssh x", "sshpass -p # ssh x"),
    ],
)
def test_hooks_headers_and_options_are_hidden(shown, text, left):
    assert shown("X", text) == left


@pytest.mark.parametrize("text", ["ghp_" + A, "see https://u:abc@h", "postgres://u:abc@h/db"])
def test_a_token_and_a_password_in_an_address_are_told_for_sure(text):
    assert holds_token(text)


@pytest.mark.parametrize(
    "text", ["https://u@h", "https://$U:$P@h", "https://u:<password>@h", "TOKEN=abc", "ssh://git@h"]
)
def test_what_only_may_be_a_secret_is_not(text):
    assert not holds_token(text)
