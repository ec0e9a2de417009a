from __future__ import annotations

import tracemalloc
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.jetbrains.xml_tree import (
    DEEPEST,
    LONGEST_VALUE,
    MOST_ELEMENTS,
    Element,
    XmlError,
    parse,
)


def refused(data):
    with pytest.raises(XmlError) as caught:
        parse(data)
    return caught.value


def test_elements_have_their_lines_attributes_and_text():
    root = parse(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<project version="4">\n'
        b"  <!-- said <by> nobody -->\n"
        b'  <component name="A"\n    x="&lt;&#36;&amp;">\n   <on>true</on> </component>\r\n'
        b'  <component name="B"><![CDATA[<!DOCTYPE x>]]></component>\n</project>\n'
    )
    first, second = root.children
    assert (root.name, root.line, dict(root.attributes)) == ("project", 2, {"version": "4"})
    assert (first.line, dict(first.attributes)) == (4, {"name": "A", "x": "<$&"})
    assert [(each.name, each.text, each.line) for each in first.children] == [("on", "true", 6)]
    assert (second.line, second.text) == (7, "<!DOCTYPE x>")


def test_what_is_asked_for_by_name_is_found_directly_below_only():
    root = parse(b'<a><b><c i="1"/></b><c i="2"/><option name="x" value="1"/><c i="3"/></a>')
    assert [each.attributes["i"] for each in root.named("c")] == ["2", "3"]
    assert root.first("d") is None
    assert root.option("x").attributes["value"] == "1"
    assert root.option("y") is None


DOUBLING = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'<!DOCTYPE a [<!ENTITY e0 "ha">' + DOUBLING + b"]><a>&e11;</a>", 1),
        (b'<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 2),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 1),
        (b"<!-- <a> -->\n\n<?pi <a> ?><!DOCTYPE a><a/>", 3),
        (b"\xef\xbb\xbf<!DOCTYPE a><a/>", 1),
        (b"<!ELEMENT a (" + b"(" * 50_000, 1),
    ],
    ids=["a billion laughs", "external", "external entity", "late", "behind a mark", "a model"],
)
def test_a_document_type_is_refused_without_a_look_inside(data, line):
    tracemalloc.start()
    error = refused(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (error.cause, error.line) == ("unsupported", line)
    assert "document type" in error.what
    assert peak < 4 << 20


@pytest.mark.parametrize(
    ("data", "cause", "said"),
    [
        (b"", "parse_error", "no element"),
        (b" \n", "parse_error", "no element"),
        (b"<a>", "parse_error", "no element"),
        (b"<a><b></a>", "parse_error", "mismatched"),
        (b'<a x="1" x="2"/>', "parse_error", "duplicate"),
        (b"<a/><b/>", "parse_error", "junk"),
        (b"<a/><!DOCTYPE a>", "parse_error", "not XML"),
        (b"<a><!DOCTYPE a></a>", "parse_error", "not XML"),
        (b"<a>&nbsp;</a>", "parse_error", "undefined entity"),
        (b"<a>\x00</a>", "parse_error", "not XML"),
        (b"<a>\xff</a>", "parse_error", "not XML"),
        (b"\x00" * 10, "parse_error", "not XML"),
        ("<a/>".encode("utf-16"), "unsupported", "UTF-16"),
        ("<a/>".encode("utf-16-be"), "unsupported", "UTF-16"),
        ("<a/>".encode("utf-32"), "unsupported", "UTF-16"),
        (b'<?xml version="1.0" encoding="latin-1"?><a>\xe4</a>', "unsupported", "encoding"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "unsupported", "encoding"),
        (b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1), "too_large", "deeper"),
        (b"<a>" * 100_000, "too_large", "deeper"),
        (b"<a>" + b"<b/>" * MOST_ELEMENTS + b"</a>", "too_large", "elements"),
        (b'<a x="' + b"y" * (LONGEST_VALUE + 1) + b'"/>', "too_large", "attribute"),
    ],
    ids=range(21),
)
def test_what_is_no_xml_of_ours_is_refused_with_the_reason(data, cause, said):
    error = refused(data)
    assert error.cause == cause
    assert said in error.what


def test_bounds_take_what_just_fits():
    assert parse(b"<a>" * DEEPEST + b"</a>" * DEEPEST).name == "a"
    assert len(parse(b"<a>" + b"<b/>" * (MOST_ELEMENTS - 1) + b"</a>").children) == 99_999
    long = parse(b'<a x="' + b"y" * LONGEST_VALUE + b'"/>')
    assert len(long.attributes["x"]) == LONGEST_VALUE


def test_a_reason_never_quotes_the_file():
    for data in (b"<hunter2>", b'<a hunter2="1" hunter2="2"/>', b"<a>&hunter2;</a>"):
        assert "hunter2" not in str(refused(data))


PIECES = st.sampled_from(
    [
        b"<a>",
        b"</a>",
        b'<b x="1">',
        b"<c/>",
        b"<!DOCTYPE a>",
        b"<!ENTITY x 'y'>",
        b"<!--",
        b"-->",
        b"<?xml version='1.0'?>",
        b"<?p",
        b"?>",
        b"&x;",
        b"&lt;",
        b"<![CDATA[",
        b"]]>",
        b"\x00",
        b"\xef\xbb\xbf",
        b"\n",
        b"text",
    ]
)


@given(st.binary() | st.lists(PIECES).map(b"".join))
def test_any_bytes_give_one_tree_or_one_reason(data):
    try:
        found = parse(data)
    except XmlError as error:
        found = error
    if isinstance(found, XmlError):
        assert found.what
        assert found.cause in {"parse_error", "unsupported", "too_large"}
    else:
        assert isinstance(found, Element)


@given(st.lists(PIECES).map(b"".join))
def test_a_file_that_is_read_is_one_that_expat_alone_reads_without_a_document_type(data):
    """Nothing that we take has a document type, wherever one may hide from our own look."""
    seen = []
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = lambda *given: seen.append(given)
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        with pytest.raises(XmlError):
            parse(data)
        return
    if seen:
        assert refused(data).cause == "unsupported"
    else:
        assert isinstance(parse(data), Element)
