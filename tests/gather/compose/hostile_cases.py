"""Projects that compose refuses, or may."""

# ruff: noqa: E501 - whole files stand in a line

from __future__ import annotations

from tests.gather.compose.shaping import case, web

HOSTILE = {
    "nothing": case(""),
    "a comment": case("# nothing\n"),
    "an empty document": case("---\n"),
    "a list": case("- a\n"),
    "a text": case("hello\n"),
    "no YAML": case("services: [\n"),
    "tabs": case("services:\n\tweb:\n\t\timage: x\n"),
    "a key twice": web("environment:\n  A: 1\n  A: 2"),
    "a service twice": case("services:\n  a: {image: x}\n  a: {image: y}\n"),
    "a key at the top twice": case("services: {a: {image: x}}\nservices: {b: {image: x}}\n"),
    "two merges": web("environment:\n  <<: {A: 1}\n  <<: {B: 2}"),
    "a number as a key": web("environment:\n  1: x"),
    "a truth as a key": web("environment:\n  true: x"),
    "on as a key": web("environment:\n  on: x"),
    "no services": case("name: x\n"),
    "services is null": case("services:\n"),
    "services is a list": case("services: [a]\n"),
    "a service is null": case("services:\n  web:\n"),
    "a service is a text": case("services:\n  web: x\n"),
    "a service without an image": case("services:\n  web:\n    environment: [A=1]\n"),
    "a service by a bad name": case("services:\n  'a b': {image: x}\n"),
    "the format of version 1": case("web:\n  image: x\n  environment: [A=1]\n"),
    "an unknown key at the top": case("service: {}\nservices: {a: {image: x}}\n"),
    "an unknown key of a service": web("enviroment: [A=1]"),
    "an extension of a service": web("x-mine: {a: 1}"),
    "an unknown key of a build": web("build: {contxt: .}"),
    "variables as a text": web("environment: A=1"),
    "variables as a number": web("environment: 5"),
    "numbers among variables": web("environment: [5]"),
    "a list as a value": web("environment: {A: [1]}"),
    "a mapping as a value": web("environment: {A: {b: c}}"),
    "an image that is a number": case("services: {a: {image: 5}}\n"),
    "an image that is a list": case("services: {a: {image: [x]}}\n"),
    "profiles as a text": web("profiles: a"),
    "env_file as a mapping": web("env_file: {path: a}"),
    "env_file as a number": web("env_file: 5"),
    "a build that is a list": web("build: [a]"),
    "a command that is a mapping": web("command: {a: b}"),
    "an alias to nothing": web("environment: *none"),
    "an alias within itself": case("services: &a\n  web: *a\n"),
    "a merge of a text": web("environment:\n  <<: x"),
    "a broken template elsewhere": web("labels: ['${']"),
    "a broken template in an extension": case("x-a: ${\nservices: {a: {image: x}}\n"),
    "a required variable": web('labels:\n  a: "${A:?set it}"\nenvironment: [B=1]', A="1"),
    "a name that is a template": web('environment:\n  - "$N=1"\n  - B=2', N="A"),
    "a key that is a template": web("environment:\n  $N: 1", N="A"),
    "an env file by a template": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file: ${F}.env\n    environment: [B=1]\n",
            "a.env": "A=1\n",
        },
        {"F": "a"},
    ),
    "a broken .env": case({"compose.yaml": "services: {a: {image: x}}\n", ".env": "A='x\n"}),
    "a .env that is a folder": case({"compose.yaml": "services: {a: {image: x}}\n", ".env/x": ""}),
    "a mapping over a list": case(
        {
            "compose.yaml": "services:\n  a:\n    image: x\n    profiles: [a]\n",
            "compose.override.yaml": "services:\n  a:\n    profiles: {a: b}\n",
        }
    ),
    "a text over a mapping": case(
        {
            "compose.yaml": "services:\n  a:\n    image: x\n",
            "compose.override.yaml": "services:\n  a: x\n",
        }
    ),
    "null over a service": case(
        {
            "compose.yaml": "services:\n  a:\n    image: x\n",
            "compose.override.yaml": "services:\n  a:\n",
        }
    ),
    "null over variables": case(
        {
            "compose.yaml": "services:\n  a:\n    image: x\n    environment: [A=1]\n",
            "compose.override.yaml": "services:\n  a:\n    environment:\n    image:\n",
        }
    ),
    "a byte order mark": case("\ufeffservices: {a: {image: x}}\n"),
    "windows line ends": case(
        "services:\r\n  a:\r\n    image: x\r\n    environment:\r\n      - A=1\r\n"
    ),
    "two documents": case("services: {a: {image: x}}\n---\nservices: {b: {image: x}}\n"),
    "a YAML directive": case("%YAML 1.1\n---\nservices: {a: {image: x}}\n"),
    "braces in a flow": web("environment: [A=${B}]"),
    "a colon in a flow": web("environment: {A: http://x/y, B: a?b}"),
    "unknown dependency": web("depends_on: [nobody]"),
    "unknown network": web("networks: [nobody]"),
    "depends on a disabled service": case(
        "services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, profiles: [p]}\n"
    ),
}
