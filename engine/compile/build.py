"""A request for rules to a program: out of the cache, or loaded, compiled and kept there."""

from __future__ import annotations

import json
import os

from engine.compile.cache import Cache, changed_since, digest, engine_stamp, inputs_digest
from engine.compile.program import Program, program_from, text_of
from engine.loading.files import list_pack_files
from engine.model.record import record, replace
from engine.resources import bundled, bundled_packs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from engine.model.json_value import Json, JsonObject
    from engine.model.rules import Pack


@record
class Request:
    """What a run asks for: rules by name or path, a configuration, waivers, values of parameters.

    With neither rules nor a configuration all bundled packs are meant. What lies in the tree
    `inside`, whose content nobody vouches for, never leads out of it.
    """

    rules: tuple[str, ...] = ()
    config: str | None = None
    waivers: str | None = None
    params: tuple[tuple[str, Json], ...] = ()
    inside: str | None = None


def program_for(request: Request, cache: Cache | None, started: int) -> Program:
    """Give the program that a request means; `started` is the run's start, as for `changed_since`.

    Raises LoadError with everything that is wrong.
    """
    if cache is None:
        return build(request)[0]
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    key = digest(engine_stamp(package), _identity(request, package))
    manifest = cache.load(f"request-{key}")
    if manifest is not None:
        program = _cached(manifest, key, cache, request.inside)
        if program is not None:
            return program
    program, manifest = build(request)
    content = inputs_digest(manifest["folders"], manifest["files"])
    if content is not None and _is_settled(manifest, started):
        cache.store(f"program-{digest(key.encode(), content.encode())}", program.as_json())
        cache.store(f"request-{key}", manifest)
    return program


def build(request: Request) -> tuple[Program, JsonObject]:
    """Load and compile what a request means; with it, the files and folders that it was made of."""
    from engine.compile.packs import compile_packs, with_bases  # noqa: PLC0415 - a cached run
    from engine.compile.parameters import misfit  # noqa: PLC0415
    from engine.loading.config import load_config  # noqa: PLC0415 - imports none of these
    from engine.loading.files import require_kept_inside  # noqa: PLC0415
    from engine.loading.packs import load_packs_and_graph  # noqa: PLC0415
    from engine.loading.waivers import load_waivers  # noqa: PLC0415
    from engine.operators import OPERATORS  # noqa: PLC0415

    config = load_config(request.config, request.inside) if request.config else None
    names = request.rules or (config.rules if config else ()) or bundled_packs()
    asked, graph = load_packs_and_graph(names, bundled("rules"), OPERATORS, request.inside)
    packs = (*graph, *asked)
    waivers = request.waivers or (config.waivers if config else None)
    if waivers is not None:
        require_kept_inside(waivers, waivers, request.inside, None)
    schema = bundled("schemas") / "facts.schema.json"
    settings: JsonObject = {}
    params = dict(request.params)
    if config is not None:
        settings = {"fail_on": config.fail_on, "strict": config.strict}
        if config.launches:
            settings["launches"] = [
                {"text": text, "file": place.file, "line": place.line}
                for text, place in config.launches
            ]
        params = dict(config.params or {}) | params
    program = compile_packs(
        packs,
        facts_schema=facts_schema(schema),
        params=params,
        waivers=load_waivers(waivers, OPERATORS) if waivers else (),
        settings=settings,
        check=misfit,
    )
    program = _with_bundled_places(program, str(bundled("rules")))
    files = [str(schema), *(path for path in (request.config, waivers) if path)]
    return program, _manifest(with_bases(packs), files)


def _with_bundled_places(program: Program, folder: str) -> Program:
    """Let what is bundled stand in `go/x.yaml`, wherever the engine is installed.

    Reports are to be the same on every machine, and the real path is nobody's to edit.
    """
    for rule in program.rules:
        rule["place"][0] = rule["place"][0].removeprefix(folder + os.sep)
    plan = json.loads(program.plan_text)
    processes = plan["processes"].values()
    reads = [read for process in processes for read in process["reads"] or ()]
    for item in (*plan["sources"].values(), *processes, *reads, *plan["tools"]):
        item["place"]["file"] = item["place"]["file"].removeprefix(folder + os.sep)
    return replace(program, plan_text=text_of(plan))


def facts_schema(path: Path) -> JsonObject:
    """Give the schema of `facts` out of that of facts documents, with its definitions."""
    document = json.loads(path.read_text(encoding="utf-8"))
    facts: JsonObject = document["properties"]["facts"]
    return facts | {"$defs": document.get("$defs", {})}


def find_config(folder: str) -> str | None:
    """Give the path of a folder's `engine.yaml`, if there is one."""
    path = os.path.normpath(os.path.join(folder, "engine.yaml"))
    return path if os.path.lexists(path) else None


def _manifest(packs: list[Pack], files: list[str]) -> JsonObject:
    folders = []
    for pack in packs:
        folder, name = os.path.split(os.path.abspath(pack.place.file))
        if name == "pack.yaml":
            folders.append(folder)
        else:
            files.append(pack.place.file)
    absolute = [os.path.abspath(path) for path in files]
    watched = sorted({*absolute, *(path for pack in packs for path in pack.files)})
    return {"folders": folders, "files": absolute, "watched": watched}


def _is_settled(manifest: JsonObject, started: int) -> bool:
    """Say whether a digest taken now is of what was loaded: nothing was written meanwhile."""
    there = {path for folder in manifest["folders"] for path in list_pack_files(folder)}
    return there <= set(manifest["watched"]) and not changed_since(manifest["watched"], started)


def _cached(manifest: JsonObject, key: str, cache: Cache, inside: str | None) -> Program | None:
    content = inputs_digest(manifest["folders"], manifest["files"], inside)
    if content is None:
        return None
    stored = cache.load(f"program-{digest(key.encode(), content.encode())}")
    return None if stored is None else program_from(stored)


def _identity(request: Request, package: str) -> bytes:
    """Give what tells a request from others; places depend on the working folder, too."""
    parts = [getattr(request, name) for name in Request.__match_args__]
    return json.dumps(
        [*parts, _working_folder(), package, bundled_packs()], sort_keys=True
    ).encode()


def _working_folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None  # it was removed; paths that need it will say so
