from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.triples import Target, is_triple, target_of


@pytest.mark.parametrize(
    ("triple", "system", "archs"),
    [
        ("x86_64-linux-gnu", "linux", ("amd64", "386")),
        ("x86_64-pc-linux-gnu", "linux", ("amd64", "386")),
        ("x86_64-alpine-linux-musl", "linux", ("amd64", "386")),
        ("i686-linux-gnu", "linux", ("386", "amd64")),
        ("aarch64-none-linux-gnu", "linux", ("arm64",)),
        ("arm-linux-gnueabihf", "linux", ("arm",)),
        ("armv7l-unknown-linux-musleabihf", "linux", ("arm",)),
        ("riscv64-linux-gnu", "linux", ("riscv64",)),
        ("powerpc64le-linux-gnu", "linux", ("ppc64le",)),
        ("mips64el-linux-gnuabi64", "linux", ("mips64le",)),
        ("mipsisa32r6el-linux-gnu", "linux", ("mipsle",)),
        ("x86_64-w64-mingw32", "windows", ("amd64", "386")),
        ("x86_64-pc-windows-msvc", "windows", ("amd64", "386")),
        ("arm64-apple-darwin22.6.0", "darwin", ("arm64",)),
        ("aarch64-macos-none", "darwin", ("arm64",)),
        ("aarch64-linux-android21", "android", ("arm64",)),
        ("armv7a-linux-androideabi24", "android", ("arm",)),
        ("x86_64-unknown-freebsd14.0", "freebsd", ("amd64", "386")),
        ("x86_64-linux-musl.2.28", "linux", ("amd64", "386")),
        ("wasm32-wasi", "wasip1", ("wasm",)),
        # What Go has no word for is not told.
        ("arm-none-eabi", None, ("arm",)),
        ("armeb-linux-gnueabi", "linux", None),
        ("armv7eb-linux-gnueabi", "linux", None),
        ("aarch64_be-linux-gnu", "linux", None),
        ("x86_64-linux-gnux32", "linux", None),
        ("x86_64-pc-cygwin", None, ("amd64", "386")),
        ("sparc64-linux-gnu", "linux", None),
        ("native-native", None, None),
        ("linux", None, None),
        ("", None, None),
    ],
)
def test_a_triple_says_system_and_processor(triple, system, archs):
    assert target_of(triple) == Target(system, archs)
    assert is_triple(triple) == (None not in {system, archs})


@given(st.text())
def test_any_text_has_an_answer(text):
    assert isinstance(target_of(text), Target)
