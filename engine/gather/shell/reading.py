"""Reading a shell's start-up file: from the cache, or by the parser and what mends its failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.gather.host import HostError
from engine.gather.shell import kept
from engine.gather.shell.convert import Converter
from engine.gather.shell.recovery import may_go_on, parsed
from engine.gather.shell.shfmt import Mistake
from engine.gather.shell.source import Source

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt

LIMIT = 256 << 10
"""How long a file may be: its tree is 160 times as long, and nvm.sh is 150 KB."""


def read(content: bytes, parser: Shfmt, shell: str) -> list[Any]:
    """Read a file as one of the shells would; `HostError` says that it is not to be had."""
    if len(content) > LIMIT:
        raise HostError("too_large", f"it has more than {LIMIT} bytes")
    if parser.cache is None:
        return _read(content, parser, shell)
    name = kept.key(content, shell, parser.version)
    script = kept.load(parser.cache, name)
    if script is None:
        script = _read(content, parser, shell)
        if not kept.holds_secret(content, script):
            kept.save(parser.cache, name, script)
    return script


def _read(content: bytes, parser: Shfmt, shell: str) -> list[Any]:
    before_nul, nul, _ = content.partition(b"\0")
    source = Source(before_nul.rpartition(b"\n")[0] + b"\n" if nul else content)
    try:
        tree = parsed(source, shell, parser)
        converter = Converter(tree.source, shell, tree.placeholders)
        script = converter.script(tree.root.get("Stmts", ()))
        mistake = tree.mistake
        if mistake is None and nul:
            mistake = Mistake(before_nul.count(b"\n") + 1, 0, "a NUL byte")
        if mistake is not None:
            if tree.mistake is not None and may_go_on(mistake, shell):
                script.append(["opaque", mistake.line, mistake.message, None])
            script.append(["broken", mistake.line, mistake.message])
        restored: list[Any] = source.restored(script)
    except RecursionError:
        return [["opaque", 1, "nested too deeply", None]]
    return restored
