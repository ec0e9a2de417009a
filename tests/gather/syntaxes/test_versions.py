"""Lines of versions are kept as they stand, without what comments say."""

from __future__ import annotations

from engine.gather.syntaxes.versions import read_versions

COMMENT = ["param", "", {"unknown": "a comment"}]


def test_blanks_stay_and_comments_are_not_told():
    assert read_versions(b"\n \tgolang 1.22 # secret\n# more\n1.22\r\n") == [
        ["cmd", 2, [], [[["q", " \tgolang 1.22 "], COMMENT]], []],
        ["cmd", 3, [], [[["q", ""], COMMENT]], []],
        ["cmd", 4, [], [[["q", "1.22\r"]]], []],
    ]


def test_what_is_too_long_is_cut_and_said():
    script = read_versions(b"1.22\n" * 1000)
    assert (len(script), script[-1][0]) == (201, "opaque")
    assert read_versions(b"x" * 1000)[0][0] == "opaque"
