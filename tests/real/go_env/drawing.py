"""Draw cases by a seed: ordinary machines mostly, each with a few odd things about it.

A case depends on its seed, its number and the Go versions that are here, and on nothing else.
"""

from __future__ import annotations

import platform
import random

from tests.real.go_env.case import GO, ROOT, Case
from tests.real.go_env.drawing_files import env_text, go_env_text, mod_text
from tests.real.go_env.values import DERIVED, NO_PLATFORMS, PLATFORMS, VALUES

BAD, ODD = 0.012, 0.2
"""How often a value is one that go refuses, and one that is merely odd."""
HOME, PROJECT, TOOLS = f"{ROOT}/home", f"{ROOT}/project", f"{ROOT}/tools"
USUAL = "home/.config/go/env"
OWN = "linux-" + {"aarch64": "arm64"}.get(platform.machine(), "amd64")
DECISIVE = ["GOFLAGS", "GOPATH", "GOWORK", "GO111MODULE", "GOPROXY", "GOCACHE", "GOBIN", "CC"]
"""Variables on which others hang, or with the most ways to be written."""
_LOCATIONS = [
    (60, {"HOME": HOME}, USUAL),
    (10, {"HOME": HOME, "XDG_CONFIG_HOME": f"{ROOT}/xdg"}, "xdg/go/env"),
    (3, {"HOME": HOME, "XDG_CONFIG_HOME": "xdg"}, "project/xdg/go/env"),
    (9, {"HOME": HOME, "GOENV": f"{ROOT}/own.env"}, "own.env"),
    (4, {"HOME": HOME, "GOENV": "own.env"}, "project/own.env"),
    (4, {"HOME": HOME, "GOENV": "off"}, USUAL),
    (1, {"HOME": HOME, "GOENV": f"{ROOT}/none"}, USUAL),
    (1, {"HOME": HOME, "GOENV": ROOT}, USUAL),
    (1, {"HOME": HOME, "GOENV": ""}, USUAL),
    (1, {"HOME": HOME, "GOENV": "OFF"}, USUAL),
    (1, {"HOME": "home"}, "project/home/.config/go/env"),
    (1, {"HOME": "."}, "project/.config/go/env"),
    (1, {"HOME": f"{ROOT}/x/../home"}, USUAL),
    (1, {"HOME": f"{HOME}/"}, USUAL),
    (1, {"HOME": "~"}, USUAL),
    (1, {"HOME": ""}, USUAL),
    (2, {}, USUAL),
]
"""How often, the variables that say where the user's file is, and where it is put."""


def draw(seed, number, versions):
    """Give the case of a seed and a number, where these versions of Go are here, oldest first."""
    return _Drawing(random.Random(f"{seed}:{number}"), versions).case(seed, number)


class _Drawing:
    def __init__(self, chance, versions):
        self.chance = chance
        self.versions = versions
        self.environment = {}
        self.directory = PROJECT
        self.files, self.links, self.gos, self.trees = {}, {}, {}, {}
        self.folders, self.programs = ["tmp", "home", "project"], []

    def case(self, seed, number):
        self._toolchains()
        self._folders()
        self._home()
        self._project()
        self._standing()
        self._variables()
        self._search_path()
        return Case(
            seed,
            number,
            self.environment,
            self.directory,
            self.files,
            tuple(self.folders),
            self.links,
            tuple(self.programs),
            self.gos,
            self.trees,
        )

    def _is(self, share):
        return self.chance.random() < share

    def _one(self, choices):
        return self.chance.choice(choices)

    def _weighed(self, choices):
        """One of things that each come with their weight."""
        weights = [weight for weight, *_ in choices]
        _, *chosen = self.chance.choices(choices, weights)[0]
        return chosen

    def _value(self, name):
        drawers = VALUES[name]
        luck = self.chance.random()
        if drawers.bad and luck < BAD:
            return self._one(drawers.bad)
        if drawers.odd and luck < BAD + ODD:
            return self._one(drawers.odd)
        return self._one(drawers.plain)

    def _toolchains(self):
        """Other versions on PATH and in the module cache, some under a wrong name."""
        self.known = []
        self.tools = self._is(0.4)
        if self.tools:
            for version in self.chance.sample(self.versions, min(3, len(self.versions))):
                self.gos[f"tools/{version}"] = version
                self.known.append(version)
            if self._is(0.15):
                self.gos["tools/go1.99.0"] = self._one(self.versions)
                self.known.append("go1.99.0")
            if self._is(0.05):
                name = f"{self._one(self.versions)}-custom"
                self.gos[f"tools/{name}"] = self._one(self.versions)
                self.known.append(name)
            if self._is(0.05):
                self.programs.append("tools/go1.99.9")
        if self._is(0.08):
            self._module_cache(self._one(self.versions))

    def _module_cache(self, version):
        """A downloaded toolchain; go runs it unseen only from a lone `file://` proxy."""
        self.known.append(version)
        cache = self._one(["home/go/pkg/mod", "gopath/pkg/mod", "modcache"])
        full = f"v0.0.1-{version}.{OWN}"
        self.trees[f"{cache}/golang.org/toolchain@{full}"] = {"of": version, "env": self._go_env()}
        download = f"{cache}/cache/download/golang.org/toolchain/@v/{full}"
        if self._is(0.9):
            self.files[f"{download}.ziphash"] = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        if self._is(0.1):
            self.files[f"{download}.partial"] = ""
        if cache == "modcache":
            self.environment["GOMODCACHE"] = f"{ROOT}/modcache"
        elif cache.startswith("gopath"):
            self.environment["GOPATH"] = f"{ROOT}/gopath"
        if self._is(0.7):
            self.environment["GOPROXY"] = f"file://{ROOT}/proxy"
        if self._is(0.8):
            name, value = self._one([("GOSUMDB", "off"), ("GONOSUMDB", "golang.org/*")])
            self.environment[name] = value

    def _go_env(self):
        return None if self._is(0.3) else go_env_text(self.chance, self._value)

    def _folders(self):
        """What values of variables point to; and the Go that is asked, in its own place or ours."""
        for name in ("empty", "gopath", "proxy", "project/sub/deep", "home/go"):
            if self._is(0.6):
                self.folders.append(name)
        self.files["home/file"] = ""
        if self._is(0.3):
            self.trees["sdk2"] = {
                "of": self._one([GO, self._one(self.versions)]),
                "env": self._go_env(),
            }
        luck = self.chance.random()
        if luck < 0.45:
            self.go = f"{GO}/bin"
        elif luck < 0.6:
            self.gos["links/go"] = GO
            self.go = f"{ROOT}/links"
        else:
            tree = {"of": GO, "env": self._go_env()}
            self.go = f"{ROOT}/sdk/bin"
            if self._is(0.08):
                tree["bin"] = "bin/linux_amd64"
                self.go = f"{ROOT}/sdk/bin/linux_amd64"
            if self._is(0.03):
                tree["without"] = ["pkg"]
            self.trees["sdk"] = tree

    def _home(self):
        """Where the user's file is, what it says, and what misleads about it."""
        environment, place = self._weighed(_LOCATIONS)
        self.environment |= environment
        if self._is(0.8):
            self.files[place] = env_text(self.chance, self._variable)
        if self._is(0.1) and place != USUAL:
            self.files[USUAL] = "GOPROXY=decoy\nGOPRIVATE=decoy\n"
        if self._is(0.1):
            self.environment["XDG_CACHE_HOME"] = self._one([f"{ROOT}/xc", "xc", f"{ROOT}/xc/", ""])
        self._telemetry(place)

    def _telemetry(self, place):
        config = "xdg" if place == "xdg/go/env" else "home/.config"
        if self._is(0.85):
            odd = ["on 2024-01-02", "local", "", "banana split", "off\n", "on\n2020", " off"]
            mode = self._one(odd) if self._is(0.15) else "off 2024-01-02"
            self.files[f"{config}/go/telemetry/mode"] = mode
        if self._is(0.02):
            self.environment["TEST_TELEMETRY_DIR"] = f"{ROOT}/telemetry"

    def _project(self):
        """Modules and a workspace."""
        if self._is(0.75):
            self.files["project/go.mod"] = self._module()
        if self._is(0.2):
            self.files["project/sub/go.mod"] = self._module()
        if self._is(0.2):
            place = self._one(["project/go.work", "go.work", "project/sub/go.work"])
            self.files[place] = self._module("use ./sub")
        if self._is(0.03):
            self.files["gopath/go.mod"] = "module m\n"
        if self._is(0.03):
            self.files["other.work"] = "go 1.21\n"
        if self._is(0.02):
            target = self._one([f"{ROOT}/project/sub", f"{ROOT}/none"])
            self.links["project/sub/deep/go.mod"] = target

    def _module(self, first="module example.org/m"):
        return mod_text(self.chance, self.known, self.versions, first)

    def _standing(self):
        """Where in all this somebody stands, and what the shell believes about it."""
        deeper = [f"{PROJECT}/sub", f"{PROJECT}/sub/deep", f"{ROOT}/tmp", f"{ROOT}/gopath/src/x"]
        self.directory = self._one([PROJECT, PROJECT, PROJECT, *deeper, HOME])
        if "sdk" in self.trees and self._is(0.1):
            self.directory = f"{ROOT}/sdk/work/deep"
        if self._is(0.08):
            self.links["link"] = PROJECT
            if self._is(0.5):
                self.directory = f"{ROOT}/link"
            self.environment["PWD"] = self._one([f"{ROOT}/link", f"{ROOT}/link/", "link", PROJECT])
        elif self._is(0.5):
            self.environment["PWD"] = self.directory

    def _variable(self):
        """A variable and a value, drawn together."""
        luck = self.chance.random()
        if luck < 0.1:
            return "GOTOOLCHAIN", self._toolchain()
        if luck < 0.16:
            pairs = NO_PLATFORMS if self._is(BAD) else PLATFORMS
            system, machine = ("linux", "amd64") if self._is(0.3) else self._one(pairs)
            return self._one([("GOOS", system), ("GOARCH", machine)])
        if luck < 0.2:
            name = self._one(list(DERIVED))
            return name, self._one(DERIVED[name])
        name = self._one(list(VALUES) + 3 * DECISIVE)
        return name, self._value(name)

    def _toolchain(self):
        there = self._one(self.known) if self.known else "local"
        usual = ["local", "auto", "path", "local+auto", "local+path", there, f"{there}+auto"]
        odd = [f"{there}+path", "go1.99.9", "go1.99.9+auto", "go1.99.9+path", "go1.22.10-x", ""]
        bad = [
            "default",
            "bash",
            f"{there}+",
            f"{there}+x",
            " local",
            "go2",
            "gccgo-go1.22",
            "/go1.2",
        ]
        luck = self.chance.random()
        return self._one(bad if luck < 0.05 else odd if luck < 0.2 else usual)

    def _variables(self):
        for _ in range(self._one([0, 1, 2, 2, 3, 4, 6, 9])):
            name, value = self._variable()
            self.environment.setdefault(name, value)
        if self._is(0.06):
            system, machine = self._one(NO_PLATFORMS if self._is(0.05) else PLATFORMS)
            self.environment |= {"GOOS": system, "GOARCH": machine}
        if self._is(0.01):
            version = self._one(self.versions)
            self.environment["GOTOOLCHAIN_INTERNAL_SWITCH_VERSION"] = version

    def _search_path(self):
        """PATH: the Go that is asked, with other things before and behind it."""
        front, back = [], []
        if self._is(0.4):
            self.programs += ["cc/gcc", *(["cc/g++", "cc/clang"] if self._is(0.3) else [])]
            self._one([front, back]).append(
                self._one([f"{ROOT}/cc"] * 6 + ["../cc", f"{ROOT}//cc/"])
            )
        if self._is(0.03):
            self.programs.append("project/gcc")
        if self._is(0.05):
            self.programs.append("cc/gccgo")
        if self._is(0.08):
            front.append(self._one(["", ".", f"{ROOT}/nowhere", "../cc", "~/bin", "$HOME/bin"]))
        if self._is(0.05):
            # Neither a folder nor a file that nobody may execute is a compiler.
            self.folders.append("no-compilers/gcc")
            self.files["no-compilers/gccgo"] = "#!/bin/sh\n"
            front.append(f"{ROOT}/no-compilers")
        if self.tools:
            self._one([front, back]).append(self._one([TOOLS] * 6 + ["../tools", f"{TOOLS}/"]))
        elements = [*front, self.go, *back]
        if not all(element.startswith("@") for element in elements) and self._is(0.3):
            # Without it go takes nothing from an element that is relative.
            self.environment.setdefault("GODEBUG", "execerrdot=0")
        self.environment["PATH"] = ":".join(elements)
