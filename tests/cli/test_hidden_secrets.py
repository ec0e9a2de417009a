"""A secret that is hidden stays hidden, whichever way somebody tries to see it."""

from __future__ import annotations

import json
import logging
import pprint
import traceback

import pytest

from engine.gather.collector import Fact, Sourced
from engine.gather.redact import Redaction
from engine.model.facts import Absent, PartialMap, Redacted
from engine.model.place import Provenance

SECRET = "hunter2"
SALT = b"a salt for tests, and only these"
HIDDEN = Redaction(SALT).variable("GOPROXY", f"https://user:{SECRET}@proxy.example")
SHOWN = Redaction(SALT, shows=True).variable("GOPROXY", f"https://user:{SECRET}@proxy.example")
DIGEST = next(atom[1] for atom in HIDDEN.atoms if not isinstance(atom, str))


def raised(value):
    try:
        raise ValueError(value)  # noqa: TRY301 - what it shows is the question
    except ValueError as error:
        return "".join(traceback.format_exception(error)) + str(error) + repr(error)


def logged(value):
    return logging.LogRecord("a", 1, "a", 1, "%s %r", (value, value), None).getMessage()


def refused_as_json(value):
    with pytest.raises(TypeError) as caught:
        json.dumps({"a": value})
    return str(caught.value)


WAYS = {
    "repr": repr,
    "str": str,
    "an f-string": lambda value: f"{value} {value!r} {value!s} {value!a}",
    "format": lambda value: format(value, ""),
    "percent": lambda value: "%s %r" % (value, value),  # noqa: UP031 - it is one of the ways
    "a list": lambda value: str([value]),
    "a mapping": lambda value: f"{ {'a': value} }",
    "a partial mapping": lambda value: repr(PartialMap({"a": value})),
    "pprint": lambda value: pprint.pformat({"a": [value]}),
    "a fact": lambda value: repr(Fact("a", Sourced(value, Provenance()), Provenance())),
    "an exception": raised,
    "a log": logged,
    "JSON": refused_as_json,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("value", [HIDDEN, SHOWN], ids=["hidden", "shown"])
def test_no_way_of_python_shows_a_secret(way, value):
    assert isinstance(value, Redacted)
    seen = WAYS[way](value)
    assert SECRET not in seen
    assert DIGEST not in seen


def test_a_redaction_does_not_show_its_salt():
    redaction = Redaction(SALT)
    assert "only these" not in f"{redaction} {redaction!r} {vars(redaction).keys()}"


def test_a_hole_that_quotes_a_secret_is_told_without_it():
    hole = Absent("missing", f"https://user:{SECRET}@proxy.example is not there")
    assert SECRET not in Redaction(SALT).words(hole.detail)


RULE = """\
id: no-proxy
severity: high
when: {env.GOPROXY.state: set}
require: {env.GOPROXY.value: off}
message: "GOPROXY is {env.GOPROXY.value}, and {env.GOFLAGS.value}"
remedy: unset {env.GOPROXY.value}
"""


@pytest.fixture
def secretive(home, write, monkeypatch):
    """Have secrets in the environment, in start-up files, and in what is wrong with them."""
    monkeypatch.setenv("GOPROXY", f"https://user:{SECRET}@proxy.example")
    monkeypatch.setenv("GOFLAGS", f"-ldflags=-X=main.token={SECRET}")
    monkeypatch.setenv("GOENV", f"/nowhere/https://user:{SECRET}@host/env")
    (home / ".bash_profile").write_text(
        f"export API_TOKEN={SECRET} GOPROXY=https://u:{SECRET}@proxy.example\n"
        f". /nowhere/https://user:{SECRET}@host/env\n"
        f"export COPY=$API_TOKEN-${{API_KEY:-{SECRET}}}\n"
        f"eval 'export B_TOKEN={SECRET}' ; $(curl -H 'Authorization: {SECRET}')\n"
        f"PATH=$PATH:/opt/$API_TOKEN:/x; password={SECRET}; (( x = ({SECRET}\n"
    )
    (home / ".profile").symlink_to(".bash_profile")
    (home / ".zshenv").symlink_to(".bash_profile")
    write(rule_yaml=RULE)
    return ("--home", str(home), "--no-cache")


@pytest.mark.parametrize(
    "words",
    [
        *(
            ("check", "--rules", "rule.yaml", "--verbose", "--format", name)
            for name in ("text", "json", "junit", "sarif")
        ),
        ("gather", "--verbose"),
        *(
            ("why", name, "--all", "--format", form)
            for name in ("GOPROXY", "API_TOKEN", "B_TOKEN", "COPY", "PATH", "GOENV")
            for form in ("text", "json")
        ),
        ("why", "COPY", "--all", "--in", "bash-login"),
        ("graph", "--in", "bash-login"),
        ("graph", "--in", "bash-login", "--format", "svg"),
    ],
    ids=" ".join,
)
def test_no_command_prints_a_secret(engine, secretive, words):
    ran = engine(*words, *secretive)
    assert ran.code in {0, 1}
    assert ran.out
    assert SECRET not in ran.out + ran.err


def test_no_explanation_prints_a_secret(engine, secretive):
    engine("gather", "-o", "facts.json", *secretive)
    ran = engine("explain", "no-proxy", "facts.json", "--rules", "rule.yaml")
    assert "env.GOPROXY" in ran.out
    assert SECRET not in ran.out + ran.err
