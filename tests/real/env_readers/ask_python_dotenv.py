"""python-dotenv: what `load_dotenv()` leaves in the environment, answered line by line."""

from __future__ import annotations

import base64
import json
import logging
import os
import sys
import tempfile

sys.path.insert(0, sys.argv[1])
from dotenv import load_dotenv

logging.disable(logging.CRITICAL)


def answer(path, content, client):
    with open(path, "wb") as file:
        file.write(content)
    os.environ.clear()
    os.environ.update(client)
    try:
        load_dotenv(path)
    except (ValueError, OSError) as error:
        return {"refused": type(error).__name__}
    return {
        "read": {
            os.fsdecode(name): base64.b64encode(value).decode()
            for name, value in os.environb.items()
        }
    }


with tempfile.TemporaryDirectory() as folder:
    for line in sys.stdin:
        asked = json.loads(line)
        content = base64.b64decode(asked["content"])
        said = answer(os.path.join(folder, ".env"), content, asked["environment"])
        sys.stdout.write(json.dumps(said) + "\n")
