"""Whether a locale is installed, against `setlocale` of the C library."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from engine.gather.host import HostError
from engine.gather.locales import archive_names, is_installed
from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.survey import Survey

QUESTION = """
import json, locale, sys
answers = {}
for name in sys.argv[1:]:
    try:
        locale.setlocale(locale.LC_CTYPE, name)
        answers[name] = True
    except locale.Error:
        answers[name] = False
print(json.dumps(answers))
"""
NAMES = [
    "C", "POSIX", "C.UTF-8", "C.utf8", "C.utf-8", "en_US.UTF-8", "en_US.utf8", "en_US", "ja_JP",
    "en_GB.UTF-8", "en.UTF-8", "en", "de_DE", "de_DE.UTF-8", "de_DE.ISO-8859-1", "de_DE.iso88591",
    "de_DE.8859-1", "de_DE@euro", "de_DE.ISO-8859-15@euro", "de_DE.UTF-8@euro", "de_AT.UTF-8",
    "xx_XX.UTF-8", "german", "nonsense", "en_US.UTF-8@x", "../x", "fr_FR.UTF-8", "en_US.latin1",
]  # fmt: skip


def test_nothing_is_called_installed_that_setlocale_refuses_and_the_other_way_round():
    if not sys.platform.startswith("linux") or not os.path.isdir("/usr/lib/locale"):
        pytest.skip("no glibc with /usr/lib/locale here")
    said = json.loads(
        subprocess.run(
            [sys.executable, "-c", QUESTION, *NAMES], capture_output=True, env={}, check=True
        ).stdout
    )
    survey = Survey(
        Machine({}), subject="workstation", directory="/", redaction=Redaction(b"0123456789abcdef")
    )
    told = {name: is_installed(survey, name) for name in NAMES}
    certain = {name: answer for name, answer in told.items() if isinstance(answer, bool)}
    assert certain == {name: said[name] for name in certain}
    assert {"C", "POSIX", "xx_XX.UTF-8"} <= set(certain)


def test_the_archive_holds_what_localedef_lists():
    if not shutil.which("localedef"):
        pytest.skip("no localedef here")
    try:
        ours = archive_names(Machine({}))
    except HostError as error:
        pytest.skip(error.detail)
    done = subprocess.run(
        ["localedef", "--list-archive"], capture_output=True, text=True, check=False
    )
    assert set(done.stdout.split()) == ours
