from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.go.words import Flag, Proxy, split_flags, split_proxies
from engine.precedence.go.words import WordsError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \t", []),
        ("-v  -mod=mod", ["-v", "-mod=mod"]),
        ("'-ldflags=-s -w' -v", ["-ldflags=-s -w", "-v"]),
        ('"-ldflags=-s -w"', ["-ldflags=-s -w"]),
        ("-ldflags='-s -w'", ["-ldflags='-s", "-w'"]),
        ("'-a''-b'", ["-a", "-b"]),
        ("''", [""]),
    ],
)
def test_quotes_count_at_the_beginning_of_a_word_only(text, words):
    assert [flag.word for flag in split_flags(text)] == words


@pytest.mark.parametrize("text", ["'-v", '-v "', "-v '-ldflags=-s"])
def test_a_quote_without_its_partner_is_an_error(text):
    with pytest.raises(WordsError, match="unterminated"):
        split_flags(text)


@pytest.mark.parametrize(
    ("word", "name", "has_value"),
    [
        ("-mod=mod", "mod", True),
        ("--mod=", "mod", True),
        ("-w", "w", False),
        ("-", "", False),
        ("--", "", False),
        ("---x", "", False),
        ("-=x", "", False),
        ("foo", "", False),
    ],
)
def test_a_word_is_a_flag_by_gos_own_rule(word, name, has_value):
    assert split_flags(word) == [Flag(word, name, has_value)]


@given(st.text(st.characters(exclude_characters="\"'")))
def test_without_quotes_words_lie_between_spaces(text):
    assert [flag.word for flag in split_flags(text)] == re.findall(r"[^ \t\n\r]+", text)


@given(st.text(alphabet="\"' -=a"))
def test_no_quotes_make_the_split_fail_otherwise(text):
    try:
        words = split_flags(text)
    except WordsError:
        return
    assert sum(len(flag.word) for flag in words) <= len(text)


def test_separators_say_when_the_next_proxy_is_asked():
    first, second, third = split_proxies("https://A.example:8443/x, proxy.example |direct")
    assert first == Proxy("https://A.example:8443/x", "https", "a.example", False, "", True)
    assert second == Proxy("https://proxy.example", "https", "proxy.example", False, ",", True)
    assert third == Proxy("direct", "direct", "", False, "|", True)


def test_nothing_behind_direct_and_off_is_read():
    assert [proxy.is_reachable for proxy in split_proxies("direct,https://a.example")] == [
        True,
        False,
    ]
    assert [proxy.is_reachable for proxy in split_proxies("off|direct")] == [True, False]


def test_credentials_are_seen():
    (proxy,) = split_proxies("http://user:pw@proxy.example:80/")
    assert (proxy.has_credentials, proxy.host, proxy.scheme) == (True, "proxy.example", "http")


def test_empty_entries_do_not_count():
    assert split_proxies(" , |") == []
    assert [proxy.separator for proxy in split_proxies(",a.example,,b.example")] == ["", ","]
