"""Projects of several files, and the other keys of a service."""

# ruff: noqa: E501 - whole files stand in a line

from __future__ import annotations

from tests.gather.compose.shaping import case, value, web

FILES = {
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
    "COMPOSE_ENV_FILES": case(
        {
            "compose.yaml": "services:\n  a:\n    image: x\n    environment:\n      A: $A\n      B: $B\n",
            "1.env": "A=1\nB=1\n",
            "2.env": "A=2\nC=$B\nB=$A\n",
            ".env": "A=never\n",
        },
        {"COMPOSE_ENV_FILES": "1.env,2.env"},
    ),
    "COMPOSE_DISABLE_ENV_FILE": case(
        {"compose.yaml": "services:\n  a: {image: x, environment: {A: $A}}\n", ".env": "A=never\n"},
        {"COMPOSE_DISABLE_ENV_FILE": "1"},
    ),
    "a circle that is none": case(
        {
            "compose.yaml": "services:\n  a: {extends: b}\n  b: {extends: {file: x.yaml, service: a}}\n",
            "x.yaml": "services:\n  a: {extends: c}\n  c: {image: x, environment: [C=1]}\n",
        }
    ),
    "a reset over what is extended": case(
        "services:\n  base: {image: x, environment: {A: 1, B: 1}, command: c}\n  web:\n    extends: base\n    command: !reset null\n    environment:\n      A: !reset null\n      C: 1\n"
    ),
    "an override of env files": case(
        {
            "compose.yaml": "services:\n  a: {image: x, env_file: [a.env], profiles: [p]}\n",
            "compose.override.yaml": "services:\n  a:\n    env_file: !override [b.env]\n    profiles: !reset []\n",
            "a.env": "A=1\n",
            "b.env": "B=1\n",
        }
    ),
    "an override of what is included": case(
        {
            "compose.yaml": "include: [sub/compose.yaml]\n",
            "compose.override.yaml": "services:\n  db:\n    environment: [B=2]\n    env_file: mine.env\n",
            "sub/compose.yaml": "services:\n  db:\n    image: pg\n    environment: {A: 1, B: 1}\n    env_file: sub.env\n",
            "sub/sub.env": "F=sub\nS=1\n",
            "mine.env": "F=mine\n",
        }
    ),
    "an include within an include": case(
        {
            "compose.yaml": "include: [sub/compose.yaml]\nservices: {top: {image: x, depends_on: [deep]}}\n",
            "sub/compose.yaml": "include: [deep/compose.yaml]\nservices: {mid: {build: .}}\n",
            "sub/deep/compose.yaml": "services: {deep: {image: $I, build: {context: ./x, args: [D]}, environment: [D]}}\n",
            "sub/deep/.env": "D=deep\n",
            "sub/.env": "D=mid\nI=mid\n",
        }
    ),
    "extends what includes": case(
        {
            "compose.yaml": "include: [sub/compose.yaml]\nservices: {web: {extends: db, environment: [W=1]}}\n",
            "sub/compose.yaml": "services: {db: {image: pg, environment: [A=1], env_file: a.env}}\n",
            "sub/a.env": "F=1\n",
        }
    ),
    "an env file of two folders": case(
        {
            "compose.yaml": "services:\n  a: {extends: {file: sub/b.yaml, service: b}, env_file: [sub/a.env, a.env]}\n",
            "sub/b.yaml": "services:\n  b: {image: x, env_file: [a.env, ../a.env]}\n",
            "sub/a.env": "A=sub\n",
            "a.env": "A=top\n",
        }
    ),
    "an extended service with profiles": case(
        "services:\n  base: {image: x, profiles: [p]}\n  web: {extends: base}\n  on: {extends: base, profiles: [q]}\n",
        {"COMPOSE_PROFILES": "q"},
    ),
    "three files, and merges of merges": case(
        {
            "a.yaml": "x-e: &e {A: 1, B: 1}\nservices:\n  web: {image: x, environment: *e}\n  api: {image: y, environment: *e}\n",
            "b.yaml": "services:\n  web: {environment: {B: 2, C: 2}}\n",
            "c.yaml": "services:\n  web: {environment: [C=3, A]}\n",
        },
        {"COMPOSE_FILE": "a.yaml:b.yaml:c.yaml"},
    ),
    "links, volumes and networks that are there": case(
        "services:\n  a:\n    image: x\n    links: [b]\n    depends_on: {b: {condition: service_started}}\n    volumes: ['v:/v', './x:/x', '~/y:/y', '/z:/z', {type: volume, source: v, target: /w}]\n    networks: {n: {aliases: [q]}, default: }\n    secrets: [s, {source: s, target: t}]\n    configs: [c]\n  b: {image: x}\nvolumes: {v: }\nnetworks: {n: }\nsecrets: {s: {file: ./s}}\nconfigs: {c: {file: ./c}}\n"
    ),
    "a dependency that may miss": case(
        "services:\n  a: {image: x, depends_on: {b: {condition: service_started, required: false}}}\n  b: {image: x, profiles: [p]}\n"
    ),
    "a provider": case("services:\n  a: {provider: {type: model, options: {m: x}}}\n"),
    "numbers and truths in arguments": web(
        "build:\n  args:\n    A: 1.20\n    B: true\n    C: 0755\n    D: on"
    ),
}
