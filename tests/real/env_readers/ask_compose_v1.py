"""docker-compose 1: what it makes of an `env_file`, answered line by line."""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile

sys.path[0] = "/usr/lib/python3/dist-packages"
from compose.config.config import resolve_environment  # noqa: E402
from compose.config.environment import Environment  # noqa: E402


def answer(path, content, client):
    os.environ.clear()
    os.environ.update(client)
    with open(path, "wb") as file:
        file.write(content)
    try:
        found = resolve_environment({"env_file": [path]}, Environment(client))
    except Exception as error:  # noqa: BLE001 - whatever it stumbles over
        return {"refused": type(error).__name__}
    values = {name: value for name, value in found.items() if value is not None}
    return {
        "read": {
            name: base64.b64encode(value.encode("utf-8", "surrogateescape")).decode()
            for name, value in values.items()
        }
    }


with tempfile.TemporaryDirectory() as folder:
    for line in sys.stdin:
        asked = json.loads(line)
        content = base64.b64decode(asked["content"])
        said = answer(os.path.join(folder, ".env"), content, asked["environment"])
        sys.stdout.write(json.dumps(said) + "\n")
