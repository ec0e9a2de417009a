"""The locale: which variables choose it, its character set, and whether it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, table, text
from engine.gather.host import HostError
from engine.gather.locales import (
    DEFAULT,
    FOLDER,
    VARIABLES,
    Choice,
    character_set,
    chosen,
    is_installed,
)
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject


def _category(about: str, variable: str) -> JsonObject:
    return group(
        about,
        value=text("The locale's name", "en_US.UTF-8", "C"),
        **{"from": text("The variable that chose it", among=("LC_ALL", variable, "LANG", DEFAULT))},
        character_set=text("The character set that its name says", "UTF-8", "ASCII"),
        utf8=flag("Whether that is UTF-8"),
        installed=flag(
            "Whether the C library finds it; a program that asks for another stays in `C`"
        ),
    )


_CATEGORIES = {"ctype": "LC_CTYPE", "messages": "LC_MESSAGES"}
_FACTS = {
    "locale": group(
        "The locale of the process that gathered",
        variables=table(
            "The variables that choose it, as far as they are set", text("A value", "en_US.UTF-8")
        ),
        ctype=_category("What counts for characters", "LC_CTYPE"),
        messages=_category("What counts for messages of programs", "LC_MESSAGES"),
    )
}


@collector("locale", subjects=("workstation",), facts=_FACTS, live=True)
def locale(survey: Survey) -> Iterator[Fact]:
    """The locale, its character set, and whether it is installed."""
    environment = survey.host.environment
    value: JsonObject = {
        "variables": {
            name: Sourced(survey.redaction.text(environment[name]), _variable(name))
            for name in VARIABLES
            if name in environment
        }
    }
    for name, variable in _CATEGORIES.items():
        value[name] = _described(survey, chosen(survey, variable))
    yield Fact("locale", value, Provenance(origin="the environment of this process"))


def _described(survey: Survey, choice: Choice | Absent) -> Json:
    if isinstance(choice, Absent):
        return choice
    letters = character_set(choice.value)
    try:
        installed: Json = is_installed(survey, choice.value)
    except HostError as error:
        installed = error.hole()
    value = {
        "value": survey.redaction.text(choice.value),
        "from": choice.source,
        "character_set": letters,
        "utf8": letters if isinstance(letters, Absent) else letters == "UTF-8",
        "installed": Sourced(installed, Provenance(origin=FOLDER)),
    }
    is_set = choice.source != DEFAULT
    return Sourced(value, _variable(choice.source) if is_set else Provenance(origin="the default"))


def _variable(name: str) -> Provenance:
    return Provenance(origin=f"environment variable {name}")
