"""Level 3: functions, loops, case, here-documents, subshells, eval of literals."""

from __future__ import annotations

from tests.oracle.generating.draft import H, snippet


@snippet(3)
def pathmunge(c):
    a, b = c.dir() + "/bin", "/opt/tool/bin"
    return (
        'pathmunge () {\n    case ":${PATH}:" in\n        *:"$1":*) ;;\n'
        '        *) if [ "$2" = "after" ]; then PATH=$PATH:$1; else PATH=$1:$PATH; fi ;;\n'
        "    esac\n}\n"
        f"pathmunge {a}\npathmunge {b} after\n"
        + c.r.choice([f"pathmunge {a} after\nunset -f pathmunge", "export PATH", ""])
    )


@snippet(3)
def add_to_path_func(c):
    d = c.dir()
    c.mkdir(d + "/bin")
    return (
        'prepend_path() {\n  if [ -d "$1" ]; then\n    export PATH="$1:$PATH"\n'
        f"  fi\n}}\nprepend_path {d}/bin\nprepend_path /nonexistent/bin"
    )


@snippet(3)
def for_dirs(c):
    for d in (f"{H}/bin", "/opt/go/bin"):
        if c.r.random() < 0.7:
            c.mkdir(d)
    return (
        'for d in "$HOME/bin" "$HOME/.local/bin" /opt/go/bin; do\n'
        '  [ -d "$d" ] && PATH="$d:$PATH"\ndone\nunset d'
    )


@snippet(3)
def for_glob_source(c):
    base = f"{H}/.profile.d"
    for n in ("10-go.sh", "20-x.sh", "b.sh"):
        v = c.var()
        c.files[f"{base}/{n}"] = f"export {v}={c.sh_word(c.val(v))}\n"
    c.files[f"{base}/note.txt"] = "export FOO=decoy\n"
    return 'for f in "$HOME"/.profile.d/*.sh; do\n  if [ -r "$f" ]; then . "$f"; fi\ndone\nunset f'


@snippet(3)
def case_path(c):
    d = c.dir() + "/bin"
    return c.r.choice(
        [
            f'case ":$PATH:" in\n  *":{d}:"*) ;;\n  *) export PATH="{d}:$PATH" ;;\nesac',
            f"case $PATH in *{d}*) :;; *) PATH={d}:$PATH;; esac",
            'case "$HOME" in /home/*) export FOO=home;; /root) export FOO=root;; esac',
            'case "$TERM" in xterm*|rxvt*) export BAR=x ;; *) export BAR=dumb ;; esac',
        ]
    )


@snippet(3)
def heredoc_decoy(c):
    return c.r.choice(
        [
            "cat >/dev/null <<EOF\nexport GOROOT=/decoy\nEOF",
            "cat >/dev/null <<'EOT'\nexport PATH=/decoy:$PATH\nEOT\nexport FOO=afterdoc",
            ": <<-X\n\texport GOPATH=/decoy\n\tX\nexport BAR=ok",
        ]
    )


@snippet(3)
def subshell(c):
    return c.r.choice(
        [
            "( export FOO=sub; PATH=/decoy )",
            "(FOO=sub)\nexport BAR=after",
            "{ export FOO=group; } 2>/dev/null",
            "export FOO=bg &\nwait",
        ]
    )


@snippet(3)
def pipe_read(c):
    return c.r.choice(
        [
            "echo piped | read FOO; export FOO",
            "echo x | { read BAR; export BAR; }",
            "true | export FOO=lastpipe",
        ]
    )


@snippet(3)
def param_ops(c):
    return c.r.choice(
        [
            "GOROOT=/opt/go/bin/go; GOROOT=${GOROOT%/bin/go}; export GOROOT",
            "export FOO=${HOME##*/}",
            "X=a.b.c; export FOO=${X%.*} BAR=${X#*.}",
            "export FOO=${#HOME}",
        ]
        + (
            [
                r'export PATH="${PATH//\/usr\/games/}"',
                'export FOO="${HOME/home/HOME}"',
                "export BAR=${HOME:0:5}",
            ]
            if c.shell != "sh"
            else []
        )
    )


@snippet(3)
def arith(c):
    return c.r.choice(["FOO=$((1+2)); export FOO", "N=3; N=$((N*2)); export BAR=$N"])


@snippet(3)
def local_var(c):
    if c.shell == "ksh":
        return "setup() { export FOO=infunc; GOPATH=$1; export GOPATH; }\nsetup /opt/gp"
    return "setup() { local GOPATH=/local; export FOO=$GOPATH; BAR=set; }\nsetup\nexport BAR"


@snippet(3)
def while_counter(c):
    return 'i=0; while [ $i -lt 3 ]; do i=$((i+1)); FOO="$FOO$i"; done; export FOO'


@snippet(3)
def prefix_assign(c):
    return c.r.choice(
        [
            "FOO=tmp env >/dev/null",
            "FOO=special :",
            "GOFLAGS=-x true; export BAR=done",
            "f() { :; }; FOO=fn f",
            "FOO=exp export BAR=1",
        ]
    )


@snippet(3)
def eval_literal(c):
    v = c.var()
    return c.r.choice(
        [
            f"eval 'export {v}=evald'",
            f'eval "export {v}=\\$HOME/e"',
            'for v in GOROOT GOPATH; do eval "export $v=/ev/$v"; done',
            "cmd='export FOO=fromcmd'; $cmd",
            "cmd='export FOO=fromcmd'; eval $cmd",
        ]
    )


@snippet(3)
def allexport(c):
    v = c.var()
    return f"set -a\n{v}={c.sh_word(c.val(v))}\nBAR=auto\nset +a\nFOO=notexp"


@snippet(3)
def command_v(c):
    if c.r.random() < 0.5:
        c.tool("go")
    return c.r.choice(
        [
            "command -v go >/dev/null 2>&1 && export FOO=hasgo",
            "if command -v go >/dev/null; then export GOPATH=$HOME/go; fi",
            "if ! command -v nosuchtool >/dev/null 2>&1; then export FOO=none; fi",
            "type ls >/dev/null 2>&1 && export BAR=ls",
        ]
    )


@snippet(3)
def early_return(c):
    p = c.aux("early", "export FOO=before\nreturn 0\nexport FOO=after\n")
    return f". {c.home_word(p)}\nexport BAR=continued"


@snippet(3)
def crlf_file(c):
    p = c.aux("crlf", "export GOPATH=/crlf/go\r\nexport FOO=x\r\n")
    return f". {c.home_word(p)}"


@snippet(3)
def cmdsub_simple(c):
    return c.r.choice(
        [
            "export FOO=$(echo hi)",
            'export FOO="$(uname -s)"',
            'if [ "$(id -u)" -eq 0 ]; then export FOO=root; else export FOO=user; fi',
            'export GOROOT="$(dirname /opt/go/bin)"',
            "export FOO=`basename $HOME`",
            'export BAR="$(cd /usr && pwd)"',
            "export FOO=$(printf '%s' a b)",
        ]
    )


@snippet(3, "bash", "zsh", "ksh")
def dollar_quote(c):
    return c.r.choice([r"export FOO=$'a\tb'", r"FOO=$'it\'s'; export FOO", r"export BAR=$'x\ny'"])


@snippet(3, "bash", "zsh", "ksh")
def dbracket(c):
    return c.r.choice(
        [
            'if [[ ":$PATH:" != *":/opt/go/bin:"* ]]; then export PATH="/opt/go/bin:$PATH"; fi',
            '[[ "$OSTYPE" == linux* ]] && export FOO=linux',
            '[[ -n "$SSH_CLIENT" || -n $SSH_TTY ]] && export FOO=ssh',
            "[[ $HOME =~ ^/home/(.*)$ ]] && export FOO=matched",
            "[[ -z $GOPATH && -d $HOME ]] && export GOPATH=$HOME/gp",
        ]
    )


@snippet(3, "bash")
def bash_misc(c):
    c.mkdir(f"{H}/x/y")
    return c.r.choice(
        [
            "shopt -q login_shell && export FOO=login || export FOO=nologin",
            "export FOO=1; export -n FOO",
            'printf -v FOO "%s/bin" "$HOME"; export FOO',
            "FOO+=more; export FOO",
            "PATH+=:/plus/bin",
            "arr=(a b c); export FOO=${arr[1]}",
            "export FOO=${!GO*}",
            "read -r FOO <<< 'here string'; export FOO",
            "for i in {1..3}; do BAR=$BAR$i; done; export BAR",
            "export {GOPATH,GOBIN}=/brace",
            "FOO=x; n=FOO; export BAR=${!n}",
            "export BAR=$SHLVL",
            "if [ -t 0 ]; then export FOO=tty; else export FOO=notty; fi",
            "FOO=${BASH_SOURCE[0]}; export FOO",
        ]
    )


@snippet(3, "bash", "zsh")
def bash_source_dir(c):
    c.files[f"{H}/.extra.sh"] = "export FOO=extra\n"
    return c.r.choice(
        [
            '. "$(dirname "${BASH_SOURCE[0]:-$0}")/.extra.sh" 2>/dev/null || export BAR=failed',
            (
                'DOT="$HOME"; for f in "$DOT"/.{extra,missing}.sh; do [ -r "$f" ] && source '
                '"$f"; done; unset f'
            ),
        ]
    )
