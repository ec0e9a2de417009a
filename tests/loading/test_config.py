from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.loading.config import load_config

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Write = Callable[[Mapping[str, str]], None]

TEXT = """\
rules: [go, ./policy, rules/one.yaml, ../common, /etc/policy]
waivers: waivers.yaml
params: {go_tools: [go, gofmt], limit: 3}
fail_on: high
strict: true
"""


@pytest.mark.parametrize(
    ("file", "rules", "waivers"),
    [
        (
            "engine.yaml",
            ("go", "./policy", "rules/one.yaml", "../common", "/etc/policy"),
            "./waivers.yaml",
        ),
        (
            "a/engine.yaml",
            ("go", "a/policy", "a/rules/one.yaml", "./common", "/etc/policy"),
            "a/waivers.yaml",
        ),
    ],
)
def test_paths_start_at_the_folder_of_the_configuration(
    write: Write, file: str, rules: tuple[str, ...], waivers: str
) -> None:
    write({file: TEXT})

    config = load_config(file)

    assert config.rules == rules
    assert config.waivers is not None
    assert config.waivers.removeprefix("./") == waivers.removeprefix("./")
    assert config.params == {"go_tools": ["go", "gofmt"], "limit": 3}
    assert (config.fail_on, config.strict) == ("high", True)


def test_everything_may_be_left_out(write: Write) -> None:
    write({"engine.yaml": "{}\n"})

    config = load_config("engine.yaml")

    assert (config.rules, config.waivers, config.params) == ((), None, {})
    assert (config.fail_on, config.strict) == (None, False)


def test_a_folder_beside_the_configuration_is_meant_by_its_name(write: Write) -> None:
    write({"a/engine.yaml": "rules: [policy, go, goo]\n", "a/policy/r.yaml": "", "a/go/r.yaml": ""})

    assert load_config("a/engine.yaml").rules == ("a/policy", "go", "goo")
