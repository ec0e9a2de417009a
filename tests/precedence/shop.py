"""A machine with everything that starts programs in ways of its own, as a document of facts."""

from __future__ import annotations

import json
from functools import cache

from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from engine.loading.facts import read_facts
from tests.gather.fake_host import FakeHost, Node, folder
from tests.precedence.machine import Machine

HOME, SHOP = "/home/dana", "/home/dana/shop"
CODE = f"{HOME}/.config/Code/User"
COLLECTORS = (
    "compose", "devcontainer", "docker", "docker_client", "docker_runs", "github_workflows",
    "gitlab_pipeline", "jetbrains", "kubernetes", "pre_commit", "vscode",
)  # fmt: skip
COMMANDS = (
    "docker run -t --env-file a.env -e GOFLAGS -e A=$HOME -u dana golang:1.22 bash -lc 'go build'",
    "sudo docker exec -e B=1 web go test",
    "podman run -e C golang:1.22",
)
_SETTINGS = {
    "go.goroot": "/opt/go",
    "go.toolsEnvVars": {"GOFLAGS": "${env:GOFLAGS} -mod=mod", "GOPATH": "/tools"},
    "go.testEnvVars": {"T": "1"},
    "go.testEnvFile": "${workspaceFolder}/a.env",
    "gopls": {"build.env": {"GOWORK": "off"}},
    "http.proxy": "http://proxy:1",
    "terminal.integrated.env.linux": {"A": "${env:HOME}/a", "GOFLAGS": None},
}
_LAUNCHES = [
    {"name": kind, "type": "go", "request": "launch", "console": kind,
     "envFile": "${workspaceFolder}/a.env",
     "env": {"E": "${env:A}"}}
    for kind in ("internalConsole", "integratedTerminal", "externalTerminal")
]  # fmt: skip
_TASKS = [
    {"label": kind, "type": kind, "command": "go", "options": {"env": {"O": "1", "P": "${env:A}"}}}
    for kind in ("shell", "process", "go")
]
_RUN = """<component name="ProjectRunConfigurationManager">
<configuration default="false" name="server" type="GoApplicationRunConfiguration">
<envs><env name="R" value="1" /></envs></configuration></component>"""
_WORKSPACE = """<project version="4"><component name="GOROOT" url="file:///opt/go" />
<component name="VgoProject"><environment><map><entry key="GOPRIVATE" value="x" /></map>
</environment></component></project>"""
FILES = {
    "a.env": 'A=file\nQ="x $A"\nUSER\n',
    "Dockerfile": "ARG V=1\nFROM golang:1.22 AS build\nENV A=$V B=b\nRUN go build\n"
    "FROM scratch\nENV C=c PATH=/c\nUSER 1000\n",
    "compose.yaml": "services:\n  web:\n    build: {context: ., args: {V: '2'}}\n"
    "    env_file: a.env\n    environment: {GOFLAGS: , D: '${D:-d}'}\n    tty: true\n"
    "  db:\n    image: golang:1.22\n    environment: [PATH, X=1]\n",
    ".devcontainer/devcontainer.json": json.dumps(
        {"image": "golang:1.22", "containerEnv": {"A": "${localEnv:HOME}"}, "remoteUser": "dana",
         "remoteEnv": {"PATH": "${containerEnv:PATH}:/x"}, "runArgs": ["-e", "GOFLAGS"]}
    ),
    ".github/workflows/ci.yml": "on: push\nenv: {A: top}\njobs:\n  test:\n    env: {B: job}\n"
    "    runs-on: ubuntu-latest\n    steps:\n    - run: echo D=1 >> $GITHUB_ENV\n"
    "    - {run: go test, env: {C: '${{ env.A }}'}}\n",
    ".gitlab-ci.yml": "variables: {A: top}\ntest:\n  variables: {B: $A-b}\n  script: [go test]\n",
    "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
    "  - {name: web, image: 'golang:1.22', env: [{name: A, value: '1'}, {name: B, value: $(A)}]}\n",
    ".pre-commit-config.yaml": "repos:\n- repo: local\n  hooks:\n"
    "  - {id: vet, name: vet, language: golang, language_version: system, entry: go vet}\n"
    "  - {id: py, name: py, language: python, entry: x}\n",
    ".vscode/launch.json": json.dumps({"configurations": _LAUNCHES}),
    ".vscode/tasks.json": json.dumps({"version": "2.0.0", "tasks": _TASKS}),
    ".idea/workspace.xml": _WORKSPACE,
    ".run/server.run.xml": _RUN,
}  # fmt: skip
_ENV = [{"name": "PATH", "how": "set", "value": "/go/bin:/usr/bin"}]
_USERS = {"dana": {"uid": 1000, "gid": 1000, "home": HOME, "shell": "/bin/bash"}}
_SESSION = {
    "HOME": HOME, "USER": "dana", "PATH": "/usr/bin:/bin", "SHELL": "/bin/bash", "GOFLAGS": "-v",
}  # fmt: skip
REST = {
    "docker_client": {"env": [{"name": "HTTP_PROXY", "how": "set", "value": "http://p:1"}]},
    "file_systems": {
        name: {"files": {}, "users": _USERS} for name in ("golang:1.22", "web", "db", "Dockerfile")
    },
    "host": {"is_wsl": True},
    "images": {"tool": "docker", "list": [{"id": "golang:1.22", "names": ["golang"], "env": _ENV}]},
    "os": {"kernel": "Linux", "machine": "x86_64", "hostname": "box"},
    "session": {"environment": _SESSION, "directory": SHOP},
    "user": {"name": "dana", **_USERS["dana"]},
    "users": _USERS,
    "wsl": {"default_environment": [{"name": "A", "how": "set", "value": "wsl"}],
            "windows_path": {"appended": False}},
}  # fmt: skip
"""What is asked of no file of the shop."""
TOLD = (
    "compose", "devcontainers", "docker", "docker_runs", "github", "gitlab", "jetbrains",
    "kubernetes", "pre_commit", "vscode", *REST,
)  # fmt: skip
"""The facts that the document tells."""


@cache
def document() -> str:
    """Give the document as JSON."""
    files = {f"{SHOP}/{name}": text for name, text in FILES.items()}
    files |= {SHOP: folder(), f"{SHOP}/.git": folder(), "/opt/go": folder(), "/bin/bash": Node()}
    files |= {f"{CODE}/settings.json": json.dumps(_SETTINGS)}
    files |= {f"{HOME}/.config/JetBrains/GoLand2025.3/options/x.xml": "<application/>"}
    made = gather(
        FakeHost(files, environment={"HOME": HOME, "PATH": "/usr/bin"}),
        subject="workstation",
        directory=SHOP,
        redaction=Redaction(b"0" * 32, shows=True),
        only=COLLECTORS,
        launch=LaunchOptions(commands=COMMANDS),
    )
    made["facts"] |= REST
    # As if the label of its image had been looked at.
    container = made["facts"]["devcontainers"][0]
    container |= {"image_container_env": [], "image_remote_env": [], "user_env_probe": "none"}
    made["facts"]["vscode"]["launch_mode"] = made["facts"]["jetbrains"]["launch_mode"] = "desktop"
    known = {*container, "launch_mode"} - {"remote_user"}
    made["absent"] = {
        pointer: why
        for pointer, why in made["absent"].items()
        if pointer.split("/")[1] in {*TOLD} - {*REST} and pointer.split("/")[-1] not in known
    }
    made["facts"] = {key: made["facts"][key] for key in TOLD}
    return json.dumps(made)


def machine_of(given: str) -> Machine:
    """Give a machine of which a document tells; its files are read as somebody asks for them."""
    machine = Machine({f"{HOME}/.bashrc": "export RC=1\n", "/usr/bin/go": "\x7fELF"})
    root = read_facts(given.encode(), "facts").root
    machine.root |= {key: root[key] for key in TOLD if key in root}
    return machine
