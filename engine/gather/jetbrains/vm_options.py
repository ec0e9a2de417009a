"""`*.vmoptions`: options for Java, one a line, read as the launcher does (XPlatLauncher).

Blanks around a line go away, and one that is empty or begins with `#` is passed over. Of a property
that is given twice the last one counts.
"""

from __future__ import annotations

from engine.model.record import record

LOAD_SHELL_ENV = "ij.load.shell.env"


@record
class Property:
    """The value of a property, and the line that gives it."""

    value: str
    line: int


def last_property(data: bytes, name: str) -> Property | None:
    """Give a property that the options set, None where they do not.

    The launcher takes a file with a NUL in it for broken, and no option out of it.
    """
    found: Property | None = None
    text = data.decode("utf-8", "surrogateescape")
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if "\0" in line:
            return None
        key, _, value = line.partition("=")
        if key == f"-D{name}":
            found = Property(value, number)
    return found
