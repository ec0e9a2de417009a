"""Rules over whole file trees: gathered, and judged with bundled packs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli import main
from tests.rules.trees import lay_out


@pytest.fixture
def judged(tmp_path, monkeypatch, capsys):
    """Gather a tree, judge it with bundled packs, and give each rule's outcome and findings."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def judge(files, session=None, shell="/bin/bash", directory="", packs=()):
        lay_out(tmp_path / "tree", files, shell)
        words = ["--root", str(tmp_path / "tree"), "--user", "ada", "-o", "facts.json"]
        if session is not None:
            Path("session.json").write_text(json.dumps(session))
            words += ["--env", "session.json"]
        words += [directory] if directory else []
        assert main(["gather", *words]) == 0
        capsys.readouterr()
        rules = [word for pack in packs for word in ("--rules", pack)]
        main(["eval", "facts.json", *rules, "--format", "json"])
        report = json.loads(capsys.readouterr().out)
        return {verdict["rule"]: verdict for verdict in report["verdicts"]}

    return judge
