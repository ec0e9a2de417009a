from __future__ import annotations

import json

import pytest

from tests.gather.devcontainer.comparing import facts_of
from tests.gather.devcontainer.corpus import FOLDER, LOCAL
from tests.gather.devcontainer.starts import CONFIGS, FILES, IMAGE_ENV, STARTED
from tests.gather.told_fold import UNKNOWN, folded

ANSWERS = json.loads(STARTED.read_text(encoding="utf-8"))


def predicted(text):
    """The environments that our facts come to: of the container, and of a program in it."""
    row, _ = facts_of(text, files={f"{FOLDER}/{name}": said for name, said in FILES.items()})
    scopes = {"local": LOCAL}
    container = dict(IMAGE_ENV)
    for layer in ("run_args_env_file", "container_env", "run_args_env"):
        container = folded(row[layer], container, scopes)
    scopes["container"] = container
    # docker sets HOME where a program starts, and the configuration knows nothing of it.
    return container, folded(row["remote_env"], container | {"HOME": "/root"}, scopes)


@pytest.mark.parametrize("name", CONFIGS)
def test_no_variable_known_differs_from_what_a_program_finds(name):
    for ours, which in zip(predicted(CONFIGS[name]), ("container", "remote"), strict=True):
        theirs = ANSWERS[name][which]
        differs = {
            variable: (ours.get(variable), theirs.get(variable))
            for variable in ours | theirs
            if ours.get(variable) is not UNKNOWN and ours.get(variable) != theirs.get(variable)
        }
        assert differs == {}


def test_most_of_it_is_known():
    values = [
        value for text in CONFIGS.values() for each in predicted(text) for value in each.values()
    ]
    assert len(values) > 200
    # null alone: the CLI makes a text of it, and another tool may not.
    assert values.count(UNKNOWN) <= 6
