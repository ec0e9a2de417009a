# ruff: noqa: E501 - a table, with a case on each line
"""What real containers are asked: images, arguments and clients, each case by its name."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """One container: its image, how it is started, and by which client.

    `dockerfile` stands behind the base; `arguments` and `command` before and behind the image.
    `exec` are the arguments and the command of a process beside it, which is then the one asked;
    without it, the container's own first process is. `files` lie where the client is started.
    """

    name: str
    dockerfile: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    command: tuple[str, ...] = ("tell",)
    base: str = "busybox"
    environment: dict[str, str | None] = field(default_factory=dict)
    config: dict[str, object] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    exec: tuple[tuple[str, ...], tuple[str, ...]] | None = None


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _simple() -> list[Case]:
    """Variables of the image and of `-e`."""
    both = ("ENV V=image W=other",)
    host: dict[str, str | None] = {"V": "host"}
    return [
        Case("nothing"),
        Case("image ENV", both),
        Case("image ENV, empty", ("ENV V=",)),
        Case("image ENV, the old form", ("ENV V a  b ",)),
        Case("image ENV, quoted", ("ENV V=\"a  b\" W='c d' X=e\\ f",)),
        Case("image ENV from itself", ("ENV V=a", "ENV V=$V:b W=${V}:c X=${Y:-d}")),
        Case("image ENV from PATH", ("ENV PATH=/opt/bin:$PATH",)),
        Case("image ENV PATH", ("ENV PATH=/bin",)),
        Case("image ENV PATH without the program", ("ENV PATH=/nowhere",)),
        Case("image ENV PATH, empty", ("ENV PATH=",)),
        Case("image ENV PATH without the program, by path", ("ENV PATH=/nowhere",), (), ("/bin/tell",)),
        Case("image ENV HOME", ("ENV HOME=/image",)),
        Case("image ENV HOME, empty", ("ENV HOME=",)),
        Case("image ENV HOSTNAME", ("ENV HOSTNAME=image",), _words("--hostname box")),
        Case("image ENV TERM", ("ENV TERM=image",)),
        Case("image ENV TERM, with -t", ("ENV TERM=image",), ("-t",)),
        Case("image ENV USER", ("ENV USER=image",)),
        Case("image ENV of a stage before", ("ENV V=first", "ARG A=arg", "ENV W=$A")),
        Case("image ARG is gone", ("ARG V=arg", "RUN true")),
        Case("image ENV twice", ("ENV V=1", "ENV V=2")),
        Case("-e", (), _words("-e V=given")),
        Case("-e over the image", both, _words("-e V=given")),
        Case("-e empty over the image", both, _words("-e V=")),
        Case("-e twice", both, _words("-e V=1 -e V=2")),
        Case("-e is not expanded", both, ("-e", "V=$W-${W}-%W%")),
        Case("-e with spaces and equals signs", (), ("-e", "V= a = b ")),
        Case("-e with a line feed", (), ("-e", "V=a\nb")),
        Case("-e by name, set", (), _words("-e V"), environment=host),
        Case("-e by name, set, over the image", both, _words("-e V"), environment=host),
        Case("-e by name, set and empty, over the image", both, _words("-e V"), environment={"V": ""}),
        Case("-e by name, not set", (), _words("-e V")),
        Case("-e by name, not set, takes away the image's", both, _words("-e V")),
        Case("-e by name, not set, behind a value", both, _words("-e V=1 -e V")),
        Case("-e by name, not set, before a value", both, _words("-e V -e V=1")),
        Case("-e by name, set, before a value", both, _words("-e V -e V=1"), environment=host),
        Case("-e PATH", (), _words("-e PATH=/bin:/given")),
        Case("-e PATH by name, from the client", (), _words("-e PATH"), environment={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}),
        Case("-e HOME", (), _words("-e HOME=/given")),
        Case("-e HOME, empty", (), _words("-e HOME=")),
        Case("-e HOME by name, not set, over the image", ("ENV HOME=/image",), _words("-e HOME"), environment={"HOME": None}),
        Case("-e HOSTNAME", (), _words("--hostname box -e HOSTNAME=given")),
        Case("-e TERM", (), _words("-e TERM=given")),
        Case("-e TERM, with -t", (), _words("-t -e TERM=given")),
        Case("-e with another case", ("ENV v=image",), _words("-e V=given")),
        Case("-e with odd names", (), ("-e", "a.b=1", "-e", "c-d=2", "-e", "1=3", "-e", "e f=4")),
        Case("-e without a name", (), ("-e", "=x")),
        Case("-e, nothing at all", (), ("-e", "")),
        Case("nothing of the client gets in", environment={"V": "host", "GOFLAGS": "-v", "LANG": "C.UTF-8"}),
        Case("--hostname", (), _words("--hostname box")),
        Case("--hostname with a domain", (), _words("--hostname box.example")),
        Case("-t", (), ("-t",)),
        Case("-t, TERM of the client", (), ("-t",), environment={"TERM": "vt100"}),
        Case("--init", (), _words("--init")),
        Case("--name", (), _words("--name asked")),
        Case("LABEL is no variable", ("LABEL V=label",), _words("--label W=label")),
    ]  # fmt: skip


def _env_files() -> list[Case]:
    """Files of variables, as the client reads them."""

    def of(name: str, text: str, arguments: str = "", **more: object) -> Case:
        words = ("--env-file", "vars.env", *_words(arguments))
        return Case(f"--env-file, {name}", arguments=words, files={"vars.env": text}, **more)  # type: ignore[arg-type]

    image = ("ENV V=image",)
    return [
        of("plain", "V=file\nW=2\n"),
        of("quotes", "V=\"a b\"\nW='c'\nX=a\"b\n"),
        of("dollars", "V=$W\nX=${V}\nY=$$\nW=1\n"),
        of("number signs", "# comment\n  # comment\nV=a # b\nW=#c\nX=d#e\n"),
        of("spaces", "V= a \nW=b\t\n"),
        of("spaces before a name", "  V=a\n\tW=b\n"),
        of("a space behind a name", "V =a\n"),
        of("export", "export V=a\n"),
        of("empty lines and CRLF", "\n\nV=a\r\n\r\nW=b\r\n"),
        of("a byte order mark", "\ufeffV=a\n"),
        of("no last line feed", "V=a"),
        of("empty value", "V=\n", dockerfile=image),
        of("bare names", "V\nW\n", environment={"V": "host"}),
        of("bare name, not set, over the image", "V\n", dockerfile=image),
        of("bare name, set, over the image", "V\n", dockerfile=image, environment={"V": "host"}),
        of("the same name twice", "V=1\nV=2\n"),
        of("backslashes", "V=a\\nb\\\nW=c\\\\d\n"),
        of("equals signs", "V=a=b==\n=c\n"),
        of("equals sign alone", "V=a\n=\n"),
        of("odd names", "a.b=1\nc-d=2\n1=3\n"),
        of("colons", "V: a\n"),
        of("and -e", "V=file\nW=file\n", "-e V=given"),
        of("and -e before it", "V=file\n", "-e V=given"),
        Case("--env-file behind -e", (), _words("-e V=given --env-file vars.env"), files={"vars.env": "V=file\n"}),
        Case("--env-file, and -e by name that is not set", image, _words("--env-file vars.env -e V"), files={"vars.env": "V=file\n"}),
        Case("--env-file twice", (), _words("--env-file a.env --env-file b.env"), files={"a.env": "V=a\nW=a\n", "b.env": "V=b\n"}),
        Case("--env-file that is missing", (), _words("--env-file none.env")),
    ]  # fmt: skip


def _proxies() -> list[Case]:
    """Proxies out of the client's configuration, and of its environment."""
    proxies = {"httpProxy": "http://config:1", "noProxy": "localhost"}
    config: dict[str, object] = {"proxies": {"default": proxies}}
    every = {"httpProxy": "h", "httpsProxy": "s", "ftpProxy": "f", "noProxy": "n", "allProxy": "a"}
    own = {"proxies": {"default": proxies, "<address>": {"httpProxy": "http://own:2"}}}
    files = {"vars.env": "HTTP_PROXY=file\nhttp_proxy=file\n"}
    return [
        Case("proxies", config=config),
        Case("proxies, all kinds", config={"proxies": {"default": every}}),
        Case("proxies of this daemon", config=own),
        Case("proxies, empty", config={"proxies": {"default": {"httpProxy": ""}}}),
        Case("proxies over the image", ("ENV HTTP_PROXY=image http_proxy=image",), config=config),
        Case("proxies and -e", (), _words("-e HTTP_PROXY=given"), config=config),
        Case("proxies and -e, small", (), _words("-e http_proxy=given"), config=config),
        Case("proxies and -e, empty", (), _words("-e HTTP_PROXY= -e http_proxy="), config=config),
        Case("proxies and -e by name, not set", (), _words("-e HTTP_PROXY"), config=config),
        Case("proxies and -e by name, set", (), _words("-e HTTP_PROXY"), config=config, environment={"HTTP_PROXY": "host"}),
        Case("proxies and --env-file", (), _words("--env-file vars.env"), config=config, files=files),
        Case("proxies and exec", (), ("-d",), ("tell", "wait"), config=config, exec=((), ("tell",))),
        Case("proxies of the client's environment", environment={"HTTP_PROXY": "http://host:3", "http_proxy": "http://host:4", "NO_PROXY": "n"}),
    ]  # fmt: skip


def _users() -> list[Case]:
    """Who the process is, and where it starts."""
    return [
        Case("user, unknown number", (), _words("-u 1234")),
        Case("user, known name", (), _words("-u dana")),
        Case("user, known number", (), _words("-u 1000")),
        Case("user and group", (), _words("-u dana:staff")),
        Case("user, unknown number and group", (), _words("-u 1234:1000")),
        Case("user, root by number", ("USER dana",), _words("-u 0")),
        Case("user, unknown name", (), _words("-u nobody")),
        Case("user whose home is not there", (), _words("-u web")),
        Case("user without a home", (), _words("-u bare")),
        Case("image USER", ("USER dana",)),
        Case("image USER, number", ("USER 1000:1000",)),
        Case("image USER, unknown number", ("USER 4321",)),
        Case("image USER and ENV HOME", ("ENV HOME=/image", "USER dana")),
        Case("image ENV HOME, user unknown", ("ENV HOME=/image",), _words("-u 1234")),
        Case("-e HOME, user known", ("USER dana",), _words("-e HOME=/given")),
        Case("image WORKDIR", ("WORKDIR /work/a", "WORKDIR b")),
        Case("image WORKDIR of a variable", ("ENV V=/v", "WORKDIR $V/a")),
        Case("--workdir", ("WORKDIR /work",), _words("--workdir /tmp")),
        Case("image ENV PWD and OLDPWD", ("ENV PWD=/image OLDPWD=/old", "WORKDIR /tmp")),
    ]


def _commands() -> list[Case]:
    """Entry points and commands, as lists and as shells' lines."""
    value = "ENV V=image"
    return [
        Case("CMD, a list", (value, 'CMD ["tell", "$V", "${V}"]'), (), ()),
        Case("CMD, a line", (value, 'CMD tell "$V" ${V}x'), (), ()),
        Case("CMD, a line that exports", (value, "CMD export V=cmd; tell; true"), (), ()),
        Case("CMD, replaced", (value, "CMD tell from-image"), (), ("tell", "$V")),
        Case("ENTRYPOINT, a list", (value, 'ENTRYPOINT ["tell", "$V"]'), (), ()),
        Case("ENTRYPOINT, a list, with a command", (value, 'ENTRYPOINT ["tell", "$V"]'), (), ("a", "$V")),
        Case("ENTRYPOINT, a line", (value, "ENTRYPOINT tell $V"), (), ()),
        Case("ENTRYPOINT, a line, with a command", (value, "ENTRYPOINT tell $V $0 $1"), (), ("a", "b")),
        Case("ENTRYPOINT and CMD, lists", (value, 'ENTRYPOINT ["tell", "e"]', 'CMD ["c", "$V"]'), (), ()),
        Case("ENTRYPOINT a list, CMD a line", (value, 'ENTRYPOINT ["tell", "e"]', "CMD c $V"), (), ()),
        Case("ENTRYPOINT a line, CMD a list", (value, "ENTRYPOINT tell e", 'CMD ["c", "$V"]'), (), ()),
        Case("ENTRYPOINT and CMD, lines", (value, "ENTRYPOINT tell e $V", "CMD c $V"), (), ()),
        Case("ENTRYPOINT takes away an older CMD", ('CMD ["old"]', 'ENTRYPOINT ["tell"]'), (), ()),
        Case("--entrypoint", (value, 'ENTRYPOINT ["false"]', 'CMD ["c"]'), _words("--entrypoint tell"), ()),
        Case("--entrypoint with a command", (value, 'ENTRYPOINT ["false"]', 'CMD ["c"]'), _words("--entrypoint tell"), ("d",)),
        Case("--entrypoint, empty", (value, 'ENTRYPOINT ["false"]'), ("--entrypoint", ""), ("tell",)),
        Case("ENTRYPOINT that exports", (value, 'ENTRYPOINT ["/entry"]'), _words("-e GIVEN=given"), ("tell",)),
        Case("ENTRYPOINT that exports, and exec", ('ENTRYPOINT ["/entry"]',), _words("-d -e GIVEN=given"), ("tell", "wait"), exec=((), ("tell",))),
        Case("SHELL and CMD", (value, 'SHELL ["/bin/sh", "-lc"]', "CMD tell $V"), (), ()),
        Case("SHELL and ENTRYPOINT", (value, 'SHELL ["/bin/sh", "-exc"]', "ENTRYPOINT tell $V"), (), ()),
        Case("CMD, a line, where bash is", (value, "CMD tell $V"), (), (), base="debian"),
        Case("CMD, a line, with SHELL bash", (value, 'SHELL ["/bin/bash", "-c"]', "CMD tell $V"), (), (), base="debian"),
        Case("CMD, a line, ENV set", ("ENV ENV=/etc/rc", "CMD tell"), (), ()),
        Case("RUN leaves no variable", ("RUN export V=run",)),
        Case("exec", ("ENV V=image",), _words("-d -e W=given"), ("tell", "wait"), exec=((), ("tell",))),
        Case("exec, -e", ("ENV V=image",), _words("-d"), ("tell", "wait"), exec=(_words("-e V=exec -e W=exec"), ("tell",))),
        Case("exec, -e by name", ("ENV V=image W=image",), _words("-d"), ("tell", "wait"), environment={"W": "host"}, exec=(_words("-e V -e W"), ("tell",))),
        Case("exec, --env-file", ("ENV V=image",), _words("-d"), ("tell", "wait"), files={"vars.env": 'V=file\nW="q"\n'}, exec=(_words("--env-file vars.env"), ("tell",))),
        Case("exec, -t", (), _words("-d"), ("tell", "wait"), exec=(("-t",), ("tell",))),
        Case("exec, in a container with -t", (), _words("-d -t"), ("tell", "wait"), exec=((), ("tell",))),
        Case("exec, -u", (), _words("-d"), ("tell", "wait"), exec=(_words("-u dana"), ("tell",))),
        Case("exec, -u unknown", (), _words("-d"), ("tell", "wait"), exec=(_words("-u 1234"), ("tell",))),
        Case("exec, -u, HOME of the image", ("ENV HOME=/image",), _words("-d"), ("tell", "wait"), exec=(_words("-u dana"), ("tell",))),
        Case("exec, container of a user", ("USER dana",), _words("-d"), ("tell", "wait"), exec=((), ("tell",))),
        Case("exec, container of a user, as root", ("USER dana",), _words("-d"), ("tell", "wait"), exec=(_words("-u root"), ("tell",))),
        Case("exec, -w", ("WORKDIR /tmp",), _words("-d"), ("tell", "wait"), exec=(_words("-w /etc"), ("tell",))),
        Case("exec, PATH of -e finds the program", (), _words("-d"), ("tell", "wait"), exec=(_words("-e PATH=/nowhere"), ("tell",))),
        Case("exec, a shell", ("ENV V=image",), _words("-d"), ("tell", "wait"), exec=((), ("sh", "-c", "tell $V"))),
    ]  # fmt: skip


def _shells() -> list[Case]:
    """Shells as the container's process: what they read, and what they set themselves."""
    rc = ("ENV ENV=/etc/rc BASH_ENV=/etc/rc",)
    cases = []
    for base, shell in (("busybox", "sh"), ("debian", "sh"), ("debian", "bash")):
        name = f"{shell} of {base}"
        for option in ("-c", "-lc", "-ic", "-lic"):
            cases += [
                Case(f"{name} {option}", (), (), (shell, option, "tell; true"), base),
                Case(
                    f"{name} {option}, ENV and BASH_ENV",
                    rc,
                    (),
                    (shell, option, "tell; true"),
                    base,
                ),
            ]
        cases += [
            Case(f"{name} -c, the last command", (), (), (shell, "-c", "tell"), base),
            Case(f"{name} -lc, a user", ("USER dana",), (), (shell, "-lc", "tell"), base),
            Case(f"{name} -lc, unknown user", (), _words("-u 1234"), (shell, "-lc", "tell"), base),
            Case(f"{name} -ic, a user", ("USER dana",), (), (shell, "-ic", "tell"), base),
            Case(f"{name} -c, PATH of the image", ("ENV PATH=/image:$PATH",), (), (shell, "-c", "tell"), base),
            Case(f"{name} -lc, PATH of the image", ("ENV PATH=/image:$PATH",), (), (shell, "-lc", "tell"), base),
            Case(f"{name} -c, WORKDIR", ("WORKDIR /work",), (), (shell, "-c", "cd /tmp; tell"), base),
            Case(f"{name} -tc", (), ("-t",), (shell, "-c", "tell"), base),
            Case(f"{name}, exec -lc", ("ENV V=image",), _words("-d"), ("tell", "wait"), base, exec=((), (shell, "-lc", "tell"))),
            Case(f"{name} without a PATH", (), _words("-e PATH"), ("/bin/" + shell, "-c", "/bin/tell"), base, environment={"PATH": None}),
        ]  # fmt: skip
    return [
        *cases,
        Case("bash --norc -ic", (), (), ("bash", "--norc", "-ic", "tell"), "debian"),
        Case("bash --noprofile -lc", (), (), ("bash", "--noprofile", "-lc", "tell"), "debian"),
        Case("bash -l script", (), (), ("bash", "-l", "/entry", "tell"), "debian"),
        Case("bash script, BASH_ENV", ("ENV BASH_ENV=/etc/rc",), (), ("bash", "/entry", "tell"), "debian"),
        Case("bash as sh, BASH_ENV", ("ENV BASH_ENV=/etc/rc",), (), ("bash", "--posix", "-c", "tell"), "debian"),
        Case("env -i", ("ENV V=image",), (), ("env", "-i", "tell")),
        Case("env with a variable", ("ENV V=image",), (), ("env", "V=env", "tell")),
    ]  # fmt: skip


CASES = (*_simple(), *_env_files(), *_proxies(), *_users(), *_commands(), *_shells())
