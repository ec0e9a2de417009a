from __future__ import annotations

import pytest

from engine.gather.host import Answer, HostError
from engine.gather.questions import ENV, answer, question
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from tests.gather.fake_host import FakeHost, Node

READS = [{"source": "given"}]


def process(**shell):
    like = shell.pop("like", shell.get("name"))
    return {"like": like, "inherits": [{"from": "session", "mode": "all"}], "shell": shell}


PLAN = {
    "sources": {"given": {"kind": "environment"}, "file": {"kind": "file"}},
    "processes": {
        "session": {"inherits": [{"from": None, "mode": "nothing"}], "reads": READS},
        "sshd": {"inherits": [{"from": None, "mode": "nothing"}], "reads": [{"source": "file"}]},
        "login": process(like="$SHELL", login=True, interactive=True, via="prompt"),
        "again": process(name="bash", login=True, interactive=True, via="c"),
        "command": process(name="bash", via="c"),
        "zsh": process(name="zsh", interactive=True, via="c"),
        "ssh": process(name="bash") | {"inherits": [{"from": "sshd", "mode": "all"}]},
        "su": process(name="bash") | {"user": "root"},
        "rcfile": process(name="bash", interactive=True, rcfile="~/x"),
        "as-sh": process(name="bash", as_sh=True),
    },
    "contexts": ["login", "again", "command", "zsh", "ssh", "su", "rcfile", "as-sh"],
    "tracks": {"commands": ["go"]},
}


@pytest.fixture
def probed(redaction):
    def make(shell=None, *, probe=True, **options):
        programs = {f"{folder}/bash": shell for folder in ("/bin", "/usr/bin")} if shell else {}
        host = FakeHost(
            {ENV: Node(), "/bin/bash": Node(), "/etc/login.defs": "ENV_PATH PATH=/bin\n"},
            programs=programs,
        )
        launch = LaunchOptions(plan=PLAN, probe=probe, **options)
        document = gather(
            host,
            subject="workstation",
            directory="/",
            redaction=redaction,
            only=("probe",),
            launch=launch,
        )
        return document, host

    return make


def mark_in(argv):
    return argv[-1].partition("M=")[2].partition("begin")[0]


def said(argv, environment, commands=b"C=go\0K=file\0P=/bin/go\0"):
    mark = mark_in(argv).encode()
    variables = b"".join(f"{k}={v}".encode() + b"\0" for k, v in environment.items())
    begin, middle, end = (b"M=" + mark + part + b"\0" for part in (b"begin", b"commands", b"end"))
    return Answer(0, b"Welcome!\n" + begin + variables + middle + commands + end, b"")


def test_nothing_is_started_unless_asked_for(probed):
    document, host = probed(said, probe=False)
    assert document["absent"]["/observed"]["reason"] == "not_collected"
    assert host.runs == []


def test_a_shell_is_started_with_what_the_session_starts_with(probed):
    document, _ = probed(said)
    observed = document["facts"]["observed"]["command"]
    assert observed["started_as"] == ["/bin/bash", "-c"]
    assert observed["env"] == {
        name: {"state": "set", "value": value}
        for name, value in {
            "HOME": "/home/dana",
            "LOGNAME": "dana",
            "PATH": "/bin",
            "SHELL": "/bin/bash",
            "USER": "dana",
        }.items()
    }
    assert observed["commands"] == {"go": {"state": "found", "kind": "file", "path": "/bin/go"}}


def test_two_contexts_that_start_alike_are_started_once(probed):
    document, host = probed(said)
    observed = document["facts"]["observed"]
    assert observed["login"] == observed["again"]
    assert [argv[1:-1] for argv in host.runs] == [("-l", "-i", "-c"), ("-c",)]


def test_what_cannot_be_started_from_here_is_not_observed(probed):
    document, _ = probed(said)
    observed = document["facts"]["observed"]
    assert not {"ssh", "su", "zsh", "rcfile", "as-sh"} & observed.keys()
    assert not any(pointer.startswith("/observed/") for pointer in document["absent"])


def test_secrets_that_shells_show_are_hidden(probed):
    def leaky(argv, environment):
        return said(argv, {**environment, "API_TOKEN": "abc123abc", "BASH_FUNC_go%%": "() { x; }"})

    document, _ = probed(leaky)
    assert "abc123abc" not in str(document)
    assert document["absent"]["/observed/command/env/BASH_FUNC_go%%/value"]["reason"] == "opaque"


def test_a_shell_that_never_answers_is_unknown(probed):
    document, _ = probed(lambda _argv, _environment: Answer(0, b"exec zsh", b""))
    assert document["absent"]["/observed/login"]["reason"] == "opaque"

    def slow(argv, environment):
        raise HostError("timeout", f"{argv[0]} did not end in time")

    document, _ = probed(slow)
    assert document["absent"]["/observed/login"]["reason"] == "timeout"


def test_a_given_environment_is_what_shells_get(probed):
    document, _ = probed(said, environment={"A": "1"})
    assert document["facts"]["observed"]["command"]["env"] == {"A": {"state": "set", "value": "1"}}


@pytest.mark.parametrize(
    ("shell", "told", "expected"),
    [
        ("bash", "K=alias\0P=\0", {"state": "found", "kind": "alias"}),
        ("bash", "K=\0P=\0", {"state": "missing"}),
        ("zsh", "K=go: function\0P=/bin/go\0", {"state": "found", "kind": "function"}),
        ("zsh", "K=go: none\0P=\0", {"state": "missing"}),
        ("zsh", "K=go: hashed\0P=/bin/go\0", {"state": "found", "kind": "file", "path": "/bin/go"}),
        ("fish", "", {"state": "missing"}),
        ("dash", "V=/bin/go\0", {"state": "found", "kind": "file", "path": "/bin/go"}),
        ("dash", "V=alias go='x'\0", {"state": "found", "kind": "alias"}),
        ("dash", "V=\0", {"state": "missing"}),
    ],
)
def test_each_shell_tells_in_its_own_words_what_a_name_means(shell, told, expected):
    asked = question(shell, "m1", ("go",))
    assert asked.startswith(f"{ENV} -i -0 M=m1begin; ")
    output = f"M=m1begin\0M=m1commands\0C=go\0{told}M=m1end\0".encode()
    assert answer(output, "m1").commands == {"go": expected}
    assert answer(output, "m2") is None


def test_a_name_that_may_be_two_things_is_not_known():
    output = b"M=mbegin\0M=mcommands\0C=go\0V=go\0M=mend\0"
    assert answer(output, "m").commands["go"].cause == "ambiguous"


def test_a_value_of_several_lines_is_one_value():
    output = b"M=mbegin\0A=x\ny\0M=mcommands\0M=mend\0"
    assert answer(output, "m").variables == {"A": "x\ny"}
