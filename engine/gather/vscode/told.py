"""What the collector declares of VS Code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import assignments
from engine.gather.declare import flag, group, listing, number, table, text, text_or_secret
from engine.gather.vscode.homes import FLAVORS
from engine.gather.vscode.launches import CONSOLES
from engine.gather.vscode.sources import KINDS, STATES
from engine.gather.vscode.terminal import STATES as PROFILES

if TYPE_CHECKING:
    from engine.model.json_value import JsonObject

_SETTINGS = "/home/dana/.config/Code/User/settings.json"
_FILE = text("The file that says so", _SETTINGS, form="path")
_LINE = number("Its line", 12)
_SCOPES = ("default", "user", "machine", "workspace", "workspace-file")
_SCOPE = text("Who sets it: the user, the machine, the folder", among=_SCOPES)
_SHELL_PATH = text("A path, or a name that is looked up on PATH", "/usr/bin/zsh", "zsh")


def _profile(about: str, **more: JsonObject) -> JsonObject:
    return group(
        about,
        **more,
        path=text(
            "The first of its paths that is there; a name without a slash is looked up on PATH",
            "/usr/bin/zsh",
        ),
        paths=listing("The paths that it gives, in the order in which they are tried", _SHELL_PATH),
        args=listing("What the shell is started with", text_or_secret("A word", "-l")),
        env=assignments("What it does to variables; it counts above the settings of the terminal"),
    )


def _env_file(about: str) -> JsonObject:
    return group(
        about,
        path=text("The file", "/home/dana/shop/.env", form="path"),
        state=text("What became of it", among=("present", "missing", "unreadable")),
        assignments=assignments("What it sets, as the Go extension reads it"),
    )


_NAME = text("The profile", "zsh")

VSCODE = group(
    "VS Code as it opens the folder, in a trusted workspace; of several editors the likeliest one. "
    "What a *.code-workspace file says is ambiguous, since the folder may be opened by itself",
    installed=flag("Whether an editor of this kind, or a server for one, was found"),
    flavors=listing("The editors that were found", text("One editor", among=FLAVORS)),
    flavor=text("The editor that all of this is about; missing if none was found", among=FLAVORS),
    folder=text("The folder that is opened", "/home/dana/shop", form="path"),
    launch_mode=text(
        "How the running editor was started: from a desktop, after which it asks a login shell "
        "for its variables, or from a command line, whose variables it keeps",
        among=("desktop", "cli"),
    ),
    files=listing(
        "The files that were looked for",
        group(
            "One file",
            path=text("The file", _SETTINGS, form="path"),
            kind=text("What it is for", among=KINDS),
            scope=text("Whose it is", among=_SCOPES[1:]),
            state=text(
                "What became of it; of a `broken` one VS Code takes what it can, as told here",
                among=STATES,
            ),
            errors=listing(
                "The mistakes in it, the first few",
                group("One mistake", what=text("What is wrong", "`}` is missing"), line=_LINE),
            ),
        ),
    ),
    settings=table(
        "The settings that count and matter to Go, the terminal and proxies, each value of a table "
        "by itself: `go.toolsEnvVars.GOFLAGS`",
        group(
            "One setting",
            value=text_or_secret("Its value; what is no text is written as JSON", "auto", "true"),
            scope=_SCOPE,
            file=_FILE,
            line=_LINE,
            shadowed=listing(
                "The values of other files that it hides, the next one first",
                group(
                    "One value",
                    value=text_or_secret("The value", "off"),
                    scope=_SCOPE,
                    file=_FILE,
                    line=_LINE,
                ),
            ),
        ),
        keys=("go.goroot", "go.toolsEnvVars.GOFLAGS", "terminal.integrated.inheritEnv"),
    ),
    dead_settings=listing(
        "Settings that the Go extension, gopls or VS Code no longer read",
        group(
            "One setting",
            name=text("The setting", "gopls.experimentalWorkspaceModule"),
            file=_FILE,
            line=_LINE,
            owner=text("Who read it", among=("the Go extension", "gopls", "VS Code")),
            since=text("The first version that does not; missing where it is not known", "0.40.0"),
            instead=text("What to use instead; missing if there is nothing", "a go.work file"),
        ),
    ),
    terminal=group(
        "The integrated terminal",
        inherit_env=flag("Whether it starts with the variables of the window"),
        shell_integration=flag("Whether VS Code runs a script of its own in shells that it knows"),
        detect_locale=text("When it sets `LANG`", "auto", "off", "on"),
        cwd=text_or_secret("The folder that it starts in, if a setting says so", "/home/dana"),
        directory=text_or_secret(
            "The folder that it starts in: that of the setting, else the one that is opened",
            "/home/dana/shop",
        ),
        env=assignments(
            "What the settings do to variables; `of: window` are those of the window, and one that "
            "is not there comes to nothing"
        ),
        profile=_profile(
            "The profile that it starts with",
            name=_NAME,
            state=text(
                "How it was found: it is `named` as the default; it is the one that starts the "
                "account's shell; or there is none, and the shell is started by itself",
                among=PROFILES,
            ),
        ),
        profiles=listing(
            "All profiles that settings tell of, VS Code's own among them",
            _profile("One profile", id=_NAME),
        ),
        automation_profile=_profile(
            "The profile for tasks and the debugger; missing if they use the other one"
        ),
    ),
    go=group(
        "The Go extension",
        goroot=text_or_secret("`go.goroot`; missing if it is not set", "/usr/local/go"),
        goroot_is_folder=flag(
            "Whether `go.goroot` is a folder; the extension ignores what is none. Missing if it is "
            "not set"
        ),
        gopath=text_or_secret("`go.gopath`; missing if it is not set", "/home/dana/go"),
        goroot_env=assignments(
            "What `go.goroot` does to the extension's own environment: nothing where the folder is "
            "not there; `of: window` is the window's"
        ),
        gopath_env=assignments("What `go.gopath` sets for the tools, in the same way"),
        chosen=text_or_secret(
            "The `go` that the user chose for this folder by `Go: Choose Go Environment`; missing "
            "where none was",
            "/home/dana/sdk/go1.22.10/bin/go",
        ),
        tools_gopath=text_or_secret("`go.toolsGopath`; missing if it is not set", "/home/dana/t"),
        infer_gopath=flag("`go.inferGopath`: whether GOPATH follows from the folder"),
        activate_terminal=flag(
            "`go.terminal.activateEnvironment`: whether a Go that is not the one on PATH is put "
            "before PATH in terminals"
        ),
        language_server=flag("`go.useLanguageServer`: whether gopls runs"),
        alternate_tools=table(
            "`go.alternateTools`: programs to use instead",
            text_or_secret("The program", "/home/dana/bin/gopls"),
            keys=("go", "gopls"),
        ),
        tools_env=assignments(
            "`go.toolsEnvVars`: for go, gopls, tests and the debugger; `of: window` is the "
            "extension's own environment"
        ),
        test_env=assignments("`go.testEnvVars`: for tests, above the file"),
        test_env_files=listing(
            "`go.testEnvFile`: for tests, above `go.toolsEnvVars`", _env_file("One file")
        ),
        proxy=assignments("What `http.proxy` sets for go and its tools, above all settings"),
    ),
    gopls=group(
        "What is told to gopls, the language server",
        env=assignments("`build.env`: what gopls sets for the go command, above its environment"),
    ),
    launches=listing(
        "The launch configurations, those of *.code-workspace files and, where they are known, of "
        "the user among them",
        group(
            "One configuration",
            id=text("Its name; of two alike the second is `... (2)`", "Launch server"),
            file=_FILE,
            line=_LINE,
            type=text("The debugger that it is for", "go"),
            for_go=flag("Whether that is the one of Go"),
            request=text("What it does", "launch", "attach"),
            mode=text("How the program is made, as it counts", "auto", "debug", "test"),
            console=text("Where the program runs, as it counts", among=CONSOLES),
            cwd=text_or_secret("The folder that the program runs in", "/home/dana/shop"),
            env=assignments("What it does to variables, above its files and `go.toolsEnvVars`"),
            env_files=listing(
                "The files with variables, a later one above the others",
                _env_file("One file of a configuration"),
            ),
        ),
    ),
    tasks=listing(
        "The tasks, those of *.code-workspace files and, where they are known, of the user among "
        "them",
        group(
            "One task",
            id=text("Its label; of two alike the second is `... (2)`", "build"),
            file=_FILE,
            line=_LINE,
            type=text("What runs it; missing if it does not say", "shell", "process", "go"),
            for_go=flag("Whether it is one of the Go extension, or runs `go`"),
            command=text_or_secret("The command, as it is written", "go build ./..."),
            args=listing("Its words, as they are written", text_or_secret("A word", "./...")),
            env=assignments("What it does to variables, above those of the terminal"),
            shell=group(
                "The shell that it asks for",
                executable=text_or_secret("The program", "/bin/bash"),
                args=listing("What it is started with", text_or_secret("A word", "-lc")),
            ),
        ),
    ),
)
