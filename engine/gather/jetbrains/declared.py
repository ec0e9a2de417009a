"""What is told of GoLand and IntelliJ IDEA: the declaration of the fact."""

from __future__ import annotations

from engine.gather.assignments import assignments
from engine.gather.declare import flag, group, listing, number, text, text_or_secret
from engine.gather.jetbrains.files import KINDS
from engine.gather.running_editors import MODES

_FILE = text("The file that says so", "/home/dana/shop/.idea/workspace.xml", form="path")
_LINE = number("Its line", 12)
_PASS_PARENT = flag("Whether it gets the variables of the program that starts it as well")
_GOPATH = group(
    "A GOPATH; missing where nothing is set",
    entries=listing(
        "Its folders in order", text_or_secret("A folder", "/home/dana/go", form="path")
    ),
    use_system=flag("Whether the folders of the variable GOPATH count as well"),
    file=_FILE,
    line=_LINE,
)
_SHELL_ENV = flag(
    "Whether it takes the variables of a login shell when the desktop starts it; from a terminal "
    "it never does"
)
_PRODUCT = group(
    "One version, by the settings that it keeps for the user",
    id=text("What it is called", "GoLand 2025.3"),
    name=text("The program, as its folder says", among=("GoLand", "IntelliJIdea")),
    version=text("Its version", "2025.3"),
    path=text("The folder", "/home/dana/.config/JetBrains/GoLand2025.3", form="path"),
    load_shell_env=_SHELL_ENV,
    shell=text_or_secret("The shell of its terminal; missing where none is chosen", "/bin/zsh"),
    gopath=_GOPATH,
)
_ENV_FILE = group(
    "One file",
    path=text_or_secret("The file", "/home/dana/shop/.env", form="path"),
    line=number("The line that names it", 14),
    is_run=flag("Whether it is run, and its variables are taken from what it says"),
)
_OF_RUN = {
    "type": text("Its kind", "GoApplicationRunConfiguration"),
    "for_go": flag("Whether it is of one of the kinds that Go has"),
    "file": _FILE,
    "line": _LINE,
    "env": assignments("The variables that it sets"),
    "pass_parent": _PASS_PARENT,
    "working_directory": text_or_secret(
        "The folder in which it starts; missing where none is set", "/home/dana/shop", form="path"
    ),
    "env_files": listing("Files with variables, which nobody reads here", _ENV_FILE),
}
FACTS = {
    "jetbrains": group(
        "GoLand and IntelliJ IDEA, in the directory that was gathered and at home",
        installed=flag("Whether one of them keeps settings for the user in the usual folder"),
        products=listing("Their versions that keep settings for the user", _PRODUCT),
        load_shell_env=_SHELL_ENV,
        launch_mode=text(
            "How the one that runs was started: by the desktop, or in a terminal, whose variables "
            "it keeps",
            among=MODES,
        ),
        project=text(
            "The folder of the project; missing where there is none",
            "/home/dana/shop",
            form="path",
        ),
        files=listing(
            "The files with settings that the project has",
            group(
                "One file",
                path=text("The file", "/home/dana/shop/.idea/workspace.xml", form="path"),
                kind=text(
                    "What it holds: the user's own settings, a GOPATH, a run configuration",
                    among=KINDS,
                ),
                state=text("What became of it", among=("present", "unreadable", "broken")),
                reason=text("Why it was not read; missing if it was", "it is not XML: no element"),
            ),
        ),
        goroot=group(
            "The Go that is chosen for the project; missing where none is",
            path=text_or_secret("Its folder", "/usr/local/go", form="path"),
            exists=flag("Whether the folder is there"),
            version=text("The version in its VERSION file", "go1.22.10", form="go-version"),
            file=_FILE,
            line=_LINE,
        ),
        gopath=_GOPATH,
        modules=group(
            "Its settings of Go modules; missing where there are none",
            enabled=flag("Whether the program works with modules; missing where nothing is said"),
            proxy=text_or_secret("The proxy", "https://proxy.golang.org,direct"),
            env=assignments("The variables that its `go` commands get"),
            file=_FILE,
            line=_LINE,
        ),
        terminal=group(
            "Its settings of the terminal; missing where there are none",
            env=assignments("The variables that a shell in it gets"),
            pass_parent=_PASS_PARENT,
            shell=text_or_secret("The shell that the project chose", "/bin/zsh"),
            file=_FILE,
            line=_LINE,
        ),
        runs=listing(
            "Its run configurations",
            group("One", id=text("Its name, made unique", "server"), **_OF_RUN),
        ),
        templates=listing(
            "What new run configurations begin with; those that are there do not read it",
            group(
                "The template of one kind",
                id=text("The kind, made unique", "GoTestRunConfiguration"),
                **_OF_RUN,
            ),
        ),
    )
}
