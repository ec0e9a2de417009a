"""GoLand and IntelliJ IDEA: the Go of a project, its run configurations, the user's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.host import HostError
from engine.gather.jetbrains.declared import FACTS
from engine.gather.jetbrains.files import project_of
from engine.gather.jetbrains.macros import Macros
from engine.gather.jetbrains.products import products_of
from engine.gather.jetbrains.telling import NOT_OF_A_FILE, ORIGIN, Telling, gopath, sourced
from engine.gather.running_editors import launch_mode, program_of
from engine.gather.session import account
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.gather.jetbrains.products import Product
    from engine.gather.processes import Process
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject


_LAUNCHERS = frozenset(("goland", "idea"))


@collector("jetbrains", subjects=("workstation", "repository"), facts=FACTS)
def jetbrains(survey: Survey) -> Iterator[Fact]:
    """What GoLand and IntelliJ IDEA are set to, for the directory and for the user."""
    value: JsonObject = {}
    home: str | Absent = NOT_OF_A_FILE
    products: tuple[Product, ...] | Absent = NOT_OF_A_FILE
    if survey.subject == "workstation":
        try:
            # As Java finds it, which asks the passwd database before HOME.
            home = survey.once(account).home or Absent("missing", "the user has no home")
            products = home if isinstance(home, Absent) else products_of(survey, home)
        except HostError as error:
            products = error.hole()
    value |= _of_products(survey, products)
    found = project_of(survey)
    if found is None:
        value |= {"files": [], "runs": [], "templates": []}
    else:
        names = _path_variables(products)
        value |= Telling(survey, found, Macros(found.folder, home, names)).project()
    yield Fact("jetbrains", value, Provenance(origin=ORIGIN))


def _path_variables(products: tuple[Product, ...] | Absent) -> frozenset[str]:
    """Give the names that the user has given a path; of a repository's, nobody knows."""
    if isinstance(products, Absent):
        return frozenset()
    known = [each.path_variables for each in products]
    return frozenset(name for names in known if not isinstance(names, Absent) for name in names)


def _of_products(survey: Survey, products: tuple[Product, ...] | Absent) -> JsonObject:
    if isinstance(products, Absent):
        names = ("installed", "products", "load_shell_env", "launch_mode")
        return dict.fromkeys(names, products)
    value: JsonObject = {
        "installed": bool(products),
        "products": [_product(survey, each) for each in products],
    }
    if products:
        value["launch_mode"] = launch_mode(survey, _is_main, _has_shell)
    answers = [each.load_shell_env for each in products]
    holes = [each for each in answers if isinstance(each, Absent)]
    known = {each.value for each in answers if not isinstance(each, Absent)}
    if holes:
        value["load_shell_env"] = holes[0]
    elif len(known) > 1:
        value["load_shell_env"] = Absent("ambiguous", "its versions do not agree")
    elif answers:
        value["load_shell_env"] = sourced(answers[-1])
    return value


def _is_main(each: Process) -> bool:
    """Say whether this is such an IDE itself: its launcher, or the Java that a script starts."""
    words = each.command if isinstance(each.command, tuple) else ()
    return program_of(each) in _LAUNCHERS or (
        program_of(each) == "java" and "com.intellij.idea.Main" in words
    )


def _has_shell(given: Mapping[str, str]) -> bool:
    """Say whether it was started below a shell, as the platform decides it.

    intellij-community, StartupUtil.shouldLoadShellEnv: SHLVL is more than 0.
    """
    level = given.get("SHLVL", "")
    return level.isdecimal() and int(level) > 0


def _product(survey: Survey, product: Product) -> Json:
    value: JsonObject = {
        "id": product.id,
        "name": product.name,
        "version": product.id.rpartition(" ")[2],
        "path": product.folder,
        "load_shell_env": sourced(product.load_shell_env),
    }
    if product.shell is not None:
        value["shell"] = sourced(product.shell)
    if product.gopath is not None:
        value["gopath"] = gopath(survey, product.gopath, product.gopath_file, None)
    return Sourced(value, Provenance(None, ORIGIN, product.folder))
