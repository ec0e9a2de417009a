"""Module files, flags and build information are read as real Go reads them."""

from __future__ import annotations

import json
import os
import shutil
import sys

import pytest

from engine.gather.go.build_info import build_info
from engine.gather.go.mod_file import GO_MOD, ModFileError, parse
from engine.gather.go.words import split_flags
from engine.gather.machine import Machine
from engine.precedence.go.words import WordsError

MOD_FILES = {
    "plain": "module example.com/x\n\ngo 1.21\n",
    "toolchain": "module example.com/x\ngo 1.21\ntoolchain go1.21.3\n",
    "quoted and commented": 'module "example.com/x" // c\n// d\ngo 1.21 // e\n',
    "raw": "module `example.com/x`\ngo 1.21\n",
    "quote inside a word": 'module example.com/"x\ngo 1.21\n',
    "blocks": "module example.com/x\ngo 1.21\n"
    "require (\n\tgolang.org/x/a v1.2.3 // indirect\n\n\tgolang.org/x/b v1.0.0\n)\n",
    "block of one": "module (\n\texample.com/x\n)\ngo 1.21\n",
    "carriage returns": "module example.com/x\r\n\r\ngo 1.21\r\n",
    "empty block": "module example.com/x\ngo 1.21\nrequire ()\n",
    "empty block in lines": "module example.com/x\ngo 1.21\nrequire (\n)\n",
    "retract": "module example.com/x\ngo 1.21\nretract [v1.0.0, v1.1.0] // r\n",
    "no newline at the end": "module example.com/x\ngo 1.21",
    "comment against a word": "module example.com/x//c\ngo 1.21//d\n",
    "unclosed block": "module example.com/x\nrequire (\n\tgolang.org/x/a v1.2.3\n",
    "stray bracket": "module example.com/x\n)\n",
    "unclosed quote": 'module "example.com/x\n',
    "block comment": "module example.com/x /* c */\n",
    "repeated go": "module example.com/x\ngo 1.21\ngo 1.22\n",
    "go without version": "module example.com/x\ngo\n",
    "control character": "module example.com/x\x01\n",
    "byte order mark": "\ufeffmodule example.com/x\n",
    "block of go": "module example.com/x\ngo (\n\t1.21\n)\n",
    "empty block of go": "module example.com/x\ngo()\n",
    "quoted go": 'module example.com/x\ngo "1.21"\n',
    "raw go": "module example.com/x\ngo `1.21`\n",
    "upper case": "module example.com/x\nGO 1.21\n",
    "unknown verb": "module example.com/x\nfoo bar\ngo 1.21\n",
    "verb of go.work": "module example.com/x\nuse ./x\n",
    "unknown block": "module example.com/x\nfoo (\n)\n",
    "words before a block": "module example.com/x\nrequire x ()\n",
    "bracket before a block": "module example.com/x\nrequire ( (\n)\n",
    "words behind a block": "module example.com/x\nrequire (\n) x\n",
    "bracket alone": "module example.com/x\n(\n",
    "release candidate": "module example.com/x\ngo 1.21rc1\n",
    "pre-release of a patch": "module example.com/x\ngo 1.21.1rc1\n",
    "version with zeros": "module example.com/x\ngo 1.021\n",
    "version of one number": "module example.com/x\ngo 1\n",
    "version with a prefix": "module example.com/x\ngo go1.21\n",
    "toolchain without go": "module example.com/x\ngo 1.21\ntoolchain 1.21.1\n",
    "toolchain local": "module example.com/x\ngo 1.21\ntoolchain local\n",
    "toolchain default": "module example.com/x\ngo 1.21\ntoolchain default\n",
    "toolchain with a suffix": "module example.com/x\ngo 1.21\ntoolchain go1.21.1-x\n",
    "quoted toolchain": 'module example.com/x\ngo 1.21\ntoolchain "go1.21.1"\n',
    "block of toolchain": "module example.com/x\ntoolchain (\n\tgo1.21.1\n)\n",
    "two toolchains": "module example.com/x\ntoolchain go1.21.1 go1.21.2\n",
    "two modules": "module example.com/x example.com/y\n",
    "repeated module": "module example.com/x\nmodule example.com/x\n",
    "single quotes": "module 'example.com/x'\n",
    "escapes": 'module "example.com/\\u0078"\n',
    "escape of JSON": 'module "example.com\\/x"\n',
    "surrogates": 'module "example.com/\\ud83d\\ude00"\n',
    "half a requirement": "module example.com/x\nrequire golang.org/x/a\n",
    "godebug": "module example.com/x\ngo 1.21\ngodebug default=go1.21\n",
    "tool and ignore": "module example.com/x\ntool (\n\texample.com/x/t\n)\nignore ./y\n",
}


@pytest.mark.parametrize("content", MOD_FILES.values(), ids=list(MOD_FILES))
def test_module_files_are_read_as_go_reads_them(newest_go, home, tmp_path, content):
    (tmp_path / "go.mod").write_text(content, newline="")
    environment = {"HOME": str(home), "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod"}
    done = newest_go.run(
        "mod", "edit", "-json", environment=environment, directory=tmp_path, check=False
    )
    try:
        found = parse(content.encode(), GO_MOD)
    except ModFileError:
        assert done.returncode != 0
        return
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    expected = {
        "module": said["Module"]["Path"],
        "go": said.get("Go"),
        "toolchain": said.get("Toolchain"),
    }
    ours = {each.verb: each.arguments[0] for each in found if each.verb in expected}
    assert ours == {verb: value for verb, value in expected.items() if value is not None}
    requires = [tuple(each.arguments) for each in found if each.verb == "require"]
    assert requires == [(each["Path"], each["Version"]) for each in said.get("Require") or ()]


SPLITS = [
    "",
    " ",
    "-v",
    " -v\t-x\n-y\r",
    "'-ldflags=-s -w' -v",
    '"-a b"',
    "-ldflags='-s -w'",
    "'-a''-b'",
    "''",
    "'' ''",
    "'",
    '-a "',
    "-a'",
    "a\u00a0b",
    "\x0b",
    "'-a\n-b'",
    '-x="a b"',
    "-a\\ b",
    "'a\"b'c",
]

ORACLE = """package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"

	"oracle/quoted"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		text, err := strconv.Unquote(lines.Text())
		if err != nil {
			panic(err)
		}
		words, err := quoted.Split(text)
		fmt.Printf("%t", err == nil)
		for _, word := range words {
			fmt.Printf(" %x.", word)
		}
		fmt.Println()
	}
}
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("go-cache")


def test_flags_are_split_as_gos_own_code_splits_them(newest_go, home, tmp_path, cache):
    (tmp_path / "quoted").mkdir()
    source = newest_go.root / "src/cmd/internal/quoted/quoted.go"
    shutil.copy(source, tmp_path / "quoted")
    (tmp_path / "go.mod").write_text("module oracle\n\ngo 1.20\n")
    (tmp_path / "main.go").write_text(ORACLE)
    environment = {
        "HOME": str(home),
        "GOTOOLCHAIN": "local",
        "GOCACHE": str(cache),
        "GOFLAGS": "-mod=mod",
        "CGO_ENABLED": "0",
    }
    newest_go.run("build", "-o", "oracle", ".", environment=environment, directory=tmp_path)
    asked = "".join(json.dumps(text) + "\n" for text in SPLITS)
    answers = Machine({}).run(
        ("/bin/sh", "-c", 'printf %s "$TEXT" | ./oracle'),
        environment={"TEXT": asked, "PATH": "/usr/bin:/bin"},
        directory=str(tmp_path),
        timeout=20,
        limit=1 << 20,
    )
    for text, answer in zip(SPLITS, answers.output.decode().splitlines(), strict=True):
        fine, *words = answer.split(" ")
        try:
            ours = [flag.word for flag in split_flags(text)]
        except WordsError:
            assert fine == "false", text
            continue
        assert fine == "true", text
        assert ours == [bytes.fromhex(word.removesuffix(".")).decode() for word in words], text


@pytest.mark.parametrize("target", ["linux/amd64", "linux/mips", "windows/amd64", "darwin/arm64"])
def test_build_information_is_what_go_reads(newest_go, home, tmp_path, cache, target):
    (tmp_path / "go.mod").write_text("module example.com/hello\n\ngo 1.20\n")
    (tmp_path / "main.go").write_text("package main\n\nfunc main() {}\n")
    system, architecture = target.split("/")
    environment = {
        "HOME": str(home),
        "GOTOOLCHAIN": "local",
        "GOCACHE": str(cache),
        "CGO_ENABLED": "0",
        "GOOS": system,
        "GOARCH": architecture,
    }
    newest_go.run(
        "build", "-buildvcs=false", "-o", "hello", ".", environment=environment, directory=tmp_path
    )
    said = newest_go.run(
        "version", "-m", "hello", environment=environment, directory=tmp_path
    ).stdout
    with Machine({}).window(str(tmp_path / "hello")) as window:
        found = build_info(window.read_at)
    first, *rest = said.splitlines()
    words = {line.split("\t")[1]: line.split("\t")[2:] for line in rest}
    assert found is not None
    assert first.split(": ")[1] == found.go_version
    assert words["path"] == [found.package]
    assert words["mod"][:2] == [found.module, found.module_version]


def test_python_is_no_go_binary():
    with Machine({}).window(os.path.realpath(sys.executable)) as window:
        assert build_info(window.read_at) is None
