"""Which file may set what: the scopes that VS Code and its extensions declare for their settings.

Sources: `registerConfiguration` all over microsoft/vscode, `contributes.configuration` in
`extension/package.json` of golang/vscode-go, and `src/vs/workbench/services/configuration/common/
configuration.ts` for what each file may hold.
"""

from __future__ import annotations

FILES = {
    "application": frozenset(("application", "application-machine")),
    "user": frozenset(
        ("application", "application-machine", "machine", "machine-overridable", "resource",
         "window")
    ),
    "profile": frozenset(("machine", "machine-overridable", "resource", "window")),
    "machine": frozenset(
        ("application-machine", "machine", "machine-overridable", "resource", "window")
    ),
    "workspace": frozenset(("machine-overridable", "resource", "window")),
    "folder": frozenset(("machine-overridable", "resource")),
}  # fmt: skip
"""The scopes whose settings count in a file of each kind; others are passed over in it.

`folder` is what `.vscode/settings.json` may hold where a *.code-workspace is open, `profile` the
settings of another profile than the default one, whose file then counts as `application` only.
"""

_TERMINAL = "terminal.integrated."
_PLATFORMS = ("linux", "osx", "windows")

RESTRICTED = frozenset(
    (
        *(f"{_TERMINAL}{name}.{platform}"
          for name in ("env", "profiles", "defaultProfile", "automationProfile")
          for platform in _PLATFORMS),
        f"{_TERMINAL}cwd",
        f"{_TERMINAL}shellIntegration.enabled",
        "http.proxy",
    )
)  # fmt: skip
"""What a workspace may set only if it is trusted."""

_SCOPES = {
    "application.shellEnvironmentResolutionTimeout": "application",
    "http.proxy": "application-machine",
    "security.workspace.trust.enabled": "application",
    f"{_TERMINAL}allowInUntrustedWorkspace": "application",
    f"{_TERMINAL}inheritEnv": "application",
    f"{_TERMINAL}persistentSessionScrollback": "application",
    f"{_TERMINAL}showLinkHover": "application",
    f"{_TERMINAL}detectLocale": "window",
    "workbench.settings.applyToAllProfiles": "application",
    "gopls": "resource",
    **dict.fromkeys(RESTRICTED - {"http.proxy"}, "window"),
    **dict.fromkeys(
        ("go.gopath", "go.goroot", "go.logging.level", "go.toolsGopath", "go.toolsManagement.go"),
        "machine-overridable",
    ),
    **dict.fromkeys(
        (
            "go.coverOnSingleTest", "go.coverOnSingleTestFile", "go.coverOnTestPackage",
            "go.experiments", "go.inlayHints.assignVariableTypes",
            "go.inlayHints.compositeLiteralFields", "go.inlayHints.compositeLiteralTypes",
            "go.inlayHints.constantValues", "go.inlayHints.functionTypeParameters",
            "go.inlayHints.ignoredError", "go.inlayHints.parameterNames",
            "go.inlayHints.rangeVariableTypes", "go.languageServerFlags", "go.playground",
            "go.showWelcome", "go.survey.prompt", "go.tasks.provideDefault",
            "go.testExplorer.enable", "go.testExplorer.showOutput",
            "go.toolsManagement.checkForUpdates", "go.trace.server", "go.useLanguageServer",
        ),
        "window",
    ),
    **dict.fromkeys(
        (
            "go.addTags", "go.alternateTools", "go.buildFlags", "go.buildOnSave", "go.buildTags",
            "go.coverMode", "go.coverOnSave", "go.coverShowCounts", "go.coverageDecorator",
            "go.coverageOptions", "go.delveConfig", "go.diagnostic.vulncheck",
            "go.disableConcurrentTests", "go.editorContextMenuCommands", "go.enableCodeLens",
            "go.formatFlags", "go.formatTool", "go.generateTestsFlags", "go.inferGopath",
            "go.installDependenciesWhenBuilding", "go.lintFlags", "go.lintOnSave", "go.lintTool",
            "go.removeTags", "go.terminal.activateEnvironment", "go.testEnvFile",
            "go.testEnvVars", "go.testExplorer.alwaysRunBenchmarks",
            "go.testExplorer.concatenateMessages", "go.testExplorer.packageDisplayMode",
            "go.testExplorer.showDynamicSubtestsInEditor", "go.testFlags", "go.testOnSave",
            "go.testTags", "go.testTimeout", "go.toolsEnvVars", "go.toolsManagement.autoUpdate",
            "go.vetFlags", "go.vetOnSave",
        ),
        "resource",
    ),
}  # fmt: skip

_TOLD = ("go.", "gopls", _TERMINAL, "http.proxy", "application.shellEnvironmentResolutionTimeout")


def scope_of(key: str) -> str | None:
    """Give the scope of a setting; None for what is no setting of its own, or none of ours."""
    return _SCOPES.get(key)


def is_told(key: str) -> bool:
    """Say whether a setting is one that matters to a Go developer's environment."""
    return key.startswith(_TOLD)
