"""Start-up files, and the scripts that they are read into."""

from __future__ import annotations

import pytest

from engine.gather.host import HostError
from engine.gather.shell.reading import LIMIT, read
from engine.gather.shell.shfmt import Shfmt
from engine.gather.syntaxes import SYNTAXES, read_all, script_of
from engine.model.facts import Absent


def cmd(line, *words, assigns=(), inputs=()):
    return ["cmd", line, list(assigns), [list(word) for word in words], list(inputs)]


def text(line, words):
    return cmd(line, *([word] for word in words.split()))


def put(line, name, *value):
    return cmd(line, assigns=[[name, "=", list(value), None]])


def var(name):
    return ["var", name]


def param(name, **more):
    return ["param", name, more]


A, B, C = text(1, "a"), text(1, "b"), text(1, "c")

BASH = {
    # Words.
    "X=": [put(1, "X")],
    "X=''": [put(1, "X", ["q", ""])],
    "X=a\\ b": [put(1, "X", "a", ["q", " "], "b")],
    'X=\'a  b\'$Y"c $Z\\""': [put(1, "X", ["q", "a  b"], var("Y"), ["dq", ["c ", var("Z"), '"']])],
    "X=~/a:~": [put(1, "X", "~/a:~")],
    'X="~"': [put(1, "X", ["dq", ["~"]])],
    "X=$'a\\tb\\x41'": [put(1, "X", ["q", "a\tbA"])],
    "X={a,b}*": [put(1, "X", "{a,b}*")],
    "X+=:b": [cmd(1, assigns=[["X", "+=", [":b"], None]])],
    "X=a\\\nb\nY=": [put(1, "X", "ab"), put(3, "Y")],
    "X=$(a `b`)": [put(1, "X", ["cmd", [cmd(1, ["a"], [["cmd", [B]]])]])],
    "X=`a \\`b\\``": [put(1, "X", ["cmd", [cmd(1, ["a"], [["cmd", [B]]])]])],
    "X=$((Y + `b`))": [put(1, "X", ["arith", "Y + `b`"])],
    "X=`a $((\\$Y+1))`": [put(1, "X", ["cmd", [cmd(1, ["a"], [["arith", "$Y+1"]])]])],
    "a <(b) >(c)": [cmd(1, ["a"], [["proc", "<", [B]]], [["proc", ">", [C]]])],
    "a @(b|'c')*": [cmd(1, ["a"], [["glob", "@(b|'c')"], "*"])],
    # Parameters.
    "X=${Y}$1$@$#$?": [put(1, "X", var("Y"), var("1"), var("@"), var("#"), var("?"))],
    "X=${Y:-$Z}": [put(1, "X", param("Y", op=":-", word=[var("Z")]))],
    "X=\"${Y:-'a'}\"": [put(1, "X", ["dq", [param("Y", op=":-", word=["'a'"])]])],
    "X=${Y##*/}": [put(1, "X", param("Y", op="##", word=["*/"]))],
    "X=${#Y}": [put(1, "X", param("Y", length=True))],
    "X=${!Y}": [put(1, "X", param("Y", indirect=True))],
    "X=${!GO*}": [put(1, "X", param("GO", names="*"))],
    "X=${Y[0]}${Y[@]}": [put(1, "X", param("Y", index=["0"]), param("Y", index=["@"]))],
    "X=${Y[$i+1]}": [put(1, "X", param("Y", index=[["arith", "$i+1"]]))],
    "X=${Y:1:$n}${Y: -1}": [
        put(1, "X", param("Y", slice=["1", "$n"]), param("Y", slice=["-1", None]))
    ],
    "X=${Y//:/ }": [put(1, "X", param("Y", replace=[[":"], [" "], "//"]))],
    "X=${Y/#a}": [put(1, "X", param("Y", replace=[["a"], [], "/#"]))],
    "X=${Y^^}${Y@Q}": [put(1, "X", param("Y", op="^^", word=[]), param("Y", op="@Q"))],
    "X=${!Y[@]}": [put(1, "X", param("Y", keys="@"))],
    "X=${!Y[1]}": [put(1, "X", param("", unknown="${!Y[1]}"))],
    # Assignments and declarations.
    "X=(a [3]=b)": [cmd(1, assigns=[["X", "=", ["array", [[None, ["a"]], [["3"], ["b"]]]], None]])],
    "X[1]=a": [cmd(1, assigns=[["X", "=", ["a"], ["1"]]])],
    "X=a b": [cmd(1, ["b"], assigns=[["X", "=", ["a"], None]])],
    'export -n X Y=a "$Z"': [
        [
            "decl",
            1,
            "export",
            [["-n"], ["X", "=", None, None], ["Y", "=", ["a"], None], [["dq", [var("Z")]]]],
        ]
    ],
    # Redirections: what a command reads stays, and which files it writes.
    "a <b 2>c >&2": [cmd(1, ["a"], inputs=[["<", ["b"]], ["2>", ["c"]], [">", ["/dev/fd/2"]]])],
    "a 2>/dev/null 2>&1 >&-": [cmd(1, ["a"], inputs=[[">", ["/dev/fd/"]]])],
    "a <<<$X": [cmd(1, ["a"], inputs=[["<<<", [var("X")]]])],
    "a <&3": [cmd(1, ["a"], inputs=[["<", [param("", unknown="<&3")]]])],
    "a 3<b": [text(1, "a")],
    "a <<E\n$X\\$\nE\nb": [
        cmd(1, ["a"], inputs=[["<<", [["dq", [var("X"), "$\n"]]]]]),
        text(4, "b"),
    ],
    "a <<-'E'\n\t\t$X\n\tE": [cmd(1, ["a"], inputs=[["<<", [["q", "$X\n"]]]])],
    "a <<E\nb": [cmd(1, ["a"], inputs=[["<<", [["dq", ["b\n"]]]]])],
    "while a; do b; done <c": [["redir", 1, ["while", 1, [A], [B], False], [["<", ["c"]]]]],
    "a >${X:=b}": [cmd(1, ["a"], inputs=[[">", [param("X", op=":=", word=["b"])]]])],
    "exec {X}>a": [
        ["opaque", 1, "{X} of a redirection", ["X"]],
        cmd(1, ["exec"], inputs=[["2>", ["a"]]]),
    ],
    # Compound commands.
    "a && b || ! c": [["or", 1, ["and", 1, A, B], ["not", 1, C]]],
    "a | b |& c": [["pipe", 1, [A, B, C]]],
    "a & ( b ); { c; }": [["bg", 1, A], ["sub", 1, [B]], ["block", 1, [C]]],
    "if a\nthen b\nelif c; then d; else e; fi": [
        ["if", 1, [[[A], [text(2, "b")]], [[text(3, "c")], [text(3, "d")]]], [text(3, "e")]]
    ],
    "for X in a $Y; do b; done": [["for", 1, "X", [["a"], [var("Y")]], [B]]],
    "for X; do b; done": [["for", 1, "X", None, [B]]],
    "until a; do b; done": [["while", 1, [A], [B], True]],
    "case $X in (a|b*) a;; *) b;& c) c;;& esac": [
        [
            "case",
            1,
            [var("X")],
            [[[["a"], ["b*"]], [A], ";;"], [[["*"]], [B], ";&"], [[["c"]], [C], ";;&"]],
        ]
    ],
    "f() { a; }": [["func", 1, "f", [A]]],
    "function f { a; } <b": [["func", 1, "f", [["redir", 1, ["block", 1, [A]], [["<", ["b"]]]]]]],
    "f() ( a )": [["func", 1, "f", [["sub", 1, [A]]]]],
    '[[ -d $X && ! ( a == b* || "$Y" =~ ^c ) ]]': [
        [
            "test",
            1,
            [
                "and",
                ["un", "-d", [var("X")]],
                [
                    "not",
                    [
                        "or",
                        ["bin", "==", ["a"], ["b*"]],
                        ["bin", "=~", [["dq", [var("Y")]]], ["^c"]],
                    ],
                ],
            ],
        ]
    ],
    "((X = 1)); let 'Y=2' Z=$X": [["arith", 1, "X = 1"], ["arith", 1, "Y=2, Z=$X"]],
    "time a": [A],
    # What no script can say.
    "for ((i=0; i<3; i++)); do X=a; done": [["opaque", 1, "for ((...))", ["X", "i"]]],
    "for ((;;)); do a; done": [["opaque", 1, "for ((...))", None]],
    "select X in a; do Y=; done": [["opaque", 1, "select", ["REPLY", "X", "Y"]]],
    "coproc a": [["opaque", 1, "coproc", ["COPROC", "COPROC_PID"]]],
    "X=${ a;}": [["opaque", 1, "${ a;}", None], put(1, "X", param("", unknown="${ a;}"))],
    "X=${Y!}": [put(1, "X", param("", unknown="${Y!}"))],
    # Mistakes: the lines before them ran.
    "X=a\nif b; then\nc\n": [
        put(1, "X", "a"),
        ["broken", 2, "`if` statement must end with `fi`"],
    ],
    "X=a\nb; )\nc": [
        put(1, "X", "a"),
        ["broken", 2, "`)` can only be used to close a subshell"],
    ],
    "X=a \\\n;;": [["broken", 2, "`;;` can only be used in a case clause"]],
    # Characters that shfmt would change.
    "X=a\r\nY='\r'": [put(1, "X", "a\r"), put(2, "Y", ["q", "\r"])],
    "X=\udce9\U000f0000": [put(1, "X", "\udce9\U000f0000")],
    "X=a\nY\0=b": [put(1, "X", "a"), ["broken", 2, "a NUL byte"]],
}

SH = {
    "export X=a Y": [["decl", 1, "export", [["X", "=", ["a"], None], ["Y", "=", None, None]]]],
    'export "X=$Y" -p': [["decl", 1, "export", [[["dq", ["X=", var("Y")]]], ["-p"]]]],
    'readonly X="a"b': [["decl", 1, "readonly", [["X", "=", [["dq", ["a"]], "b"], None]]]],
    "X=$'a'": [put(1, "X", "$", ["q", "a"])],
    "[[ a == b ]]": [text(1, "[[ a == b ]]")],
    "((X))": [["sub", 1, [["sub", 1, [text(1, "X")]]]]],
    # dash reads no arrays, and stops there.
    "X=a\nY=(b)\nX=c": [
        put(1, "X", "a"),
        ["opaque", 2, "arrays are a bash/mksh/zsh feature; tried parsing as posix", None],
        ["broken", 2, "arrays are a bash/mksh/zsh feature; tried parsing as posix"],
    ],
    # It knows no such expansion either, but only minds when it gets there.
    "if a; then X=${Y/b/c}; fi": [
        ["if", 1, [[[A], [["broken", 1, "bad substitution: ${Y/b/c}"]]]], []]
    ],
    # To dash, this is a command in the background, and an empty one.
    "a &>b": [["bg", 1, A], cmd(1, inputs=[[">", ["b"]]])],
    "function f {\nX=a\n}\nb": [
        cmd(1, [["q", "f"], "unction"], ["f"], ["{"]),
        put(2, "X", "a"),
        ["broken", 3, "`}` can only be used to close a block"],
    ],
}

ZSH = {
    "path=(~/a $path)": [
        cmd(
            1,
            assigns=[["path", "=", ["array", [[None, ["~/a"]], [None, [var("path")]]]], None]],
        )
    ],
    "path=(a # b\nc)": [
        cmd(1, assigns=[["path", "=", ["array", [[None, ["a"]], [None, ["c"]]]], None]])
    ],
    "path+=a; path[1,0]=b": [
        cmd(1, assigns=[["path", "+=", ["a"], None]]),
        cmd(1, assigns=[["path", "=", ["b"], ["1,0"]]]),
    ],
    "integer X=1": [["decl", 1, "integer", [["X", "=", ["1"], None]]]],
    "a $+X ${+X} ${(U)X} ${X:t:r} ${=X} ${~X}": [
        cmd(
            1,
            ["a"],
            [param("X", set=True)],
            [param("X", set=True)],
            [param("X", flags="U")],
            [param("X", modifiers=["t", "r"])],
            [param("X", flags="=")],
            [param("X", flags="~")],
        )
    ],
    "a ${${X}:h} ${:-b} $path[(r)c] *(N-/)": [
        cmd(
            1,
            ["a"],
            [param("", nested=var("X"), modifiers=["h"])],
            [param("", op=":-", word=["b"])],
            [param("path", index=["(r)c"])],
            ["*(N-/)"],
        )
    ],
    # Without braces, too, and between double quotes.
    'a $X:h:t2/b "$X:u" $X:b $X:$Y ${X}:h $X:s/a/b/': [
        cmd(
            1,
            ["a"],
            [param("X", modifiers=["h", "t2"]), "/b"],
            [["dq", [param("X", modifiers=["u"])]]],
            [var("X"), ":b"],
            [var("X"), ":", var("Y")],
            [var("X"), ":h"],
            [param("", unknown="$X"), ":s/a/b/"],
        )
    ],
    "a =(b)": [cmd(1, ["a"], [["proc", "<", [B]]])],
    "X==(b)": [put(1, "X", param("", unknown="=(b)"))],
    "() { a; }": [["anon", 1, [A], []]],
    '() {\na\n} b "$X" && c': [
        ["and", 1, ["anon", 1, [text(2, "a")], [["b"], [["dq", [var("X")]]]]], text(3, "c")]
    ],
    "function f g { a }": [["func", 1, "f", [A]], ["func", 1, "g", [A]]],
    "f() { export X=a }": [["func", 1, "f", [["decl", 1, "export", [["X", "=", ["a"], None]]]]]],
    "{ a } always { b }": [["block", 1, [A]], ["block", 1, [B]]],
    "{ return } always { b }": [["opaque", 1, "always", None], ["block", 1, [B]]],
    "for X (a b) c $X": [["for", 1, "X", [["a"], ["b"]], [cmd(1, ["c"], [var("X")])]]],
    "for X (a\nb) {\nc\n}\na": [
        ["for", 1, "X", [["a"], ["b"]], [text(3, "c")]],
        text(5, "a"),
    ],
    "if [[ a ]] { b } else { c }": [["if", 1, [[[["test", 1, ["word", ["a"]]]], [B]]], [C]]],
    "while ((X)) { a }": [["while", 1, [["arith", 1, "X"]], [A], False]],
    "a ${X::=b}": [
        ["opaque", 1, "${X::=b}", None],
        cmd(1, ["a"], [param("", unknown="${X::=b}")]),
    ],
    "foreach X (a b)\nc\nend\na": [["opaque", 1, "foreach", None], text(4, "a")],
    "repeat 3 a": [["opaque", 1, "repeat", None]],
    "coproc a": [["opaque", 1, "coproc", []]],
    "a &| b &!": [["bg", 1, A], ["bg", 1, B]],
    # Where shfmt does not know a piece, only that piece is unknown.
    "X=a\nfor Y Z in b; do W=c; done": [
        put(1, "X", "a"),
        ["opaque", 2, "for Y Z", ["W", "Y", "Z"]],
    ],
    "repeat 3; do a; done\nb": [["opaque", 1, "repeat 3", None], text(2, "b")],
    "(( $#X[(i)a(|[b])] )) && a": [["and", 1, ["arith", 1, "$#X[(i)a(|[b])]"], A]],
    "case $X in\n(a|b)*)\na;;\nesac": [
        ["case", 1, [var("X")], [[[[["glob", "(a|b)*"]]], [text(3, "a")], ";;"]]]
    ],
    "[[ a == (1|[Yy]([Ee]|)) ]] && a": [["and", 1, ["opaque", 1, "a == (1|[Yy]([Ee]|))", []], A]],
    "function $0_f() { a }": [["opaque", 1, "function $0_f", None]],
    "f() { a &|; }": [["func", 1, "f", [["bg", 1, A]]]],
    "for X (a b) if b; then c; fi;\na": [
        ["for", 1, "X", [["a"], ["b"]], [["if", 1, [[[B], [C]]], []]]],
        text(2, "a"),
    ],
    # zsh has more forms that we don't know: nothing is certain after this.
    "X=a\nif a b": [
        put(1, "X", "a"),
        ["opaque", 2, "`if <cond>` must be followed by `then`", None],
        ["broken", 2, "`if <cond>` must be followed by `then`"],
    ],
}

KSH = {
    "typeset -x X=a": [["decl", 1, "typeset", [["-x"], ["X", "=", ["a"], None]]]],
    "nameref X=Y": [["decl", 1, "nameref", [["X", "=", ["Y"], None]]]],
    "function f { a; }": [["func", 1, "f", [A]]],
    "X=(a=1)": [put(1, "X", param("", unknown="(a=1)"))],
    "a ${!X}": [cmd(1, ["a"], [param("", unknown="${!X}")])],
}

TABLE = [
    (syntax, source, script)
    for syntax, table in {"bash": BASH, "sh": SH, "zsh": ZSH, "ksh": KSH}.items()
    for source, script in table.items()
]


@pytest.mark.parametrize(("syntax", "source", "script"), TABLE)
def test_a_text_is_read_as_its_shell_reads_it(syntax, source, script):
    assert script_of(source, syntax) == script


@pytest.mark.parametrize("syntax", ["bash", "sh", "zsh", "ksh", "mksh"])
def test_every_shell_reads_what_all_have_in_common(syntax):
    assert script_of("# a\nX=a; export X Y=$X", syntax) == [
        put(2, "X", "a"),
        ["decl", 2, "export", [["X", "=", None, None], ["Y", "=", [var("X")], None]]],
    ]


def test_what_is_nested_too_deeply_is_one_opaque_statement():
    assert script_of("{ " * 400 + "a" + "; }" * 400, "bash") == [
        ["opaque", 1, "nested too deeply", None]
    ]


def test_a_long_chain_is_not_nested_on_the_way():
    (made,) = script_of(" | ".join(["a"] * 300), "bash")
    assert len(made[2]) == 300


def test_a_file_that_is_too_long_is_a_hole():
    good, long = read_all([(b"X=a", "bash"), (b"#" * (LIMIT + 1), "bash")], Shfmt())
    assert good == [put(1, "X", "a")]
    assert isinstance(long, Absent)
    assert long.cause == "too_large"


def test_every_shell_is_a_syntax():
    assert {"bash", "sh", "zsh", "ksh", "mksh"} <= set(SYNTAXES)


def test_a_script_is_kept_and_a_damaged_one_is_read_again(tmp_path):
    folder = tmp_path / "kept"
    parser = Shfmt(str(folder))
    expected = [put(1, "X", "a\r")]
    assert read(b"X=a\r", parser, "bash") == expected
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    whole = file.read_bytes()
    assert read(b"X=a\r", parser, "bash") == expected
    for damaged in (b"", whole[:-2], whole.replace(b"X", b"Y"), b"\xff\n" + whole):
        file.write_bytes(damaged)
        assert read(b"X=a\r", parser, "bash") == expected
        assert file.read_bytes() == whole
    assert len(list(folder.iterdir())) == 1


def test_another_shell_or_content_has_another_entry(tmp_path):
    parser = Shfmt(str(tmp_path))
    for content, shell in ((b"X=a", "bash"), (b"X=a", "sh"), (b"X=b", "bash")):
        read(content, parser, shell)
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(
    "text",
    ["export TOKEN=hunter2", "curl -u me:hunter2 x", "# TOKEN=hunter2\nX=1", "# ghp_" + "a1" * 20],
)
def test_a_script_with_a_secret_is_never_kept(tmp_path, text):
    parser = Shfmt(str(tmp_path))
    assert read(text.encode(), parser, "bash") == read(text.encode(), Shfmt(), "bash")
    assert list(tmp_path.iterdir()) == []


def test_what_another_format_kept_is_removed(tmp_path):
    old, foreign = tmp_path / ("ab" * 32), tmp_path / "notes"
    old.write_text("export TOKEN=hunter2")
    foreign.write_text("mine")
    read(b"X=a", Shfmt(str(tmp_path)), "bash")
    assert not old.exists()
    assert foreign.exists()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"")
    assert read(b"X=a", Shfmt(str(file / "below")), "bash") == [put(1, "X", "a")]


def test_a_limit_of_the_parser_is_a_host_error():
    with pytest.raises(HostError, match="too_large"):
        read(b"a" * (LIMIT + 1), Shfmt(), "bash")
