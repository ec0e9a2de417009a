"""What a context says of variables, beside what a real process was found to have."""

from __future__ import annotations

from tests.precedence.machine import value


class Differences:
    """What a context knows and does not know of a process, and what of it is `wrong`."""

    def __init__(self, context, real, *, apart_from=()):
        names = (real.keys() | context["env"].keys()) - set(apart_from)
        told = {name: value(context, name) for name in names}
        self.unknown = sorted(name for name, text in told.items() if is_unknown(text))
        self.known = sorted(names - set(self.unknown))
        self.wrong = {
            name: (told[name], real.get(name))
            for name in self.known
            if told[name] != real.get(name)
        }


def is_unknown(text):
    """Say whether this is what `value` gives for what is not known."""
    return isinstance(text, str) and text.startswith("?")


def image(name, variables):
    """Give an image with some variables, as docker lists it."""
    rows = [{"name": one, "how": "set", "value": text} for one, text in variables.items()]
    return {"id": name, "env": rows}
