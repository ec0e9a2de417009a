"""What of another process's environment nobody knows stays so in the one that takes it over."""

from __future__ import annotations

import pytest

from engine.model.facts import Absent, PartialList, Redacted
from tests.precedence.machine import HOME, Machine
from tests.precedence.small_graph import context, values

TOUCHED = """
sources:
  known: {sets: {FOO_SURE: "1", OTHER: "1"}}
  tool: {title: a tool, touches: ["FOO_*"]}
  later: {sets: {FOO_SURE: "2"}}
  mine: {sets: {FOO_MINE: "1"}}
tracks: {variables: [FOO_X]}
processes:
  probe: {title: p, template: true, inherits: {nothing: true}, reads: [known, tool, later]}
  start: {title: s, template: true, inherits: {nothing: true}, reads: [mine]}
  begins: {title: c, inherits: {from: start}}
  child: {title: c, inherits: {from: probe}}
  only: {title: c, inherits: {from: probe, only: [FOO_X, OTHER]}}
  like: {title: c, inherits: {from: probe, only: ["FOO_?*"]}}
  none: {title: c, inherits: {from: probe, only: ["BAR_*", OTHER]}}
  adopts: {title: c, inherits: {from: start}, adopts: {from: probe}}
  adopts-like: {title: c, inherits: {from: start}, adopts: {from: probe, only: ["FOO*"]}}
"""


@pytest.mark.parametrize(
    ("process", "told"),
    [
        ("child", ["?opaque", "2", "1"]),
        ("only", ["?opaque", None, "1"]),
        ("like", ["?opaque", "2", None]),
        ("none", [None, None, "1"]),
        ("adopts", ["?opaque", "2", "1"]),
        ("adopts-like", ["?opaque", "2", None]),
    ],
)
def test_what_may_have_been_set_may_be_taken_over(process, told):
    assert values(TOUCHED, process, "FOO_X", "FOO_SURE", "OTHER") == told


def test_what_may_be_adopted_over_a_value_leaves_it_unknown():
    assert values(TOUCHED, "adopts", "FOO_MINE") == ["?opaque"]
    assert values(TOUCHED, "begins", "FOO_MINE") == ["1"]


KEPT = """
sources: {base: {sets: {FOO: "1"}}}
processes:
  parent: {title: p, template: true, inherits: {nothing: true}, reads: [base]}
  keeps: {title: s, inherits: {from: parent, only: [{fact: sudo.env_keep}]}}
  drops: {title: s, inherits: {from: parent, except: [{fact: sudo.env_keep}]}}
"""


def part(*names):
    listed = PartialList(names)
    listed.more = Absent("permission", "/etc/sudoers.d/x")
    return listed


@pytest.mark.parametrize(
    ("names", "cause"),
    [
        (part("BAR"), "permission"),
        (PartialList(["BAR", Absent("opaque", "a macro")]), "opaque"),
        (PartialList(["BAR", Redacted((("salt", "hash"),))]), "redacted"),
        (["BAR", 7], "wrong_type"),
    ],
)
def test_names_of_which_some_are_not_known_decide_nothing(names, cause):
    for process in ("keeps", "drops"):
        told = context(KEPT, process, Machine({}, sudo={"env_keep": names}))
        assert told["env"].more.cause == cause


DIRECTORY = """
processes:
  ide:
    title: i
    inherits: {from: session}
    directory: {fact: ide.dir}
    like: bash
    shell: {login: true}
"""


@pytest.mark.parametrize("directory", [Absent("opaque", "an ARG"), "app", 7])
def test_a_directory_that_is_not_known_is_not_the_home(directory):
    files = {"/etc/profile": ". ./env.sh\n", f"{HOME}/env.sh": "export WHERE=home\n"}
    machine = Machine(files, ide={"dir": directory})
    told = context(DIRECTORY, "ide", machine)
    assert told["env"].more is not None
    assert "WHERE" not in told["env"]
