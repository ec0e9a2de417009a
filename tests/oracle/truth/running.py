"""One case, run through its real shell."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path

from tests.oracle.truth.probes import LAUNCH, PATHS_SH, probe_text
from tests.oracle.truth.shells import PROBE_FOLDER, SHELLS, TRACKED
from tests.oracle.truth.spawning import standard_input, terminal, typed, waited
from tests.oracle.truth.staging import ancestors, stage
from tests.oracle.truth.strace import read_trace
from tests.oracle.truth.xtrace import placed, setters_from_xtrace, trace_env

_STRACE = ["strace", "-f", "-y", "-qq", "--seccomp-bpf", "-s", "300"]
_STRACE += ["-e", "trace=open,openat,execve", "-e", "signal=none", "-o"]


def run_case(case, *, track=None, command="go", timeout=20.0, trace=False):
    """Run one case. Keys of the result:

    status          ok | no_probe (the shell left before: exit, exec, set -e) | timeout
    loaded          files that the shell process itself opened, in order, repeats kept
    attempted       files that it tried to open and did not find
    subshell_read   opened by a forked subshell (no effect on the environment)
    state_files     fish_variables
    execs           what the shell process replaced itself with before the probe
    env             what a child sees;  vars  tracked variables, also those not exported
    command         alias, function and executables on PATH for `command`
    setters         (with `trace`, a second run) name -> [[file, line, command], ...]
    """
    track = track or TRACKED
    with _Run(case, track, command, timeout) as run:
        found = run.observed()
    if trace:
        with _Run(case, track, command, timeout) as run:
            found["setters"] = placed(run.traced(), case, found["loaded"])
    return found


def memory():
    """Where many small files are laid out and removed fast, if there is such a place."""
    shared = "/dev/shm"
    return os.environ.get("ORACLE_TMP") or (shared if os.access(shared, os.W_OK) else None)


class _Run:
    """A case laid out below a temporary folder."""

    def __init__(self, case, track, command, timeout):
        self._case, self._track, self._command, self._timeout = case, track, command, timeout
        self._mode = case["mode"]
        self._via = self._mode.get("via", "c")
        self._exe, self._argv0, self._family = SHELLS[case["shell"]]
        self._folder = Path(tempfile.mkdtemp(prefix="orc-", dir=memory()))
        self._probe = self._folder / "root/run/oracle"
        self._raw = b""

    def __enter__(self):
        try:
            self._stage()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        shutil.rmtree(self._folder, ignore_errors=True)

    def _stage(self):
        root = self._folder / "root"
        root.mkdir()
        self._mounts = stage(self._case, root)
        text = probe_text(self._family, self._command, self._track)
        (self._probe / "probe").write_text(text)
        (self._probe / "script").write_text(text)
        (self._probe / "paths.sh").write_text(PATHS_SH)

    def observed(self):
        """Run under strace, and read what the probe wrote."""
        log = self._folder / "trace"
        sandboxed, argv0 = self._command_line(self._case.get("env", {}), [])
        code = self._spawn([*_STRACE, str(log), "--", *sandboxed])
        ended = (self._probe / "out/end").exists()
        lost = "timeout" if code == "timeout" else "no_probe"
        found = {"status": "ok" if ended else lost, "exit": code}
        below = [*self._case.get("files", {}), f"{self._directory()}/x"]
        folders = {folder for path in below for folder in ancestors(path)}
        text = log.read_text(errors="replace")
        found |= read_trace(text, self._exe, argv0, folders)
        found["env"] = dict(
            pair.split("=", 1) for pair in self._out("env").split("\0") if "=" in pair
        )
        found["vars"] = self._variables(found["env"])
        found["command"] = self._command_found()
        found["flags"] = self._out("flags")
        found["stderr"] = self._raw.decode(errors="replace")[-1500:]
        return found

    def traced(self):
        """Run under the shell's own trace, and give who set what."""
        flags = [] if self._family == "fish" else ["-x"]
        environment = self._case.get("env", {}) | trace_env(self._family)
        sandboxed, _ = self._command_line(environment, flags)
        log = self._folder / "xt"
        if self._family == "bash":  # BASH_XTRACEFD=9
            sandboxed = ["/bin/sh", "-c", 'exec "$@" 9>>"$0"', str(log), *sandboxed]
        self._spawn(sandboxed)
        if self._family == "bash":
            text = log.read_text(errors="replace")
        else:
            text = self._raw.decode(errors="replace").replace("\r\n", "\n")
        return setters_from_xtrace(text, self._track, self._family)

    def _directory(self):
        environment = self._case.get("env", {})
        return environment.get("PWD") or environment.get("HOME") or "/"

    def _command_line(self, environment, more_flags):
        uid = str(self._case.get("uid", 1000))
        pairs = [f"{name}={value}" for name, value in environment.items()]
        login = self._mode.get("login")
        if self._via == "su":
            spaces = ["--unshare-pid", "--unshare-net", "--unshare-ipc"]
            argv = [("-" if login else "") + os.path.basename(self._exe)]
            launch = [*pairs, "/usr/bin/su", *(["-l"] if login else [])]
            launch += ["user", "-c", f". {PROBE_FOLDER}/probe"]
        else:
            spaces = ["--unshare-all", "--uid", uid, "--gid", uid]
            argv = self._argv(more_flags)
            at_terminal = "1" if self._via == "pty" else "0"
            launch = ["/usr/bin/perl", "-e", LAUNCH, at_terminal, str(len(pairs)), *pairs]
            launch += [self._exe, *argv]
        return [
            *("bwrap", *spaces, "--die-with-parent", *self._mounts),
            *("--chdir", self._directory(), "--", "/usr/bin/env", "-i", *launch),
        ], argv[0]

    def _argv(self, more_flags):
        mode = self._mode
        flags = list(mode.get("flags", []))
        if mode.get("posix"):
            flags.append("--posix")
        flags += more_flags
        argv0 = self._argv0
        if mode.get("login") and mode.get("argv0"):
            argv0 = f"-{argv0}"
        elif mode.get("login"):
            flags.append("-l")
        if mode.get("interactive") and self._via != "pty":
            flags.append("-i")
        ways = {
            "c": ["-c", f"{self._dot()} {PROBE_FOLDER}/probe"],
            "script": [f"{PROBE_FOLDER}/script"],
            "stdin": [] if self._family == "fish" else ["-s"],
        }
        return [argv0, *flags, *ways.get(self._via, [])]

    def _dot(self):
        return "source" if self._family == "fish" else "."

    def _spawn(self, command):
        if self._via == "pty":
            line = f" {self._dot()} {PROBE_FOLDER}/probe\n"
            end = self._probe / "out/end"
            with terminal() as sides:
                code, self._raw = typed(command, sides, line, end=end, timeout=self._timeout)
            return code
        log = self._folder / "log"
        piped = self._via == "stdin"
        kind, script = self._mode.get("stdin"), self._probe / "script"
        with standard_input(kind, script, piped=piped) as stdin, log.open("wb") as output:
            code = waited(command, stdin, output, self._timeout)
        self._raw = log.read_bytes()
        return code

    def _out(self, name):
        place = self._probe / "out" / name
        return place.read_bytes().decode("utf-8", "surrogateescape") if place.exists() else ""

    def _variables(self, environment):
        parts = self._out("vars").split("\0")
        found = {
            name: {"value": value, "exported": exported == "1"}
            for name, exported, value in zip(parts[::3], parts[1::3], parts[2::3], strict=False)
        }
        if self._family == "fish":  # lists: a child sees PATH joined by `:`
            for name, variable in found.items():
                if variable["exported"] and name in environment:
                    variable["value"] = environment[name]
        return found

    def _command_found(self):
        name = self._command
        kind, function = self._out("type").strip(), self._out("function").strip()
        alias = _alias(name, self._out("alias").strip())
        if self._family == "fish" and function and _fish_alias(function):
            alias = function
        says = "is a shell function" in kind or "is a function" in kind
        return {
            "name": name,
            "alias": alias,
            "function": function or (True if says else None),
            "paths": [path for path in self._out("paths").split("\n") if path],
            "type": kind,
        }


def _alias(name, text):
    if not text or text.endswith("alias not found"):  # mksh says so on its standard output
        return None
    value = re.sub(rf"^(alias )?{re.escape(name)}=", "", text)
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("'\\''", "'")
    try:  # ksh quotes a part of it
        words = shlex.split(value)
    except ValueError:
        return value
    return words[0] if len(words) == 1 else value


def _fish_alias(function):
    described = re.search(r"--description '?alias ", function)
    return described or (re.search(r"--wraps", function) and "alias " in function)
