"""What a script of fish source looks like."""

from __future__ import annotations

import json
import time

import pytest

from engine.gather.fish.reader import read_fish


def script(text):
    return read_fish(text.encode())


def words(text):
    """Give the words of the one command."""
    ((_, _, _, found, _),) = script(text)
    return found


def word(text):
    return words(f"x {text}")[1]


def command(*names, line=1, inputs=()):
    return ["cmd", line, [], [[name] for name in names], list(inputs)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a", ["a"]),
        ("a\\ b", ["a", ["q", " "], "b"]),
        ("'a\\n\\'\\\\'", [["q", "a\\n'\\"]]),
        ('"a\\n\\"\\$\\\\"', [["q", 'a\\n"$\\']]),
        ("a\\nb", ["a", ["q", "\n"], "b"]),
        ("\\x41\\101\\u20ac\\cA", [["q", "AA€\x01"]]),
        ("\\xe2\\x82\\xac", [["q", "€"]]),
        ("\\xff", [["param", "", {"unknown": "bytes that are no UTF-8"}]]),
        ('""', [["q", ""]]),
        ("$x", [["var", "x"]]),
        ("$x[1]", [["var", "x", ["1"]]]),
        ("$x[2..-1 1]", [["var", "x", ["2..-1", "1"]]]),
        ("$x[$n]", [["var", "x", [[["var", "n"]]]]]),
        ("$x[1][2]", [["var", "x", ["1"]], "[2]"]),
        ("$$x", [["param", "", {"nested": ["var", "x"]}]]),
        ("$$x[1][2]", [["param", "", {"nested": ["var", "x", ["1"]], "indices": ["2"]}]]),
        ('"a$x[1]b"', [["dq", ["a", ["var", "x", ["1"]], "b"]]]),
        ("(a)", [["cmd", [command("a")]]]),
        ("$(a)[2]", [["cmd", [command("a")], ["2"]]]),
        ('"x$(a)y"', [["dq", ["x", ["cmd", [command("a")]], "y"]]]),
        ("a{b,$c}~*", ["a{b,", ["var", "c"], "}~*"]),
        ("\\~\\{", [["q", "~{"]]),
        ("a\\\nb", ["ab"]),
        ("%self", [["var", "fish_pid"]]),
        ('$x["1"]', [["param", "", {"unknown": '$x["1"]'}]]),
    ],
)
def test_a_word_is_its_parts(text, parts):
    assert word(text) == parts


def test_lines_are_those_of_first_tokens():
    assert [statement[1] for statement in script("a\n\n# c\nb \\\n c; d\ne '\n'\nf")] == [
        1, 4, 5, 6, 8,
    ]  # fmt: skip


def test_a_substitution_knows_its_own_lines():
    ((_, _, _, (_, ((_, inner),)), _),) = script("a (b\nc)")
    assert [statement[1] for statement in inner] == [1, 2]


def test_and_and_or_bind_the_statements_before():
    a, b, c = command("a"), command("b"), command("c")
    assert script("a; and b; or c") == [["or", 1, ["and", 1, a, b], c]]
    assert script("a && b || c") == [["or", 1, ["and", 1, a, b], c]]
    assert script("a; and b && c") == [["and", 1, a, ["and", 1, b, c]]]


def test_and_with_nothing_before_it_takes_the_status_as_it_is():
    assert script("and a") == [["and", 1, ["block", 1, []], command("a")]]


def test_an_endless_chain_does_not_grow_deep():
    read = script("a\n" + "or b\n" * 5_000)
    assert json.loads(json.dumps(read)) == read
    assert sum(json.dumps(read).count(f'"{name}"') for name in "ab") == 5_001


def test_and_and_or_after_a_condition_belong_to_it():
    a, b, c = command("a"), command("b"), command("c")
    assert script("if a; and b; c; end") == [["if", 1, [[[["and", 1, a, b]], [c]]], []]]


def test_if_else():
    a, b = command("a"), command("b")
    assert script("if a; b; else if b; a; else; b; end") == [
        ["if", 1, [[[a], [b]], [[b], [a]]], [b]]
    ]


def test_loops_and_functions():
    a = command("a")
    assert script("while a; a; end") == [["while", 1, [a], [a], False]]
    assert script("for i in x y; a; end") == [["for", 1, "i", [["x"], ["y"]], [a]]]
    assert script("function f -d x; a; end") == [["func", 1, "f", [a], [["-d"], ["x"]]]]


def test_switch():
    assert script("switch $x; case a 'b*'; a; case; end") == [
        [
            "case",
            1,
            [["var", "x"]],
            [[[["a"], [["q", "b*"]]], [command("a")], ";;"], [[], [], ";;"]],
        ]
    ]


def test_redirections_of_standard_input_and_output_are_kept():
    assert script("a <x 2>y >z") == [command("a", inputs=[["<", ["x"]], [">", ["z"]]])]
    assert script("a >&2") == [command("a", inputs=[[">", ["&", "2"]]])]
    assert script("begin; a; end <x") == [
        ["redir", 1, ["block", 1, [command("a")]], [["<", ["x"]]]]
    ]


def test_pipes_say_what_they_carry_if_it_is_not_the_output():
    a, b = command("a"), command("b")
    assert script("a | b") == [["pipe", 1, [a, b]]]
    assert script("a 2>| b") == [["pipe", 1, [a, b], ["2|"]]]


def test_background_not_and_time():
    a = command("a")
    assert script("a &") == [["bg", 1, a]]
    assert script("not time a") == [["not", 1, a]]
    assert script("! ! ! a") == [["not", 1, a]]


def test_variables_for_one_command():
    assert script("x=1 y= a") == [
        ["cmd", 1, [["x", "=", ["1"], None], ["y", "=", [["q", ""]], None]], [["a"]], []]
    ]
    (block,) = script("x=1 begin; a; end")
    assert block[2][0][3] == [["set"], ["-lx"], ["--"], ["x"], ["1"]]


def test_braces_as_a_block_are_left_open():
    assert script("{ set x y; }")[0][0] == "opaque"


def test_a_file_with_an_error_is_the_error_alone():
    assert script("set x y\nif a\n") == [["broken", 2, "`if` has no `end`"]]


def test_a_carriage_return_is_a_space():
    assert script("if a\r\nb\r\nend\r\n")[0][0] == "if"


@pytest.mark.parametrize(
    ("opening", "closing"), [("echo (", ")"), ("begin;", ";end;"), ('"$(', ')"')]
)
def test_what_nests_deeper_than_we_follow_is_opaque(opening, closing):
    text = "echo " + opening * 500 + "a" + closing * 500 if opening[0] == '"' else None
    ((op, line, _, names),) = script(text or opening * 500 + "a" + closing * 500)
    assert (op, line, names) == ("opaque", 1, None)


def test_nesting_up_to_the_bound_is_plain_json():
    text = "if a (b);" * 30 + "end;" * 30
    assert json.loads(json.dumps(script(text))) == script(text)


@pytest.mark.parametrize("text", ["set x 'a' \"b$c\" \\n (d)\n", "a;and b\n", "\\'", "(", "a\\\n"])
def test_reading_takes_time_in_proportion_to_the_length(text):
    def seconds(count):
        start = time.perf_counter()
        script(text * count)
        return time.perf_counter() - start

    assert seconds(16_000) < max(0.2, 12 * seconds(4_000))
