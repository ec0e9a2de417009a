"""Scripts without their secrets."""

from __future__ import annotations

import json

import pytest

from engine.gather.hiding import Hiding
from engine.gather.redact import Redaction
from engine.gather.syntaxes import script_of
from engine.loading.facts import read_facts
from engine.model.facts import Redacted

SECRET = "hunter2hunter2"


@pytest.fixture
def hiding(redaction):
    return Hiding(redaction)


HIDDEN = {
    "export TOKEN={}": "bash",
    "export API_TOKEN='{}'": "bash",
    'GITHUB_TOKEN="{}" make': "bash",
    "declare -x DB_PASSWORD={}": "bash",
    "export SECRETS=({} b)": "bash",
    "tokens=($(echo {}))": "zsh",
    "export TOKEN=$(echo {})": "bash",
    "export TOKEN=${{TOKEN:-{}}}": "bash",
    ": ${{API_KEY:={}}}": "bash",
    'export X="https://user:{}@host/"': "bash",
    "export GOPROXY=https://{}@host,direct": "bash",
    "curl --token {} https://x": "bash",
    "curl -H 'Authorization: Bearer {}' x": "bash",
    "alias up='PASSWORD={} run'": "bash",
    "read TOKEN <<< {}": "bash",
    "printf -v TOKEN %s {}": "bash",
    "set -gx TOKEN {}": "fish",
    "set -gx TOKEN a {}": "fish",
    "[[ $TOKEN == {} ]] && a": "bash",
    'case "$TOKEN" in {}) a ;; esac': "bash",
    "for TOKEN in {}; do a; done": "bash",
    "f() {{ export TOKEN={}; }}": "bash",
    "if a; then TOKEN={}; fi": "zsh",
    "cat <<EOF\npassword={}\nEOF": "bash",
    "env TOKEN={} go": "bash",
    "X=$(curl 'https://u:{}@h')": "bash",
    "eval 'export TOKEN={}'": "bash",
    "a | PASSWORD={} b &": "bash",
    "eval \"$(printf 'export TOKEN=%s' {})\"": "bash",
    "curl -u dana:{} https://x": "bash",
    "curl -sSu dana:{} https://x": "bash",
    "curl -udana:{} https://x": "bash",
    "sshpass -p {} ssh x": "bash",
    "mysql -udana -p{} shop": "bash",
    "docker login -u dana -p {} registry.example": "bash",
    "curl -H 'X-Api-Key: {}' x": "bash",
    "alias up='curl -u dana:{} x'": "bash",
    "set -gx WEATHER sk-ant-1{}00000000": "fish",
    "export WEATHER=ghp_{}00000000": "bash",
    "cd ~/work-glpat-{}00000000/shop": "bash",
}


@pytest.mark.parametrize("text", HIDDEN)
def test_a_secret_is_hidden_wherever_it_stands(hiding, text):
    script = script_of(text.format(SECRET), HIDDEN[text])
    shown = json.dumps(hiding.script(script))
    assert SECRET not in shown
    assert "$redacted" in shown


def test_what_is_no_secret_stays(hiding):
    text = 'PATH="$HOME/go/bin:$PATH"\nset -o vi\nbindkey -e\nalias k=kubectl\nGOFLAGS=-mod=mod\n'
    script = script_of(text, "bash")
    assert hiding.script(script) == script


def test_a_hidden_literal_stands_in_the_place_of_its_text(hiding, redaction):
    bare, quoted = hiding.script(script_of(f"export TOKEN={SECRET} TOKEN='{SECRET}'", "bash"))[0][3]
    secret = {
        "$redacted": [dict(zip(("salt", "hash"), redaction.secret(SECRET).atoms[0], strict=True))]
    }
    assert bare == ["TOKEN", "=", [secret], None]
    assert quoted == ["TOKEN", "=", [["q", secret]], None]
    # Loading a document makes of it what contexts are folded from.
    facts = read_facts(json.dumps({"script": [bare]}).encode(), "facts")
    assert isinstance(facts.root["script"][0][2][0], Redacted)


def test_only_the_secret_part_of_a_text_is_hidden(hiding):
    (_, _, _, ((_, _, word, _),)) = hiding.script(
        script_of(f"export X='https://u:{SECRET}@h/p'", "bash")
    )[0]
    atoms = word[0][1]["$redacted"]
    assert (atoms[0], atoms[2]) == ("https://", "@h/p")


def test_a_text_that_a_document_cannot_hold_is_not_kept(hiding):
    script = script_of(b"export A=\xffb".decode("utf-8", "surrogateescape"), "bash")
    json.dumps(hiding.script(script)).encode("utf-8")
    assert "unknown" in str(hiding.script(script))


def test_arithmetic_with_a_secret_is_not_calculated(hiding):
    script = [
        ["arith", 1, f"PASSWORD={SECRET}"],
        ["cmd", 2, [], [["a"], [["glob", f"TOKEN={SECRET}"]]], []],
    ]
    hidden = hiding.script(script)
    assert hidden[0] == ["opaque", 1, "it holds a secret", None]
    assert SECRET not in str(hidden)


@pytest.mark.parametrize(
    ("text", "shell"),
    [
        ("echo ${{TOKEN:={}", "zsh"),
        ("${{TOKEN/{}", "sh"),
        ("[[ $TOKEN == {} a b ]]", "zsh"),
        ("X=$((ghp_{}00000000 + 1))", "bash"),
        ("echo ${{x[ghp_{}00000000]}}", "bash"),
    ],
)
def test_what_cannot_be_read_is_not_quoted_if_a_secret_may_be_in_it(hiding, text, shell):
    script = script_of(text.format(SECRET), shell)
    assert SECRET in json.dumps(script)
    assert SECRET not in json.dumps(hiding.script(script))


def test_two_machines_with_one_salt_hide_alike():
    script = script_of(f"export TOKEN={SECRET}", "bash")
    first, second, other = (
        Hiding(Redaction(salt * 16)).script(script) for salt in (b"1", b"1", b"2")
    )
    assert first == second != other
