"""Start-up files out of a small grammar: assignments, branches, loops, functions, files, PATH."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from engine.model.record import record
from tests.precedence.machine import HOME, SESSION, Machine, value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Statements = st.SearchStrategy[list[str]]

NAMES = ("A", "B", "C", "D")
LIBRARY = f"{HOME}/library"
_SOURCES = {
    False: [st.just(f". {LIBRARY}"), st.just(f"if unknown-tool; then . {LIBRARY}; fi")],
    True: [st.just(f"source {LIBRARY}"), st.just(f"unknown-tool; and source {LIBRARY}")],
}
LITERALS = ("", "x", "y/z", "a b", "/opt/go")
_FOLDERS = ("/opt/go/bin", f"{HOME}/bin", "/usr/local/go/bin")


@record
class Kind:
    """A shell: its name, the context it is asked for in, and the file that it then reads."""

    name: str
    context: str
    file: str
    opaque: str
    guard: str

    @property
    def is_fish(self) -> bool:
        """Say whether it is the one with a language of its own."""
        return self.name == "fish"

    def joined(self, then: list[str], other: list[str]) -> str:
        """Give a branch whose guard nobody knows."""
        if self.is_fish:
            return f"if {self.guard}\n{text(then)}else\n{text(other)}end"
        return f"if {self.guard}; then\n:\n{text(then)}else\n:\n{text(other)}fi"

    def sourced(self, path: str) -> str:
        """Give a line that reads a file."""
        return f"{'source' if self.is_fish else '.'} {path}"


_EVAL = 'eval "$(unknown-tool)"'
KINDS = {
    kind.name: kind
    for kind in (
        Kind("bash", "bash-interactive-command", f"{HOME}/.bashrc", _EVAL, "unknown-tool"),
        Kind("sh", "dash-login-command", f"{HOME}/.profile", _EVAL, "unknown-tool"),
        Kind("zsh", "zsh-interactive-command", f"{HOME}/.zshrc", _EVAL, "unknown-tool"),
        Kind("ksh", "ksh-login-command", f"{HOME}/.profile", _EVAL, "unknown-tool"),
        Kind(
            "fish",
            "fish-interactive-command",
            f"{HOME}/.config/fish/config.fish",
            "unknown-tool | source",
            "unknown-tool",
        ),
    )
}


def text(statements: list[str]) -> str:
    """Give statements as a file's text."""
    return "".join(f"{statement}\n" for statement in statements)


def scripts(
    kind: Kind,
    names: tuple[str, ...] = NAMES,
    *,
    paths: bool = True,
    literals: tuple[str, ...] = LITERALS,
) -> Statements:
    """Give lists of statements that read and set these variables, and PATH perhaps."""
    return st.lists(
        st.one_of(_statements(kind, names, paths, literals), *_SOURCES[kind.is_fish]), max_size=6
    )


def libraries(kind: Kind) -> Statements:
    """Give what such scripts may read: the same, but it reads no file."""
    return st.lists(_statements(kind, NAMES, True, LITERALS), max_size=6)


def _statements(
    kind: Kind, names: tuple[str, ...], paths: bool, literals: tuple[str, ...]
) -> st.SearchStrategy[str]:
    if kind.is_fish:
        return _fish(names, 2, paths, literals)
    made = _posix(names, 2, paths, literals)
    if kind.name == "sh":
        return made
    letter, name = st.sampled_from("iul"), st.sampled_from(names)
    return st.one_of(made, st.builds("typeset -{} {}".format, letter, name))


def assigned(kind: Kind, name: str, what: str) -> str:
    """Give a statement that sets an exported variable to a literal."""
    return f"set -gx {name} '{what}'" if kind.is_fish else f"export {name}='{what}'"


def _posix(
    names: tuple[str, ...], depth: int, paths: bool, literals: tuple[str, ...]
) -> st.SearchStrategy[str]:
    name = st.sampled_from(names)
    word = st.one_of(
        st.sampled_from(literals).map(lambda one: f"'{one}'"),
        name.map(lambda one: f'"${one}"'),
        name.map(lambda one: f'"${{{one}:-none}}"'),
        name.map(lambda one: f'"${one}/bin"'),
        name.map(lambda one: f"${{{one}%/*}}"),
    )
    simple = [
        st.builds("{}={}".format, name, word),
        st.builds("export {}={}".format, name, word),
        st.builds("export {}".format, name),
        st.builds("unset {}".format, name),
        st.builds(': "${{{}:=given}}"'.format, name),
        st.builds("{}={} true".format, name, word),
        st.builds('[ -n "${}" ] && {}={}'.format, name, name, word),
        st.builds('[ "${}" = x ] || export {}={}'.format, name, name, word),
        st.builds('{}=$(printf "%s" {})'.format, name, word),
    ]
    if paths:
        folder = st.sampled_from(_FOLDERS)
        simple += [
            st.builds("PATH={}:$PATH".format, folder),
            st.builds('export PATH="$PATH:{}"'.format, folder),
            st.builds('case ":$PATH:" in *:{0}:*) ;; *) PATH=$PATH:{0} ;; esac'.format, folder),
        ]
    if not depth:
        return st.one_of(simple)
    body = st.lists(_posix(names, depth - 1, paths, literals), max_size=3).map(
        lambda made: ":\n" + text(made)
    )
    local = st.one_of(
        st.builds("local {}={}\n".format, name, word),
        st.builds("if unknown-tool; then local {}={}; fi\n".format, name, word),
    )
    test = st.one_of(
        st.sampled_from(["[ -d /opt ]", "[ -e /nowhere ]", "unknown-tool", "true", "! true"]),
        st.builds('[ "${}" = "${}" ]'.format, name, name),
        st.builds('[ -z "${}" ]'.format, name),
    )
    return st.one_of(
        *simple,
        st.builds("if {}; then\n{}else\n{}fi".format, test, body, body),
        st.builds("for {} in a {} b; do\n{}done".format, name, word, body),
        st.builds('case "${}" in\nx*) {} ;;\n*/*|"") {} ;;\nesac'.format, name, body, body),
        st.builds("f() {{\n{}}}\nf".format, body),
        st.builds("f() {{\n:\n{}{}}}\nf".format, local, body),
        st.builds("( {} )".format, body),
    )


def _fish(
    names: tuple[str, ...], depth: int, paths: bool, literals: tuple[str, ...]
) -> st.SearchStrategy[str]:
    name = st.sampled_from(names)
    word = st.one_of(
        st.sampled_from(literals).map(lambda one: f"'{one}'"),
        name.map(lambda one: f'"${one}"'),
        name.map(lambda one: f"${one}"),
        name.map(lambda one: f'"${one}/bin"'),
    )
    simple = [
        st.builds("set {} {}".format, name, word),
        st.builds("set -gx {} {}".format, name, word),
        st.builds("set -g {} {} {}".format, name, word, word),
        st.builds("set -e {}".format, name),
        st.builds("set -a {} {}".format, name, word),
        st.builds("set -q {}; or set -gx {} {}".format, name, name, word),
        st.builds('test -n "${}"; and set {} {}'.format, name, name, word),
        st.builds("{}={} true".format, name, word),
        st.builds("set {} (string upper {})".format, name, word),
    ]
    if paths:
        folder = st.sampled_from(_FOLDERS)
        simple += [
            st.builds("set -gx PATH {} $PATH".format, folder),
            st.builds("fish_add_path -gP {}".format, folder),
            st.builds("contains {0} $PATH; or set -a PATH {0}".format, folder),
        ]
    if not depth:
        return st.one_of(simple)
    body = st.lists(_fish(names, depth - 1, paths, literals), max_size=3).map(text)
    local = st.one_of(
        st.builds("set -l {} {}\n".format, name, word),
        st.builds("if unknown-tool\nset -f {} {}\nend\n".format, name, word),
    )
    test = st.one_of(
        st.sampled_from(["test -d /opt", "test -e /nowhere", "unknown-tool", "true", "not true"]),
        st.builds('test "${}" = "${}"'.format, name, name),
        st.builds("set -q {}".format, name),
    )
    return st.one_of(
        *simple,
        st.builds("if {}\n{}else\n{}end".format, test, body, body),
        st.builds("for {} in a {} b\n{}end".format, name, word, body),
        st.builds('switch "${}"\ncase "x*"\n{}case "*/*" ""\n{}end'.format, name, body, body),
        st.builds("function f\n{}end\nf".format, body),
        st.builds("function f\n{}{}end\nf".format, local, body),
        st.builds("begin\n{}end".format, body),
    )


def machine(kind: Kind, statements: list[str], library: list[str], **files: str) -> Machine:
    """Give a machine of which a shell reads these statements."""
    programs = ("/usr/bin/unknown-tool", "/usr/bin/printf", "/usr/bin/true", "/opt/go/bin/go")
    laid: Mapping[str, str] = {
        **dict.fromkeys(programs, "\x7fELF"),
        kind.file: text(statements),
        LIBRARY: text(library),
        **{f"{HOME}/{name}": content for name, content in files.items()},
    }
    session = {**SESSION, "A": "x", "B": "inherited"}
    return Machine(laid, session=session)


def outcome(kind: Kind, statements: list[str], library: list[str], **files: str) -> dict[str, Any]:
    """Give what the variables come to, by name."""
    context = machine(kind, statements, library, **files).contexts(kind.context)[kind.context]
    return told(context)


def told(context: Any) -> dict[str, Any]:
    """Give what is told of the variables: a text, None, or `?` and the cause."""
    return {name: value(context, name) for name in (*NAMES, "PATH")}


def is_unknown(found: Any) -> bool:
    """Say whether a value is not known."""
    return isinstance(found, str) and found.startswith("?")
