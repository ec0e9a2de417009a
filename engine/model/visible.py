"""Texts without hidden characters, for everything that a person or a terminal will see."""

from __future__ import annotations

_HIDDEN = (
    (0x00, 0x1F),  # C0 controls: escape, line breaks, bell
    (0x7F, 0x9F),  # delete and the C1 controls
    (0xAD, 0xAD),  # soft hyphen
    (0x61C, 0x61C),  # Arabic letter mark, a direction mark
    (0x180E, 0x180E),  # Mongolian vowel separator
    (0x200B, 0x200F),  # no width, joiners, direction marks
    (0x2028, 0x202E),  # line and paragraph separators, direction overrides
    (0x2060, 0x206F),  # no width, direction isolates
    (0xD800, 0xDFFF),  # lone surrogates: not text in any encoding
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFF9, 0xFFFB),  # interlinear annotations
    (0xFFFE, 0xFFFF),  # no characters, and not allowed in XML
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE0FFF),  # tags and variation selectors, which can carry a hidden text
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""Give a text in which every hidden character is spelled out as in JSON: `\n`, `\u202e`.

    JSON on one line stays the same JSON. A text that was spelled out before stays as it is.
    """
    if text.isprintable():  # none of the hidden ones is; nearly every text ends here
        return text
    return "".join(_SHORT.get(sign) or _spelled(ord(sign)) or sign for sign in text)


def _spelled(code: int) -> str:
    if not any(low <= code <= high for low, high in _HIDDEN):
        return ""
    if code > 0xFFFF:  # noqa: PLR2004 - JSON writes what lies beyond the first plane as a pair
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"
