"""Projects to ask compose about: files by path, and the variables of the shell that runs it.

`compose.yaml` alone is given as a text. `home` is the directory that compose runs in.
"""

# ruff: noqa: E501 - whole files stand in a line

from __future__ import annotations

from typing import NamedTuple

HOME = "/home/dana/shop"


class Case(NamedTuple):
    files: dict[str, str]
    client: dict[str, str]
    directory: str = HOME


def case(files, client=None, directory=""):
    files = {"compose.yaml": files} if isinstance(files, str) else files
    return Case(files, client or {}, f"{HOME}/{directory}" if directory else HOME)


def web(body, **client):
    """A project of one service that has an image, and what else is given."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return case(f"services:\n  web:\n    image: golang\n{lines}", client)


def value(written, **client):
    return web(f"environment:\n  K: {written}", **client)


ORDINARY = {
    "a list of variables": web("environment:\n  - GOFLAGS=-mod=mod\n  - CGO_ENABLED=0\n  - EMPTY="),
    "a mapping of variables": web(
        "environment:\n  GOFLAGS: -mod=mod\n  CGO_ENABLED: 0\n  EMPTY: ''"
    ),
    "names alone in a list": web("environment:\n  - GOFLAGS\n  - GOPROXY", GOFLAGS="-v"),
    "names alone in a mapping": web("environment:\n  GOFLAGS:\n  GOPROXY: null", GOFLAGS="-v"),
    "a name alone that is empty outside": web("environment: [GOFLAGS]", GOFLAGS=""),
    "a name twice in a list": web("environment:\n  - A=1\n  - B=2\n  - A=3"),
    "a value, then the name alone": web("environment:\n  - A=1\n  - A"),
    "a value, then the name alone, set outside": web("environment:\n  - A=1\n  - A", A="9"),
    "a value with equals signs": web("environment:\n  - A=b=c=d\n  - GOFLAGS=-ldflags=-X=main.v=1"),
    "a blank before the equals sign": web("environment:\n  - A =b"),
    "a blank behind the equals sign": web("environment:\n  - A= b "),
    "quotes inside a list item": web("environment:\n  - A=\"b c\"\n  - B='x'"),
    "a quoted list item": web("environment:\n  - \"A=b c # d\"\n  - 'B=it''s'"),
    "an item without a name": web("environment:\n  - =b"),
    "a comment behind a value": web("environment:\n  - A=b # c\n  - B=b#c"),
    "texts over several lines": web(
        "environment:\n  A: |\n    x\n    y\n  B: >-\n    x\n    y\n  C: x\n    y"
    ),
    "an env file": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file: web.env\n",
            "web.env": "A=1\nB='x y'\n",
        }
    ),
    "env files, the later wins": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file:\n      - a.env\n      - b.env\n    environment:\n      C: mine\n",
            "a.env": "A=a\nB=a\nC=a\n",
            "b.env": "B=b\nC=b\n",
        }
    ),
    "an env file twice stands where it first stood": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file: [a.env, b.env, a.env]\n",
            "a.env": "A=a\n",
            "b.env": "A=b\n",
        }
    ),
    "an env file twice by two names": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file: [a.env, b.env, ./a.env]\n",
            "a.env": "A=a\n",
            "b.env": "A=b\n",
        }
    ),
    "an env file in its long form": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file:\n      - path: a.env\n        required: false\n      - path: no.env\n        required: false\n",
            "a.env": "A=$B\nB=2\n",
        },
        {"B": "outside"},
    ),
    "a raw env file": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file:\n      - path: a.env\n        format: raw\n",
            "a.env": "A=$B\nB='2'\nC\nD=x # y\n",
        },
        {"C": "outside"},
    ),
    "an env file of an unknown format": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file:\n      - path: a.env\n        format: toml\n",
            "a.env": "A=1\n",
        }
    ),
    "an env file that is not there": web("env_file: no.env"),
    "an env file that is a folder": case(
        {"compose.yaml": "services:\n  web:\n    image: x\n    env_file: a\n", "a/b": ""}
    ),
    "an env file that compose refuses": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file: a.env\n",
            "a.env": "A='x\n",
        }
    ),
    "an env file looks into environment and .env": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file: a.env\n    environment:\n      S: service\n      P: service\n",
            "a.env": "FROM_S=$S\nFROM_P=$P\nFROM_O=$O\nOWN=1\nFROM_OWN=$OWN\nP=file\nAGAIN=$P\nS\nO\nNONE\n",
            ".env": "P=project\n",
        },
        {"O": "outside"},
    ),
    "an env file sees the one before": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file: [a.env, b.env]\n",
            "a.env": "A=1\nB=$LATE\n",
            "b.env": "C=$A\nA=2\nD=$A\nLATE=x\n",
        }
    ),
    "a .env for the texts of the file": case(
        {
            "compose.yaml": "services:\n  web:\n    image: golang:${VERSION}\n    environment:\n      - V=$VERSION\n      - W=${WHO:-nobody}\n      - VERSION\n      - WHO\n",
            ".env": "VERSION=1.22\nWHO=\n",
        }
    ),
    "the shell comes before .env": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    environment:\n      A: ${A}\n      B: ${B:-d}\n      C: ${C-d}\n      A2: ${A:+alt}\n",
            ".env": "A=file\nB=file\nC=file\n",
        },
        {"A": "", "B": "", "C": ""},
    ),
    "a .env that builds on variables": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    environment:\n      A: ${A}\n      B: ${B:-d}\n      C: ${C:+alt}\n",
            ".env": "A=${HOST}-x\nB=$HOST\nC=$HOST\n",
        },
        {"HOST": ""},
    ),
    "two files": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    command: a b\n    environment:\n      A: 1\n      B: 2\n",
            "compose.override.yaml": "services:\n  web:\n    image: y\n    command: [c]\n    environment:\n      - B=3\n      - C=4\n  db:\n    image: z\n",
        }
    ),
    "two files, and a name alone over a value": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    environment:\n      A: 1\n      B: 2\n",
            "compose.override.yml": "services:\n  web:\n    environment:\n      A:\n      B:\n",
        },
        {"B": "outside"},
    ),
    "two files with env files": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    env_file: a.env\n",
            "compose.override.yaml": "services:\n  web:\n    env_file:\n      - b.env\n      - a.env\n",
            "a.env": "A=a\n",
            "b.env": "A=b\n",
        }
    ),
    "a command over a command": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    command: [a, b]\n    entrypoint: [e]\n",
            "compose.override.yaml": "services:\n  web:\n    command:\n    entrypoint: ''\n",
        }
    ),
    "a reset": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    command: a\n    environment:\n      A: 1\n      B: 2\n    env_file: a.env\n",
            "compose.override.yaml": "services:\n  web:\n    command: !reset null\n    env_file: !reset []\n    environment:\n      A: !reset null\n      C: 3\n",
            "a.env": "F=1\n",
        }
    ),
    "a reset of a variable in a list does nothing": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    environment: [A=1]\n",
            "compose.override.yaml": "services:\n  web:\n    environment:\n      A: !reset null\n      B: 2\n",
        }
    ),
    "an override": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    environment:\n      A: 1\n",
            "compose.override.yaml": "services:\n  web:\n    environment: !override\n      B: 2\n",
        }
    ),
    "a reset in the only file": web("environment:\n  A: !reset null\n  B: 1\ncommand: !reset [x]"),
    "COMPOSE_FILE": case(
        {
            "a.yaml": "services:\n  web:\n    image: x\n    environment: [A=1]\n",
            "sub/b.yaml": "services:\n  web:\n    environment: [B=1]\n    env_file: here.env\n",
            "here.env": "HERE=1\n",
            "compose.yaml": "services: {other: {image: x}}\n",
        },
        {"COMPOSE_FILE": "a.yaml:sub/b.yaml"},
    ),
    "COMPOSE_FILE in .env": case(
        {
            "a.yaml": "services:\n  web:\n    image: x\n",
            "b.yaml": "services:\n  db:\n    image: ${IMAGE}\n",
            ".env": "COMPOSE_FILE=a.yaml;b.yaml\nCOMPOSE_PATH_SEPARATOR=;\nIMAGE=pg\n",
        }
    ),
    "COMPOSE_FILE names nothing": case(
        {"compose.yaml": "services: {}\n"}, {"COMPOSE_FILE": "no.yaml"}
    ),
    "the project's directory is that of the first file": case(
        {
            "sub/a.yaml": "services:\n  web:\n    image: x\n    env_file: a.env\n    environment: [B=$B, C=$C]\n".replace(
                "[B=$B, C=$C]", "\n      - B=$B\n      - C=$C"
            ),
            "sub/a.env": "A=1\n",
            "sub/.env": "B=sub\nC=sub\n",
            ".env": "C=here\n",
        },
        {"COMPOSE_FILE": "sub/a.yaml"},
    ),
    "upwards": case(
        {
            "compose.yaml": "services:\n  web:\n    image: x\n    environment:\n      A: $A\n      B: $B\n",
            ".env": "A=up\n",
            "cmd/.env": "A=here\nB=here\n",
        },
        directory="cmd",
    ),
    "the names of files": case(
        {
            "docker-compose.yaml": "services: {a: {image: x}}\n",
            "docker-compose.yml": "services: {b: {image: x}}\n",
        }
    ),
    "an override by another name": case(
        {
            "docker-compose.yml": "services: {a: {image: x}}\n",
            "compose.override.yml": "services: {b: {image: x}}\n",
        }
    ),
    "profiles": case(
        "services:\n  web: {image: x}\n  tool: {image: x, profiles: [debug]}\n  off: {image: x, profiles: []}\n"
    ),
    "profiles by COMPOSE_PROFILES": case(
        "services:\n  web: {image: x, profiles: [a]}\n  tool: {image: x, profiles: [debug, x]}\n",
        {"COMPOSE_PROFILES": "debug, b"},
    ),
    "profiles by .env": case(
        {
            "compose.yaml": "services:\n  web: {image: x, profiles: [a]}\n",
            ".env": "COMPOSE_PROFILES=a\n",
        }
    ),
    "all profiles": case(
        "services:\n  web: {image: x, profiles: [a]}\n", {"COMPOSE_PROFILES": "*"}
    ),
    "a build": web("build: ."),
    "a build in its long form": web(
        "build:\n  context: ./api\n  dockerfile: docker/Dockerfile.dev\n  target: dev\n  args:\n    GO_VERSION: 1.22.10\n    PASSED:\n    LOST:",
        PASSED="1",
    ),
    "arguments in a list": web("build:\n  context: .\n  args:\n    - A=1\n    - B\n    - C", B="2"),
    "a build of an address": web("build: https://github.com/a/b.git#main:sub"),
    "a build without a context": web("build:\n  dockerfile: Dockerfile.dev"),
    "an inline Dockerfile": web("build:\n  context: .\n  dockerfile_inline: |\n    FROM x\n"),
    "two Dockerfiles": web("build:\n  dockerfile: a\n  dockerfile_inline: FROM x"),
    "merged builds": case(
        {
            "compose.yaml": "services:\n  web:\n    build: .\n",
            "compose.override.yaml": "services:\n  web:\n    build:\n      target: dev\n      args: [A=1]\n",
        }
    ),
    "merged arguments": case(
        {
            "compose.yaml": "services:\n  web:\n    build:\n      args: {A: 1, B: 2}\n",
            "compose.override.yaml": "services:\n  web:\n    build:\n      args: [A=3]\n",
        }
    ),
    "user and directory": web('user: "1000:1000"\nworking_dir: /src'),
    "a number as a user": web("user: 1000"),
    "a command as a text": web("command: go run ./cmd/server -addr ':8080' --name \"a b\""),
    "a command as a list": web(
        "command:\n  - go\n  - run\n  - ./cmd/server\nentrypoint: [sh, -c, 'echo $$HOME']"
    ),
    "a command over lines": web("command: >\n  go run\n  ./cmd/server"),
    "a command with a variable": web("command: serve --port ${PORT:-80} $X", X="a b"),
    "a command with operators": web("command: sh -c a && b"),
    "a command with a backslash": web("command: a\\ b 'c\\d' \"e\\nf\""),
    "a command with an open quote": web("command: echo 'a"),
    "an empty command": web("command: []\nentrypoint: ''"),
    "a number in a command": web("command: [sleep, 10]"),
    "a command that is a number": web("command: 10"),
    "extends in the same file": case(
        "services:\n  base:\n    image: x\n    environment:\n      A: 1\n      B: 1\n    command: c\n  web:\n    extends:\n      service: base\n    environment:\n      - B=2\n"
    ),
    "extends by a name": case(
        "services:\n  base: {image: x, environment: {A: 1}}\n  web:\n    extends: base\n"
    ),
    "extends another file": case(
        {
            "compose.yaml": "services:\n  web:\n    extends:\n      file: common/base.yaml\n      service: base\n    env_file: [web.env]\n",
            "common/base.yaml": "services:\n  base:\n    image: ${IMG}\n    build: ./api\n    env_file: base.env\n    environment: {A: $A}\n",
            "common/base.env": "A=file\nB=base\n",
            "common/.env": "A=never\n",
            "web.env": "B=web\n",
            ".env": "IMG=i\nA=a\n",
        }
    ),
    "a chain of extends": case(
        {
            "compose.yaml": "services:\n  web:\n    extends: {file: b.yaml, service: mid}\n    environment: [C=3]\n",
            "b.yaml": "services:\n  mid:\n    extends: {file: sub/c.yaml, service: base}\n    environment: [B=2]\n",
            "sub/c.yaml": "services:\n  base:\n    image: x\n    environment: [A=1, B=1]\n    env_file: c.env\n",
            "sub/c.env": "F=1\n",
        }
    ),
    "extends in a circle": case("services:\n  a: {image: x, extends: b}\n  b: {extends: a}\n"),
    "extends itself": case("services:\n  a: {image: x, extends: a}\n"),
    "extends itself of another file": case(
        {
            "compose.yaml": "services:\n  a: {extends: {file: b.yaml, service: a}}\n",
            "b.yaml": "services:\n  a: {image: x}\n",
        }
    ),
    "extends what is not there": case("services:\n  a: {image: x, extends: b}\n"),
    "extends a file that is not there": case(
        "services:\n  a: {image: x, extends: {file: no.yaml, service: b}}\n"
    ),
    "extends across an override": case(
        {
            "compose.yaml": "services:\n  base: {image: x}\n",
            "compose.override.yaml": "services:\n  web: {extends: base}\n",
        }
    ),
    "include": case(
        {
            "compose.yaml": "include:\n  - sub/compose.yaml\nservices:\n  web: {image: x, environment: {A: $A}}\n",
            "sub/compose.yaml": "services:\n  db:\n    image: pg\n    env_file: db.env\n    environment:\n      A: $A\n      B: $B\n",
            "sub/db.env": "F=1\n",
            "sub/.env": "A=sub\nB=sub\n",
            ".env": "A=top\n",
        }
    ),
    "include with names alone": case(
        {
            "compose.yaml": "include: [{path: sub/compose.yaml}]\n",
            "sub/compose.yaml": "services:\n  a:\n    image: pg\n    environment: [B, T]\n  b:\n    image: pg\n    environment:\n      B:\n      T:\n",
            "sub/.env": "B=sub\n",
            ".env": "T=top\n",
        }
    ),
    "include, and more of a service": case(
        {
            "compose.yaml": "include: [sub/compose.yaml]\nservices:\n  db:\n    environment: [B=2]\n",
            "sub/compose.yaml": "services:\n  db:\n    image: pg\n    environment: [A=1, B=1]\n",
        }
    ),
    "include of several files": case(
        {
            "compose.yaml": "include:\n  - path: [sub/a.yaml, sub/b.yaml]\n    project_directory: .\n    env_file: sub/x.env\n",
            "sub/a.yaml": "services:\n  db:\n    image: ${IMG}\n    env_file: top.env\n",
            "sub/b.yaml": "services:\n  db:\n    environment: [A=1]\n",
            "sub/x.env": "IMG=pg\n",
            "top.env": "F=1\n",
        }
    ),
    "include in a circle": case(
        {
            "compose.yaml": "include: [b.yaml]\nservices: {a: {image: x}}\n",
            "b.yaml": "include: [compose.yaml]\nservices: {b: {image: x}}\n",
        }
    ),
    "include of nothing": case("include: [no.yaml]\nservices: {a: {image: x}}\n"),
    "anchors and merges": case(
        "x-env: &env\n  A: 1\n  B: 1\nx-more: &more\n  B: 2\n  C: 2\nservices:\n  web:\n    image: x\n    environment:\n      <<: [*env, *more]\n      C: 3\n  api:\n    <<: &api\n      image: y\n    environment: *env\n"
    ),
    "a merged service": case(
        "x-base: &base\n  image: x\n  environment: [A=1]\nservices:\n  web:\n    <<: *base\n  api:\n    <<: *base\n    environment: [B=2]\n"
    ),
    "the project's name": case(
        "name: My.Shop\nservices:\n  web:\n    image: x\n    environment:\n      A: ${COMPOSE_PROJECT_NAME}\n      B: ${COMPOSE_PROJECT_NAME:-d}\n"
    ),
    "the project's name by default": value("$COMPOSE_PROJECT_NAME"),
    "the project's name outside": value("$COMPOSE_PROJECT_NAME", COMPOSE_PROJECT_NAME="outside"),
    "an old version": case(
        'version: "2.4"\nservices:\n  web:\n    image: x\n    environment: [A=1]\n'
    ),
    "a version that is a number": case("version: 3.8\nservices: {web: {image: x}}\n"),
    "hundreds of shapes at once": case(
        """
version: "3.8"
x-logging: &logging
  driver: json-file
services:
  db:
    image: postgres:15-alpine
    restart: always
    logging: *logging
    environment:
      POSTGRES_USER: ${DB_USER:-shop}
      POSTGRES_PASSWORD: ${DB_PASSWORD:-hunter2}
      POSTGRES_DB: shop
    ports: ["5432:5432"]
    volumes: [data:/var/lib/postgresql/data]
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U $${POSTGRES_USER}"]
      interval: 10s
  api:
    build:
      context: .
      target: dev
      args: {GO_VERSION: "1.22"}
    command: air -c .air.toml
    depends_on: [db]
    environment:
      - DATABASE_URL=postgres://${DB_USER:-shop}:${DB_PASSWORD:-hunter2}@db:5432/shop?sslmode=disable
      - GOFLAGS=-buildvcs=false
      - GOPROXY
      - PORT=8080
    working_dir: /app
    volumes: [".:/app", "gomod:/go/pkg/mod"]
    networks: [back]
volumes: {data: {}, gomod: {}}
networks: {back: {}}
"""
    ),
}

VALUES = {
    f"value {at:02} {written}": value(written)
    for at, written in enumerate(
        [
            "1.20",
            "1.0",
            "1",
            "0755",
            "0o755",
            "0x1F",
            "0b101",
            "1_000",
            "12:30:45",
            "12:30",
            "on",
            "yes",
            "off",
            "No",
            "y",
            "true",
            "True",
            "false",
            "null",
            "~",
            "1e3",
            "1e5",
            "1.0e+3",
            ".5",
            "5.",
            "+1",
            "-1",
            "-0",
            "+.5",
            ".inf",
            ".nan",
            "2001-12-14",
            "9223372036854775807",
            "18446744073709551615",
            "18446744073709551616",
            "0.0001",
            "0.00001",
            "123456789.123",
            "08",
            "00",
            "0777_7",
            "_1",
            "1_",
            "0x",
            "1.2.3",
            "1,000",
            "=",
            "1_000.5",
            "0.0",
            "1e400",
            "-0x10",
            "-0755",
            "190:20:30",
            "'q'",
            '"d"',
            "a:b",
            "1000000.0",
            "''",
            '"$$x"',
            "'a$$b'",
            "!!str&#32;5",
            '!!int&#32;"5"',
            "!custom&#32;x",
            "[a]",
            "{a:&#32;b}",
            "1234567",
            "1.5",
            "-.5",
            "1e-7",
        ]
    )
    for written in [written.replace("&#32;", " ")]
}

_TEMPLATES = [
    "$A",
    "${A}",
    "${A}b",
    "$Ab",
    "a$A$B",
    "${A:-d}",
    "${A-d}",
    "${A:+x}",
    "${A+x}",
    "${A:?e}",
    "${A?e}",
    "$$A",
    "$${A}",
    "$$$A",
    "$",
    "$1",
    "a$",
    "${A:-${B}}",
    "${A:-${B:-${C:-z}}}",
    "${A:-x}${B:-y}",
    "${A:-x}}",
    "${A:-{x}}",
    "${A:-$$x}",
    "${A:-$B}",
    "${A:+${B}}",
    "${A-}",
    "${A:-}",
    "${A?}",
    "${}",
    "${1}",
    "${A:x}",
    "${A",
    "${A:-x",
    "${A:-a:-b}",
    "${A-b:-c}",
    "${A:+a-b}",
    "${A:-a?b}",
    "${a}",
    "${_A1}",
    "${A.B}",
    "${A-B}",
    '${A:-"x"}',
    "${A:-x\\\\y}",
    "${A:-/a/b}",
    "${HOME:-x}",
    "${A:=x}",
    "${A/x/y}",
    "${#A}",
    "$(date)",
    "`date`",
    "%A%",
    "${A:-${}",
    "${A:-${B}",
    "${A:-$}",
]
TEMPLATES = {
    f"template {at:02}{who} {written}": value("'" + written.replace("'", "''") + "'", **client)
    for at, written in enumerate(_TEMPLATES)
    for who, client in (
        ("", {}),
        (" set", {"A": "1", "B": "2", "a": "3"}),
        (" empty", {"A": "", "B": "b"}),
    )
}

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

CASES = ORDINARY | VALUES | TEMPLATES | HOSTILE
