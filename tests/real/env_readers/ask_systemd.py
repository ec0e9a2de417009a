"""systemd: what its own library makes of an `EnvironmentFile=`, answered line by line."""

from __future__ import annotations

import base64
import ctypes
import json
import os
import sys
import tempfile

library = ctypes.CDLL(sys.argv[1])
library.strv_env_clean_with_callback.restype = ctypes.POINTER(ctypes.c_char_p)


def answer(path, content):
    with open(path, "wb") as file:
        file.write(content)
    found = ctypes.POINTER(ctypes.c_char_p)()
    status = library.load_env_file(None, os.fsencode(path), ctypes.byref(found))
    if status < 0:
        return {"refused": os.strerror(-status)}
    pairs = {}
    if found:
        cleaned = library.strv_env_clean_with_callback(found, None, None)
        at = 0
        while cleaned and cleaned[at] is not None:
            name, _, value = cleaned[at].partition(b"=")
            pairs[name.decode()] = base64.b64encode(value).decode()
            at += 1
    return {"read": pairs}


with tempfile.TemporaryDirectory() as folder:
    for line in sys.stdin:
        content = base64.b64decode(json.loads(line)["content"])
        sys.stdout.write(json.dumps(answer(os.path.join(folder, ".env"), content)) + "\n")
