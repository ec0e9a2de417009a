"""Settings that the Go extension, gopls or VS Code read once and pass over today.

Sources: each version of `extension/package.json` of golang/vscode-go, with its CHANGELOG;
`setOne` in `gopls/internal/settings/settings.go` of golang/tools; and, for terminals, the list of
settings in `src/vs/platform/terminal/common/terminal.ts` of microsoft/vscode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.loading.nodes import Node


@record
class Dead:
    """One such setting where it stands: its name, its line, who dropped it, what to set instead."""

    name: str
    line: int | None
    owner: str
    since: str = ""
    instead: str = ""


EXTENSION = {
    "go.autocompleteUnimportedPackages": ("0.40.0", "gopls, which always does it"),
    "go.autocomplteUnimportedPackages": ("0.6.43", "gopls, which always does it"),
    "go.docsTool": ("0.40.0", "gopls"),
    "go.formatOnSave": ("0.6.69", "editor.formatOnSave"),
    "go.gocodeAutoBuild": ("0.40.0", "gopls"),
    "go.gocodeFlags": ("0.40.0", "gopls"),
    "go.gocodePackageLookupMode": ("0.40.0", "gopls"),
    "go.gotoSymbol.ignoreFolders": ("0.40.0", "gopls"),
    "go.gotoSymbol.includeGoroot": ("0.40.0", "gopls"),
    "go.gotoSymbol.includeImports": ("0.40.0", "gopls"),
    "go.languageServerExperimentalFeatures": ("0.39.0", "gopls"),
    "go.liveErrors": ("0.40.0", "gopls"),
    "go.overwriteGoplsMiddleware": ("0.24.0", ""),
    "go.referencesCodeLens.enabled": ("0.6.60", "go.enableCodeLens"),
    "go.testExplorerConcatenateMessages": ("0.28.0", "go.testExplorer.concatenateMessages"),
    "go.testExplorerPackages": ("0.28.0", "go.testExplorer.packageDisplayMode"),
    "go.testExplorerRunBenchmarks": ("0.28.0", "go.testExplorer.alwaysRunBenchmarks"),
    "go.testExplorerSetDynamicSubtestRange": (
        "0.28.0",
        "go.testExplorer.showDynamicSubtestsInEditor",
    ),
    "go.useCodeSnippetsOnFunctionSuggest": ("0.40.0", "gopls"),
    "go.useCodeSnippetsOnFunctionSuggestWithoutType": ("0.40.0", "gopls"),
    "go.useDiffForFormatting": ("0.6.71", ""),
    "go.useDlvDap": ("0.23.0", "go.delveConfig"),
    "go.useGoProxyToCheckForToolUpdates": ("0.40.0", "go.toolsManagement.checkForUpdates"),
}
"""By name: the first version that no longer declares it, and what to set instead."""

GOPLS = {
    "experimentalDisabledAnalyses": "analyses",
    "disableDeepCompletion": "deepCompletion",
    "disableFuzzyMatching": "fuzzyMatching",
    "wantCompletionDocumentation": "completionDocumentation",
    "wantUnimportedCompletions": "completeUnimported",
    "fuzzyMatching": "matcher",
    "caseSensitiveCompletion": "matcher",
    "experimentalDiagnosticsDelay": "diagnosticsDelay",
    "allowImplicitNetworkAccess": "",
    "memoryMode": "",
    "tempModFile": "",
    "experimentalWorkspaceModule": "a go.work file",
    "experimentalTemplateSupport": "",
    "experimentalWatchedFileDelay": "",
    "experimentalPackageCacheKey": "",
    "allowModfileModifications": "",
    "allExperiments": "",
    "experimentalUseInvalidMetadata": "",
    "newDiff": "",
    "wantSuggestedFixes": "",
    "noIncrementalSync": "",
    "watchFileChanges": "",
    "go-diff": "",
}
"""By the last part of a name below `gopls`, which alone gopls looks at: what to set instead."""

_TERMINAL = {
    f"terminal.integrated.{name}.{platform}": f"terminal.integrated.{instead}.{platform}"
    for name, instead in (
        ("shell", "defaultProfile"),
        ("shellArgs", "profiles"),
        ("automationShell", "automationProfile"),
    )
    for platform in ("linux", "osx", "windows")
}


def dead_in(settings: Node) -> Iterator[Dead]:
    """Give the settings of a file that nobody reads any more."""
    for key, node in settings.entries.items():
        line = settings.place_of(key).line
        if key in EXTENSION:
            since, instead = EXTENSION[key]
            yield Dead(key, line, "the Go extension", since, instead)
        elif key in _TERMINAL:
            yield Dead(key, line, "VS Code", "", _TERMINAL[key])
        elif key == "gopls":
            for name in node.entries:
                if (last := name.rpartition(".")[2]) in GOPLS:
                    place = node.place_of(name)
                    yield Dead(f"gopls.{name}", place.line, "gopls", "", GOPLS[last])
        elif key.startswith("gopls.") and (last := key.rpartition(".")[2]) in GOPLS:
            yield Dead(key, line, "gopls", "", GOPLS[last])
