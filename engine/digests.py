"""The digests of `hashlib`, from CPython's own modules where they are there.

`hashlib` loads OpenSSL first, which costs a run more than 2 ms; the standard library's `random`
goes round it in the same way.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

try:
    from _sha2 import sha256  # CPython 3.12 and later
except ImportError:
    try:
        from _sha256 import sha256
    except ImportError:
        from hashlib import sha256

__all__ = ["blake2b", "sha256"]
