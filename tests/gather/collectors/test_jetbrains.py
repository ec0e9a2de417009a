from __future__ import annotations

import functools

import pytest

from tests.gather.fake_host import Node, folder, link
from tests.gather.jetbrains.machine import SHOP, WORKSPACE, gathered, project, run_of, shared
from tests.gather.running import running


@pytest.fixture
def jetbrains_of(survey_of):
    return functools.partial(gathered, survey_of)


@pytest.fixture
def one_run(jetbrains_of):
    def make(inside, **more):
        found, document = jetbrains_of(
            {f"{SHOP}/.run/server.run.xml": shared(run_of(inside, **more))}
        )
        return found["runs"][0], document

    return make


def test_a_run_configuration_is_told_with_its_lines(one_run):
    run, document = one_run(
        '<module name="shop" />\n'
        '<working_directory value="$PROJECT_DIR$/cmd" />\n'
        '<envs>\n<env name="GOFLAGS" value="-mod=mod" />\n'
        '<env name="API_TOKEN" value="hunter2" />\n'
        '<env name="CONF" value="$USER_HOME$/conf" />\n<env name="NO_VALUE" />\n</envs>\n'
        '<kind value="PACKAGE" /><method v="2" />'
    )
    file = f"{SHOP}/.run/server.run.xml"
    assert run == {
        "id": "server",
        "type": "GoApplicationRunConfiguration",
        "for_go": True,
        "file": file,
        "line": 2,
        "pass_parent": True,
        "working_directory": f"{SHOP}/cmd",
        "env_files": [],
        "env": [
            {"name": "GOFLAGS", "how": "set", "value": "-mod=mod", "file": file, "line": 6},
            {
                "name": "API_TOKEN",
                "how": "set",
                "value": run["env"][1]["value"],
                "file": file,
                "line": 7,
            },
            {"name": "CONF", "how": "set", "value": "/home/dana/conf", "file": file, "line": 8},
        ],
    }
    assert "$redacted" in run["env"][1]["value"]
    assert "hunter2" not in str(document)
    assert document["provenance"]["/jetbrains/runs/0/env/0"]["line"] == 6


def test_runs_come_from_all_files_and_templates_apart(jetbrains_of):
    template = '<configuration default="true" type="GoTestRunConfiguration"><envs>\
<env name="TF_ACC" value="1" /></envs></configuration>'
    found, _ = jetbrains_of(
        {
            WORKSPACE: project(
                '<component name="RunManager" selected="x">',
                template,
                run_of("", name="here"),
                run_of("", name="server", kind="Application"),
                '<configuration type="GoTestRunConfiguration" />',
                '<configuration name="of no kind" />',
                "</component>",
            ),
            f"{SHOP}/.idea/runConfigurations/server.xml": shared(run_of("")),
            f"{SHOP}/.run/server.run.xml": shared(run_of("")),
            f"{SHOP}/.run/notes.xml": shared(run_of("", name="not a run.xml")),
        }
    )
    assert [(run["id"], run["for_go"]) for run in found["runs"]] == [
        ("here", True),
        ("server", False),
        ("server (2)", True),
        ("server (3)", True),
    ]
    assert [(one["id"], one["env"][0]["name"]) for one in found["templates"]] == [
        ("GoTestRunConfiguration", "TF_ACC")
    ]
    assert found["project"] == SHOP
    assert [file["kind"] for file in found["files"]] == ["workspace", "run", "run"]


@pytest.mark.parametrize(
    ("inside", "kind", "passes"),
    [
        ("", "GoTestRunConfiguration", True),
        ('<pass_parent_env value="false" />', "GoTestRunConfiguration", False),
        ('<envs pass-parent-envs="false" />', "GoTestRunConfiguration", False),
        ('<option name="PASS_PARENT_ENVS" value="false" />', "Application", False),
        ('<option name="PARENT_ENVS" value="TRUE" />', "PythonConfigurationType", True),
        ("", "ShConfigurationType", "opaque"),
    ],
)
def test_each_kind_says_in_its_way_whether_a_run_inherits(one_run, inside, kind, passes):
    run, document = one_run(inside, kind=kind)
    hole = document["absent"].get("/jetbrains/runs/0/pass_parent", {})
    assert run.get("pass_parent", hole.get("reason")) == passes


def test_the_old_form_of_variables_is_read(one_run):
    run, _ = one_run('<option name="ENV_VARIABLES" value="A=1;B;C=x=y;" />', kind="Application")
    assert [(each["name"], each["value"]) for each in run["env"]] == [("A", "1"), ("C", "x=y")]
    run, _ = one_run('<envs /><option name="ENV_VARIABLES" value="A=1" />', kind="Application")
    assert run["env"] == []


def test_what_a_variable_depends_on_is_told_only_where_it_is_known(one_run):
    inside = '<envs><env name="PATH" value="/bin:/x:$PATH$" /></envs>'
    run, document = one_run(inside)
    assert run["env"][0]["parts"] == [
        "/bin:/x:",
        {
            "unknown": "opaque",
            "detail": "not every kind of program puts something in for `$PATH$`",
        },
    ]
    assert document["absent"]["/jetbrains/runs/0/env/0/value"]["reason"] == "opaque"
    run, _ = one_run('<envs><env name="PATH" value="/x:$PATH$" /></envs>', kind="Application")
    text, reference = run["env"][0]["parts"]
    assert (text, reference["variable"], reference["of"]) == ("/x:", "PATH", "ide")
    assert reference["else"][0]["unknown"] == "ambiguous"


def extension(*entries, enabled="true"):
    body = "".join(entries)
    return f'<envs><env name="A" value="1" /></envs><EXTENSION ID="net.ashald.envfile">\
<option name="IS_ENABLED" value="{enabled}" /><ENTRIES>{body}</ENTRIES></EXTENSION>'


OWN = '<ENTRY IS_ENABLED="true" PARSER="runconfig" IS_EXECUTABLE="false" />'
OWN_OFF = '<ENTRY IS_ENABLED="false" PARSER="runconfig" />'
A_FILE = '<ENTRY IS_ENABLED="true" PARSER="env" IS_EXECUTABLE="false" PATH="$PROJECT_DIR$/.env" />'
A_RELATIVE = '<ENTRY IS_ENABLED="true" PARSER="env" PATH="b/.env" />'
A_PROGRAM = '<ENTRY IS_ENABLED="true" PARSER="env" IS_EXECUTABLE="true" PATH="/bin/say" />'
ENV_FILE = '<option value="$PROJECT_DIR$/a.env" />'
FILE_OFF = '<ENTRY IS_ENABLED="false" PARSER="env" PATH=".env" />'


@pytest.mark.parametrize(
    ("inside", "files", "is_whole"),
    [
        (extension(OWN), [], True),
        (extension(), [], True),
        (extension(OWN, FILE_OFF), [], True),
        (extension(OWN, A_FILE, enabled="false"), [], True),
        (extension(OWN, A_FILE), [(f"{SHOP}/.env", False)], False),
        (extension(A_PROGRAM, OWN), [("/bin/say", True)], False),
        (extension(OWN_OFF), [], False),
        (extension(A_RELATIVE), [(f"{SHOP}/b/.env", False)], False),
        (
            f'<option name="envFilePaths"><list>{ENV_FILE}</list></option>',
            [(f"{SHOP}/a.env", False)],
            False,
        ),
        ('<extension name="coverage" enabled="false" />', [], True),
        ('<EXTENSION ID="com.example.direnv" />', [], False),
    ],
)
def test_files_and_plugins_with_variables_leave_the_list_open(one_run, inside, files, is_whole):
    run, document = one_run(inside)
    assert [(each["path"], each["is_run"]) for each in run["env_files"]] == files
    assert ("/jetbrains/runs/0/env/-" not in document["absent"]) is is_whole


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ('url="file://$USER_HOME$/sdk/go1.22.10"', "/home/dana/sdk/go1.22.10"),
        ('url="file:///usr/local/go"', "/usr/local/go"),
        ('path="$PROJECT_DIR$/../go"', f"{SHOP}/../go"),
    ],
)
def test_the_go_of_a_project_is_told_and_whether_it_is_there(jetbrains_of, written, path):
    files = {WORKSPACE: project(f'<component name="GOROOT" {written} />')}
    gone, _ = jetbrains_of(files)
    assert gone["goroot"] == {"path": path, "exists": False, "file": WORKSPACE, "line": 3}
    there = {
        "/home/dana/sdk/go1.22.10": folder(),
        "/usr/local/go": folder(),
        "/home/dana/go": folder(),
    }
    version = {f"{real}/VERSION": "go1.22.10\ntime x\n" for real in there}
    found, document = jetbrains_of(files | there | version)
    assert found["goroot"] == {
        "path": path,
        "exists": True,
        "version": "go1.22.10",
        "file": WORKSPACE,
        "line": 3,
    }
    assert document["provenance"]["/jetbrains/goroot/version"]["file"] == f"{path}/VERSION"


@pytest.mark.parametrize(
    ("component", "where", "cause"),
    [
        ('<component name="GOROOT" url="" />', "/jetbrains/goroot", "opaque"),
        ('<component name="GOROOT" url="docker://x" />', "/jetbrains/goroot/path", "unsupported"),
        ('<component name="GOROOT" url="go" />', "/jetbrains/goroot/exists", "opaque"),
        ('<component name="GOROOT" />' * 2, "/jetbrains/goroot", "ambiguous"),
    ],
)
def test_a_go_that_is_not_known_is_a_hole(jetbrains_of, component, where, cause):
    _, document = jetbrains_of({WORKSPACE: project(component)})
    assert document["absent"][where]["reason"] == cause


def test_the_settings_of_modules_the_terminal_and_the_gopath_are_told(jetbrains_of):
    found, document = jetbrains_of(
        {
            WORKSPACE: project(
                '<component name="VgoProject"><integration-enabled>false</integration-enabled>',
                "<proxy>https://dana:hunter2@proxy.example</proxy>",
                '<environment><map><entry key="GOPRIVATE" value="x" /></map></environment>',
                "</component>",
                '<component name="TerminalProjectNonSharedOptionsProvider">',
                '<envs><env key="B" value="$PROJECT_DIR$" /></envs>',
                '<option name="passParentEnvs" value="false" />',
                '<option name="shellPath" value="/bin/zsh" /></component>',
                '<component name="GoLibraries"><option name="urls"><list>',
                '<option value="file://$USER_HOME$/go" /><option value="jar://x" />',
                '</list></option><option name="useGoPathFromSystemEnvironment" value="false" />',
                "</component>",
            )
        }
    )
    assert found["modules"]["enabled"] is False
    assert [(each["name"], each["line"]) for each in found["modules"]["env"]] == [("GOPRIVATE", 5)]
    assert "hunter2" not in str(document)
    terminal = found["terminal"]
    assert (terminal["pass_parent"], terminal["shell"]) == (False, "/bin/zsh")
    assert terminal["env"][0]["value"] == SHOP
    assert found["gopath"]["entries"] == ["/home/dana/go"]
    assert found["gopath"]["use_system"] is False
    assert document["absent"]["/jetbrains/gopath/entries/-"]["reason"] == "unsupported"


def test_an_old_project_keeps_its_gopath_in_a_file_of_its_own(jetbrains_of):
    libraries = '<component name="GoLibraries"><option name="urls"><list>\
<option value="file://$PROJECT_DIR$" /></list></option></component>'
    old = {f"{SHOP}/.idea/goLibraries.xml": project(libraries)}
    found, _ = jetbrains_of(old)
    assert (found["gopath"]["entries"], found["gopath"]["use_system"]) == ([SHOP], True)
    _, document = jetbrains_of(old | {WORKSPACE: project('<component name="GoLibraries" />')})
    assert document["absent"]["/jetbrains/gopath"]["reason"] == "ambiguous"


@pytest.mark.parametrize(
    ("content", "state", "cause"),
    [
        (b"<project>", "broken", "parse_error"),
        (b"", "broken", "parse_error"),
        (b"\x00\xff", "broken", "parse_error"),
        (b'<!DOCTYPE a [<!ENTITY b "hunter2">]><project/>', "unreadable", "unsupported"),
        ("<project/>".encode("utf-16"), "unreadable", "unsupported"),
        (b"<a>" * 100_000, "unreadable", "too_large"),
        (b" " * (9 << 20), "unreadable", "too_large"),
        (Node("fifo"), "unreadable", "unsupported"),
        (folder(), "unreadable", "unsupported"),
        (Node(mode=0), "unreadable", "permission"),
    ],
    ids=str,
)
def test_a_hostile_file_costs_only_itself(jetbrains_of, content, state, cause):
    found, document = jetbrains_of(
        {WORKSPACE: content, f"{SHOP}/.run/server.run.xml": shared(run_of(""))}
    )
    assert [(file["path"], file["state"]) for file in found["files"]] == [
        (WORKSPACE, state),
        (f"{SHOP}/.run/server.run.xml", "present"),
    ]
    assert [run["id"] for run in found["runs"]] == ["server"]
    for key in ("goroot", "gopath", "modules", "terminal", "runs/-", "templates/-"):
        assert document["absent"][f"/jetbrains/{key}"]["reason"] == cause
    assert "hunter2" not in str(document)


def test_without_a_project_there_is_nothing(jetbrains_of):
    found, document = jetbrains_of({})
    assert found == {"installed": False, "products": [], "files": [], "runs": [], "templates": []}
    assert not [hole for hole in document["absent"] if hole.startswith("/jetbrains")]


def test_the_project_may_begin_further_up_but_not_above_the_work_tree(jetbrains_of):
    files = {WORKSPACE: project('<component name="GOROOT" url="file://$PROJECT_DIR$/go" />')}
    found, _ = jetbrains_of(files | {f"{SHOP}/api": folder()}, directory=f"{SHOP}/api")
    assert (found["project"], found["goroot"]["path"]) == (SHOP, f"{SHOP}/go")
    found, _ = jetbrains_of({"/home/dana/.idea/workspace.xml": project()})
    assert "project" not in found


def test_a_repository_is_read_without_leaving_it(jetbrains_of):
    written = '<component name="GOROOT" url="file://$USER_HOME$/go" />'
    elsewhere = {"/etc/idea/workspace.xml": project(written), "/etc/runs/x.xml": shared(run_of(""))}
    inside = {
        WORKSPACE: project(written),
        f"{SHOP}/.run/server.run.xml": shared(
            run_of('<working_directory value="$PROJECT_DIR$" />')
        ),
    }
    found, document = jetbrains_of(inside, subject="repository")
    assert found["runs"][0]["working_directory"] == SHOP
    for key in ("installed", "products", "load_shell_env", "goroot/path", "goroot/exists"):
        assert document["absent"][f"/jetbrains/{key}"]["reason"] == "not_collected"
    for links in (
        {f"{SHOP}/.idea": link("/etc/idea"), f"{SHOP}/.run": link("/etc/runs")},
        {WORKSPACE: link("/etc/idea/workspace.xml"), f"{SHOP}/.run": link("/etc/runs")},
        {WORKSPACE: project(), f"{SHOP}/.idea/runConfigurations": link("/etc/runs")},
    ):
        found, document = jetbrains_of(elsewhere | links, subject="repository")
        assert "goroot" not in found
        assert found["runs"] == []
        assert document["absent"]["/jetbrains/runs/-"]["reason"] == "not_collected"


def test_too_many_run_configurations_leave_the_list_open(jetbrains_of):
    files = {f"{SHOP}/.run/{n}.run.xml": shared(run_of("", name=f"{n}")) for n in range(201)}
    found, document = jetbrains_of(files)
    assert len(found["runs"]) == 200
    assert document["absent"]["/jetbrains/runs/-"]["reason"] == "too_large"


@pytest.mark.parametrize(
    ("exe", "environ", "mode"),
    [
        ("/opt/goland/bin/goland", b"HOME=/home/dana\0", "desktop"),
        ("/opt/goland/bin/goland", b"SHLVL=0\0", "desktop"),
        ("/opt/goland/bin/goland", b"SHLVL=2\0", "cli"),
        ("/opt/goland/jbr/bin/java", b"SHLVL=1\0", "cli"),
    ],
)
def test_the_ide_that_runs_says_how_it_was_started(jetbrains_of, exe, environ, mode):
    settings = {"/home/dana/.config/JetBrains/GoLand2025.3": folder()}
    words = b"java\0-cp\0x\0com.intellij.idea.Main\0"
    found, document = jetbrains_of({**settings, **running(7, exe, environ, words)})
    assert found["launch_mode"] == mode, document["absent"].get("/jetbrains/launch_mode")
    other = running(7, "/usr/bin/java", environ, b"java\0-jar\0x.jar\0")
    found, document = jetbrains_of({**settings, **other})
    assert "launch_mode" not in found
    assert document["absent"]["/jetbrains/launch_mode"]["reason"] == "not_collected"
