"""Texts to read: ordinary ones, hostile ones, and generated ones out of the same pieces."""

from __future__ import annotations

import random

WRITTEN = [
    b"",
    b" ",
    b"{}",
    b"[]",
    b"null",
    b"true",
    b'"text"',
    b"12",
    b"-",
    b"-true",
    b"// only a comment",
    b"/* only a comment */",
    b'{"a": 1}',
    b'{"a": 1,}',
    b'{"a": 1,,}',
    b"{,}",
    b'{,"a": 1}',
    b'[1, "two", null, true, false, [], {}]',
    b"[1,]",
    b"[,]",
    b"[,1]",
    b"[1 2]",
    b"[1,,2]",
    b'{"a": 1 "b": 2}',
    b'{"a" 1, "b": 2}',
    b'{"a": , "b": 2}',
    b'{"a": 1, "a": }',
    b'{"a": 1, "a": 2}',
    b'{"a": {"b": 1}, "a": {"c": 2}}',
    b'{"a": 1',
    b'{"a": {"b": 1',
    b'{"a": [1, 2',
    b'{"a": {"b": 1}, "c": 2',
    b'{"a": "unfinished\n, "b": 2}',
    b'{"a": "unfinished',
    b'{"a": "unfinished\\',
    b'{"a": "x\\',
    b'{"a": "bad \\x escape", "b": 2}',
    b'{"a": "over\\\na line", "b": 2}',
    b'{"a": "\\u12", "b": "\\u00e9", "c": "\\u12G4"}',
    b'{"a": "\\ud83d\\ude00", "b": "\\ud83d", "c": "\\ude00\\ud83d", "d": "\\ud83dx"}',
    b'{"a": "tab\there", "b": "\x00\x01"}',
    b'{"a": 1} trailing',
    b'{"a": 1} {"b": 2}',
    b'{"a": 1}}',
    b"}",
    b"]",
    b":",
    b",",
    b"{]}",
    b"[}]",
    b"[:]",
    b'{"a": [}, "b": 1}',
    b'{"a": {]}, "b": 1}',
    b"{a: 1, 'b': 2, \"c\": 3}",
    b'{"a": yes, "b": 2}',
    b'{"a": undefined}',
    b'{"a": NaN, "b": Infinity, "c": -Infinity}',
    b'{"a": True}',
    b'{"a": truefalse}',
    b'{"a": true false}',
    b'{"a": 1.}',
    b'{"a": 1.e5}',
    b'{"a": .5}',
    b'{"a": 1e}',
    b'{"a": 1e+}',
    b'{"a": 1e5, "b": 1E-2, "c": -0, "d": 0.10}',
    b'{"a": 01, "b": 00, "c": -01}',
    b'{"a": +1}',
    b'{"a": - 1}',
    b'{"a": 0x10}',
    b'{"a": 1_000}',
    b'{"a": 12345678901234567890, "b": 9007199254740993, "c": 1e400, "d": -1e400}',
    b'{"a": 9007199254740992, "b": 0.1e1}',
    b'{"a": 12abc, "b": 2}',
    b'{1: 2, "b": 3}',
    b'{1.: 2, "b": 3}',
    b'{null: 2, "b": 3}',
    b'{"a": 1, // why\n "b": /* what */ 2}',
    b'{"a": 1, /* not closed\n "b": 2}',
    b'{"a": 1, /*/ "b": 2}',
    b'{"a": 1, /**/ "b": 2}',
    b'{"a": 1 / 2}',
    b'{"a": "http://example.test/*"}',
    b'{"a": 1, // why\r "b": 2}',
    b'{"a": 1, // why\xe2\x80\xa8 "b": 2}',
    b'\xef\xbb\xbf{"a": 1}',
    b'{"a": "\xef\xbb\xbf"}',
    b'{\xc2\xa0"a"\xe3\x80\x80: 1}',
    b'{\x0b"a"\x0c: 1}',
    b'{"a": 1,\xe2\x80\xa9"b": 2}',
    b'{"a": "\xe2\x80\xa8inside", "b": 2}',
    b'{"a": "\xff\xfe", "b": "\xc3"}',
    b"\xff\xfe{\x00}\x00",
    b'{"a": "\xf0\x9f\x98\x80", "b": 1 2}',
    b'{"\xf0\x9f\x98\x80": {"b": 1}}',
    b'\r\n{\r\n  "a": 1,\r  "b": 2,\n  "c": 3\r\n}\r\n',
    b'{"": 1, " ": 2}',
    b'{"a.b": 1, "a": {"b": 2}}',
    b'{"constructor": 1, "toString": 2, "hasOwnProperty": 3}',
    b'{"2": "two", "1": "one", "b": "b"}',
    b'{"a": "x" "y", "b": 1}',
    b'{"a": {}, "b": [], "c": {"d": {}}}',
    b'{"a": {"b": 1,}, "c": [1, [2, ], ], }',
    b'{"a": "1", "b": "2" // no comma\n "c": "3"}',
    b'{"a": {"b": 1} "c": 2}',
    b'{"a": ["x" "y"], "b": 1}',
    b'{"a": ["x", , "y"], "b": 1}',
    b'{"a": [1, "b": 2], "c": 3}',
    b'{"a": {"b"}, "c": 3}',
    b'{"a": {"b", "d": 1}, "c": 3}',
    b'{"a": {"b": }, "c": 3}',
    b'{"a":: 1, "b": 2}',
    b'{"a": 1;, "b": 2}',
    b'{"a": "x";}',
    b'{"a": \'x\', "b": 2}',
    b'{"a": `x`, "b": 2}',
    b'<<<<<<< HEAD\n{"a": 1}\n=======\n{"a": 2}\n>>>>>>> other\n',
    b'{\n<<<<<<< HEAD\n  "a": 1,\n=======\n  "a": 2,\n>>>>>>> other\n  "b": 3\n}',
    b'# a comment\n{"a": 1}',
    b'{"a": 1 # why\n, "b": 2}',
    b'{"go.toolsEnvVars": {"GOFLAGS": "-mod=mod", /* x */ "GOPROXY": null}}',
    b'{"terminal.integrated.env.linux": {"PATH": "${env:PATH}:/x",}, "[go]": {"a": true}}',
    b'{"version": "0.2.0", "configurations": [{"name": "x", "type": "go", "env": {"A": "1"}},]}',
    b'\\u007b"a": 1}',
    b'"\\q"',
    b'{"\\u0061": 1, "a": 2}',
    b'{"a\\',
    b'{"a\n": 1, "b": 2}',
    b'{"a": -}',
    b'{"a": --1}',
    b'{"a": -"x"}',
    b'{"a": -[1]}',
    b'{"a": /}',
    b"{" * 40 + b"}" * 40,
    b"[" * 40,
    b'{"a":' * 40 + b"1",
    b"\x00",
    b'{"a": 1}\x00',
    b'{"a"\x00: 1}',
]
_PIECES = [
    b"{", b"}", b"[", b"]", b",", b":", b'"a"', b'"b"', b'"c\\n"', b'"', b"1", b"-2.5", b"1.",
    b"3e", b"true", b"null", b"nul", b"// c\n", b"/* c */", b"/*", b"/", b"\n", b" ", b"\\",
    b'"\\u00e4"', b'"\\ud800"', b"\xc2\xa0", b"\xef\xbb\xbf", b"\xff", b"x", b"-", b"\t", b'"\t"',
]  # fmt: skip


def generated(count: int, seed: int) -> list[bytes]:
    """Give texts that are nearly right, by damage, and texts that are nearly wrong, by chance."""
    chance = random.Random(seed)
    texts = []
    for number in range(count):
        if number % 2:
            texts.append(b"".join(chance.choices(_PIECES, k=chance.randrange(1, 40))))
            continue
        text = bytearray(_whole(chance, 3))
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(text) + 1)
            text[at : at + chance.randrange(3)] = chance.choice(_PIECES)
        texts.append(bytes(text))
    return texts


def _whole(chance: random.Random, depth: int) -> bytes:
    kind = chance.randrange(6 if depth else 4)
    if kind < 4:
        return chance.choice([b"1", b"true", b'"x y"', b'"\\"\\\\"'])
    inner = [_whole(chance, depth - 1) for _ in range(chance.randrange(4))]
    blank = chance.choice([b"", b" ", b"\n  ", b" // why\n", b"/* what */"])
    if kind == 4:
        return b"[" + (b"," + blank).join(inner) + blank + b"]"
    keys = [chance.choice([b'"a"', b'"b"', b'"c.d"', b'""']) for _ in inner]
    pairs = [key + b":" + blank + value for key, value in zip(keys, inner, strict=True)]
    return b"{" + blank + (b"," + blank).join(pairs) + chance.choice([b"", b","]) + b"}"
