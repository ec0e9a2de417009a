"""Files that are made to hold secrets, or often do: where they are, and of which kind."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.gather.session import account
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.host import Host
    from engine.gather.survey import Survey

AT_HOME = {
    ".aws/credentials": "aws",
    ".cargo/credentials": "cargo",
    ".cargo/credentials.toml": "cargo",
    ".config/gh/hosts.yml": "gh",
    ".config/git/config": "git-config",
    ".config/git/credentials": "git-credentials",
    ".docker/config.json": "docker-config",
    ".git-credentials": "git-credentials",
    ".gitconfig": "git-config",
    ".my.cnf": "my-cnf",
    ".netrc": "netrc",
    ".npmrc": "npmrc",
    ".pgpass": "pgpass",
    ".pypirc": "pypirc",
}
_AT_THE_TOP = {
    ".netrc": "netrc", ".npmrc": "npmrc", ".pgpass": "pgpass", ".pypirc": "pypirc",
    ".git-credentials": "git-credentials", ".envrc": "env-file",
}  # fmt: skip
_SAMPLE = re.compile(r"\.env(?:rc)?[\w.-]*[.-](?:example|sample|template|dist|tpl|default)s?\Z")
_ENV_FILE = re.compile(r"(?:[\w-]+)?\.env(?:\.[\w.-]+)?\Z")
_DOCKERFILE = re.compile(r"(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?\Z|[\w.-]+\.Dockerfile\Z")

FILES = 64
"""How many files of a repository are looked at."""


@record
class CredentialFile:
    """A file, its kind, and the tree that no link may lead out of; None for one at home."""

    path: str
    kind: str
    within: str | None


def kind_at_the_top(name: str) -> str | None:
    """Give the kind of a file at the top of a repository, if it may hold secrets."""
    if kind := _AT_THE_TOP.get(name):
        return kind
    if _SAMPLE.search(name):
        return "env-sample"
    if _ENV_FILE.match(name):
        return "env-file"
    return "dockerfile" if _DOCKERFILE.match(name) else None


def top_of(survey: Survey) -> str:
    """Give the top of the repository that was gathered, or the folder where there is none."""
    return work_tree(survey.host, survey.directory)


def files_of_repository(survey: Survey) -> list[CredentialFile]:
    """Give the files at the top of the repository that may hold secrets; may raise `HostError`."""
    top = top_of(survey)
    kinds = ((name, kind_at_the_top(name)) for name in survey.host.names_in(top))
    found = [CredentialFile(os.path.join(top, name), kind, top) for name, kind in kinds if kind]
    if len(found) > FILES:
        raise HostError("too_large", f"{top} holds more than {FILES} files that may hold secrets")
    return found


def files_at_home(survey: Survey) -> list[CredentialFile]:
    """Give the files of the account that may hold secrets; may raise `HostError`."""
    who = survey.once(account)
    if who.home is None:
        raise HostError("missing", f"nobody knows the home of {who.name}")
    paths = {os.path.join(who.home, name): kind for name, kind in AT_HOME.items()}
    if survey.host.is_live and os.path.isabs(netrc := survey.variable("NETRC")):
        paths[netrc] = "netrc"
    return [CredentialFile(path, kind, None) for path, kind in paths.items()]


def everybody_may_read(host: Host, path: str) -> bool:
    """Say whether every account may read a file: by its mode, and those of the folders above it."""
    if not host.status(path).mode & 0o004:
        return False
    folder = host.resolve(path)
    while folder != "/":
        folder = os.path.dirname(folder)
        if not host.status(folder).mode & 0o001:
            return False
    return True
