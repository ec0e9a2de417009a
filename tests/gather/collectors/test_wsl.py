from __future__ import annotations

import pytest

from tests.gather.fake_host import Node, folder, link

WSL2 = {"/proc/sys/kernel/osrelease": "5.15.167.4-microsoft-standard-WSL2\n"}
WSL1 = {"/proc/sys/kernel/osrelease": "4.4.0-19041-Microsoft\n"}
CUSTOM = {"/proc/sys/kernel/osrelease": "6.9.0-mine\n", "/run/WSL": folder()}
CONF = "/etc/wsl.conf"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games:/usr/local/games"
PROFILE = {"WSLENV": "USERPROFILE/up", "USERPROFILE": "/mnt/c/Users/dana"}
USER_CONFIG = "/mnt/c/Users/dana/.wslconfig"


@pytest.fixture
def wsl_of(survey_of):
    """Gather a machine of WSL: `wsl_of(conf, {...files}, environment={...})`."""

    def make(conf=None, files=None, *, kernel=WSL2, environment=None, **machine):
        given = kernel | ({} if conf is None else {CONF: conf}) | (files or {})
        named = {"WSLENV": ""} if environment is None else environment
        document, _ = survey_of(given, environment=named, only=("wsl",), **machine)
        return document["facts"].get("wsl"), document

    return make


def assigned(wsl, name):
    return [row for row in wsl["default_environment"] if row["name"] == name]


def hole(document, path):
    return document["absent"][f"/wsl/{path}"]["reason"]


def test_every_setting_is_told_with_its_line(wsl_of):
    wsl, document = wsl_of("[interop]\nappendWindowsPath = false # slow\n[user]\ndefault=eve\n")
    conf = wsl["conf"]
    assert (conf["state"], conf["append_windows_path"], conf["default_user"]) == (
        "present",
        False,
        "eve",
    )
    assert conf["settings"] == [
        {"name": "interop.appendWindowsPath", "value": "false", "line": 2},
        {"name": "user.default", "value": "eve", "line": 4},
    ]
    places = document["provenance"]
    assert places["/wsl/conf/append_windows_path"]["line"] == 2
    assert places["/wsl/conf/interop_enabled"] == {"collector": "wsl", "from": "WSL's default"}
    assert "boot_command" not in conf
    assert "stops_at_line" not in conf


def test_a_broken_line_is_told_and_nothing_behind_it_counts(wsl_of):
    wsl, _ = wsl_of("[interop]\nenabled\nappendWindowsPath=false\n")
    assert wsl["conf"]["stops_at_line"] == 2
    assert wsl["conf"]["append_windows_path"] is True


def test_without_a_file_defaults_hold(wsl_of):
    wsl, _ = wsl_of()
    assert wsl["conf"]["state"] == "missing"
    assert wsl["windows_path"] == {"appended": True}
    assert wsl["conf"]["settings"] == []


def test_a_machine_that_is_not_of_wsl_certainly_has_none(survey_of):
    kernel = {"/proc/sys/kernel/osrelease": "6.1.0-18-amd64\n"}
    document, _ = survey_of({**kernel, CONF: "[user]\n"}, environment={"WSLENV": "A"})
    assert "wsl" not in document["facts"]
    assert document["absent"].get("/wsl") is None or document["absent"]["/wsl"]["certain"]


def test_a_container_on_its_kernel_has_no_session(wsl_of):
    assert wsl_of(files={"/.dockerenv": ""})[0] is None
    # With systemd, WSL calls itself a container.
    assert wsl_of(files={"/run/systemd/container": "wsl\n"})[0] is not None


def test_a_session_begins_with_what_wsl_sets(wsl_of):
    wsl, document = wsl_of("[network]\nhostname=a_b\n", environment={"WSLENV": ""})
    values = {row["name"]: row.get("value") for row in wsl["default_environment"]}
    assert values["HOSTTYPE"] == "x86_64"
    assert values["TERM"] == "xterm-256color"
    assert (values["HOME"], values["USER"], values["SHELL"]) == ("/home/dana", "dana", "/bin/bash")
    assert (values["NAME"], values["LANG"]) == ("ab", "en_US.UTF-8")
    assert "XDG_RUNTIME_DIR" not in values
    names = [row["name"] for row in wsl["default_environment"]]
    for name in ("WSL_INTEROP", "WSL_DISTRO_NAME"):
        assert hole(document, f"default_environment/{names.index(name)}/value") == "opaque"
    assert assigned(wsl, "NAME")[0]["line"] == 2
    assert "file" not in assigned(wsl, "HOME")[0]


def test_what_windows_alone_knows_is_not_told(wsl_of):
    wsl, document = wsl_of()
    assert hole(document, "windows_path/value") == "opaque"
    first, driver, windows = assigned(wsl, "PATH")
    assert first["value"] == PATH
    assert driver["parts"][-1] == "/usr/lib/wsl/lib"
    assert windows["parts"][0] == {
        "variable": "PATH",
        "then": [{"variable": "PATH"}, ":"],
        "empty_is_unset": True,
    }
    assert windows["parts"][-1]["unknown"] == "opaque"
    assert assigned(wsl, "http_proxy")[0]["how"] == "pass"


@pytest.mark.parametrize(
    ("conf", "kernel", "behind"),
    [
        ("", WSL2, ["/usr/lib/wsl/lib", "opaque"]),
        ("", WSL1, ["opaque"]),
        ("", CUSTOM, ["opaque", "opaque"]),
        ("[gpu]\nenabled=false\n", WSL2, ["opaque"]),
        ("[gpu]\nappendLibPath=false\n[interop]\nappendWindowsPath=0\n", WSL2, []),
    ],
)
def test_path_gets_what_the_settings_say(wsl_of, conf, kernel, behind):
    wsl, _ = wsl_of(conf, kernel=kernel)
    parts = [row["parts"][-1] for row in assigned(wsl, "PATH")[1:]]
    assert [part if isinstance(part, str) else part["unknown"] for part in parts] == behind


def test_interop_off_leaves_its_socket_out(wsl_of):
    wsl, _ = wsl_of("[interop]\nenabled=false\n")
    assert assigned(wsl, "WSL_INTEROP") == []
    assert wsl["windows_path"]["appended"] is True  # that has a setting of its own


@pytest.mark.parametrize(
    ("files", "kernel", "started"),
    [
        ({"/sbin/init": Node()}, WSL2, True),
        ({}, WSL2, False),
        ({"/sbin/init": Node(mode=0o644)}, WSL2, False),
        ({"/sbin/init": Node()}, WSL1, False),
        ({"/sbin/init": Node()}, CUSTOM, None),
    ],
)
def test_systemd_gives_its_addresses(wsl_of, files, kernel, started):
    wsl, _ = wsl_of("[boot]\nsystemd=true\n", files, kernel=kernel)
    rows = assigned(wsl, "XDG_RUNTIME_DIR") + assigned(wsl, "DBUS_SESSION_BUS_ADDRESS")
    if started:
        assert [row["value"] for row in rows] == ["/run/user/1000", "unix:path=/run/user/1000/bus"]
    else:
        assert [row["how"] for row in rows] == ([] if started is False else ["pass", "pass"])


def test_graphical_programs_are_told_of_where_they_are_there(wsl_of):
    wsl, _ = wsl_of("[automount]\nroot=/w\n", {"/w/wslg/runtime-dir": folder()})
    assert assigned(wsl, "XDG_RUNTIME_DIR")[0]["value"] == "/w/wslg/runtime-dir"
    assert assigned(wsl, "DISPLAY")[0]["value"] == ":0"
    wsl, _ = wsl_of("[automount]\nroot=/w\n", {"/mnt/wslg/runtime-dir": folder()})
    assert assigned(wsl, "DISPLAY") == []
    wsl, _ = wsl_of("[general]\nguiApplications=true\n")
    assert assigned(wsl, "DISPLAY")[0]["value"] == ":0"


def test_what_crosses_from_windows_is_named(wsl_of):
    wsl, document = wsl_of(environment={"WSLENV": "GOFLAGS:GOPATH/p:X/w:Y/z"})
    assert [(one["name"], one["reaches_linux"]) for one in wsl["wslenv"]] == [
        ("GOFLAGS", True),
        ("GOPATH", True),
        ("X", False),
        ("Y", False),
    ]
    assert assigned(wsl, "GOFLAGS")[0]["parts"] == [{"variable": "GOFLAGS", "of": "windows"}]
    assert (assigned(wsl, "GOPATH")[0]["how"], assigned(wsl, "GOPATH")[0]["of"]) == (
        "pass",
        "windows",
    )
    assert assigned(wsl, "X") == assigned(wsl, "Y") == []
    assert assigned(wsl, "WSLENV")[0]["value"] == "GOFLAGS:GOPATH/p:X/w:Y/z"
    names = [row["name"] for row in wsl["default_environment"]]
    assert names.index("GOFLAGS") < names.index("HOME")  # which WSL sets in the end
    assert f"/wsl/default_environment/{names.index('GOFLAGS')}/value" in document["absent"]


def processes(*named):
    """Lay out /proc: (pid, ppid, name, environment) of each; the last one gathers."""
    files = {"/proc/self": link(str(named[-1][0]))}
    for pid, ppid, name, environ in named:
        fields = " ".join(["S", str(ppid), *["0"] * 17, "100"])
        files |= {
            f"/proc/{pid}/stat": f"{pid} ({name}) {fields}\n",
            f"/proc/{pid}/cmdline": f"{name}\0",
            f"/proc/{pid}/environ": environ,
            f"/proc/{pid}/exe": link("/bin/bash"),
        }
    return files


@pytest.mark.parametrize(
    ("relay", "names"),
    [("Relay(20)", ["GOFLAGS"]), ("Relay(2)", ["MINE"]), ("sshd", ["MINE"])],
)
def test_what_crossed_is_what_the_session_began_with(wsl_of, relay, names):
    files = processes(
        (1, 0, "init", ""),
        (9, 1, relay, ""),
        (20, 9, "bash", "WSLENV=GOFLAGS\0WSL_DISTRO_NAME=Debian\0"),
        (30, 20, "make) S 1", ""),
        (31, 30, "python", ""),
    )
    wsl, _ = wsl_of(files=files, environment={"WSLENV": "MINE", "WSL_DISTRO_NAME": "other"})
    assert [one["name"] for one in wsl["wslenv"]] == names
    expected = "Debian" if names == ["GOFLAGS"] else "other"
    assert assigned(wsl, "WSL_DISTRO_NAME")[0]["value"] == expected


def test_without_wslenv_anything_may_have_crossed(wsl_of):
    wsl, document = wsl_of(environment={})
    assert "wslenv" not in wsl
    assert hole(document, "wslenv") == "not_collected"
    assert "/wsl/default_environment/-" in document["absent"]


@pytest.mark.parametrize(
    ("files", "value", "line"),
    [
        ({"/etc/default/locale": "LANG=C\nLANG='de_DE.UTF-8' # x\n"}, "de_DE.UTF-8", 2),
        ({"/etc/default/locale": "#LANG=C\n", "/etc/locale.conf": "LANG=C\n"}, "en_US.UTF-8", None),
        ({"/etc/locale.conf": "export LANG=C.UTF-8\n"}, "C.UTF-8", 1),
        ({"/etc/default/locale": b"LANG=\xff\n"}, None, 1),
        ({"/etc/default/locale": Node(mode=0)}, None, None),
    ],
)
def test_the_language_is_that_of_the_distribution(wsl_of, files, value, line):
    wsl, _ = wsl_of(files=files)
    last = assigned(wsl, "LANG")[-1]
    assert (last.get("value"), last.get("line")) == (value, line)


@pytest.mark.parametrize(
    ("environment", "known"),
    [
        (PROFILE, True),
        (PROFILE | {"WSLENV": "USERPROFILE"}, False),
        (PROFILE | {"WSLENV": "USERPROFILE/pw"}, False),
        (PROFILE | {"USERPROFILE": "C:\\Users\\dana"}, False),
        ({"WSLENV": "USERPROFILE/p"}, False),
        ({"USERPROFILE": "/mnt/c/Users/dana"}, False),
    ],
)
def test_the_windows_users_file_is_read_only_where_it_is_certain(wsl_of, environment, known):
    files = {USER_CONFIG: "\ufeff[wsl2]\r\nfoo bar\r\nsafeMode=true\r\n"}
    wsl, document = wsl_of(files=files, environment=environment)
    if not known:
        assert hole(document, "user_config") == "opaque"
        assert wsl["conf"]["append_windows_path"] is True
        return
    assert wsl["user_config"] == {
        "path": USER_CONFIG,
        "state": "present",
        "safe_mode": True,
        "gui_applications": True,
        "auto_proxy": True,
    }
    assert document["provenance"]["/wsl/user_config/safe_mode"]["line"] == 3
    # In safe mode nothing of Windows is handed on, whatever wsl.conf says.
    assert wsl["windows_path"]["appended"] is False
    assert len(assigned(wsl, "PATH")) == 1
    assert assigned(wsl, "http_proxy") == []


def test_a_windows_user_without_a_file_has_its_defaults(wsl_of):
    wsl, _ = wsl_of(environment=PROFILE)
    assert wsl["user_config"]["state"] == "missing"
    assert wsl["user_config"]["safe_mode"] is False


@pytest.mark.parametrize(
    ("node", "cause"),
    [
        (Node(mode=0), "permission"),
        (Node("fifo"), "unsupported"),
        (folder(), "unsupported"),
        (b"[user]\n" + b"#" * (1 << 20), "too_large"),
    ],
    ids=str,
)
def test_a_file_that_cannot_be_read_makes_its_settings_unknown(wsl_of, node, cause):
    wsl, document = wsl_of(files={CONF: node})
    assert wsl["conf"] == {"path": CONF, "state": "unreadable"}
    for key in ("append_windows_path", "default_user", "settings"):
        assert hole(document, f"conf/{key}") == cause
    assert hole(document, "windows_path/appended") == cause
    assert {row["how"] for row in assigned(wsl, "XDG_RUNTIME_DIR")} <= {"pass"}
    wsl, document = wsl_of(files={USER_CONFIG: node}, environment=PROFILE)
    assert wsl["user_config"]["state"] == "unreadable"
    assert "/wsl/user_config/safe_mode" in document["absent"]


def test_a_secret_in_it_is_hidden(wsl_of):
    command = "curl -H 'Authorization: Bearer ghp_0123456789abcdefghijklmnopqrstuvwxyzAB'"
    _, document = wsl_of(f"[boot]\ncommand = {command}\n")
    assert "ghp_0123456789" not in str(document)
