"""The rules on containers, pipelines and WSL, from files on a disk to the verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

OURS = {
    file.stem
    for file in (Path(__file__).parents[2] / "rules/containers").glob("*.yaml")
    if file.stem != "pack"
}
SHOP = "/home/ada/shop"
# A kernel that is none of WSL's: a tree without one does not tell.
HERE = {
    f"{SHOP}/.git/HEAD": "ref: refs/heads/main\n",
    f"{SHOP}/go.mod": "module shop\n\ngo 1.22\n",
    "/proc/sys/kernel/osrelease": "6.1.0-13-amd64\n",
}
WSL = HERE | {"/proc/sys/kernel/osrelease": "5.15.153.1-microsoft-standard-WSL2\n"}
NOT_FROM_A_TREE = {
    "docker-run-hands-on-nothing",
    "docker-run-login-shell",
    "wslenv-hands-on-go-folder",
}
"""What asks for engine.yaml, or for the variables of a running session."""


def in_shop(**files):
    return HERE | {f"{SHOP}/{name}": text for name, text in files.items()}


def dockerfile(*lines):
    return in_shop(Dockerfile="\n".join(lines) + "\n")


def devcontainer(text):
    return in_shop(**{".devcontainer/devcontainer.json": text})


def workflow(*steps):
    listed = "".join(f"    - {step}\n" for step in steps)
    text = f"on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n{listed}"
    return in_shop(**{".github/workflows/ci.yml": text})


def service(*lines):
    return {"compose.yaml": "services:\n  web:\n" + "".join(f"    {line}\n" for line in lines)}


POD = """apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  containers:
  - name: app
    image: shop:1
    env:
    - {name: GODEBUG, value: a=1}
    - {name: GODEBUG, value: a=0}
"""
FAULTS = {
    "a variable in exec form": (
        dockerfile("FROM debian:13", 'CMD ["/app", "--port=$PORT"]'),
        {"dockerfile-exec-form-dollar"},
    ),
    "a variable and what uses it in one ENV": (
        dockerfile("FROM debian:13", "ENV GOROOT=/opt/go PATH=$GOROOT/bin:$PATH"),
        {"dockerfile-env-same-instruction"},
    ),
    "a quote that is not closed": (
        dockerfile("FROM debian:13", 'ENV A="b'),
        {"dockerfile-refused"},
    ),
    "a login shell in the golang image": (
        dockerfile("FROM golang:1.26", "RUN bash -lc 'go build'"),
        {"image-login-shell-resets-path"},
    ),
    "login shells for every RUN": (
        dockerfile("FROM golang:1.26", 'SHELL ["/bin/bash", "-lc"]', "RUN go build"),
        {"image-login-shell-resets-path"},
    ),
    "a key twice": (
        in_shop(**service("image: shop:1", "image: shop:2")),
        {"compose-refused"},
    ),
    "a variable of the image that compose takes away": (
        in_shop(
            Dockerfile="FROM debian:13\nENV GOFLAGS=-v\n",
            **service("build: .", "environment:", "  GOFLAGS:"),
        ),
        {"compose-removes-image-variable"},
    ),
    "a folder of the laptop, for a service": (
        in_shop(**service("image: shop:1", "environment:", "  GOPATH: ${GOPATH}")),
        {"compose-hands-on-host-folder"},
    ),
    "an account without a home": (
        in_shop(**service("image: golang:1.26", 'user: "1000:1000"')),
        {"compose-user-without-home"},
    ),
    "quotes in a file with variables": (
        in_shop(**{".env": 'GOFLAGS="-v"\n'}),
        {"env-file-read-differently"},
    ),
    "null in remoteEnv": (
        devcontainer('{"image": "golang:1.26", "remoteEnv": {"GOFLAGS": null}}'),
        {"devcontainer-remote-env-null"},
    ),
    "two values in devcontainer.json": (
        devcontainer(
            '{"image": "golang", "containerEnv": {"GOFLAGS": "-v"}, "remoteEnv": {"GOFLAGS": "-x"}}'
        ),
        {"devcontainer-env-contradicts"},
    ),
    "a folder of the laptop, for a dev container": (
        devcontainer('{"image": "golang", "containerEnv": {"GOROOT": "${localEnv:GOROOT}"}}'),
        {"devcontainer-hands-on-host-folder"},
    ),
    "devcontainer.json holds a list": (devcontainer("[]"), {"devcontainer-refused"}),
    "a variable twice in a pod": (
        in_shop(**{"deploy/pod.yaml": POD}),
        {"kubernetes-variable-twice"},
    ),
    "a step that writes to ~/.bashrc": (
        workflow('run: echo "export GOFLAGS=-v" >> ~/.bashrc', "run: go test ./..."),
        {"workflow-relies-on-bashrc"},
    ),
    "a step that only exports": (
        workflow("run: export GOFLAGS=-v", "run: go test ./..."),
        {"workflow-export-ends-with-step"},
    ),
    "a word for false that WSL does not know": (
        WSL | {"/etc/wsl.conf": "[interop]\nappendWindowsPath = no\n"},
        {"wsl-conf-dead-lines"},
    ),
}
FINE = {
    "a shell puts the variable in": dockerfile(
        "FROM debian:13",
        "ENV PORT=80",
        "ENV URL=http://shop:$PORT",
        'CMD ["sh", "-c", "exec /app $PORT"]',
    ),
    "the golang image without login shells": dockerfile("FROM golang:1.26", "RUN go build"),
    "a golang image with a profile of its own": dockerfile(
        "FROM golang:1.26",
        "RUN echo 'PATH=$PATH:/usr/local/go/bin' > /etc/profile.d/go.sh",
        "RUN bash -lc 'go build'",
    ),
    "services that keep to themselves": in_shop(
        Dockerfile="FROM debian:13\nENV GOFLAGS=-v\n",
        **service("build: .", "environment: {GOPATH: /go, TOKEN: null}"),
    ),
    "a plain file": in_shop(**{".env": "GOFLAGS=-v\n"}),
    "a dev container": devcontainer(
        '{"image": "golang:1.26", "containerEnv": {"GOFLAGS": "-v"},'
        ' "remoteEnv": {"PATH": "${containerEnv:PATH}:/opt/bin"}}'
    ),
    "a pod": in_shop(
        **{
            "deploy/pod.yaml": POD.replace("a=0", "a=1").replace(
                "GODEBUG, value: a=1}\n    - {name: GODEBUG",
                "GODEBUG, value: a=1}\n    - {name: PORT",
            )
        }
    ),
    "a workflow": workflow(
        "run: echo GOFLAGS=-v >> $GITHUB_ENV", "run: export A=1 && go test ./..."
    ),
    "shells and flags out of a matrix": workflow(
        "{run: go vet ./..., shell: '${{ matrix.shell }}'}", "run: go test ${{ matrix.flags }}"
    ),
    "a login shell in Alpine": dockerfile("FROM golang:1.26-alpine", "RUN sh -lc 'go build'"),
    "a build in two stages": dockerfile(
        "FROM golang:1.26 AS build",
        "RUN go build -o /app .",
        "FROM gcr.io/distroless/static",
        "COPY --from=build /app /app",
        "USER 65532",
        'ENTRYPOINT ["/app"]',
    ),
    "a workflow whose shells read ~/.bashrc": workflow(
        "{run: echo 'export A=1' >> ~/.bashrc}", "{run: go test, shell: 'bash -ie {0}'}"
    ),
}


def outcomes(verdicts, *wanted):
    return {rule for rule in OURS if verdicts[rule]["outcome"] in wanted}


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_and_nothing_else(judged, files, expected):
    verdicts = judged(files, directory=SHOP, packs=("containers",))

    assert outcomes(verdicts, "fail", "error") == expected


def test_every_rule_finds_its_fault_in_some_tree():
    found = set().union(*(expected for _, expected in FAULTS.values()))

    assert found == OURS - NOT_FROM_A_TREE


@pytest.mark.parametrize("files", FINE.values(), ids=FINE)
def test_what_is_well_passes_and_leaves_nothing_open(judged, files):
    verdicts = judged(files, directory=SHOP, packs=("containers",))

    assert outcomes(verdicts, "fail", "error", "unknown") == set()


def test_a_machine_without_containers_and_pipelines_is_not_judged(judged):
    verdicts = judged(HERE, directory=SHOP, packs=("containers",))

    assert outcomes(verdicts, "not_applicable") == OURS


def test_a_user_that_depends_on_who_runs_compose_is_left_open(judged):
    files = in_shop(**service("image: golang:1.26", 'user: "${UID:-1000}"'))

    assert (
        judged(files, directory=SHOP, packs=("containers",))["compose-user-without-home"]["outcome"]
        == "unknown"
    )


def test_what_docker_refuses_is_told_once(judged):
    files = dockerfile("FROM golang:1.26", "RUN bash -lc 'go build'", 'ENV A="b')

    assert outcomes(judged(files, directory=SHOP, packs=("containers",)), "fail", "unknown") == {
        "dockerfile-refused"
    }
