from __future__ import annotations

import struct

import pytest

from tests.gather.collectors.test_host import elf
from tests.gather.fake_host import Node, folder

GLIBC = {"/bin/sh": Node(content=elf("/lib64/ld-linux-x86-64.so.2")), "/usr/lib/locale": folder()}
MUSL = {"/bin/sh": Node(content=elf("/lib/ld-musl-x86_64.so.1"))}
ARCHIVE = "/usr/lib/locale/locale-archive"


def archive(*names, order="<", count=None, dead=()):
    """An archive as `localedef` writes it: a header, a table of hashes, the names.

    Of a locale that was deleted the name stays, without a record.
    """
    texts, rows = b"", b""
    table_at = 56
    texts_at = table_at + 12 * len(names)
    for name in names:
        rows += struct.pack(order + "III", 7, texts_at + len(texts), 0 if name in dead else 4096)
        texts += name.encode() + b"\0"
    head = struct.pack(
        order + "IIIIIIII",
        0xDE020109, 1, table_at, len(names), len(names) if count is None else count,
        texts_at, len(texts), len(texts),
    )  # fmt: skip
    return Node(content=head.ljust(table_at, b"\0") + rows + texts)


@pytest.fixture
def locale_of(survey_of):
    def make(environment, files=None, **more):
        document, _ = survey_of(
            GLIBC | (files or {}), environment=environment, only=("locale",), **more
        )
        return document["facts"]["locale"], document

    return make


def test_the_first_variable_in_posixs_order_counts(locale_of):
    variables = {"LANG": "en_US.UTF-8", "LC_CTYPE": "de_DE.ISO-8859-1", "EDITOR": "vi"}
    locale, document = locale_of(variables, {ARCHIVE: archive("en_US.utf8")})
    assert locale == {
        "variables": {"LANG": "en_US.UTF-8", "LC_CTYPE": "de_DE.ISO-8859-1"},
        "ctype": {
            "value": "de_DE.ISO-8859-1",
            "from": "LC_CTYPE",
            "character_set": "ISO-8859-1",
            "utf8": False,
            "installed": False,
        },
        "messages": {
            "value": "en_US.UTF-8",
            "from": "LANG",
            "character_set": "UTF-8",
            "utf8": True,
            "installed": True,
        },
    }
    assert document["provenance"]["/locale/ctype"]["from"] == "environment variable LC_CTYPE"
    locale, _ = locale_of(variables | {"LC_ALL": "C"})
    assert {locale[name]["from"] for name in ("ctype", "messages")} == {"LC_ALL"}


def test_an_empty_variable_counts_as_unset(locale_of):
    locale, _ = locale_of({"LC_ALL": "", "LC_CTYPE": "", "LANG": "C.UTF-8"})
    assert (locale["ctype"]["from"], locale["ctype"]["utf8"]) == ("LANG", True)
    assert locale["variables"]["LC_ALL"] == ""


def test_without_variables_the_c_library_decides(locale_of):
    locale, _ = locale_of({})
    assert (locale["ctype"]["value"], locale["ctype"]["utf8"]) == ("C", False)
    assert locale["ctype"]["installed"] is True
    locale, _ = locale_of({}, MUSL)
    assert (locale["ctype"]["value"], locale["ctype"]["utf8"]) == ("C.UTF-8", True)
    locale, document = locale_of({}, {"/bin/sh": "#!/bin/busybox"})
    assert "ctype" not in locale
    assert "/locale/ctype" in document["absent"]


@pytest.mark.parametrize(
    ("name", "character_set"),
    [
        ("C", "ASCII"),
        ("POSIX", "ASCII"),
        ("C.utf8", "UTF-8"),
        ("en_US.UTF8", "UTF-8"),
        ("de_DE.iso885915@euro", "ISO885915"),
        ("en_US", None),
        ("german", None),
        ("/a/folder", None),
    ],
)
def test_a_locales_name_says_its_character_set_or_nothing(locale_of, name, character_set):
    locale, document = locale_of({"LC_ALL": name})
    assert locale["ctype"].get("character_set") == character_set
    assert ("/locale/ctype/utf8" in document["absent"]) == (character_set is None)


@pytest.mark.parametrize(
    ("name", "files", "installed"),
    [
        ("en_US.UTF-8", {ARCHIVE: archive("en_US.utf8")}, True),
        ("en_US.UTF-8", {ARCHIVE: archive("de_DE", "en_US.utf8", order=">")}, True),
        ("en_US.UTF-8", {"/usr/lib/locale/en_US.utf8": folder()}, True),
        ("en_US.UTF-8", {ARCHIVE: archive("en_GB.utf8")}, False),
        ("en_US.UTF-8", {ARCHIVE: archive("en_US.utf8", "de_DE", dead=["en_US.utf8"])}, False),
        ("en_US.UTF-8", {}, False),
        ("de_DE.8859-1", {ARCHIVE: archive("de_DE.iso88591")}, True),
        # glibc may be content with a folder that says less.
        ("en_US.UTF-8", {"/usr/lib/locale/en": folder()}, None),
        ("en_US.UTF-8", {"/usr/lib/locale/en_US": folder()}, None),
        ("en_US.UTF-8", {"/usr/lib/locale/en_GB.utf8": folder()}, False),
        ("C.UTF-8", {}, None),
        ("german", {}, False),
        ("german", {"/usr/share/locale/locale.alias": "# x\n\nGerman de_DE.ISO-8859-1\n"}, None),
        ("ja_JP", {"/usr/share/locale/locale.alias": "ja_JP\tja_JP.eucJP\n"}, None),
        ("ja_JP", {"/usr/share/locale/locale.alias": Node("fifo")}, None),
        ("../etc", {}, None),
        ("en_US.UTF-8", {ARCHIVE: Node(content=b"no archive")}, None),
        ("en_US.UTF-8", {ARCHIVE: archive("en_US.utf8", count=1 << 20)}, None),
        ("en_US.UTF-8", {ARCHIVE: archive("en_US.utf8", count=1 << 31)}, None),
        ("en_US.UTF-8", {ARCHIVE: Node(content=archive("en_US.utf8").content[:70])}, None),
        ("en_US.UTF-8", {ARCHIVE: Node(mode=0)}, None),
        ("en_US.UTF-8", {ARCHIVE: Node("fifo")}, None),
        ("en_US.UTF-8", {"/usr/lib/locale": Node("directory", mode=0)}, None),
        ("en_US.UTF-8", MUSL, None),
    ],
)
def test_a_locale_is_installed_where_glibc_finds_it(locale_of, name, files, installed):
    locale, document = locale_of({"LANG": name}, files)
    assert locale["ctype"].get("installed") is installed
    assert ("/locale/ctype/installed" in document["absent"]) == (installed is None)


def test_an_archive_elsewhere_is_not_read(locale_of):
    for variable in ("LOCPATH", "LOCALE_ARCHIVE"):
        _, document = locale_of({"LANG": "en_US.UTF-8", variable: "/x"})
        hole = document["absent"]["/locale/ctype/installed"]
        assert hole["detail"] == f"{variable} is set, and what it names was not read"
