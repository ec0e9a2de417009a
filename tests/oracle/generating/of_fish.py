"""fish, at all four levels."""

from __future__ import annotations

from tests.oracle.generating.draft import H, snippet


def fish_snippet(level):
    return snippet(level, "fish")


@fish_snippet(1)
def f_set_gx(c):
    v = c.var()
    return c.r.choice(
        [
            "set -gx {v} {w}",
            "set -x {v} {w}",
            "set -g -x {v} {w}",
            "set --global --export {v} {w}",
            "set -xg {v} {w}  # c",
        ]
    ).format(v=v, w=c.fish_word(c.val(v)))


@fish_snippet(1)
def f_set_plain(c):
    v = c.var()
    return c.r.choice([f"set {v} {c.fish_word(c.val(v))}", f"set -g {v} {c.fish_word(c.val(v))}"])


@fish_snippet(1)
def f_path(c):
    d = c.dir() + "/bin"
    return c.r.choice(
        [
            f"set -gx PATH {c.home_word(d)} $PATH",
            f"set PATH $PATH {c.home_word(d)}",
            f"set -x PATH {d} $PATH",
            f'set -gx PATH "{d}:$PATH"',
            f"set -a PATH {d}",
            f"set -p PATH {d}",
            f"set -gxa PATH {d}",
        ]
    )


@fish_snippet(1)
def f_export(c):
    v = c.var()
    return f"export {v}={c.fish_word(c.val(v))}"


@fish_snippet(1)
def f_comment(c):
    return c.r.choice(["# set -gx GOROOT /decoy", "echo hi >/dev/null # set -gx FOO decoy"])


@fish_snippet(1)
def f_path_vars(c):
    return c.r.choice(
        [
            "set -gx PATH $GOPATH/bin $PATH",
            "set -gx PATH $PATH $GOROOT/bin $GOPATH/bin",
            'set -gx GOBIN "$GOPATH/bin"',
            "set -gx GOBIN $GOPATH/bin",
        ]
    )


@fish_snippet(2)
def f_add_path(c):
    d = c.dir() + "/bin"
    if c.r.random() < 0.6:
        c.mkdir(d)
    return c.r.choice(
        [
            f"fish_add_path {c.home_word(d)}",
            f"fish_add_path -g {d}",
            f"fish_add_path --path {d}",
            f"fish_add_path -gP {d}",
            f"fish_add_path -a {d}",
            f"fish_add_path -m {d} /usr/bin",
            f"fish_add_path --append --path {d} $HOME/bin",
        ]
    )


@fish_snippet(2)
def f_if_dir(c):
    d = c.dir() + "/bin"
    if c.r.random() < 0.6:
        c.mkdir(d)
    return c.r.choice(
        [
            f"if test -d {c.home_word(d)}\n    set -gx PATH {d} $PATH\nend",
            f"test -d {d}; and set -gx PATH $PATH {d}",
            f"if [ -d {d} ]; set -x FOO dir; else; set -x FOO nodir; end",
            f"test -d {d} && set -gx BAR yes || set -gx BAR no",
        ]
    )


@fish_snippet(2)
def f_default(c):
    v = c.var()
    w = c.fish_word(c.val(v))
    return c.r.choice(
        [
            f"set -q {v}; or set -gx {v} {w}",
            f"if not set -q {v}\n    set -gx {v} {w}\nend",
            f"set -q {v} || set -gx {v} {w}",
            f'test -z "${v}"; and set -gx {v} {w}',
            (
                f'if set -q {v}; and test -n "${v}"\n  set -gx FOO had\nelse\n'
                "  set -gx FOO hadnot\nend"
            ),
        ]
    )


@fish_snippet(2)
def f_status(c):
    return c.r.choice(
        [
            "if status is-interactive\n    set -gx FOO interactive\nend",
            "if status is-login\n  set -gx BAR login\nend",
            "status --is-interactive; or exit",
            "status is-interactive; and set -gx FOO i; or set -gx FOO n",
            "if status --is-login; set -gx BAR l; else; set -gx BAR nl; end",
        ]
    )


@fish_snippet(2)
def f_source(c):
    p = c.aux("fenv", ext="fish")
    w = c.home_word(p)
    if c.r.random() < 0.25:
        del c.files[p]
    return c.r.choice(
        [
            f"test -f {w}; and source {w}",
            f"if test -e {w}\n    source {w}\nend",
            f"test -r {w} && . {w}",
        ]
    )


@fish_snippet(2)
def f_erase(c):
    v = c.var()
    return c.r.choice(
        [f"set -e {v}", f"set -gx {v} tmp\nset -e {v}", f"set -eg {v}", f"set --erase {v}"]
    )


@fish_snippet(2)
def f_alias(c):
    return c.r.choice(
        [
            "alias go 'echo aliased'",
            'alias go="$HOME/sdk/go1.21.5/bin/go"',
            "function go\n    command go $argv\nend",
            "function go --wraps go -d 'wrap'; command go $argv; end",
            "abbr -a g go",
            "function go; end\nfunctions -e go",
            "alias g=go",
        ]
    )


@fish_snippet(2)
def f_scope(c):
    return c.r.choice(
        [
            "if true\n  set -l FOO local\nend",
            "if true\n  set FOO ifscope\nend\nset -gx BAR $FOO",
            "begin\n  set -l GOPATH /local\n  set -gx FOO $GOPATH\nend",
            "begin; set BAR inblock; end",
            "set -l FOO toplocal\nset -gx BAR $FOO",
        ]
    )


@fish_snippet(2)
def f_autoload(c):
    c.files[f"{H}/.config/fish/functions/go.fish"] = "function go\n  command go $argv\nend\n"
    return "set -gx FOO autoload"


@fish_snippet(2)
def f_contains(c):
    d = c.dir() + "/bin"
    return c.r.choice(
        [
            f"contains {d} $PATH; or set -gx PATH {d} $PATH",
            f"if not contains {d} $PATH\n  set -p PATH {d}\nend",
            "contains /usr/bin $PATH; and set -gx FOO has",
        ]
    )


@fish_snippet(3)
def f_for(c):
    for d in (f"{H}/bin", "/opt/go/bin"):
        if c.r.random() < 0.7:
            c.mkdir(d)
    return c.r.choice(
        [
            "for d in ~/bin /opt/go/bin /opt/none\n    test -d $d; and set -gx PATH $d $PATH\nend",
            "for p in /a/bin /b/bin; fish_add_path -P $p; set -gxp PATH $p; end",
            "for v in GOPATH GOBIN\n  set -gx $v /dyn/$v\nend",
        ]
    )


@fish_snippet(3)
def f_function(c):
    return c.r.choice(
        [
            "function addp\n  set -gx PATH $argv[1] $PATH\nend\naddp /fn/bin",
            "function setl\n  set FOO infunc\n  set -gx BAR $FOO\nend\nsetl",
            "function setx\n  set -x FOO fx\nend\nsetx",
        ]
    )


@fish_snippet(3)
def f_switch(c):
    return c.r.choice(
        [
            (
                "switch (uname)\n  case Linux\n    set -gx FOO linux\n  case Darwin\n"
                "    set -gx FOO mac\n  case '*'\n    set -gx FOO other\nend"
            ),
            (
                "switch $HOME\n  case '/home/*'\n    set -gx BAR home\n  case '*'\n"
                "    set -gx BAR oth\nend"
            ),
        ]
    )


@fish_snippet(3)
def f_subst(c):
    return c.r.choice(
        [
            "set -gx FOO (echo hi)",
            "set -gx FOO (string join , a b c)",
            "set -gx BAR (basename $HOME)",
            "set -gx FOO $PATH[1]",
            "set -gx FOO (count $PATH)",
            "set -gx FOO a{b,c}d",
            "set -gx FOO (string replace home HOME $HOME)",
            "set -gx FOO $HOME/{x,y}",
            "set -gx FOO a b c",
            "set -gx PATH (string match -v '*games*' $PATH)",
            "set FOO one two; set -gx BAR $FOO[2]",
            "set -gx BAR x$UNDEFINED_X/y",
        ]
    )


@fish_snippet(3)
def f_universal(c):
    return c.r.choice(
        [
            "set -U FOO uni",
            "set -Ux GOPATH $HOME/ugo",
            "set -U fish_user_paths /up/bin $fish_user_paths",
            "set -Ux FOO u1\nset -gx FOO g1",
        ]
    )


@fish_snippet(3)
def f_quote(c):
    return c.r.choice(
        [
            "set -gx FOO 'a\\nb'",
            'set -gx FOO "a\\nb"',
            "set -gx FOO a\\nb",
            "set -gx FOO one \\\n  two",
            "set -gx FOO \"$HOME\"'/x'",
            "set -gx FOO 'it\\'s'",
        ]
    )


@fish_snippet(4)
def f_hook(c):
    c.tool("goenv")
    return c.r.choice(
        [
            "goenv init - | string replace export 'set -gx' >/dev/null",
            "echo 'set -gx FOO piped' | source",
            "eval (echo set -gx FOO evald)",
            "eval 'set -gx FOO lit'",
            "source (echo 'set -gx BAR psub' | psub)",
            "direnv hook fish 2>/dev/null | source",
        ]
    )


@fish_snippet(4)
def f_goenv(c):
    if c.r.random() < 0.75:
        c.tool("go")
    return c.r.choice(
        [
            "set -gx PATH $PATH (go env GOPATH)/bin",
            "set -gx GOPATH (go env GOPATH)",
            "command -q go; and set -gx GOPATH (go env GOPATH); or set -gx FOO nogo",
            "type -q go; and set -gx FOO has",
        ]
    )


@fish_snippet(4)
def f_dotenv(c):
    c.files[f"{H}/.env"] = "# c\nGOPROXY=direct\nFOO=from_env\n"
    return (
        "for line in (grep -v '^#' ~/.env)\n"
        "  set -l kv (string split -m 1 = $line)\n  set -gx $kv[1] $kv[2]\nend"
    )


@fish_snippet(4)
def f_event(c):
    return c.r.choice(
        [
            "function h --on-event fish_prompt\n  set -gx FOO prompted\nend",
            "function w --on-variable GOPATH\n  set -gx FOO watched\nend\nset -gx GOPATH /w",
            "set -gx FOO (date +%s%N)",
            "set -gx FOO (random 1 1)",
            "set -gx FOO $fish_pid",
            "test (hostname) = nohost; and set -gx BAR h",
        ]
    )
