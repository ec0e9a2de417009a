"""The facts of WSL, declared."""

from __future__ import annotations

from engine.gather.assignments import assignments
from engine.gather.declare import flag, group, listing, number, text, text_or_secret
from engine.gather.wsl.settings import CONF

_STATE = text("What became of it", among=("present", "missing", "unreadable"))
_CONF = group(
    "/etc/wsl.conf; each setting is the value that counts, which may be a default",
    path=text("The file", CONF, form="path"),
    state=_STATE,
    stops_at_line=number(
        "The line that WSL cannot read: nothing from there on counts; missing if all is read", 7
    ),
    append_windows_path=flag("Whether Windows' PATH is put behind that of Linux"),
    interop_enabled=flag("Whether programs of Windows can be started"),
    default_user=text("Who a session belongs to; missing if Windows decides", "dana"),
    boot_systemd=flag("Whether systemd is started; only WSL 2 does"),
    boot_command=text_or_secret(
        "What root runs at the start; missing if nothing", "service docker start"
    ),
    automount_enabled=flag("Whether the drives of Windows are mounted"),
    automount_root=text("Where they are mounted", "/mnt/", form="path"),
    hostname=text("The machine's name; missing if Windows decides", "build"),
    gpu_enabled=flag("Whether the graphics processor is handed on"),
    append_gpu_path=flag("Whether the folder of its driver is put behind PATH"),
    gui_applications=flag(
        "Whether variables for graphical programs are set even if no Windows provides for them"
    ),
    settings=listing(
        "All that is set in the part that is read, in order",
        group(
            "One setting",
            name=text("Its section and name, as written", "interop.appendWindowsPath"),
            value=text_or_secret("Its value", "false"),
            line=number("Its line", 2),
            ignored=text(
                "Why it does not count: its name was set before, or is not known, or the value "
                "means nothing; missing where it counts",
                among=("repeated", "unknown", "invalid"),
            ),
        ),
    ),
)
_USER_CONFIG = group(
    "The .wslconfig of the Windows user; unknown unless Windows hands on USERPROFILE",
    path=text("The file", "/mnt/c/Users/dana/.wslconfig", form="path"),
    state=_STATE,
    safe_mode=flag("Whether WSL starts without whatever could break it"),
    gui_applications=flag("Whether graphical programs are supported"),
    auto_proxy=flag("Whether Windows' proxies become variables"),
)
_SHARED = group(
    "One variable",
    name=text("The variable", "GOPATH"),
    flags=text("The letters behind its name", "p", "lu"),
    path_translated=flag("Whether its paths are turned into those of the other side"),
    direction=text(
        "Where it gets; `none` is an entry that WSL passes over",
        among=("both", "to_linux", "to_windows", "none"),
    ),
    reaches_linux=flag("Whether Windows' value gets to Linux"),
)
FACTS = {
    "wsl": group(
        "The Windows Subsystem for Linux; missing on every other machine",
        conf=_CONF,
        user_config=_USER_CONFIG,
        wslenv=listing(
            "The variables that WSLENV lets cross, by the variable as the first process of the "
            "session got it, or as it was in the one that gathered; a session always has one",
            _SHARED,
        ),
        windows_path=group(
            "Windows' PATH",
            appended=flag("Whether WSL puts it behind PATH"),
            value=text("Its folders, which Linux cannot see", "/mnt/c/Windows/system32"),
        ),
        default_environment=assignments(
            "What WSL sets for the first process of a session, before any shell. Of the scopes, "
            "`windows` is Windows' environment, and `windows_settings` what its service adds"
        ),
    )
}
