"""A machine with a project in it, and how its files are written."""

from __future__ import annotations

from tests.gather.fake_host import folder

SHOP = "/home/dana/shop"
WORKSPACE = f"{SHOP}/.idea/workspace.xml"


def project(*components):
    body = "\n".join(components)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<project version="4">\n{body}\n</project>\n'


def shared(body):
    return f'<component name="ProjectRunConfigurationManager">\n{body}\n</component>\n'


def run_of(inside, *, name="server", kind="GoApplicationRunConfiguration"):
    return (
        f'<configuration default="false" name="{name}" type="{kind}">\n{inside}\n</configuration>'
    )


def gathered(survey_of, files, *, environment=None, **more):
    """Give the fact and the document."""
    document, _ = survey_of(
        {"/home/dana": folder(), f"{SHOP}/.git": folder()} | files,
        environment={"HOME": "/home/dana"} | (environment or {}),
        only=("jetbrains",),
        **more,
    )
    return document["facts"]["jetbrains"], document
