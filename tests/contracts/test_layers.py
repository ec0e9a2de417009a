from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path

from tests.contracts.files import ROOT


def test_imports_go_downward_only_and_third_parties_stay_in_their_rooms():
    command = Path(sysconfig.get_path("scripts"), "lint-imports")

    ran = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout
