"""The peers: each file here that has no underscore is one, found and not listed.

A peer is a module. It says

    NAME, LANGUAGE             for the table
    PACKAGES                   what to install, from PyPI or `npm:`; the first's version is shown
    translate(rule, number)    the rule in the peer's own words; raises `CannotSayError`
    load(translations)         a judge: `read(bytes)` gives the document in the peer's own form,
                               `judge(document)` its answer, `truths(answer)` a truth for each
                               translation, where the answer itself is no list of those;
                               `judge_bytes(bytes)`, if there is a shorter way than both

    version()                  optional: a better version than the package's

or, instead of `load`, SCRIPT, a JavaScript file beside it that answers as `worker.py` does. For a
cold start it has COLD, if the script around its library is worth showing, or `cold(place,
translations)`, which writes what a command needs into a folder that holds `facts.json`, and gives
the command (`colds` gives several ways), with `cold_truths(text, count)` to read what is printed.
OURS marks the engine itself; NEEDS names a program that no package ships.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType


class CannotSayError(Exception):
    """The peer's language has no words for a rule."""


def all_names() -> list[str]:
    """The module name of every peer."""
    import pkgutil

    return sorted(
        found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_")
    )


def peer(name: str) -> ModuleType:
    """The module of a peer."""
    import importlib

    return importlib.import_module(f"{__name__}.{name}")


def translations(module: ModuleType, rules: list[dict[str, object]]) -> list[object | None]:
    """Every rule in the peer's words; None for a rule that it can't say."""
    said: list[object | None] = []
    for number, rule in enumerate(rules):
        try:
            said.append(module.translate(rule, number))
        except CannotSayError:
            said.append(None)
    return said
