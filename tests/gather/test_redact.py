from __future__ import annotations

import os
import stat
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UsageError
from engine.gather.redact import Redaction, installation_salt, is_secret_name, salt_from
from engine.model.facts import Redacted

SALT = b"0123456789abcdef"


def shown(value):
    """The text with `#` for each secret."""
    if isinstance(value, str):
        return value
    return "".join(atom if isinstance(atom, str) else "#" for atom in value.atoms)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("https://proxy.example/x", "https://proxy.example/x"),
        ("https://user:pw@proxy.example/x", "https://#@proxy.example/x"),
        ("https://TOKEN@proxy.example", "https://#@proxy.example"),
        ("https://a:b@c@proxy.example", "https://#@proxy.example"),
        ("https://a:1,https://u:p@b|direct", "https://a:1,https://#@b|direct"),
        ("https://a.example:443/x@v1", "https://a.example:443/x@v1"),
        ("http://user:p/w@proxy.example", "http://#@proxy.example"),
        ("http://user:p,w@proxy.example", "http://#@proxy.example"),
        ("ssh://git@host.example/x", "ssh://git@host.example/x"),
        ("ssh://git:pw@host.example/x", "ssh://#@host.example/x"),
        ("https://x.example/?access_token=abc&y=1", "https://x.example/?access_token=#&y=1"),
        ("-ldflags=-X main.apiKey=abc -v", "-ldflags=-X main.apiKey=# -v"),
        ("example.com/mod@v1.2.3", "example.com/mod@v1.2.3"),
        ("user:pw@proxy.example:3128", "#@proxy.example:3128"),
        ("a.example,u:p@b.example|direct", "a.example,#@b.example|direct"),
        ("git@host.example:x/y", "git@host.example:x/y"),
        ("", ""),
    ],
)
def test_only_the_secret_part_is_hidden(text, left):
    assert shown(Redaction(SALT).text(text)) == left


def test_secrets_can_be_compared_under_one_salt_only():
    first, again = Redaction(SALT).text("https://a:b@c"), Redaction(SALT).text("https://a:b@c")
    other = Redaction(SALT + b"x").text("https://a:b@c")
    assert first.atoms == again.atoms
    assert first.atoms[1] != other.atoms[1]
    assert first.atoms[1] != Redaction(SALT).text("https://a:B@c").atoms[1]
    assert first.atoms[1][0] != other.atoms[1][0]


def test_nothing_shows_a_secret_or_the_salt():
    redaction = Redaction(SALT)
    hidden = redaction.secret("hunter2")
    for text in (
        repr(hidden),
        str(hidden),
        f"{hidden}",
        repr(hidden.atoms),
        repr(redaction),
        repr(vars(hidden.__class__)),
    ):
        assert "hunter2" not in text
        assert SALT.decode() not in text


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
    ],
)
def test_some_names_say_secret(name):
    assert is_secret_name(name)
    assert isinstance(Redaction(SALT).variable(name, "x"), Redacted)
    assert Redaction(SALT).variable(name, "") == ""


@pytest.mark.parametrize(
    "name", ["GOPRIVATE", "PWD", "KEYBOARD", "BYPASS", "GOFLAGS", "GOAUTH", "MONKEY"]
)
def test_other_names_do_not(name):
    assert not is_secret_name(name)
    assert Redaction(SALT).variable(name, "x") == "x"


def test_words_for_people_say_that_something_is_hidden():
    assert Redaction(SALT).words("get https://u:p@h: 404") == "get https://<redacted>@h: 404"


@given(st.text(alphabet="ab:/@,.?=&TOKEN "))
def test_the_literal_parts_are_parts_of_the_text(text):
    hidden = Redaction(SALT).text(text)
    parts = (
        [hidden]
        if isinstance(hidden, str)
        else [atom for atom in hidden.atoms if isinstance(atom, str)]
    )
    assert all(part in text for part in parts)


@pytest.mark.parametrize(
    "piece",
    ["a", "://", "a://", "https://a:", "token", "a:b@", "ssh://", "tokentoken=", "@", "a:=", ",a:"],
)
def test_long_texts_take_no_long_time(piece):
    begin = time.perf_counter()
    Redaction(SALT).text(piece * (200_000 // len(piece)))
    assert time.perf_counter() - begin < 5


def test_the_salt_is_made_once_and_is_private(tmp_path):
    state = tmp_path / "state" / "precedent"
    salt = installation_salt(str(state))
    assert len(salt) == 32
    assert installation_salt(str(state)) == salt
    assert stat.S_IMODE((state / "salt").stat().st_mode) == 0o600
    assert os.listdir(state) == ["salt"]


def test_many_at_once_find_one_salt(tmp_path):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(installation_salt(str(tmp_path))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_salt_that_others_can_read_is_refused(tmp_path):
    installation_salt(str(tmp_path))
    (tmp_path / "salt").chmod(0o644)
    with pytest.raises(
        UsageError, match=r"can be read by others \(mode 0644\); remove it, or run `chmod 600"
    ):
        installation_salt(str(tmp_path))


def test_a_short_or_missing_salt_is_refused(tmp_path):
    (tmp_path / "short").write_bytes(b"x")
    with pytest.raises(UsageError, match="at least 16 bytes, this one 1; "):
        salt_from(str(tmp_path / "short"))
    with pytest.raises(UsageError, match="cannot read the salt: no such file"):
        salt_from(str(tmp_path / "none"))
