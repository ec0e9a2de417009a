"""Start-up files that were predicted wrong once, and what the real shells made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.oracle.score import WRONG, scored, told
from tests.oracle.truth.shells import HOME, default_env

ROWS = yaml.safe_load(Path(__file__).with_name("found.yaml").read_text())
_FISH = ".config/fish/config.fish"
_MAIN = {"bash": ".bashrc", "zsh": ".zshrc", "sh": ".shrc", "ksh": ".kshrc", "fish": _FISH}
_MAIN_OF_LOGIN = {"bash": ".bash_profile", "zsh": ".zprofile", "sh": ".profile", "ksh": ".profile"}


def _cases():
    for number, row in enumerate(ROWS):
        for shell in row["shell"].split():
            yield _case(f"{number} {shell}", shell, row)


def _case(name, shell, row):
    login = row.get("login", False)
    main = f"{HOME}/{(_MAIN_OF_LOGIN if login else _MAIN)[shell]}"
    files = {_path(path): _content(path, text) for path, text in row.get("files", {}).items()}
    env = default_env()
    if shell in {"sh", "ksh"}:
        env["ENV"] = f"{HOME}/{_MAIN[shell]}"
    loaded = [main, *map(_path, row.get("loaded", ()))]
    return {
        "id": name,
        "level": "found",
        "shell": shell,
        "mode": {"via": "c", "login": login, "interactive": not login},
        "env": env,
        "uid": 1000,
        "files": {main: {"text": row["main"]}, **files},
        "track": sorted(row["values"]),
        "expect": {
            "status": "ok",
            "loaded": loaded,
            "loaded_stable": "loaded" in row,
            "vars": {
                key: None if value is None else {"value": value, "exported": True}
                for key, value in row["values"].items()
            },
            "nondeterministic": [],
            "command": {"name": "go", "alias": None, "function": False},
            "setters": {},
        },
    }


def _path(path):
    return path.replace("~", HOME, 1)


def _content(path, text):
    if path.endswith("/"):
        return {"dir": True}
    return {"link": text[3:]} if text.startswith("-> ") else {"text": text}


@pytest.fixture(scope="module")
def answers():
    return scored(list(_cases()))


def test_nothing_that_was_found_wrong_is_wrong_again(answers):
    assert told(answers, WRONG) == []


def test_what_was_known_of_it_is_still_known(answers):
    lost = [
        (case["id"], answer.name, answer.cause)
        for case, rows in answers
        for answer in rows
        if answer.kind == "values"
        and answer.outcome == "unknown"
        and answer.name not in ROWS[int(case["id"].split()[0])].get("open", ())
    ]
    assert lost == []
