from __future__ import annotations

import pytest

from engine.gather.host import Answer
from tests.gather.fake_host import Node, folder, link

ELF = b"\x7fELF" + b"\0" * 60
GCC = "/usr/bin/x86_64-linux-gnu-gcc-12"
DEBIAN = {
    GCC: Node(content=ELF),
    "/usr/bin/gcc-12": link("x86_64-linux-gnu-gcc-12"),
    "/usr/bin/gcc": link("gcc-12"),
}


@pytest.fixture
def compiler_of(survey_of):
    """Gather the C compiler for a value of CC; `said` is what programs answer to -dumpmachine."""

    def make(cc, files=None, *, said=None, path="/usr/bin:/bin", **more):
        def answering(text):
            def run(argv, environment):
                assert argv[1:] == ("-dumpmachine",)
                assert set(environment) <= {"HOME", "PATH", "LC_ALL", "PWD"}
                return Answer(0, text.encode(), b"") if text else Answer(1, b"", b"no")

            return run

        environment = {"CC": cc, "PATH": path, "HOME": "/home/dana", "LD_PRELOAD": "/evil"}
        document, host = survey_of(
            DEBIAN if files is None else files,
            environment=environment | more.pop("environment", {}),
            programs={name: answering(text) for name, text in (said or {}).items()},
            only=("compilers",),
            **more,
        )
        return document["facts"]["compilers"]["c"], document, host

    return make


def why(document, key="machine"):
    return document["absent"][f"/compilers/c/{key}"]["detail"]


def test_a_compiler_is_told_by_what_its_links_lead_to(compiler_of):
    c, document, host = compiler_of("gcc -O2")
    assert c == {
        "setting": "gcc -O2",
        "from": "os",
        "words": ["gcc", "-O2"],
        "command": "gcc",
        "state": "found",
        "path": "/usr/bin/gcc",
        "resolved": GCC,
        "kind": "elf",
        "family": "gcc",
        "machine": "x86_64-linux-gnu",
        "machine_from": "link",
        "os": "linux",
        "arch": "amd64",
        "archs": ["amd64", "386"],
    }
    assert host.runs == []
    assert document["provenance"]["/compilers/c"]["from"] == "environment variable CC"


def test_the_name_of_a_cross_compiler_says_its_target(compiler_of):
    files = {"/usr/bin/aarch64-linux-gnu-gcc": Node(content=ELF)}
    c, _, host = compiler_of("aarch64-linux-gnu-gcc", files)
    assert (c["machine"], c["machine_from"]) == ("aarch64-linux-gnu", "name")
    assert (c["os"], c["arch"], c["archs"]) == ("linux", "arm64", ["arm64"])
    assert host.runs == []


def test_gcc_is_made_for_one_target_whatever_it_is_called(compiler_of):
    c, _, _ = compiler_of(
        "/opt/aarch64-linux-gnu-gcc", DEBIAN | {"/opt/aarch64-linux-gnu-gcc": link(GCC)}
    )
    assert (c["machine"], c["machine_from"]) == ("x86_64-linux-gnu", "link")


def test_clang_goes_by_the_name_that_it_is_called_by(compiler_of):
    files = {
        "/usr/lib/llvm-14/bin/clang": Node(content=ELF),
        "/usr/bin/aarch64-linux-gnu-clang": link("/usr/lib/llvm-14/bin/clang"),
    }
    c, _, _ = compiler_of("aarch64-linux-gnu-clang", files)
    assert (c["machine"], c["machine_from"], c["family"]) == ("aarch64-linux-gnu", "name", "clang")
    own = "/usr/bin/x86_64-pc-linux-gnu-clang-14"
    c, _, _ = compiler_of(
        "arm-linux-gnueabihf-clang",
        {own: Node(content=ELF), "/usr/bin/arm-linux-gnueabihf-clang": link(own)},
    )
    assert c["machine"] == "arm-linux-gnueabihf"


def test_a_compiler_that_tells_nothing_is_asked(compiler_of):
    files = {
        "/usr/bin/clang": link("/usr/lib/llvm-14/bin/clang"),
        "/usr/lib/llvm-14/bin/clang": Node(content=ELF),
    }
    c, document, host = compiler_of(
        "clang", files, said={"/usr/bin/clang": "x86_64-pc-linux-gnu\n"}
    )
    assert (c["machine"], c["machine_from"]) == ("x86_64-pc-linux-gnu", "asked")
    assert host.runs == [("/usr/bin/clang", "-dumpmachine")]
    assert document["provenance"]["/compilers/c/machine"]["from"] == "/usr/bin/clang -dumpmachine"


@pytest.mark.parametrize("answer", ["", "usage: gcc file...", "x86_64", "a-b\nc-d"])
def test_an_answer_that_is_no_triple_is_none(compiler_of, answer):
    c, document, _ = compiler_of(
        "gcc", {"/usr/bin/gcc": Node(content=ELF)}, said={"/usr/bin/gcc": answer}
    )
    assert "machine" not in c
    assert why(document) == "`/usr/bin/gcc -dumpmachine` named no target"


@pytest.mark.parametrize(
    ("files", "path", "reason"),
    [
        ({"/usr/bin/gcc": Node(content=b"#!/bin/sh\n")}, "/usr/bin", "a script decides what runs"),
        (
            {"/o/gcc": Node(content=ELF), "/o": folder(mode=0o777)},
            "/o",
            "everybody may write to /o",
        ),
        ({"/e/gcc": Node(content=ELF, uid=1001)}, "/e", "/e/gcc belongs to eve"),
        (
            {"/home/dana/shop/bin/gcc": Node(content=ELF, uid=1000)},
            "/home/dana/shop/bin",
            "it lies in /home/dana/shop, which is not trusted",
        ),
        (
            {"/usr/bin/gcc": link("/home/dana/shop/gcc"), "/home/dana/shop/gcc": Node(content=ELF)},
            "/usr/bin",
            "it lies in /home/dana/shop, which is not trusted",
        ),
        (
            {"/usr/bin/gcc": link("/usr/bin/tool"), "/usr/bin/tool": Node(content=ELF, mode=0o711)},
            "/usr/bin",
            None,
        ),
    ],
    ids=["script", "shared folder", "another's", "in the project", "linked into it", "known"],
)
def test_only_a_program_that_nobody_else_put_there_is_run(compiler_of, files, path, reason):
    _, document, host = compiler_of(
        "gcc", files, path=path, said={"/usr/bin/gcc": "i686-linux-gnu"}
    )
    if reason is None:
        assert host.runs == [("/usr/bin/gcc", "-dumpmachine")]
    else:
        assert why(document).endswith(f"was not run: {reason}")
        assert host.runs == []


def test_the_project_is_not_trusted_by_any_of_its_names(compiler_of):
    bin_ = "/home/dana/shop/bin"
    files = {f"{bin_}/gcc": Node(content=ELF, uid=1000), "/l": link("/home/dana/shop")}
    for path, directory in ((bin_, "/l"), ("/l/bin", "/home/dana/shop"), ("/l/bin", "/l")):
        _, document, host = compiler_of("gcc", files, path=path, directory=directory)
        assert why(document).endswith(f"it lies in {directory}, which is not trusted")
        assert host.runs == []


def test_what_may_be_any_program_is_not_run(compiler_of):
    _, document, host = compiler_of("tcc", {"/usr/bin/tcc": Node(content=ELF)})
    assert why(document) == "/usr/bin/tcc was not run: by its name it may be any program"
    _, document, host = compiler_of("gcc", {"/usr/bin/gcc": Node(content=ELF, mode=0o311)})
    assert why(document) == "/usr/bin/gcc was not run: what it is, is not known"
    assert host.runs == []
    _, document, host = compiler_of(
        "clang", {"/usr/bin/clang": Node(content=ELF)}, environment={"CCC_OVERRIDE_OPTIONS": "+x"}
    )
    assert "CCC_OVERRIDE_OPTIONS" in why(document)
    assert host.runs == []


def test_go_refuses_a_compiler_out_of_the_current_folder(compiler_of):
    here = {"/home/dana/shop/gcc": Node(content=ELF), **DEBIAN}
    for path in (":/usr/bin", ".:/usr/bin"):
        c, document, _ = compiler_of("gcc", here, path=path)
        assert (c["state"], c["path"]) == ("refused", "/home/dana/shop/gcc")
        assert "machine" not in c
        assert why(document) == "the compiler is refused"
    c, _, _ = compiler_of("gcc", here, path="/usr/bin:.")
    assert c["state"] == "found"


@pytest.mark.parametrize("cc", ["gcc", "/usr/bin/gcc"])
def test_a_compiler_that_is_not_there_is_missing(compiler_of, cc):
    for files in ({}, {"/usr/bin/gcc": folder()}, {"/usr/bin/gcc": Node(mode=0o644)}):
        c, _, _ = compiler_of(cc, files)
        assert c["state"] == "missing"
        assert "path" not in c


def test_a_relative_compiler_depends_on_the_folder(compiler_of):
    c, document, _ = compiler_of("./gcc", {"/home/dana/shop/gcc": Node(content=ELF)})
    assert "state" not in c
    assert why(document, "state") == "where `./gcc` leads depends on the folder"


def test_the_compiler_behind_a_launcher_counts(compiler_of):
    files = DEBIAN | {"/usr/bin/ccache": Node(content=ELF)}
    c, _, _ = compiler_of("ccache gcc -m64", files)
    assert (c["launcher"], c["command"], c["path"]) == ("ccache", "gcc", "/usr/bin/gcc")
    assert c["machine"] == "x86_64-linux-gnu"
    c, _, _ = compiler_of("ccache gcc", DEBIAN)
    assert c["state"] == "missing"


def test_the_compiler_behind_a_launcher_that_bears_its_name_counts(compiler_of):
    files = DEBIAN | {
        "/usr/lib/ccache/gcc": link("../../bin/ccache"),
        "/usr/bin/ccache": Node(content=ELF),
    }
    c, _, host = compiler_of("gcc", files, path="/usr/lib/ccache:/usr/bin")
    assert (c["path"], c["resolved"]) == ("/usr/lib/ccache/gcc", GCC)
    assert c["machine"] == "x86_64-linux-gnu"
    c, document, host = compiler_of("gcc", files, path="/usr/lib/ccache")
    assert "machine" not in c
    assert why(document, "resolved") == "/usr/lib/ccache/gcc runs a compiler that is not on PATH"
    assert host.runs == []


@pytest.mark.parametrize(
    ("cc", "machine", "archs"),
    [
        ("zig cc -target aarch64-linux-musl", "aarch64-linux-musl", ["arm64"]),
        ("zig cc --target=x86_64-windows-gnu", "x86_64-windows-gnu", ["amd64", "386"]),
        ("clang --target=aarch64-linux-gnu", "aarch64-linux-gnu", ["arm64"]),
        ("clang -target a-b-c --target=arm-linux-gnueabihf", "arm-linux-gnueabihf", ["arm"]),
    ],
)
def test_an_option_names_the_target(compiler_of, cc, machine, archs):
    files = {"/usr/bin/zig": Node(content=ELF), "/usr/bin/clang": Node(content=ELF)}
    c, document, host = compiler_of(cc, files)
    assert (c["machine"], c["machine_from"], c["archs"]) == (machine, "option", archs)
    assert document["provenance"]["/compilers/c/machine"]["from"] == "environment variable CC"
    assert host.runs == []


@pytest.mark.parametrize(
    ("cc", "reason"),
    [
        ("zig cc", "without `-target`, zig works for what it finds itself on"),
        ("clang -target", "a target is missing"),
        (
            "gcc --target=arm-linux-gnueabi",
            "only clang and zig are known to have an option for a target",
        ),
        ("gcc @options", "an option of the compiler may name another target"),
        ("gcc -specs=/x", "an option of the compiler may name another target"),
        ("clang --config x.cfg", "an option of the compiler may name another target"),
    ],
)
def test_what_is_not_certain_is_unknown(compiler_of, cc, reason):
    files = DEBIAN | {"/usr/bin/zig": Node(content=ELF), "/usr/bin/clang": Node(content=ELF)}
    c, document, _ = compiler_of(cc, files)
    assert "machine" not in c
    assert why(document) == reason


@pytest.mark.parametrize(
    ("options", "arch"),
    [
        ("-m32", "386"),
        ("-m32 -m64", "amd64"),
        ("-m64 -m32", "386"),
        ("-mx32", None),
        ("-O2", "amd64"),
    ],
)
def test_options_for_the_processor_count(compiler_of, options, arch):
    c, document, _ = compiler_of(f"gcc {options}")
    assert c.get("arch") == arch
    if arch is None:
        assert "/compilers/c/archs" in document["absent"]


def test_words_hide_secrets(compiler_of):
    _, document, _ = compiler_of("gcc -DAPI_TOKEN=hunter2 -I/x")
    assert "hunter2" not in str(document)


def test_quotes_are_taken_as_go_takes_them(go_machine, compiler_of):
    document, _ = go_machine(
        {**DEBIAN, "/opt/my gcc": link(GCC)}, environment={"CC": "'/opt/my gcc' -g"}
    )
    c = document["facts"]["compilers"]["c"]
    assert (c["words"], c["path"]) == (["/opt/my gcc", "-g"], "/opt/my gcc")
    document, _ = go_machine(environment={"CC": "gcc 'x"})
    assert why(document) == "CC: unterminated ' string"
    document, _ = go_machine(environment={"CC": "gcc 'x"}, version="go1.17.1")
    assert document["facts"]["compilers"]["c"]["words"] == ["gcc", "'x"]
    _, document, _ = compiler_of("gcc 'x'")  # no `go` says which version it is
    assert why(document) == "the version of Go decides how the quotes in CC count"


def test_without_a_setting_go_says_its_default(go_machine):
    document, _ = go_machine(DEBIAN, answers={"CC": "gcc", "CXX": "g++"})
    c, cxx = (document["facts"]["compilers"][name] for name in ("c", "cxx"))
    assert (c["from"], c["state"]) == ("default", "found")
    assert (cxx["setting"], cxx["state"]) == ("g++", "missing")
