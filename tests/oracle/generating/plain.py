"""Level 1: plain assignments, exports, PATH edits, quoting and comments."""

from __future__ import annotations

from tests.oracle.generating.draft import VARS, H, snippet


@snippet(1)
def export_value(c):
    v = c.var()
    return f"export {v}={c.sh_word(c.val(v))}" + c.r.choice(["", "", " # set it", ";", "   "])


@snippet(1)
def assign_then_export(c):
    v = c.var()
    return c.r.choice(["{a}\nexport {v}", "{a}; export {v}", "export {v}\n{a}"]).format(
        a=f"{v}={c.sh_word(c.val(v))}", v=v
    )


@snippet(1)
def assign_only(c):
    v = c.var()
    return f"{v}={c.sh_word(c.val(v))}"


@snippet(1)
def path_prepend(c):
    d = c.dir() + "/bin"
    e = c.r.choice(["export ", "", "export "])
    w = c.home_word(d).strip('"') if d.startswith(H) else d
    return e + c.r.choice(
        [
            f'PATH="{w.replace("~", "$HOME")}:$PATH"',
            f"PATH={w}:$PATH",
            f"PATH={w}:${{PATH}}",
            f'PATH={d}:"$PATH"',
        ]
    )


@snippet(1)
def path_append(c):
    d = c.dir() + "/bin"
    e = c.r.choice(["export ", "", "export "])
    w = c.home_word(d).strip('"') if d.startswith(H) else d
    return e + c.r.choice(
        [
            f'PATH="$PATH:{w.replace("~", "$HOME")}"',
            f"PATH=$PATH:{w}",
            f"PATH=${{PATH}}:{w}",
            f'PATH="$PATH":{d}',
        ]
    )


@snippet(1)
def path_from_vars(c):
    return c.r.choice(
        [
            "export PATH=$PATH:$GOROOT/bin:$GOPATH/bin",
            'export PATH="$GOPATH/bin:$PATH"',
            "PATH=$GOROOT/bin:$PATH",
            'export PATH="${GOBIN}:${PATH}"',
        ]
    )


@snippet(1)
def go_block(c):
    return (
        f"# Go\nexport GOROOT={c.sh_word(c.val('GOROOT'))}\n"
        f"export GOPATH={c.sh_word(c.val('GOPATH'))}\n"
        + c.r.choice(
            [
                "export PATH=$GOPATH/bin:$GOROOT/bin:$PATH",
                "export PATH=$PATH:$GOROOT/bin:$GOPATH/bin",
            ]
        )
    )


@snippet(1)
def comment_decoy(c):
    v = c.var()
    return c.r.choice(
        [
            f"# export {v}=/decoy",
            f"#{v}=/decoy; export {v}",
            f"echo hello >/dev/null # export {v}=/decoy",
        ]
    )


@snippet(1)
def multi_export(c):
    a, b = c.r.sample(VARS, 2)
    return f"export {a}={c.sh_word(c.val(a))} {b}={c.sh_word(c.val(b))}"


@snippet(1)
def semicolon_list(c):
    a, b = c.r.sample(VARS, 2)
    return f"{a}={c.sh_word(c.val(a))}; export {b}={c.sh_word(c.val(b))}; export {a}"


@snippet(1)
def tilde_quoted(c):
    v = c.r.choice(["GOPATH", "GOBIN", "FOO"])
    return c.r.choice(
        [
            f'export {v}="~/go"',
            f"{v}=~/go/bin; export {v}",
            f"export {v}='~/go'",
            f"{v}=a:~/b:~; export {v}",
        ]
    )


@snippet(1)
def copy_var(c):
    a, b = c.r.sample(VARS, 2)
    return c.r.choice([f'export {a}="${b}"', f"export {a}=${b}/x", f'{a}="${{{b}}}"'])


@snippet(1)
def shadow_same(c):
    v = c.var()
    return f"export {v}={c.sh_word(c.val(v))}\nexport {v}={c.sh_word(c.val(v))}"
