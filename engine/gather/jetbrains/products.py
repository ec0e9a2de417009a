"""GoLand and IntelliJ IDEA as a user has them: the settings that each version keeps at home."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.gather.jetbrains import settings
from engine.gather.jetbrains.components import component, option_value
from engine.gather.jetbrains.files import read_xml
from engine.gather.jetbrains.macros import Macros
from engine.gather.jetbrains.vm_options import LOAD_SHELL_ENV, last_property
from engine.gather.jetbrains.xml_tree import Element
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.jetbrains.settings import Gopath
    from engine.gather.survey import Survey

MOST = 50

_NAME = re.compile(r"(GoLand|IntelliJIdea)(\d{4})\.(\d)\Z")
_PROGRAMS = {"GoLand": "goland", "IntelliJIdea": "idea"}
_TOOLBOX = re.compile(r"(goland|idea|intellij-idea)", re.IGNORECASE)
_SHELLS = (
    ("terminal-local.xml", "TerminalLocalOptions", ("shellPath",)),
    ("terminal.xml", "TerminalOptionsProvider", ("shellPath", "myShellPath")),
)

# On Linux the property counts since StartupUtil reads it; EnvironmentUtil of 2023.3 did not. It was
# read in the winter of 2026, and which version began with it is not known.
_LAST_WITHOUT = (2023, 3)
_FIRST_WITH = (2025, 3)


@record
class Told:
    """A value and where it was found."""

    value: bool | str
    place: Provenance


@record
class Product:
    """One version of one program, by the folder of its settings."""

    name: str
    version: tuple[int, int]
    folder: str
    load_shell_env: Told | Absent
    shell: Told | Absent | None
    gopath: Gopath | Absent | None
    gopath_file: str
    path_variables: frozenset[str] | Absent

    @property
    def id(self) -> str:
        """What people call it: `GoLand 2025.3`."""
        return f"{self.name} {self.version[0]}.{self.version[1]}"


def products_of(survey: Survey, home: str) -> tuple[Product, ...]:
    """Give the versions that have settings, in order; `HostError` if they cannot be looked for."""
    parent = _settings_folder(survey, home)
    try:
        names = survey.host.names_in(parent)
    except HostError as error:
        if error.cause == "missing":
            return ()
        raise
    found = [match for match in map(_NAME.match, names) if match]
    return tuple(
        _Looking(survey, home, os.path.join(parent, match[0])).product(
            match[1], (int(match[2]), int(match[3]))
        )
        for match in found[:MOST]
    )


def _settings_folder(survey: Survey, home: str) -> str:
    if _is_mac(survey):
        return os.path.join(home, "Library/Application Support/JetBrains")
    given = _variable(survey, "XDG_CONFIG_HOME")
    is_usable = os.path.isabs(given)
    return os.path.join(given if is_usable else os.path.join(home, ".config"), "JetBrains")


def _variable(survey: Survey, name: str) -> str:
    """Give a variable; of another user's environment nothing is known."""
    return survey.variable(name) if survey.launch.user is None else ""


def _is_mac(survey: Survey) -> bool:
    return survey.host.platform.startswith("darwin")


class _Looking:
    """Looks into the settings of one version."""

    def __init__(self, survey: Survey, home: str, folder: str) -> None:
        self._survey, self._home, self._folder = survey, home, folder

    def product(self, name: str, version: tuple[int, int]) -> Product:
        libraries = os.path.join(self._folder, "options", "goLibraries.xml")
        macros = Macros(Absent("opaque", "it holds for every project"), self._home)
        found = self._component("goLibraries.xml", "GoLibraries")
        gopath = settings.gopath(found, macros) if isinstance(found, Element) else found
        return Product(
            name,
            version,
            self._folder,
            self._load_shell_env(name, version),
            self._shell(),
            gopath,
            libraries,
            self._path_variables(),
        )

    def _component(self, file: str, name: str) -> Element | Absent | None:
        try:
            root = read_xml(self._survey, os.path.join(self._folder, "options", file))
        except HostError as error:
            return None if error.cause == "missing" else error.hole()
        return component(root, name)

    def _path_variables(self) -> frozenset[str] | Absent:
        found = self._component("path.macros.xml", "PathMacrosImpl")
        if found is None or isinstance(found, Absent):
            return found or frozenset()
        return frozenset(each.attributes.get("name", "") for each in found.named("macro"))

    def _shell(self) -> Told | Absent | None:
        for file, name, options in _SHELLS:
            found = self._component(file, name)
            if isinstance(found, Absent):
                return found
            for option in options if found is not None else ():
                if found is not None and (value := option_value(found, option)):
                    path = os.path.join(self._folder, "options", file)
                    return Told(value, Provenance(None, "terminal settings", path, found.line))
        return None

    def _load_shell_env(self, name: str, version: tuple[int, int]) -> Told | Absent:
        """Say whether it takes the variables of a login shell when the desktop starts it."""
        given = [key for key in _JAVA if LOAD_SHELL_ENV in _variable(self._survey, key)]
        if given:
            return Absent("ambiguous", f"{given[0]} gives options to Java as well")
        try:
            said = list(self._said(name))
        except HostError as error:
            return error.hole()
        if len({told.value for told in said}) > 1:
            return Absent("ambiguous", "its files with options disagree, and one of them counts")
        default = Told(_is_mac(self._survey), Provenance(origin="the program's default"))
        found = said[0] if said else default
        if not found.value or _is_mac(self._survey) or version >= _FIRST_WITH:
            return found
        if version <= _LAST_WITHOUT:
            return Told(value=False, place=Provenance(origin="versions before 2024 on Linux"))
        return Absent("unsupported", "whether this version reads the option on Linux is not known")

    def _said(self, name: str) -> Iterator[Told]:
        """Give what each file with options says that may be the one that counts.

        A file that is named in a variable comes first, then one beside an installation of the
        Toolbox, then the one among the settings (XPlatLauncher, get_user_vm_options_file).
        """
        program = _PROGRAMS[name]
        own = program if _is_mac(self._survey) else program + "64"
        named = _variable(self._survey, f"{program.upper()}_VM_OPTIONS")
        paths = [named] if os.path.isabs(named) else list(self._toolbox(program))
        if not os.path.isabs(named):
            paths.append(os.path.join(self._folder, own + ".vmoptions"))
        for path in paths:
            try:
                found = last_property(self._survey.host.read(path), LOAD_SHELL_ENV)
            except HostError as error:
                if error.cause == "missing":
                    continue
                raise
            if found is None:
                default = Provenance(None, "the program's default", path)
                yield Told(_is_mac(self._survey), default)
            else:
                place = Provenance(None, "options for Java", path, found.line)
                yield Told(found.value.lower() == "true", place)

    def _toolbox(self, program: str) -> Iterator[str]:
        """Give the files with options beside installations that the Toolbox made on Linux."""
        apps = os.path.join(self._home, ".local/share/JetBrains/Toolbox/apps")
        for name in self._names(apps):
            if not _TOOLBOX.match(name) or (program == "goland") != name.lower().startswith("go"):
                continue
            if name.endswith(".vmoptions"):
                yield os.path.join(apps, name)
            for channel in self._names(os.path.join(apps, name)):
                inner = os.path.join(apps, name, channel)
                found = [inner] if channel.endswith(".vmoptions") else []
                found += [os.path.join(inner, each) for each in self._names(inner)]
                yield from (each for each in found if each.endswith(".vmoptions"))

    def _names(self, folder: str) -> tuple[str, ...]:
        try:
            return self._survey.host.names_in(folder)
        except HostError as error:
            if error.cause == "missing":
                return ()
            raise


_JAVA = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")
