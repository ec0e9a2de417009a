"""What launch contexts are resolved from: the account, its session, and its start-up files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.accounts import accounts_of
from engine.gather.closing import Closing, ImageClosing
from engine.gather.collector import MORE, Fact, Sourced, collector
from engine.gather.declare import (
    flag,
    group,
    listing,
    number,
    open_list,
    table,
    text,
    text_or_secret,
)
from engine.gather.host import HostError
from engine.gather.keeping import Keeping
from engine.gather.laid import laid, root_of
from engine.gather.login_config import SSHD, permits_user_environment, runs_pam_env
from engine.gather.session import account, session_environment
from engine.gather.sudoers import SUDOERS, sudo_settings
from engine.gather.survey import Survey
from engine.gather.tree import Tree
from engine.model.facts import Absent, PartialMap
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.gather.host import Account, Host
    from engine.model.json_value import Json, JsonObject

_PASSWD = Provenance(origin="passwd database")
_KERNELS = {"linux": "Linux", "darwin": "Darwin"}
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
_AMBIGUOUS = frozenset(("386", "arm"))

_NAMES = listing("Names of variables; `*` stands for any characters", text("One name", "LC_*"))
_ACCOUNT = {
    "uid": number("Its numeric id", 1000),
    "gid": number("The numeric id of its group", 1000),
    "home": text("Its home directory", "/home/dana", form="path"),
    "shell": text("Its login shell", "/bin/bash", form="path"),
}
_EXPORT: list[Json] = ["decl", 6, "export", [["GOROOT", "=", ["/opt/go"], None]]]
_SCRIPT = listing("Statements in order", open_list("What it is, its line, and its parts", _EXPORT))
_FILE = group(
    "One path, with links followed; `missing` if nothing is there for the account",
    kind=text(
        "What it is",
        among=("file", "directory", "fifo", "socket", "device", "other", "missing"),
    ),
    target=text("The path without links, where it is another one", "/usr/bin", form="path"),
    leads_to=text(
        "Where a link leads that leads to nothing", "/home/dana/dotfiles/env", form="path"
    ),
    readable=flag("Whether the account may read it"),
    writable=flag("Whether the account may write to it"),
    executable=flag("Whether the account may execute it; of a directory, search it"),
    size=number("How large a file is", 3526, unit="bytes"),
    names=listing("The names in a directory that was listed", text("One name", ".bashrc")),
    scripts=table("What a file says, by the syntax that it was read in", _SCRIPT, keys=("bash",)),
)
_FACTS = {
    "probe.asked": flag("Whether the shells were started as well, to compare: `--probe`"),
    "os": group(
        "The operating system, in the words of `uname`",
        kernel=text("Its kernel", "Linux"),
        machine=text("Its processor", "x86_64"),
        hostname=text("The machine's name", "workbench"),
    ),
    "user": group(
        "The account whose launch contexts are asked for",
        name=text("Its login name", "dana"),
        **_ACCOUNT,
    ),
    "users": table(
        "The accounts in /etc/passwd, by name", group("One account", **_ACCOUNT), keys=("dana",)
    ),
    "session": group(
        "The login session that launch contexts begin with",
        directory=text(
            "The folder in which contexts ask programs for their settings",
            "/home/dana/shop",
            form="path",
        ),
        environment=table(
            "The variables that it starts with",
            text_or_secret("A value", "C.UTF-8"),
            keys=("LANG",),
        ),
    ),
    "files": table(
        "What start-up files read and look at, by path", _FILE, keys=("/home/dana/.bashrc",)
    ),
    "snippets": table(
        "Texts that start-up files evaluate, by syntax",
        table(
            "Scripts, by the first 16 digits of the text's SHA-256",
            _SCRIPT,
            keys=("5bce64f94cb67981",),
        ),
        keys=("bash",),
    ),
    "file_systems": table(
        "Files of images that were unpacked for us (`--image-root`), by what contexts call them",
        group(
            "One image's files",
            users=table(
                "The accounts in its /etc/passwd, by name", group("One account", **_ACCOUNT)
            ),
            files=table(
                "What start-up files read and look at there, by path", _FILE, keys=("/etc/profile",)
            ),
        ),
        keys=("Dockerfile",),
    ),
    "sudo": group(
        "What sudoers says about the environment of commands",
        secure_path=listing(
            "What PATH becomes; missing where it is kept",
            text("One folder", "/usr/bin", form="path"),
        ),
        env_reset=flag("Whether only some variables are kept"),
        env_keep=_NAMES | {"description": "Variables that are kept"},
        env_check=_NAMES
        | {"description": "Variables that are kept unless their value holds `/` or `%`"},
        env_delete=_NAMES | {"description": "Variables that are removed where others are kept"},
        setenv=flag("Whether the caller may set any variable"),
        set_home=flag("Whether HOME becomes the target's with `-s`"),
        always_set_home=flag("Whether HOME always becomes the target's"),
        pam_env=flag("Whether its sessions get the variables of /etc/environment"),
    ),
    "sshd": group(
        "What sshd does with the environment of sessions",
        permit_user_environment=flag("Whether it reads ~/.ssh/environment"),
    ),
}


@collector(
    "startup",
    subjects=("workstation",),
    facts=_FACTS,
    last=True,
    seconds=60,
    groups={"probe": "Whether launch contexts were observed as well as resolved"},
)
def startup(survey: Survey) -> Iterator[Fact]:
    """Start-up files, sessions and accounts: what launch contexts are resolved from."""
    who = survey.once(account)
    facts = list(_about(survey, who))
    yield from facts
    closing = Closing(survey, who)
    closing.systems = {
        name: ImageClosing(inside, laid(_users(inside))) for name, inside in _images(survey).items()
    }
    resolution = closing.close(survey, root_of([*survey.facts, *facts]))
    keeping = Keeping(survey.redaction, resolution)
    files = {path: keeping.entry(path, entry) for path, entry in closing.files.items()}
    yield Fact("files", files | {MORE: closing.files.more}, Provenance(origin="the file system"))
    yield Fact("file_systems", _systems(closing, keeping), Provenance(origin="--image-root"))
    snippets = {syntax: keeping.snippets(scripts) for syntax, scripts in closing.snippets.items()}
    yield Fact(
        "snippets", snippets | {MORE: closing.snippets.more}, Provenance(origin="start-up files")
    )


def _images(survey: Survey) -> dict[str, Survey]:
    """Give a survey of each image whose files were unpacked for us."""
    return {
        name: Survey(
            Tree(root),
            subject=survey.subject,
            directory="/",
            redaction=survey.redaction,
            launch=survey.launch,
        )
        for name, root in survey.launch.image_roots.items()
    }


def _systems(closing: Closing, keeping: Keeping) -> JsonObject:
    systems: JsonObject = {}
    for name, inside in closing.systems.items():
        files = {path: keeping.entry(path, entry) for path, entry in inside.files.items()}
        users = inside.users
        if isinstance(users, PartialMap):
            users = {**users, MORE: users.more}
        systems[name] = Sourced(
            {"files": files | {MORE: inside.files.more}, "users": users},
            Provenance(origin=f"--image-root {name}"),
        )
    return systems


def _about(survey: Survey, who: Account) -> Iterator[Fact]:
    yield Fact("probe.asked", survey.launch.probe, Provenance(origin="--probe"))
    yield Fact("os", _os(survey), Provenance(origin="uname"))
    unknown = Absent("missing", f"{who.name} has no passwd entry")
    user = {"name": who.name} | _described(who)
    yield Fact("user", {key: unknown if user[key] is None else user[key] for key in user}, _PASSWD)
    yield Fact("users", _users(survey), Provenance(None, "passwd", "/etc/passwd"))
    session = {"directory": survey.directory, "environment": session_environment(survey)}
    yield Fact("session", session, Provenance(origin="login"))
    yield Fact("sudo", _sudo(survey, who), Provenance(None, "sudoers", SUDOERS))
    permitted = _or_hole(permits_user_environment, survey.host)
    yield Fact("sshd", {"permit_user_environment": permitted}, Provenance(None, "sshd", SSHD))


def _os(survey: Survey) -> JsonObject:
    system, _, processor = survey.host.platform.partition("/")
    machine: Json = _MACHINES.get(processor, processor)
    if not processor:
        machine = Absent("not_collected", "no program tells the processor")
    elif processor in _AMBIGUOUS:
        machine = Absent("ambiguous", f"several processors run what is built for {processor}")
    return {
        "kernel": _KERNELS.get(system, system),
        "machine": machine,
        "hostname": _hostname(survey),
    }


def _hostname(survey: Survey) -> Json:
    if not survey.host.is_live:
        return Absent("not_collected", "a tree does not know what it is called")
    path = "/proc/sys/kernel/hostname"
    try:
        name = survey.host.read(path).decode("utf-8", "replace").strip()
    except HostError as error:
        return error.hole()
    return Sourced(name, Provenance(None, "the kernel", path))


def _users(survey: Survey) -> JsonObject | Absent:
    try:
        found = accounts_of(survey.host)
    except HostError as error:
        return error.hole()
    users: JsonObject = {name: _described(each) for name, each in found.items()}
    users[MORE] = Absent("not_collected", "only /etc/passwd was read, no other database")
    return users


def _described(who: Account) -> JsonObject:
    return {"uid": who.uid, "gid": who.gid, "home": who.home, "shell": who.shell}


def _sudo(survey: Survey, who: Account) -> JsonObject | Absent:
    try:
        settings = sudo_settings(survey.host, who.name)
    except HostError as error:
        return error.hole()
    return settings | {"pam_env": _or_hole(runs_pam_env, survey.host, "sudo")}


def _or_hole(ask: Callable[..., Json], *arguments: Host | str) -> Json:
    try:
        return ask(*arguments)
    except HostError as error:
        return error.hole()
