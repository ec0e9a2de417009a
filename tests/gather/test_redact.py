from __future__ import annotations

import json
import os
import stat
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UsageError
from engine.gather.host import Answer
from engine.gather.redact import Redaction, installation_salt, salt_from
from engine.gather.run import gather
from tests.gather.binaries import go_binary
from tests.gather.fake_host import FakeHost, Node, folder

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
    ("name", "text", "left"),
    [
        ("GOPROXY", "https://user:p@ss@proxy,direct", "https://#@proxy,direct"),
        ("GOPROXY", "https://user:123/abc@h.x", "https://#@h.x"),
        ("GOPROXY", "TOKEN@proxy.acme|https://a:b@c", "#@proxy.acme|https://#@c"),
        ("GOPROXY", "https://us,er:pw@proxy", "https://#@proxy"),
        ("GOPROXY", "https://a.example/?k=abc,direct", "https://a.example/?#,direct"),
        ("GOPROXY", "https://a.example/?k=a@b,direct", "https://#,direct"),
        ("HTTP_PROXY", "user:pa@ss@proxy:3128", "#@proxy:3128"),
        ("HTTP_PROXY", "user:pa/ss@proxy:3128", "#@proxy:3128"),
        ("HTTP_PROXY", "TOKEN@proxy:3128", "#@proxy:3128"),
        ("HTTP_PROXY", ":pass@x", "#@x"),
        ("HTTP_PROXY", "http:/user:pass@h", "http:/#@h"),
        ("HTTP_PROXY", "//user:pass@h", "//#@h"),
        ("https_proxy", "http://user:pa ss@h", "http://#@h"),
        ("all_proxy", '"socks5://u:p@h"', '"socks5://#@h"'),
        ("GOAUTH", "acme --password x", "acme #"),
        ("GOAUTH", "netrc; acme 'a;b' c; d", "netrc; acme #"),
        ("GOAUTH", "netrc x", "netrc #"),
        ("GOAUTH", "A=b acme", "A#"),
        ("GOCACHEPROG", "/opt/cacher --key x", "/opt/cacher #"),
        ("GOFLAGS", "'-ldflags=-X main.token=a,b'", "'-ldflags=-X main.token=#'"),
        ("GOFLAGS", "\"-ldflags=-X 'main.token=a b'\" -v", "\"-ldflags=-X 'main.token=#'\" -v"),
        ("GOFLAGS", "-ldflags=-X=main.key=x", "-ldflags=-X=main.key=#"),
        ("GOFLAGS", "-ldflags=-X=main.pass=x", "-ldflags=-X=main.pass=#"),
        ("GOFLAGS", "-ldflags=-X=main.credential=x", "-ldflags=-X=main.credential=#"),
        ("GOFLAGS", "-ldflags=-X=main.privateKey=x", "-ldflags=-X=main.privateKey=#"),
        ("GOSUMDB", "a+b https://h/?sig=x&key=y", "a+b https://h/?sig=#&key=#"),
        (
            "CC",
            'wrap --token x -H "Authorization: Bearer y"',
            'wrap --token # -H "Authorization: #',
        ),
    ],
)
def test_a_variable_is_read_as_what_it_is(name, text, left):
    assert shown(Redaction(SALT).variable(name, text)) == left


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("GOAUTH", "netrc"),
        ("GOAUTH", "off"),
        ("GOAUTH", "netrc; git /home/dana/shop"),
        ("GOCACHEPROG", "/opt/cacher"),
        ("GOPROXY", "https://proxy.golang.org,direct"),
        ("GOPROXY", "https://a.example:8443/x|file:///b,off"),
        ("HTTPS_PROXY", "http://proxy.example:3128/"),
        ("NO_PROXY", "localhost,.example.com"),
        ("GOPRIVATE", "*.example.com,git@x"),
        ("GOSUMDB", "sum.golang.org+033de0ae+Ac4zctda0e5eza https://sum.example:443/x"),
        ("GOVCS", "github.com:git,*:off"),
        ("GOFLAGS", "-mod=mod -tags=auth,key -compat=1.17 -ldflags=-X=main.version=1@2"),
        ("GODEBUG", "httpcookiemaxnum=1,x509keypairleaf=0"),
        ("CGO_LDFLAGS", "-L/x -Wl,-rpath=/y -g -O2"),
        ("PATH", "/opt/py@3/bin:/usr/bin:/home/a@b/bin"),
    ],
)
def test_ordinary_values_stay_readable(name, text):
    assert Redaction(SALT).variable(name, text) == text


_SECRET = st.text(alphabet="abcXYZ019-._~!$*+", min_size=1, max_size=12).map("Hunter{}2".format)
_PASSWORD = st.tuples(_SECRET, st.sampled_from(["", "@", "/", ",", "|", "?", ":", "#"]), _SECRET)
_PLACES = st.sampled_from(
    [
        (name, text)
        for names, texts in (
            (
                ("GOPROXY", "HTTP_PROXY", "https_proxy", "ALL_PROXY"),
                (
                    "https://u:{}@h.example", "https://{}@h", "u:{}@h:3128", "{}@h.example",
                    ":{}@h", "//u:{}@h", "http:/u:{}@h", "https://a.example,https://u:{}@b,direct",
                    "https://h/?k={}",
                ),
            ),
            (("GOAUTH", "GOCACHEPROG"), ("cmd {}", "cmd --x={}", "netrc; cmd -H 'a: {}'; off")),
            (("GOACMETOKEN", "GOANY", "MYPASSWORD"), ("{}", "a {}")),
        )
        for name in names
        for text in texts
    ]
)  # fmt: skip


def gathered(name, value):
    """The document of a machine on which a variable and a line of the user's file hold a value."""

    def env_json(argv, environment):
        return Answer(
            0, json.dumps({key: environment.get(key, "") for key in argv[3:]}).encode(), b""
        )

    host = FakeHost(
        {
            "/home/dana/shop": folder(),
            "/home/dana/.config/go/env": f"{name}={value}\n",
            "/usr/local/go/bin/go": Node(content=go_binary("go1.27.3")),
            "/usr/local/go/VERSION": "go1.27.3\n",
            "/usr/local/go/go.env": f"{name}={value}\n",
            "/usr/local/go/pkg/tool/x": b"",
        },
        environment={"PATH": "/usr/local/go/bin", "HOME": "/home/dana", name: value},
        programs={"/usr/local/go/bin/go": env_json},
    )
    document = gather(
        host, subject="workstation", directory="/home/dana/shop", redaction=Redaction(SALT)
    )
    assert host.runs
    return json.dumps(document)


@given(_PLACES, _PASSWORD)
def test_a_planted_secret_never_shows(place, password):
    name, text = place
    document = gathered(name, text.format("".join(password)))
    assert password[0] not in document
    assert password[2] not in document


@given(st.sampled_from(["token", "apiKey", "key", "pass", "credential", "dbPassword"]), _SECRET)
def test_a_secret_that_is_linked_in_never_shows(word, secret):
    assert secret not in gathered("GOFLAGS", f"-ldflags=-X=main.{word}={secret}")
    assert secret not in gathered("GOFLAGS", f"\"-ldflags=-X 'main.{word}=a {secret}'\"")


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
    [
        "a", "://", "a://", "https://a:", "token", "a:b@", "ssh://", "tokentoken=", "@", "a:=",
        ",a:", "key", "'a", '"', "?a&", "-token ", " ", "netrc;", ",off", "https://a:1/", "/", "\n",
        "Authorization: ", "a://b:1?", "key=", "git /", "ghp_", "eyJaaaaaaaa.", "eyJ", "sk-a-",
        "SG.",
        "-----BEGIN PRIVATE KEY-----", "-u a:", "X-Key: ", "/etc", "1:AA", "xox", "Token", "-key",
        "hooks.slack.com/services/", "SG.aaaaaaaaaaaaaaaa.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["", "GOPROXY", "GOAUTH", "API_TOKEN"])
def test_long_texts_take_no_long_time(name, piece):
    begin = time.perf_counter()
    Redaction(SALT).variable(name, piece * (200_000 // len(piece)))
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


def test_a_known_secret_is_hidden_wherever_it_stands(redaction):
    knowing = redaction.knowing(("hunter2", "er2x", "no"))
    hidden = knowing.text("a hunter2x b hunter2 no")
    assert [atom for atom in hidden.atoms if isinstance(atom, str)] == ["a ", " b ", " no"]
    assert knowing.text("nothing") == "nothing"
    assert redaction.text("a hunter2 b") == "a hunter2 b"
    twice = knowing.knowing(("other one",)).text("hunter2 other one")
    assert [atom for atom in twice.atoms if isinstance(atom, str)] == [" "]
