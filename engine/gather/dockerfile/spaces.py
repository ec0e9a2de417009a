"""Letters as Go sees them, which differs a little from Python."""

from __future__ import annotations

import re

SPACES = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""Go's `unicode.IsSpace`; Python's `str.isspace` counts four control characters more."""

_NO_UTF8 = re.compile("[\ud800-\udfff]")


def in_unicode(text: str) -> str:
    """Give a text in which U+FFFD stands for each byte that is no UTF-8."""
    return _NO_UTF8.sub("\ufffd", text)


def is_unicode(text: str) -> bool:
    """Say whether a text was UTF-8."""
    return _NO_UTF8.search(text) is None
