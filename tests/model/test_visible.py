from __future__ import annotations

import json
import sys
from unicodedata import bidirectional, category

from hypothesis import given
from hypothesis import strategies as st

from engine.model.visible import visible

_STEERING = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI", "BN"}
_ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


def test_every_character_that_steers_a_terminal_or_the_direction_of_reading_is_spelled_out():
    hidden = [
        sign
        for sign in map(chr, range(sys.maxunicode + 1))
        if category(sign) in {"Cc", "Cs", "Zl", "Zp"} or bidirectional(sign) in _STEERING
    ]
    assert len(hidden) > 2_000
    assert [sign for sign in hidden if not visible(sign).isascii()] == []
    assert visible("\u200e\u200f\u061c") == "\\u200e\\u200f\\u061c"


def test_what_is_read_stays_as_it_is():
    text = "Größe 日本語 naïve e\u0301 no\u00a0break 🙂 ← …"
    assert visible(text) is not None
    assert visible(text) == text


def test_usual_controls_have_short_forms():
    assert visible("a\n\r\tb\x1b[31m\x7f") == "a\\n\\r\\tb\\u001b[31m\\u007f"


def test_what_lies_beyond_the_first_plane_is_a_pair_as_in_json():
    assert visible("\U000e0041") == "\\udb40\\udc41"


@given(_ANY_TEXT)
def test_a_spelled_out_text_stays_as_it_is(text):
    assert visible(visible(text)) == visible(text)


@given(_ANY_TEXT.filter(lambda text: not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)))
def test_json_on_one_line_stays_the_same_json(text):
    assert json.loads(visible(json.dumps([text], ensure_ascii=False))) == [text]


def test_lone_surrogates_can_be_written_as_utf_8_and_come_back_from_json():
    line = visible(json.dumps("\udc80 and \ud800", ensure_ascii=False))
    assert json.loads(line.encode("utf-8")) == "\udc80 and \ud800"
