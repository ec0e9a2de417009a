"""What only zsh has."""

from __future__ import annotations

from tests.oracle.generating.draft import H, snippet


@snippet(1, "zsh")
def zsh_path_array(c):
    d = c.dir() + "/bin"
    return c.r.choice(
        [
            f"path=({c.home_word(d)} $path)",
            f"path+=({d})",
            f"path+={d}",
            f"path=($path {d})",
            f"path[1,0]={d}",
        ]
    )


@snippet(2, "zsh")
def zsh_typeset_u(c):
    d = c.dir() + "/bin"
    return c.r.choice(
        [
            f"typeset -U path PATH\npath=({d} $path {d})",
            f"typeset -U path\npath=(\n  {d}\n  $HOME/bin # mine\n  $path\n)\nexport PATH",
            f"typeset -gU path; export PATH={d}:$PATH:{d}",
            "typeset -Ux PATH path\nPATH=/usr/bin:$PATH",
        ]
    )


@snippet(2, "zsh")
def zsh_opts(c):
    return c.r.choice(
        [
            "[[ -o interactive ]] && export FOO=i",
            "[[ -o login ]] && export BAR=login",
            "if [[ -o interactive ]]; then export FOO=int; else export FOO=non; fi",
            "[[ -o INTERACTIVE ]] || return",
        ]
    )


@snippet(3, "zsh")
def zsh_misc(c):
    c.mkdir("/opt/go/bin")
    c.files[f"{H}/.zsh/a.zsh"] = "export FOO=azsh\n"
    c.files[f"{H}/.zsh/b.zsh"] = "export BAR=bzsh\n"
    return c.r.choice(
        [
            "for f in ~/.zsh/*.zsh(N); do source $f; done",
            "(( $+commands[ls] )) && export FOO=ls",
            "(( ${+commands[nosuch]} )) || export FOO=nosuch",
            "path=(/opt/go/bin(N-/) /opt/none/bin(N-/) $path)",
            "() { local t=/opt/anon; export FOO=$t; }",
            "export FOO=${HOME:t} BAR=${HOME:h}",
            "path=(${path:#/usr/games} /z/bin)",
            "fpath=(~/.zfunc $fpath)",
            "FOO=(a b); export FOO",
            "export FOO=${(U)USER}",
            "emulate sh -c '. ~/.zsh/a.zsh'",
            "alias -g G='| grep'; alias -s go='echo'",
            "setopt SH_WORD_SPLIT; X='a b'; for w in $X; do FOO=$w; done; export FOO",
            "source ${0:A:h}/.zsh/b.zsh 2>/dev/null",
            "export GOPATH=~user/gp",
            "export FOO=${(j:,:)path[1,2]}",
            "X='a b'; set -- $X; export FOO=$#",
            "export PATH=$PATH:${HOME}/zb; rehash",
            "path=('$HOME/lit' $path)",
        ]
    )
