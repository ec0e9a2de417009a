"""Variables, env files and `.env` in projects of one file."""

# ruff: noqa: E501 - whole files stand in a line

from __future__ import annotations

from tests.gather.compose.shaping import case, web

VARIABLES = {
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
}
