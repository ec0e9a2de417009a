"""The reports that the golden files show, each under its name in `CASES`."""

from __future__ import annotations

from engine.model.place import Place, Provenance
from engine.model.record import replace
from engine.model.verdicts import (
    CAUSES,
    DisabledRule,
    Evidence,
    Finding,
    Report,
    StaleWaiver,
    Unknown,
    Verdict,
    Waiver,
)
from engine.report import Layout


def verdict(rule: str, title: str, outcome: str, **fields: object) -> Verdict:
    """Give a verdict of a rule in the pack `go`."""
    place = Place(f"rules/go/{rule}.yaml", 1, 1)
    defaults = {"severity": "medium", "pack": "go"}
    return Verdict(rule=rule, title=title, outcome=outcome, place=place, **{**defaults, **fields})  # type: ignore[arg-type]


def evidence(fact: str, value: object, **provenance: object) -> Evidence:
    """Give a piece of evidence, with provenance if any of it is given."""
    origin = Provenance(**provenance) if provenance else None  # type: ignore[arg-type]
    return Evidence(fact, "/" + fact.replace(".", "/"), value, origin)


def finding(message: str, *pieces: Evidence, **fields: object) -> Finding:
    """Give a finding with a fingerprint that depends on its message only."""
    return Finding(
        message, pieces, f"sha256:{sum(message.encode('utf-8', 'replace')):064x}", **fields
    )  # type: ignore[arg-type]


def tool(index: int, name: str, line: int | None) -> Finding:
    """Give a finding about a tool outside GOROOT."""
    place = {"file": "~/.zshrc", "line": line} if line else {"collector": "path", "origin": "PATH"}
    return finding(
        f"`{name}` runs /usr/lib/go-1.19/bin/{name}, outside GOROOT /usr/local/go",
        evidence("tool.resolved", f"/usr/lib/go-1.19/bin/{name}", **place),
        evidence("go.env.GOROOT", "/usr/local/go", collector="go", origin="go env -json"),
        element=f"path.executables[{index}]",
        remedy="Put /usr/local/go/bin before /usr/bin on PATH",
    )


PASSES = (
    verdict("go-installed", "Go is installed", "pass", severity="high"),
    verdict("goproxy-allowed", "Modules come from an approved proxy", "pass", severity="critical"),
)
GOPLS = Waiver(
    "go-tools-in-goroot",
    "build-tools@acme.example",
    "gopls is pinned by the IDE image until 1.26",
    "2027-01-31",
    Place("waivers.yaml", 2, 5),
)
ENV_SET = verdict(
    "goroot-env-set",
    "GOROOT is not set by hand",
    "fail",
    about="Go finds its own GOROOT. A value set by hand outlives the Go that it was meant for.\n",
    references=("https://go.dev/doc/manage-install", "Handbook, chapter 4"),
    tags=("env", "security"),
    findings=(
        finding(
            "GOROOT is set to /usr/local/go in the login shell",
            evidence(
                "contexts.login.env.GOROOT.value",
                "/usr/local/go",
                collector="shell",
                file="/home/dev/.profile",
                line=12,
                column=8,
            ),
            remedy="Remove the line that sets GOROOT, then log out and in again; every shell "
            "that was started before keeps the old value",
        ),
    ),
)
TOOLS = verdict(
    "go-tools-in-goroot",
    "Go's own tools run from GOROOT",
    "fail",
    severity="high",
    findings=(tool(0, "go", 12), tool(3, "gofmt", None)),
)
BY_FILE = verdict(
    "debug-uses-project-env",
    "The debugger sees the project's environment",
    "fail",
    severity="low",
    findings=(
        finding(
            "The launch configuration `Server` sets GOFLAGS",
            evidence(
                "launch.env.GOFLAGS", "-mod=mod", file=".vscode/launch.json", line=14, column=9
            ),
            evidence("project.env.GOFLAGS", "-mod=readonly", file=".env", line=3),
            element="ide.vscode.launch[0]",
        ),
    ),
)
NOT_APPLICABLE = verdict("cgo-toolchain", "cgo finds a C compiler", "not_applicable")
UNKNOWN = verdict(
    "goproxy-private",
    "Private modules bypass the proxy",
    "unknown",
    severity="high",
    unknowns=(
        Unknown(
            "permission",
            "files./etc/profile.d/go.sh",
            "mode 0600, owned by root",
            evidence=(evidence("go.env.GOPRIVATE", "", collector="go", origin="go env -json"),),
        ),
    ),
)
BROKEN = verdict(
    "slow-rule",
    "A rule that is too hungry",
    "error",
    fault="more than 100000 elements were visited",
)
DISABLED = DisabledRule("go-ide-goland-sdk", "acme-go", "nobody here uses GoLand")
STALE = (
    StaleWaiver(replace(GOPLS, expires="2026-10-31"), "expired"),
    StaleWaiver(replace(GOPLS, place=Place("waivers.yaml", 16, 5)), "lapsed"),
    StaleWaiver(
        replace(GOPLS, rule="goroot-env-set", place=Place("waivers.yaml", 9, 5)), "not_needed"
    ),
)


def report(*verdicts: Verdict, document: str = "facts.json", **fields: object) -> Report:
    """Give a report on verdicts in the order of their rules, as the engine does."""
    ordered = tuple(sorted(verdicts, key=lambda one: one.rule))
    return Report(document, ordered, **fields)  # type: ignore[arg-type]


def _waived(one: Finding) -> Finding:
    return replace(one, waiver=GOPLS)


EVERYTHING = report(
    *PASSES,
    ENV_SET,
    TOOLS,
    BY_FILE,
    NOT_APPLICABLE,
    UNKNOWN,
    BROKEN,
    stale_waivers=STALE,
    disabled=(DISABLED,),
)

HOSTILE_TEXT = (
    "\x1b[2J\x1b]0;owned\x07 ]]> <b>&amp;\r\nfail[critical] forged\x9b31m\x7f "
    "\u202egpj.exe\u2066 \udc80\ud800 \ufffe e\u0301 日本"
)
HOSTILE = verdict(
    "hostile-facts",
    f"Title {HOSTILE_TEXT}",
    "fail",
    about=f"About\n{HOSTILE_TEXT}",
    tags=("a\x1b[0m",),
    references=("https://example.org/\x1b[0m",),
    findings=(
        finding(
            f"the value is {HOSTILE_TEXT}",
            evidence(f"a.{HOSTILE_TEXT}", HOSTILE_TEXT, file=f"./a b#?%:{HOSTILE_TEXT}", line=3),
            evidence("go.env.GOFLAGS", "-ldflags=" + "x" * 2_000 + " the end", origin=HOSTILE_TEXT),
            evidence("日本.語", "日本語" * 40),
            evidence("mixed", {"b": [1, 1.5, True, None], "a\u202e": {"\x1b": "\ud800"}}),
            evidence("windows", "x", file="C:\\Users\\dev\\a b.txt", line=1),
            element=f"xs[{HOSTILE_TEXT}]",
            remedy=f"first line\nsecond line {HOSTILE_TEXT}",
            waiver=None,
        ),
    ),
    unknowns=(Unknown(f"made up {HOSTILE_TEXT}", f"b.{HOSTILE_TEXT}", HOSTILE_TEXT, HOSTILE_TEXT),),
)

SECRETS = verdict(
    "no-token-in-url",
    "No token in a proxy's address",
    "fail",
    severity="critical",
    findings=(
        finding(
            "GOPROXY holds <redacted>",
            Evidence(
                "go.env.GOPROXY", "/go/env/GOPROXY", None, Provenance(file="~/.netrc"), "redacted"
            ),
            evidence("settings", {"token": "<redacted>", "plain": "x"}),
        ),
    ),
    unknowns=(
        Unknown(
            "redacted",
            "go.env.GOPRIVATE",
            evidence=(
                Evidence(
                    "go.env.GOPRIVATE",
                    "/go/env/GOPRIVATE",
                    None,
                    Provenance(collector="shell", file="~/.zshrc", line=3),
                    "redacted",
                ),
            ),
        ),
    ),
)

_OF_EACH_CAUSE = tuple(
    verdict(
        f"cause-{cause.replace('_', '-')}",
        f"A rule that meets `{cause}`",
        "unknown",
        unknowns=(Unknown(cause, f"some.fact.of.{cause}"),),
    )
    for cause in CAUSES
)
_MANY = verdict(
    "many-unknowns",
    "Every tool is known",
    "fail",
    findings=(tool(0, "go", 12),),
    unknowns=(
        *(
            Unknown("permission", "tool.resolved", element=f"path.executables[{index}]")
            for index in range(1, 9)
        ),
        Unknown("missing", "tool.name", element="path.executables[9]"),
    ),
)

CASES: dict[str, tuple[tuple[Report, ...], Layout | None]] = {
    "all_pass": ((report(*PASSES, document="this machine"),), None),
    "failures": ((report(*PASSES, ENV_SET, BY_FILE),), None),
    "two_elements": ((report(*PASSES, TOOLS),), None),
    "title_is_the_message": (
        (report(verdict("x", "X holds", "fail", findings=(finding("X holds"),))),),
        None,
    ),
    "waived": (
        (
            report(
                replace(TOOLS, findings=(_waived(TOOLS.findings[0]), tool(3, "gofmt", 4))),
                replace(ENV_SET, findings=tuple(map(_waived, ENV_SET.findings))),
                *PASSES,
            ),
        ),
        None,
    ),
    "unknown": ((report(UNKNOWN, *PASSES),), None),
    "every_cause": ((report(*_OF_EACH_CAUSE),), None),
    "many_unknowns": ((report(_MANY),), None),
    "error": ((report(BROKEN, *PASSES),), None),
    "hostile": ((report(HOSTILE, document=f"a{HOSTILE_TEXT}.json"),), None),
    "secrets": ((report(SECRETS),), None),
    "documents": (
        (
            report(*PASSES, TOOLS, document="a/facts.json"),
            report(*PASSES, UNKNOWN, document="b/facts.json"),
        ),
        None,
    ),
    "no_documents": ((), None),
    "no_rules": ((report(),), None),
    "stale_waivers": ((report(*PASSES, stale_waivers=STALE),), None),
    "nothing_applicable": ((report(NOT_APPLICABLE),), None),
    "everything": ((EVERYTHING,), None),
    "everything_in_colour": ((EVERYTHING,), Layout(colour=True)),
    "everything_narrow": ((EVERYTHING,), Layout(width=48)),
    "everything_verbose": ((EVERYTHING, report(_MANY, SECRETS)), Layout(verbose=True)),
}
"""A case with a layout of its own is shown as text only."""
