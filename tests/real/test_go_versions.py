"""Go's own `go/version` decides what our `go` scheme must say."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from engine.versions import version_key

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """package main

import (
	"bufio"
	"encoding/json"
	"go/version"
	"os"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		var pair [2]string
		if err := json.Unmarshal(in.Bytes(), &pair); err != nil {
			panic(err)
		}
		answer, _ := json.Marshal([]any{
			version.IsValid(pair[0]), version.IsValid(pair[1]), version.Compare(pair[0], pair[1]),
		})
		out.Write(append(answer, '\\n'))
	}
}
"""
WRITTEN = ["go1", "go1.", "go01.2", "go1.02", "go1.22-acme", "go1.22rc-acme", "go1.22.1rc1", "go"]
WRITTEN += [
    "go1.22.1.2",
    "go1.22.1+auto",
    "go1.22RC1",
    "go-1.22",
    "gox1.22",
    "go1.22rc01",
    "go1.22 ",
]


def versions() -> list[str]:
    """Give versions of every shape, and some that are none."""
    tails = [
        "",
        ".0",
        ".1",
        ".10",
        "rc1",
        "rc2",
        "rc10",
        "rc",
        "beta1",
        "alpha",
        "-acme",
        ".1-acme",
        "x",
    ]
    minors = [0, 9, 19, 20, 21, 22, 100]
    return WRITTEN + [f"go{major}.{n}{tail}" for major in (1, 2) for n in minors for tail in tails]


def test_versions_compare_as_in_go(go: Any, tmp_path: Path, home: Path) -> None:
    if go.release < (1, 22):
        pytest.skip(f"{go} has no package go/version; it came with 1.22")
    (tmp_path / "main.go").write_text(PROGRAM)
    (tmp_path / "go.mod").write_text("module versions\n\ngo 1.22\n")
    environment = {"HOME": str(home), "GOTOOLCHAIN": "local", "PATH": "/usr/bin:/bin"}
    go.run("build", "-o", "versions", environment=environment, directory=tmp_path)
    pairs = random.Random(1).sample(list(itertools.product(versions(), repeat=2)), 20_000)
    said = subprocess.run(
        [tmp_path / "versions"],
        input="\n".join(map(json.dumps, pairs)),
        capture_output=True,
        text=True,
        check=True,
    )
    for (one, two), line in zip(pairs, said.stdout.splitlines(), strict=True):
        is_valid, is_other_valid, order = json.loads(line)
        ours, theirs = version_key(one, "go"), version_key(two, "go")
        # A blank and what follows it is dropped by the go command, though not by this package.
        if " " not in one + two:
            assert (ours is not None, theirs is not None) == (is_valid, is_other_valid), (one, two)
        if is_valid and is_other_valid:
            assert (ours > theirs) - (ours < theirs) == order, (one, two)
