"""What wsl.conf sets in the end: each setting's value, or the default that holds without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.wsl.config_file import ConfigFile, Setting
    from engine.model.json_value import Json

CONF = "/etc/wsl.conf"

Why: TypeAlias = Literal["repeated", "unknown", "invalid"]


@record
class Key:
    """A setting that WSL knows: its name there, and its default; None where it has none."""

    name: str
    default: bool | str | None


@record
class Effective:
    """The value that counts, and the line that says so; None for a default."""

    value: Json
    line: int | None = None


# `WslDistributionConfig` in src/linux/init, as far as an environment depends on it.
KEYS = {
    "append_windows_path": Key("interop.appendWindowsPath", True),
    "interop_enabled": Key("interop.enabled", True),
    "default_user": Key("user.default", None),
    "boot_systemd": Key("boot.systemd", False),
    "boot_command": Key("boot.command", None),
    "automount_enabled": Key("automount.enabled", True),
    "automount_root": Key("automount.root", "/mnt"),
    "hostname": Key("network.hostname", None),
    "gpu_enabled": Key("gpu.enabled", True),
    "append_gpu_path": Key("gpu.appendLibPath", True),
    "gui_applications": Key("general.guiApplications", False),
}
# Those whose value changes nothing here: known, so that a mistake in a name can be told.
_OTHERS = frozenset(
    (
        "automount.options", "automount.mountfstab", "automount.ldconfig", "automount.cgroups",
        "filesystem.umask", "network.generatehosts", "network.generateresolvconf",
        "time.usewindowstimezone", "fileserver.enabled", "fileserver.logfile",
        "fileserver.loglevel", "fileserver.logtruncate", "boot.inittimeout", "boot.protectbinfmt",
    )
)  # fmt: skip
_OURS = {key.name.lower(): key for key in KEYS.values()}
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_NOT_UTF8 = Absent("unsupported", "it is not UTF-8")


def effective(file: ConfigFile) -> dict[str, Effective]:
    """Give every setting's value: the first one of a name counts, even if it is invalid."""
    counting = {
        setting.name.lower(): setting for setting, why in reviewed(file) if why != "repeated"
    }
    values = {name: _effective(key, counting.get(key.name.lower())) for name, key in KEYS.items()}
    root = values["automount_root"]
    if isinstance(root.value, str) and not root.value.endswith("/"):
        values["automount_root"] = Effective(f"{root.value}/", root.line)
    return values


def reviewed(file: ConfigFile) -> list[tuple[Setting, Why | None]]:
    """Give every setting that was read, and why it does not count; None for one that does."""
    seen: set[str] = set()
    rows: list[tuple[Setting, Why | None]] = []
    for setting in file.settings:
        name = setting.name.lower()
        why: Why | None = None
        if name in seen:
            why = "repeated"
        elif name not in _OURS and name not in _OTHERS:
            why = "unknown"
        elif name in _OURS and _invalid(_OURS[name], setting.value):
            why = "invalid"
        seen.add(name)
        rows.append((setting, why))
    return rows


def boolean(value: bytes) -> bool | None:
    """Give what WSL takes a value for: yes, no, or neither (`ParseBool` in stringshared.h)."""
    return _BOOLEANS.get(value.decode("ascii", "replace").lower())


def _invalid(key: Key, value: bytes) -> bool:
    return isinstance(key.default, bool) and boolean(value) is None


def _effective(key: Key, setting: Setting | None) -> Effective:
    if setting is None or _invalid(key, setting.value):
        return Effective(key.default)
    if isinstance(key.default, bool):
        return Effective(boolean(setting.value), setting.line)
    try:
        return Effective(setting.value.decode("utf-8"), setting.line)
    except UnicodeDecodeError:
        return Effective(_NOT_UTF8, setting.line)
