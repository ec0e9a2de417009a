"""Homes with a version manager in them, as a machine made of a dict (layout: rebuilt).

The same homes are made on a real disk, by the managers themselves, in tests/real/real_homes.py.
"""

from __future__ import annotations

from engine.gather.go.view import host_view
from engine.gather.redact import Redaction
from engine.gather.survey import Survey
from engine.precedence.view import View
from tests.gather.binaries import go_binary
from tests.gather.fake_host import FakeHost, Node, folder, link

HOME = "/home/dana"
VERSIONS = ("1.21.13", "1.22.10", "1.27.3")
PATH = "~/bin:~/system/bin:/usr/bin:/bin"
GOENV = f"{HOME}/.goenv"


def program(content=b"#!/bin/sh\n"):
    return Node(content=content.encode() if isinstance(content, str) else content, mode=0o755)


def gos():
    """Every Go once, and a link on PATH that makes one of them the system's."""
    made = {f"~/gos/{each}/bin/go": program(go_binary(f"go{each}")) for each in VERSIONS}
    return made | {"~/system/bin/go": link(f"{HOME}/gos/1.21.13/bin/go")}


def asdf_plugin():
    bin_folder = "~/.asdf/plugins/golang/bin"
    sets = (("GOROOT", "go"), ("GOPATH", "packages"), ("GOBIN", "bin"))
    guards = "".join(
        f'if [[ "unset" == "${{{name}:-unset}}" ]]; then\n'
        f"  export {name}=$ASDF_INSTALL_PATH/{place}\nfi\n"
        for name, place in sets
    )
    return {
        f"{bin_folder}/list-bin-paths": program('echo -n "bin go/bin"\n'),
        f"{bin_folder}/exec-env": program(guards),
    }


def asdf_shim(called, after=""):
    known = "".join(f"# asdf-plugin: golang {each}\n" for each in VERSIONS)
    return program(f'#!/usr/bin/env bash\n{known}exec {called} exec "go" "$@"{after}')


def asdf_installs():
    return {f"~/.asdf/installs/golang/{each}/go": link(f"{HOME}/gos/{each}") for each in VERSIONS}


def asdf():
    return {
        **asdf_plugin(),
        **asdf_installs(),
        "~/.asdf/shims/go": asdf_shim("asdf"),
        "~/bin/asdf": program(go_binary("go1.24.3", "github.com/asdf-vm/asdf/cmd/asdf")),
    }


def asdf_bash():
    return {
        **asdf_plugin(),
        **asdf_installs(),
        "~/.asdf/shims/go": asdf_shim(f"{HOME}/.asdf/bin/asdf", " # asdf_allow: ' asdf '\n"),
        "~/.asdf/bin/asdf": program(),
        "~/.asdf/lib/commands/command-exec.bash": "",
    }


def goenv():
    made = {f"~/.goenv/versions/{each}": link(f"{HOME}/gos/{each}") for each in VERSIONS}
    commands = ("goenv", "goenv-exec", "goenv-version-name", "goenv-installed")
    made |= {f"~/.goenv/libexec/{each}": program() for each in commands}
    made["~/.goenv/plugins/go-build/bin/go-build"] = program()
    return made | {"~/.goenv/shims/go": program("#!/usr/bin/env bash\n# a shim of goenv\n")}


def goenv_old():
    return {path: node for path, node in goenv().items() if not path.endswith("goenv-installed")}


def mise():
    installs = "~/.local/share/mise/installs/go"
    return {
        **{f"{installs}/{each}": link(f"{HOME}/gos/{each}") for each in VERSIONS},
        **{f"{installs}/{short}": link(f"./{whole}") for short, whole in _SHORT},
        "~/.local/share/mise/shims/go": link(f"{HOME}/.local/bin/mise"),
        "~/.local/bin/mise": program(b"\x7fELF"),
    }


_SHORT = (("1", "1.27.3"), ("1.21", "1.21.13"), ("1.22", "1.22.10"), ("latest", "1.27.3"))


def dl():
    return {
        "~/go/bin/go1.22.10": program(go_binary("go1.27.3", "golang.org/dl/go1.22.10")),
        "~/go/bin/gotip": program(go_binary("go1.27.3", "golang.org/dl/gotip")),
        "~/sdk/go1.22.10": link(f"{HOME}/gos/1.22.10"),
        "~/sdk/gotip": link(f"{HOME}/gos/1.27.3"),
        "~/gos/1.22.10/.unpacked-success": "",
    }


HOMES = {
    each.__name__.replace("_", "-"): each for each in (asdf, asdf_bash, goenv, goenv_old, mise, dl)
}
SHIMS = {
    "asdf": "~/.asdf/shims/go",
    "asdf-bash": "~/.asdf/shims/go",
    "goenv": "~/.goenv/shims/go",
    "goenv-old": "~/.goenv/shims/go",
    "mise": "~/.local/share/mise/shims/go",
    "dl": "~/go/bin/go1.22.10",
}


class Seen(View):
    """What is seen of a dict; goenv's shim is known by a digest, since its text is not ours."""

    def script(self, path, syntax):
        if (path, syntax) == (f"{GOENV}/shims/go", "head"):
            said = (("script", "/usr/bin/env bash"), ("goenv", GOENV, f"{GOENV}/libexec/goenv"))
            return [["cmd", 1, [], [[["q", text]] for text in words], []] for words in said]
        return super().script(path, syntax)


def expanded(text):
    return text.replace("~", HOME)


def view(files=None, environment=None, directory="~/shop/cmd"):
    """A view of a home with these files; those of the directory stand for its being there."""
    nodes = {expanded(directory): folder(), HOME: folder(uid=1000)}
    for path, node in {**gos(), **(files or {})}.items():
        nodes[expanded(path)] = expanded(node) if isinstance(node, str) else node
    whole = {"HOME": "~", "PATH": PATH, **(environment or {})}
    host = FakeHost(
        nodes,
        environment={key: expanded(value) for key, value in whole.items() if value is not None},
    )
    redaction = Redaction(b"a salt for tests, and only these")
    survey = Survey(host, subject="workstation", directory=expanded(directory), redaction=redaction)
    found = host_view(survey)
    return Seen(found.world, found.text, found.directory)
