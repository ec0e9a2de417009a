"""Gathering, as commands do it: options to a facts document."""

from __future__ import annotations

import os

from engine.cli import options as shared
from engine.cli.watching import Watching
from engine.errors import Complaint, UsageError
from engine.gather.collectors import COLLECTORS
from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.gather.machine import Machine
from engine.gather.redact import Redaction, installation_salt, salt_from
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from engine.model.record import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from engine.cli.terminal import Terminal
    from engine.compile.program import Program
    from engine.gather.collector import Collector
    from engine.gather.host import Host
    from engine.model.json_value import JsonObject

_STARTUP, _PROBE, _DECLARED = "startup", "probe", "docker_runs"


def add_gathering(parser: ArgumentParser) -> None:
    """Add what says what is gathered."""
    parser.add_argument(
        "path", nargs="?", default=".", metavar="PATH", help="the repository (default: here)"
    )
    group = parser.add_argument_group("gathering")
    group.add_argument(
        "--repository",
        action="store_true",
        help="only the files of the repository: nothing outside is read, nothing of it is run",
    )
    for option, meaning in (("--only", "run only these"), ("--skip", "leave these out")):
        group.add_argument(
            option,
            action="append",
            default=[],
            metavar="COLLECTORS",
            help=f"{meaning}: names with commas between them; may be repeated",
        )
    group.add_argument(
        "--salt-file",
        metavar="FILE",
        help="the salt for fingerprints of secrets, shared by a fleet",
    )
    group.add_argument(
        "--root",
        metavar="DIR",
        help="gather another file tree as if it were /; PATH is a folder in it (default: the home)",
    )
    group.add_argument(
        "--user", metavar="NAME", help="whose start-up files are read (default: yours)"
    )
    group.add_argument(
        "--home", metavar="DIR", help="the home to look into (default: that in /etc/passwd)"
    )
    group.add_argument(
        "--env",
        metavar="FILE",
        help="what the login session starts with, as JSON, NAME=VALUE lines or `env -0` prints it "
        "(default: what login is known to set)",
    )
    group.add_argument(
        "--probe",
        action="store_true",
        help="start the shells and ask what came of it; this runs what your start-up files say",
    )
    group.add_argument(
        "--images",
        action="store_true",
        help="ask docker or podman what local images set; no container is started",
    )
    group.add_argument(
        "--image-root",
        action="append",
        default=[],
        metavar="NAME=DIR",
        help="a folder with the unpacked files of an image, by the name that contexts have for it, "
        "such as Dockerfile=rootfs; may be repeated",
    )


def gathered(
    options: Namespace,
    terminal: Terminal,
    program: Program | None = None,
    watching: Watching | None = None,
    *,
    show_secrets: bool = False,
) -> JsonObject:
    """Give the facts document that the options ask for, and show meanwhile who is at work.

    The program says which start-up files matter, by its graph of launch contexts, and what packs
    read without code; without one it is that of the rules in the options.
    """
    _refuse_contradictions(options)
    environment = terminal.environment
    only, skip = _names("only", options.only), _names("skip", options.skip)
    launch = LaunchOptions(
        user=options.user,
        home=options.home,
        environment=_environment(options),
        environment_origin="the file of `--env`",
        probe=options.probe,
        images=options.images,
        image_roots=_image_roots(options),
    )
    host = _host(options, environment, launch)
    directory = _directory(options, host)
    needs_graph = not options.repository and _needs_graph(only, skip, probe=options.probe)
    if program is None and (needs_graph or _reads_packs(only)):
        inside = tree_of(options.path) if options.repository else None
        program = shared.program(options, environment, config_folder(options), inside)
    if program is not None:
        launch = _with_commands(launch, program)
    if program is not None and needs_graph:
        launch = _with_graph(launch, options, environment, program)
    with watching or Watching(terminal) as watch:
        return gather(
            host,
            subject="repository" if options.repository else "workstation",
            directory=directory,
            redaction=Redaction(_salt(options, environment), shows=show_secrets),
            only=only,
            skip=skip,
            launch=launch,
            watch=watch,
            collectors={**COLLECTORS, **_of_packs(program, options, environment)},
        )


def _refuse_contradictions(options: Namespace) -> None:
    of_accounts = ("root", "user", "home", "env", "probe")
    for name in of_accounts if options.repository else ():
        if getattr(options, name):
            advice = "a repository has no accounts; leave one of them out"
            raise UsageError(Complaint(f"`--{name}` with `--repository`", advice=advice))
    if options.repository and options.image_root:
        advice = "a repository has no launch contexts; leave one of them out"
        raise UsageError(Complaint("`--image-root` with `--repository`", advice=advice))
    for name in ("root", "repository") if options.images else ():
        if getattr(options, name):
            advice = "only the docker or podman of this machine is asked; leave one of them out"
            raise UsageError(Complaint(f"`--{name}` with `--images`", advice=advice))
    for name in ("root", "user") if options.probe else ():
        if getattr(options, name) is not None:
            advice = "only your own shells are started; leave one of them out"
            raise UsageError(Complaint(f"`--{name}` with `--probe`", advice=advice))
    if options.home is not None and not os.path.isabs(options.home):
        raise UsageError(Complaint(f"`--home {options.home}` is not absolute"))


def _image_roots(options: Namespace) -> dict[str, str]:
    """Give the folders of unpacked images by name."""
    roots: dict[str, str] = {}
    for text in options.image_root:
        name, equals, folder = text.partition("=")
        if not equals or not name:
            advice = "write NAME=DIR, such as `Dockerfile=rootfs`"
            raise UsageError(Complaint(f"`--image-root {text}` names no image", advice=advice))
        if not os.path.isdir(folder):
            raise UsageError(Complaint(f"`{folder}` is no folder"))
        if name in roots:
            raise UsageError(Complaint(f"`--image-root` names `{name}` twice"))
        roots[name] = absolute(folder)
    return roots


def _environment(options: Namespace) -> dict[str, str] | None:
    if options.env is None:
        return None
    from engine.cli.environment import environment_in  # noqa: PLC0415 - seldom asked for

    return environment_in(options.env)


def _host(options: Namespace, environment: Mapping[str, str], launch: LaunchOptions) -> Host:
    """Give the machine or the tree, after making sure that it knows who is meant."""
    if options.root is None:
        host: Host = Machine(environment)
        if options.user is None:
            return host
    else:
        from engine.gather.tree import Tree  # noqa: PLC0415 - seldom asked for

        if not os.path.isdir(options.root):
            raise UsageError(Complaint(f"`{options.root}` is no folder"))
        given = launch.environment
        host = Tree(options.root, user=options.user, home=options.home, environment=given)
    try:
        host.account(options.user)
    except HostError as error:
        advice = "say who is meant with `--user NAME`" if error.cause == "ambiguous" else None
        raise UsageError(Complaint(error.detail, advice=advice)) from None
    return host


def _directory(options: Namespace, host: Host) -> str:
    if options.root is None:
        if not os.path.isdir(options.path):
            raise UsageError(Complaint(f"`{options.path}` is no folder"))
        return absolute(options.path)
    if options.path == ".":
        return host.account(None).home or "/"
    path = os.path.join("/", options.path)
    try:
        is_folder = host.status(path).kind == "directory"
    except HostError:
        is_folder = False
    if not is_folder:
        raise UsageError(Complaint(f"`{options.path}` is no folder in `{options.root}`"))
    return path


def _names(option: str, given: list[str]) -> tuple[str, ...]:
    """Give the collectors that an option names, which may be given several times."""
    for text in given:
        if not all(name.strip() for name in text.split(",")):
            complaint = Complaint(
                f"`--{option} {text}` names no collector between its commas",
                advice=f"write `--{option} NAME,NAME`; see `engine list collectors`",
            )
            raise UsageError(complaint)
    return tuple(name.strip() for text in given for name in text.split(","))


def _needs_graph(only: tuple[str, ...], skip: tuple[str, ...], *, probe: bool) -> bool:
    """Say whether somebody asks for launch contexts."""
    names = (_STARTUP, _PROBE) if probe else (_STARTUP,)
    return any(name not in skip and (not only or name in only) for name in names)


def _reads_packs(only: tuple[str, ...]) -> bool:
    return not only or any(name.startswith("pack:") or name == _DECLARED for name in only)


def _with_graph(
    launch: LaunchOptions,
    options: Namespace,
    environment: Mapping[str, str],
    program: Program,
) -> LaunchOptions:
    plan = program.plan
    if not plan.get("contexts"):
        return launch
    from engine.evaluate.holds import holds  # noqa: PLC0415 - a repository has no contexts
    from engine.precedence.resolve import resolve  # noqa: PLC0415

    decide = holds(program)
    folder = None if options.no_cache else shared.cache_folder(environment)
    return replace(
        launch,
        plan=plan,
        resolve=lambda root, answer: resolve(plan, root, holds=decide, answer=answer),
        cache=os.path.join(folder, "scripts") if folder else None,
    )


def _with_commands(launch: LaunchOptions, program: Program) -> LaunchOptions:
    """Give the command lines of containers that `engine.yaml` declares, each with its line."""
    declared = program.settings.get("launches") or ()
    places = {one["text"]: (os.path.abspath(one["file"]), one["line"]) for one in declared}
    return replace(launch, commands=tuple(one["text"] for one in declared), command_places=places)


def _of_packs(
    program: Program | None, options: Namespace, environment: Mapping[str, str]
) -> Mapping[str, Collector]:
    """Give what carries out the `gather` sections of the packs in use."""
    if program is None or not program.gather:
        return {}
    from engine.gather.pack_facts.collectors import pack_collectors  # noqa: PLC0415 - few gather

    trusted = {} if options.repository else trusted_packs(environment)
    return pack_collectors(program.gather, trusted)


def config_folder(options: Namespace) -> str:
    """Give the folder that `engine.yaml` is looked for in: never in another machine's tree."""
    path: str = options.path if options.root is None else "."
    return path


def tree_of(path: str) -> str:
    """Give the work tree that a folder lies in."""
    return work_tree(Machine({}), absolute(path))


def absolute(path: str) -> str:
    """Give an absolute path; there is none below a folder that was removed meanwhile."""
    try:
        return os.path.abspath(path)
    except OSError:
        complaint = Complaint(
            "the current folder is not there any more", advice="enter another one"
        )
        raise UsageError(complaint) from None


def _salt(options: Namespace, environment: Mapping[str, str]) -> bytes:
    """Give the salt: of a file, of this installation, or of this run where nothing may be kept."""
    if options.salt_file is not None:
        return salt_from(options.salt_file)
    folder = state_folder(environment)
    if options.repository or folder is None:
        return os.urandom(32)
    try:
        return installation_salt(folder)
    except OSError:
        # A home that cannot be written to, as in containers: fingerprints hold for this run only.
        return os.urandom(32)


def state_folder(environment: Mapping[str, str]) -> str | None:
    """Give the folder for what is to be kept, by the XDG base directories; None without a home."""
    base = environment.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):
        home = environment.get("HOME", "")
        if not os.path.isabs(home):
            return None
        base = os.path.join(home, ".local", "state")
    return os.path.join(base, "precedent")


def trusted_packs(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Give the packs whose commands may run here, their digests by their folders."""
    from engine.gather.pack_facts.trust import Trust  # noqa: PLC0415 - few packs have commands

    folder = state_folder(environment)
    return {} if folder is None else Trust(folder).entries()
