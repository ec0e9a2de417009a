"""Files for `envFile` are read as the Go extension reads them."""

from __future__ import annotations

from engine.gather.assignments import Assignment, Reference
from engine.gather.dotenv.vscode_go import read_vscode_go
from engine.model.facts import Absent
from tests.gather.dotenv.vscode_go_answers import files, ours, recorded


def test_every_recorded_answer_is_given():
    given, answers = files(), recorded()

    assert len(given) == len(answers) >= 150
    for text, answer in zip(given, answers, strict=True):
        assert ours(text) == answer, text


def test_what_the_file_does_not_set_is_the_windows():
    assert read_vscode_go(b"# x\nA=a\nB=${A}${C}") == [
        Assignment("A", ("a",), line=2),
        Assignment("B", ("a", Reference("C", "window")), line=3),
    ]


def test_an_empty_variable_of_the_file_gives_way_to_the_windows():
    found = read_vscode_go(b"A=\nB=${A}")

    assert found[1] == Assignment("B", (Reference("A", "window"),), line=2)


def test_what_javascript_finds_on_every_object_is_not_known():
    (found,) = read_vscode_go(b"A=${constructor}")

    assert isinstance(found.parts[0], Absent)


def test_values_that_double_with_each_line_stay_bounded():
    lines = [f"A{n}=${{A{n - 1}}}${{A{n - 1}}}${{X}}" for n in range(1, 60)]

    found = read_vscode_go("\n".join(lines).encode())

    assert isinstance(found[-1].parts[0], Absent)
    assert max(len(one.parts) for one in found) < 200


def test_a_long_file_is_read_in_a_moment():
    text = b"A=" + b" " * 100_000 + b"\x00\n" + b"${" * 50_000 + b"\nB=" + b"${A-" * 20_000

    assert [one.name for one in read_vscode_go(text)] == ["A", "B"]
