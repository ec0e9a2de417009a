"""Level 4: tool hooks, computed values, loops over data, exec and prompt hooks."""

from __future__ import annotations

from tests.oracle.generating.draft import H, snippet


@snippet(4)
def direnv_hook(c):
    if c.r.random() < 0.7:
        c.tool("direnv")
    return c.r.choice(
        [
            'eval "$(direnv hook bash)"',
            'command -v direnv >/dev/null && eval "$(direnv hook bash)"',
            'eval "$(direnv hook bash 2>/dev/null)"; export BAR=afterhook',
        ]
    )


@snippet(4)
def goenv_init(c):
    c.tool("goenv")
    return (
        'export GOENV_ROOT="$HOME/.goenv"\nexport PATH="$GOENV_ROOT/bin:$PATH"\n'
        'eval "$(goenv init -)"'
    )


@snippet(4)
def brew_env(c):
    c.tool("brew")
    return c.r.choice(
        [
            'eval "$(/usr/local/bin/brew shellenv)"',
            'test -x /usr/local/bin/brew && eval "$(/usr/local/bin/brew shellenv)"',
            "eval $(brew shellenv)",
        ]
    )


@snippet(4)
def go_env_gopath(c):
    if c.r.random() < 0.75:
        c.tool("go")
    return c.r.choice(
        [
            "export PATH=$PATH:$(go env GOPATH)/bin",
            'export GOPATH="$(go env GOPATH)"\nexport PATH="$GOPATH/bin:$PATH"',
            "export GOPATH=`go env GOPATH 2>/dev/null`",
            'PATH="$(go env GOROOT 2>/dev/null)/bin:$PATH"',
        ]
    )


@snippet(4)
def dotenv_loop(c):
    p = f"{H}/.env"
    c.files[p] = "# env\nGOPROXY=direct\nFOO=from_env\n"
    return c.r.choice(
        [
            f"export $(grep -v '^#' {p} | xargs)",
            f"set -a; . {p}; set +a",
            (
                "while IFS='=' read -r k v; do case $k in ''|\\#*) continue;; esac; export "
                f'"$k=$v"; done < {p}'
            ),
            f"eval \"$(sed -n 's/^\\([A-Z]*\\)=/export \\1=/p' {p})\"",
        ]
    )


@snippet(4)
def dynamic_value(c):
    return c.r.choice(
        [
            'export FOO="$(date +%s%N)"',
            "export FOO=$$",
            'export FOO="$(hostname)"',
            'if [ "$(uname -m)" = x86_64 ]; then export BAR=amd64; else export BAR=other; fi',
            'export GOROOT="$(ls -d /opt/go* 2>/dev/null | sort -V | tail -1)"',
            'export FOO="$(cat /nonexistent 2>/dev/null || echo none)"',
        ]
    )


@snippet(4)
def set_e_exit(c):
    return c.r.choice(
        [
            "set -e; false || true; export FOO=survived; set +e",
            'export FOO=beforeexit; [ -n "$NOPE_X" ] && exit 3; export BAR=still',
            "set -u; export BAR=${FOO:-u}; set +u",
            "trap 'export FOO=trapped' EXIT",
        ]
    )


@snippet(4)
def cleanup_path(c):
    return c.r.choice(
        [
            "PATH=$(echo \"$PATH\" | tr ':' '\\n' | grep -v games | paste -sd: -); export PATH",
            "PATH=$(printf %s \"$PATH\" | awk -v RS=: '!s[$0]++' | paste -sd: -)",
            "PATH=`getconf PATH`:$PATH",
        ]
    )


@snippet(4)
def nvm_like(c):
    c.files[f"{H}/.gvm/scripts/gvm"] = (
        'GVM_ROOT="$HOME/.gvm"\nexport GVM_ROOT\n'
        'gvm_use() { GOROOT="$GVM_ROOT/gos/$1"; export GOROOT; PATH="$GOROOT/bin:$PATH"; }\n'
        '[ -f "$GVM_ROOT/default" ] && . "$GVM_ROOT/default"\n'
    )
    if c.r.random() < 0.6:
        c.files[f"{H}/.gvm/default"] = "gvm_use go1.18\n"
    return '[ -s "$HOME/.gvm/scripts/gvm" ] && . "$HOME/.gvm/scripts/gvm"'


@snippet(4)
def tool_eval(c):
    t = c.r.choice(["starship", "mise"])
    c.tool(t)
    return f'eval "$({t} {"init bash" if t == "starship" else "activate bash"})"'


@snippet(4, "bash")
def prompt_hook(c):
    return c.r.choice(
        [
            "PROMPT_COMMAND='export FOO=prompted'",
            '__h() { export GOFLAGS=-hook; }; PROMPT_COMMAND="__h;$PROMPT_COMMAND"',
            ". <(echo 'export FOO=procsub')",
            "source /dev/stdin <<< 'export FOO=stdin'",
            "trap 'BAR=dbg' DEBUG; export BAR",
            (
                "mapfile -t L < <(printf 'GOPATH=/mf\\nFOO=mf\\n'); for l in \"${L[@]}\"; do "
                'export "$l"; done'
            ),
            (
                'declare -A M=([GOPATH]=/am [FOO]=am); for k in "${!M[@]}"; do export '
                '"$k=${M[$k]}"; done'
            ),
            'name=GOBIN; declare -gx "$name=/dyn/bin"',
            "[ $RANDOM -ge 0 ] && export FOO=rand",
        ]
    )


@snippet(4, "zsh")
def zsh_hook(c):
    return c.r.choice(
        [
            "precmd() { export FOO=precmd }",
            "autoload -Uz add-zsh-hook; h() { export GOFLAGS=-hook }; add-zsh-hook precmd h",
            "source <(echo 'export FOO=procsub')",
            "eval \"$(cat <<< 'export FOO=hs')\"",
            "typeset -T GOPATH gopath; export GOPATH; gopath=(/a /b)",
            "export FOO=$(print -P %n)",
        ]
    )


@snippet(4, "bash", "zsh")
def exec_other(c):
    return c.r.choice(
        [
            '[ -n "$NEVER_SET_X" ] && exec fish',
            'if [ -z "$ORC_ONCE" ]; then export ORC_ONCE=1; export FOO=once; fi',
            "case $- in *x*) exec sh;; esac; export BAR=noexec",
        ]
    )
