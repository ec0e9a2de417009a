"""python-dotenv's `load_dotenv()`, as it is called without `override=True`.

Source: main.py of theskumar/python-dotenv, and asking 0.21, 1.0, 1.2.2 and 1.2.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Reference
from engine.gather.dotenv._base import CLIENT, Dialect, Refused
from engine.gather.dotenv._python import bindings, expanded, text_of
from engine.gather.dotenv._values import Earlier, agreed

if TYPE_CHECKING:
    from engine.gather.dotenv._values import Parts
    from engine.model.facts import Absent

_BOM = "\ufeff"
_MARK = "versions of python-dotenv disagree on the byte order mark that the file begins with"
_NEW = "python-dotenv 1.2.4 reads comments behind `=` and backslashes in quotes as none before it"


def read_python_dotenv(content: bytes) -> list[Assignment | Absent]:
    """Give the variables that a file sets where the process has none of that name.

    One of the process comes before one of the file in `${X}`; a line that is a name alone sets
    nothing.
    """
    text = text_of(content)
    plain = text.removeprefix(_BOM)
    versions = [_read(plain), _read(plain, since_1_2_4=True)]
    if plain == text:
        return [*agreed(versions, _NEW)]
    return [*agreed([*versions, _read(text)], _MARK)]


PYTHON_DOTENV = Dialect("python-dotenv", "python-dotenv", read_python_dotenv)


def _read(text: str, *, since_1_2_4: bool = False) -> dict[str, Assignment]:
    earlier = Earlier()

    def variable(name: str, default: str | None) -> Parts:
        above = earlier.get(name)
        instead = ((default,) if default else ()) if above is None else above
        return (Reference(name, CLIENT, instead),)

    found: dict[str, Assignment] = {}
    for each in bindings(text, since_1_2_4=since_1_2_4):
        if each.value is None:
            earlier.put(each.name, ())
            found.pop(each.name, None)
        else:
            value = earlier.put(each.name, expanded(each.value, variable))
            found[each.name] = Assignment(each.name, value, "default", each.line)
    for name, row in found.items():
        if "=" in name or "\0" in name:
            raise Refused("there is a character that no name may have", row.line)
    return found
