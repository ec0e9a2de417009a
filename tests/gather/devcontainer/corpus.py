"""Configurations that the Dev Container CLI was asked about, and what lies beside them.

Each is the text of `.devcontainer/devcontainer.json` in the workspace folder.
"""

from __future__ import annotations

import json

FOLDER = "/tmp/precedent-devcontainer/shop"
LOCAL = {
    "HOME": "/home/dana",
    "USER": "dana",
    "GOFLAGS": "-mod=mod",
    "GOPROXY": "https://proxy.example",
    "EMPTY": "",
    "BLANKS": " a  b ",
}


def _image(**keys):
    return json.dumps({"image": "golang:1.22"} | keys, indent="\t")


def _values(key, *texts):
    return _image(**{key: {f"V{at}": text for at, text in enumerate(texts)}})


_TEXTS = (
    "plain",
    "",
    "${localEnv:GOFLAGS}",
    "${env:GOFLAGS}",
    "${localEnv:NOPE}",
    "${localEnv:NOPE:fallback}",
    "${localEnv:GOFLAGS:fallback}",
    "${localEnv:EMPTY:fallback}",
    "${localEnv:NOPE:https://proxy.golang.org,direct}",
    "${localEnv:NOPE:a:b:c}",
    "${localEnv:NOPE:}",
    "${localEnv:}",
    "${localEnv: GOFLAGS}",
    "${localenv:GOFLAGS}",
    "${LOCALENV:GOFLAGS}",
    "a${localEnv:GOFLAGS}b${localEnv:USER}c",
    "${localEnv:BLANKS}",
    "$GOFLAGS ${GOFLAGS} $${localEnv:USER} \\${localEnv:USER}",
    "${localWorkspaceFolder}/x",
    "${localWorkspaceFolderBasename}",
    "${containerWorkspaceFolder}/bin",
    "${containerWorkspaceFolderBasename}",
    "${localWorkspaceFolder:x}",
    "${containerEnv:PATH}",
    "/go/bin:${containerEnv:PATH}",
    "${containerEnv:NOPE:d}",
    "${containerEnv:A:b:c}",
    "${workspaceFolder}",
    "${unknown:thing}",
    "${",
    "${}",
    "}${localEnv:USER",
    "${localEnv:NOPE:${localEnv:USER}}",
    "${localEnv:NOPE:${containerEnv:PATH}}",
    "${localEnv:${localEnv:USER}}",
    "${a${localEnv:USER}}",
    "${a\n${localEnv:USER}}",
    "${localEnv:US\nER}",
    "${localEnv:USER}${localEnv:USER}",
    "\u00e4${localEnv:USER}\u20ac",
)
_SCALARS = {"N": 1, "M": -3, "F": 1.5, "W": 2.0, "T": True, "X": False, "Z": None, "E": 1e3}

TEXTS: dict[str, str] = {
    **{f"container-{at}": _values("containerEnv", text) for at, text in enumerate(_TEXTS)},
    **{f"remote-{at}": _values("remoteEnv", text) for at, text in enumerate(_TEXTS)},
    "all-at-once": _values("containerEnv", *_TEXTS),
    "scalars": _image(containerEnv=_SCALARS, remoteEnv=_SCALARS),
    "lists": _image(containerEnv={"L": ["a", "b"], "O": {"a": 1}}),
    "env-is-list": _image(containerEnv=["A=1"], remoteEnv="A=1"),
    "env-is-null": _image(containerEnv=None, remoteEnv=None),
    "workspace-folder": _image(
        workspaceFolder="/src/${localWorkspaceFolderBasename}",
        workspaceMount="source=${localWorkspaceFolder},target=/src,type=bind",
        remoteEnv={"W": "${containerWorkspaceFolder}", "B": "${containerWorkspaceFolderBasename}"},
    ),
    "workspace-folder-alone": _image(workspaceFolder="/src"),
    "workspace-folder-empty": _image(workspaceFolder=""),
    "workspace-folder-slash": _image(
        workspaceFolder="/src/", containerEnv={"B": "${containerWorkspaceFolderBasename}"}
    ),
    "dockerfile": '{"build": {"dockerfile": "Dockerfile"}}',
    "dockerfile-context": '{"build": {"dockerfile": "../build/Dockerfile", "context": ".."}}',
    "dockerfile-target": '{"build": {"dockerfile": "Dockerfile", "target": "dev",'
    ' "args": {"GO": "1.22", "FLAGS": "${localEnv:GOFLAGS}"}}}',
    "dockerfile-old": '{"dockerFile": "Dockerfile", "context": "..", "build": {"target": "t"}}',
    "dockerfile-both": '{"dockerFile": "Old", "build": {"dockerfile": "New"}, "image": "x"}',
    "dockerfile-and-image": '{"build": {"dockerfile": "D"}, "image": "golang"}',
    "dockerfile-by-variable": '{"build": {"dockerfile": "${localEnv:NOPE:Dockerfile}"}}',
    "build-without": '{"build": {"context": "."}, "image": "golang"}',
    "compose": '{"dockerComposeFile": "../compose.yml", "service": "app",'
    ' "containerEnv": {"F": "${containerWorkspaceFolder}"}}',
    "compose-list": '{"dockerComposeFile": ["../a.yml", "b.yml"], "service": "app",'
    ' "workspaceFolder": "/ws", "runArgs": ["-e", "A=1"]}',
    "compose-none": '{"dockerComposeFile": [], "service": "app"}',
    "nothing": "{}",
    "users": _image(remoteUser="vscode", containerUser="${localEnv:USER}"),
    "users-empty": _image(remoteUser="", containerUser=""),
    **{
        f"probe-{probe}": _image(userEnvProbe=probe)
        for probe in ("none", "loginShell", "loginInteractiveShell", "interactiveShell", "other")
    },
    "override": _image(overrideCommand=False),
    "lifecycle": _image(
        initializeCommand="echo ${localEnv:USER}",
        onCreateCommand=["go", "mod", "download", "${localWorkspaceFolderBasename}"],
        updateContentCommand={"a": "x ${localEnv:USER}", "b": ["y", "${localEnv:NOPE:z}"]},
        postCreateCommand="",
        postStartCommand=[],
        postAttachCommand="echo $PATH && echo '${GOFLAGS}'",
    ),
    "features": _image(
        features={
            "ghcr.io/devcontainers/features/go:1": {"version": "${localEnv:NOPE:1.22}"},
            "./tools": {},
            "ghcr.io/x/y/z:1": "latest",
            "ghcr.io/x/y/w:1": True,
        }
    ),
    "settings": _image(
        customizations={
            "vscode": {
                "settings": {
                    "go.goroot": "/usr/local/go",
                    "go.toolsEnvVars": {"GOFLAGS": "${env:GOFLAGS}", "A": "${localEnv:NOPE:b}"},
                    "gopls": {"build.buildFlags": ["-tags=${localEnv:USER}"]},
                    "go.useLanguageServer": True,
                    "editor.tabSize": 4,
                }
            }
        }
    ),
    "settings-old": _image(
        settings={"go.goroot": "/old", "go.gopath": "/old"},
        customizations={"vscode": {"settings": {"go.goroot": "/new"}}},
    ),
    "settings-old-alone": _image(settings={"go.goroot": "/old"}),
    "secrets": _image(secrets={"TOKEN": {"description": "x"}, "OTHER": {}}),
    "no-name": _values("containerEnv", "${localEnv}"),
    "no-name-env": _image(name="${env}"),
    "no-name-deep": _image(customizations={"x": [{"y": "${localEnv}"}]}),
    "comments": '// a\n{ /* b */ "image": "golang", // c\n "containerEnv": {"A": "1",},\n}\n',
    "comma-missing": '{"image": "golang" "containerEnv": {"A": "1" "B": "2"}}',
    "brace-missing": '{"image": "golang", "containerEnv": {"A": "1"',
    "repeated": '{"image": "a", "containerEnv": {"A": "1", "A": "2"}, "image": "b"}',
    "single-quotes": "{'image': 'golang', \"name\": \"x\"}",
    "byte-order-mark": '\ufeff{"image": "golang"}',
    "trailing": '{"image": "golang"} {"image": "other"}',
    "empty": "",
    "list": '[{"image": "golang"}]',
    "text": '"golang"',
    "null": "null",
    "words": "golang",
    "comment-alone": "// nothing here\n",
}
