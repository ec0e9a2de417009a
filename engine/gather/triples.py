"""For which platform a compiler's target triple is, in the words of GOOS and GOARCH."""

from __future__ import annotations

import re

from engine.model.record import record

# The first part of a triple, and the processors that such a compiler can make programs for: Go
# itself says `-m32` or `-m64` to it (gccArchArgs in cmd/go/internal/work).
_PROCESSORS = (
    (r"x86_64|amd64", ("amd64", "386")),
    (r"i[3-6]86|x86", ("386", "amd64")),
    (r"aarch64|arm64", ("arm64",)),
    (r"(?!.*eb\Z)(arm(v[4-8][a-z]*)?(el|hf)?|thumb(v[4-8][a-z]*)?)", ("arm",)),
    (r"riscv64", ("riscv64",)),
    (r"s390x", ("s390x",)),
    (r"powerpc64le|ppc64le", ("ppc64le",)),
    (r"powerpc64|ppc64", ("ppc64",)),
    (r"loongarch64", ("loong64",)),
    (r"mips(isa32(r[0-9])?)?", ("mips",)),
    (r"mips(isa32(r[0-9])?)?el", ("mipsle",)),
    (r"mips(isa)?64(r[0-9])?", ("mips64",)),
    (r"mips(isa)?64(r[0-9])?el", ("mips64le",)),
    (r"wasm32", ("wasm",)),
)

# A later part of a triple, and the system. Android's triples say `linux` as well.
_SYSTEMS = (
    (r"android(eabi)?[0-9]*", "android"),
    (r"linux", "linux"),
    (r"darwin[0-9.]*|macosx?[0-9.]*", "darwin"),
    (r"ios[0-9.]*", "ios"),
    (r"windows|mingw(32|64)", "windows"),
    (r"freebsd[0-9.]*", "freebsd"),
    (r"netbsd(elf)?[0-9.]*", "netbsd"),
    (r"openbsd[0-9.]*", "openbsd"),
    (r"dragonfly(bsd)?[0-9.]*", "dragonfly"),
    (r"solaris[0-9.]*", "solaris"),
    (r"aix[0-9.]*", "aix"),
    (r"wasi(p1)?", "wasip1"),
)

# An ABI in which pointers have another size than Go's.
_OTHER_SIZES = re.compile(r"(gnux32|muslx32|gnuabin32|muslabin32|gnu_?ilp32)\Z")


@record
class Target:
    """What a compiler makes programs for; None where the triple does not tell, or Go has no word.

    `archs` are the processors that it can be told to work for, the one that it works for unasked
    first.
    """

    os: str | None
    archs: tuple[str, ...] | None


def target_of(triple: str) -> Target:
    """Give what a triple (`x86_64-linux-gnu`, `aarch64-unknown-linux-musl`) stands for."""
    first, *rest = triple.lower().split("-")
    processor = next(
        (archs for pattern, archs in _PROCESSORS if re.fullmatch(pattern, first)), None
    )
    if any(_OTHER_SIZES.search(part) for part in rest):
        processor = None
    system = next(
        (name for pattern, name in _SYSTEMS if any(re.fullmatch(pattern, part) for part in rest)),
        None,
    )
    return Target(system, processor)


def is_triple(text: str) -> bool:
    """Say whether a text is a triple of which processor and system are known."""
    target = target_of(text)
    return target.os is not None and target.archs is not None
