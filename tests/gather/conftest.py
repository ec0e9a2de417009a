from __future__ import annotations

import json

import pytest

from engine.gather.host import Answer
from engine.gather.redact import Redaction
from engine.gather.run import gather
from tests.gather.binaries import go_command
from tests.gather.fake_host import FakeHost, Node

SALT = b"a salt for tests, and only these"


@pytest.fixture
def redaction():
    return Redaction(SALT)


@pytest.fixture
def survey_of(redaction):
    """Gather a fake machine's document: `survey_of({...files}, environment={...})`."""

    def make(files=None, *, subject="workstation", directory="/home/dana/shop", only=(), **machine):
        host = FakeHost({"/home/dana/shop": Node("directory"), **(files or {})}, **machine)
        document = gather(
            host, subject=subject, directory=directory, redaction=redaction, only=only
        )
        # Whatever comes out must survive being written and read.
        assert json.loads(json.dumps(document).encode("utf-8")) == document
        return document, host

    return make


@pytest.fixture
def go_machine(survey_of):
    """Gather a machine with one Go in /usr/local/go; `answers` is what its `go env -json` says."""

    def make(files=None, *, environment=None, version="go1.22.10", answers=None, run=None, **more):
        def env_json(argv, _environment):
            said = {key: (answers or {}).get(key, "") for key in argv[3:]}
            return Answer(0, json.dumps(said).encode(), b"")

        installed = {
            "/usr/local/go/bin/go": Node(
                content=go_command(version, more.get("platform", "linux/amd64"))
            ),
            "/usr/local/go/VERSION": f"{version}\n",
            "/usr/local/go/pkg/tool/linux_amd64/vet": Node(content=b""),
            "/usr/local/go/go.env": "GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n",
        }
        return survey_of(
            installed | (files or {}),
            environment={"PATH": "/usr/local/go/bin:/usr/bin", "HOME": "/home/dana"}
            | (environment or {}),
            programs={"/usr/local/go/bin/go": run or env_json},
            **more,
        )

    return make
