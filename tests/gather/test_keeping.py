from __future__ import annotations

import json

import pytest

from engine.gather.collector import Verbatim
from engine.gather.keeping import Keeping
from engine.model.facts import Absent, PartialMap


@pytest.fixture
def keeping(redaction):
    return Keeping(redaction, None)


def test_a_name_that_is_no_text_makes_its_statement_opaque(keeping):
    script = [["func", 1, "f\udcff", []], ["decl", 2, "export", [["A", "=", ["1"], None]]]]
    kept = keeping.entry("/rc", {"kind": "file", "scripts": {"bash": script}})["scripts"]["bash"]
    assert isinstance(kept, Verbatim)
    assert kept.value[0] == ["opaque", 1, "it holds bytes that are not UTF-8", None]
    assert kept.value[1] == script[1]
    json.dumps(kept.value, ensure_ascii=False).encode("utf-8")


def test_what_cannot_be_looked_through_for_secrets_is_not_kept(keeping):
    scripts = {"bash": [["cmd", 1, "of another form", [], []]], "zsh": Absent("too_large")}
    kept = keeping.entry("/rc", {"kind": "file", "scripts": scripts})["scripts"]
    assert kept["bash"].cause == "unsupported"
    assert kept["zsh"].cause == "too_large"


def test_a_text_with_a_secret_leaves_no_trace(keeping):
    secret = ["decl", 1, "export", [["TOKEN", "=", ["abc"], None]]]
    plain = ["decl", 1, "export", [["A", "=", ["abc"], None]]]
    kept = keeping.snippets(PartialMap({"11": [secret], "22": [plain], "33": Absent("opaque")}))
    assert set(kept) == {"22", "33"}


class Resolution:
    wanted: frozenset = frozenset()
    visited = frozenset({("/rc", 2)})


def test_only_what_no_shell_runs_is_kept_whole(redaction):
    """A version manager reads all of its file, though no statement of it is ever run."""
    script = [["cmd", line, [], [[["q", "1.22"]]], []] for line in (1, 2, 3)]
    entry = {"kind": "file", "scripts": {"bash": script, "versions": script}}
    kept = Keeping(redaction, Resolution()).entry("/rc", entry)["scripts"]
    assert kept["versions"].value == script
    assert [each[0] for each in kept["bash"].value] == ["opaque", "cmd", "opaque"]
