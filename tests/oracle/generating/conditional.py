"""Level 2: conditions on files, mode and variables; defaults, sourcing, unset, aliases."""

from __future__ import annotations

from tests.oracle.generating.draft import H, snippet


@snippet(2)
def default_value(c):
    v = c.var()
    w = c.val(v)
    w = w if all(x.isalnum() or x in "/._-" for x in w) else "dflt"
    return c.r.choice(
        [
            f"export {v}=${{{v}:-{w}}}",
            f'{v}="${{{v}:-{w}}}"; export {v}',
            f": ${{{v}:={w}}}\nexport {v}",
            f': "${{{v}:={w}}}"',
            f"export {v}=${{{v}-{w}}}",
            f'export {v}="${{UNDEFINED_X:-${{{c.var()}:-{w}}}}}"',
        ]
    )


@snippet(2)
def alt_value(c):
    d = c.dir() + "/bin"
    return c.r.choice(
        [
            f'export PATH="{d}${{PATH:+:$PATH}}"',
            f"PATH={d}${{PATH:+:${{PATH}}}}",
            'export FOO="${GOROOT:+set}"',
            f'export MANPATH="{d}/man${{MANPATH:+:$MANPATH}}"',
            'export GOFLAGS="${GOFLAGS:+$GOFLAGS }-mod=mod"',
        ]
    )


@snippet(2)
def if_dir(c):
    d = c.r.choice(
        [f"{H}/bin", f"{H}/.local/bin", "/usr/local/go/bin", "/opt/go/bin", f"{H}/.cargo/bin"]
    )
    if c.r.random() < 0.6:
        c.mkdir(d)
    w = c.home_word(d)
    t = c.r.choice([f"[ -d {w} ]", f"test -d {w}"] + ([f"[[ -d {w} ]]"] if c.shell != "sh" else []))
    p = d.replace(H, "$HOME")
    return c.r.choice(
        [
            f'if {t} ; then\n    PATH="{p}:$PATH"\nfi',
            f'{t} && export PATH="{p}:$PATH"',
            f'if {t}\nthen\n  export PATH="$PATH:{p}"\nelse\n  export FOO=nodir\nfi',
            f'{t} && PATH="$PATH:{p}" || FOO=missing',
        ]
    )


@snippet(2)
def if_file_source(c):
    p = c.aux()
    w = c.home_word(p)
    if c.r.random() < 0.3:
        del c.files[p]
    return c.r.choice(
        [
            f"[ -f {w} ] && . {w}",
            f"if [ -r {w} ]; then . {w}; fi",
            f"if [ -f {w} ]; then\n    . {w}\nfi",
            f"test -e {w} && . {w}",
        ]
        + ([f"[[ -s {w} ]] && source {w}"] if c.shell != "sh" else [])
    )


@snippet(2)
def source_plain(c):
    p = c.aux()
    return f"{c.r.choice(['.', '.', 'source']) if c.shell != 'sh' else '.'} {c.home_word(p)}"


@snippet(2)
def source_missing(c):
    return c.r.choice(
        [
            f". {H}/.nothere 2>/dev/null || true",
            "[ -f ~/.nothere ] && . ~/.nothere",
            "[ -e /etc/nothere.sh ] && . /etc/nothere.sh; export FOO=after",
        ]
    )


@snippet(2)
def source_chain(c):
    inner = c.aux("inner")
    mid = c.aux("mid", f". {c.home_word(inner)}\nexport BAR=mid\n")
    return f". {c.home_word(mid)}"


@snippet(2)
def interactive_guard(c):
    return c.r.choice(
        [
            "case $- in\n    *i*) ;;\n      *) return;;\nesac",
            '[ -z "$PS1" ] && return',
            "case $- in *i*) export FOO=interactive ;; *) export FOO=batch ;; esac",
            'if [ -n "$PS1" ]; then export BAR=ps1; fi',
        ]
        + (["[[ $- != *i* ]] && return", "[[ $- == *i* ]] || return 0"] if c.shell != "sh" else [])
    )


@snippet(2)
def version_guard(c):
    v = c.var()
    return c.r.choice(
        [
            'if [ -n "$BASH_VERSION" ]; then\n    export FOO=bash\nfi',
            (
                'if [ "$BASH_VERSION" ]; then export FOO=b; elif [ "$ZSH_VERSION" ]; then export '
                "FOO=z; else export FOO=other; fi"
            ),
            f'[ -n "${{ZSH_VERSION-}}" ] && export {v}=zsh',
            '[ "$0" = "bash" ] && FOO=zero',
        ]
    )


@snippet(2)
def unset_var(c):
    v = c.var()
    return c.r.choice(
        [f"unset {v}", f"export {v}=tmp\nunset {v}", f"unset {v} 2>/dev/null", f"unset -v {v}"]
    )


@snippet(2)
def alias_go(c):
    return c.r.choice(
        [
            "alias go='echo aliased'",
            'alias go="$HOME/sdk/go1.21.5/bin/go"',
            "alias go=/opt/go/bin/go",
            "alias go='go1.21'\nunalias go",
            "alias g=go",
            "alias go='GOFLAGS=-v go'",
        ]
    )


@snippet(2)
def func_go(c):
    return c.r.choice(
        ['go() { command go "$@"; }', 'go () {\n  echo wrapper\n  command go "$@"\n}']
        + (['function go { command go "$@"; }'] if c.shell != "sh" else [])
        + ["go() { :; }\nunset -f go"]
    )


@snippet(2)
def line_continuation(c):
    v = c.var()
    d = c.dir()
    return c.r.choice(
        [
            f"export \\\n  {v}={c.sh_word(c.val(v))}",
            f"export PATH=$PATH:\\\n{d}/bin",
            'export FOO="a\\\nb"',
            f"PATH={d}/bin:\\\n/opt/x/bin:\\\n$PATH",
            "export FOO=one \\\n       BAR=two",
        ]
    )


@snippet(2)
def if_unset(c):
    v = c.var()
    w = c.sh_word(c.val(v))
    return c.r.choice(
        [
            f'if [ -z "${v}" ]; then export {v}={w}; fi',
            f'[ -n "${v}" ] || export {v}={w}',
            f'if [ "x${v}" = "x" ]; then\n  {v}={w}\n  export {v}\nfi',
            f'if [ "${{{v}+set}}" != set ]; then export {v}={w}; fi',
        ]
    )


@snippet(2)
def elif_chain(c):
    if c.r.random() < 0.5:
        c.mkdir("/opt/go1.20")
    if c.r.random() < 0.5:
        c.mkdir("/usr/local/go")
    return (
        "if [ -d /opt/go1.20 ]; then\n  export GOROOT=/opt/go1.20\n"
        "elif [ -d /usr/local/go ]; then\n  GOROOT=/usr/local/go; export GOROOT\n"
        "else\n  export GOROOT=$HOME/go-none\nfi"
    )


@snippet(2)
def and_list(c):
    return c.r.choice(
        [
            "true && export FOO=yes",
            "false || export FOO=fallback",
            "[ 1 -eq 1 ] && [ a != b ] && export FOO=both",
            "! false && export BAR=neg",
            "false && export FOO=never",
            "[ 1 = 2 -o 2 = 2 ] && export BAR=o",
        ]
    )


@snippet(2)
def multiline_string(c):
    return 'FOO="line1\nexport GOROOT=/decoy\nline3"'


@snippet(2, "bash", "zsh", "ksh")
def declare_x(c):
    v = c.var()
    return c.r.choice(
        [f"typeset -x {v}={c.sh_word(c.val(v))}"]
        + ([f"declare -x {v}={c.sh_word(c.val(v))}"] if c.shell != "ksh" else [])
        + [
            f"{v}=ro1; readonly {v}; export {v}"
            if v == "FOO"
            else f"export -p >/dev/null; export {v}=q"
        ]
    )


@snippet(2)
def export_words(c):
    return "BAR='two words'\nexport FOO=$BAR"
