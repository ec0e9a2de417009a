"""One devcontainer.json as facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import told
from engine.gather.devcontainer import lifecycle, origin
from engine.gather.devcontainer.features import Feature, features
from engine.gather.devcontainer.run_args import NONE, environment_of, run_args
from engine.gather.devcontainer.settings import Setting, settings
from engine.gather.devcontainer.stages import stage_of
from engine.gather.devcontainer.values import variables
from engine.gather.docker_run.options import text_of, unknown_in
from engine.gather.go.modules import work_tree
from engine.model.facts import Absent
from engine.model.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.gather.assignments import Assignment, Part
    from engine.gather.devcontainer.values import Config
    from engine.gather.docker_run.environment import EnvFile
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

PROBES = ("none", "loginShell", "loginInteractiveShell", "interactiveShell")
STATES = ("present", "broken", "unreadable")

_ORIGIN = "devcontainer.json"
_IN_LABEL = Absent("not_collected", "the image's label may say it, and the image was not looked at")
_OF_IMAGE = Absent(
    "not_collected", "the image's label or its own user decides, and it was not looked at"
)
_BREAKS = Absent("unsupported", "what becomes of its line breaks is not followed")
_NO_MAPPING = Absent("parse_error", "it is no mapping")
_NOT_BOOLEAN = Absent("parse_error", "it is neither true nor false")


class Description:
    """Tells one configuration; what it does not say is left out where nothing else decides it."""

    def __init__(self, survey: Survey, config: Config, workspace: str) -> None:
        """Take the configuration and the folder that it is for."""
        self._survey = survey
        self._config = config
        self._workspace = workspace
        is_repository = survey.subject == "repository"
        self._within = work_tree(survey.host, survey.directory) if is_repository else None
        self._kind = origin.kind_of(config)

    def as_json(self) -> JsonObject:
        """Give all that it says."""
        config = self._config
        row: JsonObject = {"kind": self._kind}
        name = origin.text_or_none(config, "name")
        row |= {} if name is None else {"name": name}
        row |= self._origin() | self._environment() | self._users()
        row["workspace_folder"] = self._text(config.folders.container)
        row["override_command"] = self._override_command()
        row["features"] = [
            each if isinstance(each, Absent) else self._feature(each)
            for each in features(config, self._survey, self._workspace, self._within)
        ]
        row["lifecycle"] = [self._hook(each) for each in lifecycle.hooks(config)]
        secrets = config.get("secrets")
        is_odd = secrets is not None and not isinstance(secrets.value, dict)
        row["secrets"] = _NO_MAPPING if is_odd else list(secrets.entries) if secrets else []
        row["customizations_vscode_settings"] = [
            each if isinstance(each, Absent) else self._setting(each) for each in settings(config)
        ]
        return row

    def _origin(self) -> JsonObject:
        config = self._config
        if isinstance(self._kind, Absent):
            return dict.fromkeys(("image", "build", "compose"), self._kind)
        if self._kind == "image":
            return {"image": origin.image_of(config)}
        if self._kind == "compose":
            files = list(origin.compose_files(config))
            return {"compose": {"files": files, "service": origin.service_of(config)}}
        build = origin.build_of(config)
        row: JsonObject = {
            "dockerfile": build.dockerfile,
            "context": build.context,
            "stage": stage_of(build, self._survey, self._within),
            "args": self._told(build.arguments),
        }
        return {"build": row | ({} if build.target is None else {"target": build.target})}

    def _environment(self) -> JsonObject:
        config = self._config
        has_features = bool((node := config.get("features")) and node.entries)
        in_container = variables(
            config, "containerEnv", in_container=False, only_texts=has_features
        )
        given = NONE if self._kind == "compose" else run_args(config)
        env = environment_of(config, given, self._survey, self._workspace)
        remote = config.get("remoteEnv")
        nulls = (
            []
            if remote is None
            else [name for name, each in remote.entries.items() if each.value is None]
        )
        return {
            "container_env": self._told(map(self._in_compose, in_container)),
            "run_args_env_file": self._files(env.files),
            "run_args_env": self._told(env.options),
            "image_container_env": [_IN_LABEL],
            "image_remote_env": [_IN_LABEL],
            "remote_env": self._told(variables(config, "remoteEnv", in_container=True)),
            "null_remote_env": nulls,
        }

    def _in_compose(self, one: Assignment | Absent) -> Assignment | Absent:
        """Give a variable as it is, but where the CLI writes line breaks into YAML."""
        is_broken = self._kind == "compose" and not isinstance(one, Absent) and _breaks(one.parts)
        return replace(one, parts=(_BREAKS,)) if is_broken else one

    def _users(self) -> JsonObject:
        config = self._config
        probe = origin.text_or_none(config, "userEnvProbe")
        remote = origin.text_or_none(config, "remoteUser")
        user = origin.text_or_none(config, "containerUser")
        given = NONE if self._kind == "compose" else run_args(config)
        in_arguments = given.last("user")
        container: Json = _OF_IMAGE if user is None else user
        if in_arguments is not None:
            container = self._text(in_arguments)
        return {
            "user_env_probe": _IN_LABEL if probe is None else _probe(probe),
            "remote_user": _OF_IMAGE if remote is None else remote,
            "container_user": given.hole or container,
        }

    def _override_command(self) -> bool | Absent:
        node = self._config.get("overrideCommand")
        if node is None:
            return _IN_LABEL
        return node.value if isinstance(node.value, bool) else _NOT_BOOLEAN

    def _feature(self, feature: Feature) -> JsonObject:
        options: Json
        if isinstance(feature.options, Absent):
            options = feature.options
        else:
            options = [
                {"name": name, "value": self._variable(name, value)}
                for name, value in feature.options
            ]
        row: JsonObject = {
            "id": feature.name,
            "local": feature.path is not None,
            "options": options,
            "container_env": told(
                feature.env, self._survey.redaction, "a feature", feature.env_file
            ),
            "line": feature.line,
        }
        return row | ({} if feature.path is None else {"path": feature.path})

    def _hook(self, hook: lifecycle.Hook) -> JsonObject:
        steps: Json = [self._step(each) for each in hook.steps]
        if isinstance(hook.form, Absent):
            steps = hook.form
        return {"name": hook.name, "form": hook.form, "commands": steps, "line": hook.line}

    def _step(self, step: lifecycle.Step) -> JsonObject:
        row: JsonObject = {"form": step.form, "line": step.line}
        row |= {} if step.label is None else {"label": step.label}
        key = "text" if step.form == "string" else "argv"
        if isinstance(step.words, Absent):
            return row | {key: step.words}
        told_words = [self._text(word) for word in step.words]
        if step.form == "string":
            return row | {key: told_words[0]}
        hole = next((at for at, each in enumerate(told_words) if isinstance(each, Absent)), None)
        # Behind one that is not known, places would be wrong.
        return row | {key: told_words if hole is None else told_words[: hole + 1]}

    def _setting(self, setting: Setting) -> JsonObject:
        row: JsonObject = {"key": setting.key, "line": setting.line}
        if setting.value is not None:
            row["value"] = self._variable(setting.key, setting.value)
        if setting.items is not None:
            row["items"] = [self._text(each) for each in setting.items]
        if setting.variables is not None:
            row["variables"] = self._told(setting.variables)
        return row

    def _told(self, given: Iterable[Assignment | Absent]) -> list[Json]:
        return told(given, self._survey.redaction, _ORIGIN, self._config.file)

    def _files(self, files: Iterable[EnvFile]) -> list[Json]:
        rows: list[Json] = []
        for file in files:
            rows += told(file.entries, self._survey.redaction, "--env-file", file.path)
        return rows

    def _text(self, parts: tuple[Part, ...]) -> Json:
        written = text_of(parts)
        return unknown_in(parts) if written is None else self._survey.redaction.text(written)

    def _variable(self, name: str, parts: tuple[Part, ...]) -> Json:
        written = text_of(parts)
        if written is None:
            return unknown_in(parts)
        return self._survey.redaction.variable(name, written)


def _breaks(parts: tuple[Part, ...]) -> bool:
    return any("\n" in part for part in parts if isinstance(part, str))


def _probe(probe: str | Absent) -> str | Absent:
    if isinstance(probe, Absent) or probe in PROBES:
        return probe
    return Absent("unsupported", "it is none of the probes of the specification")
