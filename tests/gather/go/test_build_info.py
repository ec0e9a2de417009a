from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.gather.go.build_info import BuildInfo, build_info
from engine.gather.go.image import kind_of
from tests.gather.binaries import (
    BASE,
    MAGIC,
    elf,
    go_binary,
    inline_block,
    module_text,
    pointer_block,
)


def read(data):
    return build_info(lambda offset, count: data[offset : offset + count] if offset >= 0 else b"")


@pytest.mark.parametrize("wide", [True, False], ids=["64 bit", "32 bit"])
@pytest.mark.parametrize("big", [True, False], ids=["big endian", "little endian"])
def test_a_binary_says_which_go_built_it(wide, big):
    assert read(elf(inline_block(), wide=wide, big=big)) == BuildInfo("go1.22.10", "cmd/go")


def test_a_tool_says_its_module_and_version():
    binary = go_binary(
        "go1.23.1", "golang.org/x/tools/gopls", "golang.org/x/tools/gopls", "v0.16.2"
    )
    assert read(binary) == BuildInfo(
        "go1.23.1", "golang.org/x/tools/gopls", "golang.org/x/tools/gopls", "v0.16.2"
    )


@pytest.mark.parametrize("wide", [True, False], ids=["64 bit", "32 bit"])
def test_before_1_18_the_block_holds_pointers(wide):
    block = pointer_block(
        BASE + 0x100, "go1.16.15", module_text("x", "example.com/x", "v1.0.0"), wide=wide
    )
    assert read(elf(block, wide=wide)) == BuildInfo("go1.16.15", "x", "example.com/x", "v1.0.0")


def test_null_pointers_say_nothing():
    assert read(elf(MAGIC + b"\x08\x00" + bytes(64))) is None


def test_without_sections_the_block_is_found_at_the_beginning_of_the_data():
    assert read(elf(bytes(32) + inline_block(), sections=False)) == BuildInfo("go1.22.10", "cmd/go")


def test_a_block_that_is_not_aligned_does_not_count():
    assert read(elf(b"12345678" + inline_block())) is None
    assert read(elf((b"12345678" + MAGIC).ljust(64, b"\0") + inline_block())) == BuildInfo(
        "go1.22.10", "cmd/go"
    )


def test_experiments_are_told_beside_the_version():
    expected = BuildInfo("go1.22.10", "cmd/go", experiments="boringcrypto")
    assert read(go_binary("go1.22.10 X:boringcrypto")) == expected


def test_a_length_beyond_the_file_is_refused():
    assert read(elf(MAGIC + b"\x08\x02" + bytes(16) + b"\xff\xff\xff\x7f")) is None
    assert read(elf(MAGIC + b"\x08\x02" + bytes(16) + b"\xff" * 10)) is None


def test_module_text_without_its_frame_is_left_out():
    assert read(elf(inline_block(text=b"path\tcmd/go\n"))) == BuildInfo("go1.22.10")


@given(st.binary(max_size=400))
@example(b"\x7fELF")
@example(b"MZ")
@example(b"\xca\xfe\xba\xbe\0\0\0\x01")
@example(b"\xcf\xfa\xed\xfe")
def test_no_bytes_make_it_fail(data):
    for start in (
        b"",
        b"\x7fELF\x02\x01",
        b"\x7fELF\x01\x02",
        b"MZ",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbf\0\0\0\x01",
    ):
        assert read(start + data) is None or isinstance(read(start + data), BuildInfo)


@given(st.data())
def test_no_damage_makes_it_fail(data):
    binary = bytearray(
        elf(inline_block(), wide=data.draw(st.booleans()), sections=data.draw(st.booleans()))
    )
    for _ in range(data.draw(st.integers(1, 8))):
        binary[data.draw(st.integers(0, len(binary) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(binary)))
    assert read(bytes(binary[:cut])) is None or isinstance(read(bytes(binary[:cut])), BuildInfo)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x7fELF\x02", "elf"),
        (b"#!/bin/sh\n", "script"),
        (b"MZ\x90", "pe"),
        (b"\xcf\xfa\xed\xfe", "mach-o"),
        (b"\xca\xfe\xba\xbe\0\0\0\x02", "mach-o"),
        (b"\xca\xfe\xba\xbe\0\0\0\x41", "other"),
        (b"", "other"),
        (b"echo hello", "other"),
    ],
)
def test_the_first_bytes_say_what_a_file_is(head, kind):
    assert kind_of(head) == kind
