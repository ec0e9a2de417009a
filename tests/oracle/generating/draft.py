"""A start-up tree in the making, and the list of what may be written into one.

The order in which chance is asked is part of a seed's meaning: an edit here that asks once more
or once less makes other cases out of every seed.
"""

from __future__ import annotations

from tests.oracle.truth.shells import HOME

H = HOME
VARS = ["GOROOT", "GOPATH", "GOBIN", "GOPROXY", "GOFLAGS", "EDITOR", "FOO", "BAR", "JAVA_HOME"]
POSIX = ("bash", "sh", "zsh", "ksh")
FAKE_GO = """#!/bin/sh
if [ "$1" = env ]; then case "$2" in
GOPATH) echo "${GOPATH:-$HOME/go}";; GOROOT) echo "${GOROOT:-/usr/local/go}";; GOBIN) echo "$GOBIN";; esac
else echo "go version go1.21.5 linux/amd64"; fi
"""  # noqa: E501 - as the recorded cases have it
FAKE_TOOLS = {
    "direnv": (
        "#!/bin/sh\ncat <<'E'\n_direnv_hook() { :; }\n"
        'if [ -n "${BASH_VERSION-}" ]; then '
        'PROMPT_COMMAND="_direnv_hook;${PROMPT_COMMAND-}"; fi\nE\n'
    ),
    "goenv": (
        "#!/bin/sh\necho 'export GOENV_SHELL=x'\n"
        "echo 'export PATH=\"$HOME/.goenv/shims:$PATH\"'\n"
        "echo 'export GOROOT=\"$HOME/.goenv/versions/1.20\"'\n"
    ),
    "brew": (
        "#!/bin/sh\necho 'export HOMEBREW_PREFIX=\"/opt/brew\";'\n"
        "echo 'export PATH=\"/opt/brew/bin:/opt/brew/sbin${PATH+:$PATH}\";'\n"
    ),
    "starship": "#!/bin/sh\necho 'PS1=\"> \"'\n",
    "mise": (
        "#!/bin/sh\necho 'export MISE_SHELL=bash; "
        'export PATH="$HOME/.local/share/mise/shims:$PATH"\'\n'
    ),
}

SNIPPETS = []
"""(level, shells, name, function that writes it), in the order of their definition."""


def snippet(level, *shells):
    """Enter a function of a draft that gives some lines."""

    def enter(write):
        SNIPPETS.append((level, shells or POSIX, write.__name__, write))
        return write

    return enter


_VALUES = {
    "GOROOT": [
        *("/usr/local/go", f"{H}/sdk/go1.21.5", "/opt/go", "/usr/lib/go-1.19", "/opt/go1.20"),
    ],
    "GOPATH": [f"{H}/go", f"{H}/gocode", f"{H}/work/go", "/opt/gopath"],
    "GOBIN": [f"{H}/go/bin", f"{H}/bin", f"{H}/.local/bin"],
    "GOPROXY": [
        *("direct", "https://proxy.example.com,direct", "off", "https://goproxy.example|direct"),
    ],
    "GOFLAGS": ["-mod=mod", "-mod=vendor -v", "-tags=netgo"],
    "EDITOR": ["vim", "nano", "code --wait", "emacs -nw", "/usr/bin/vim"],
}
_VALUES["JAVA_HOME"] = _VALUES["GOROOT"]
_ODD_VALUES = [
    *("one", "two words", "a=b", "x#y", "100%", "it's", 'say "hi"', "back\\slash"),
    *("semi;colon", "tab\there", "ünï", "$5", "*", "a:b:c"),
]


def _plain(value, marks):
    return all(letter.isalnum() or letter in marks for letter in value)


class Draft:
    """Files so far, the shell they are for, and the chance that decides."""

    def __init__(self, chance, shell):
        self.r, self.shell, self.files, self.feats = chance, shell, {}, []
        self._helpers = 0

    def dir(self):
        """A folder that Go may live in."""
        return self.r.choice(
            [
                *("/usr/local/go", f"{H}/go", f"{H}/sdk/go1.21.5", "/opt/go"),
                *(f"{H}/.local/go", "/opt/go1.20"),
            ]
        )

    def var(self):
        """The name of a variable."""
        return self.r.choice(VARS)

    def val(self, var):
        """A value that the variable may have."""
        return self.r.choice(_VALUES.get(var, _ODD_VALUES))

    def sh_word(self, value):
        """A POSIX shell's spelling of a value."""
        spellings = ["'" + value.replace("'", "'\\''") + "'"]
        inside = value.replace("\\", "\\\\").replace('"', '\\"')
        inside = inside.replace("$", "\\$").replace("`", "\\`")
        spellings.append(f'"{inside}"')
        if _plain(value, "/._-,:=@%+"):
            spellings += [value, value]
        if value.startswith(H):
            rest = value[len(H) :]
            spellings += [f"$HOME{rest}", f'"$HOME{rest}"', f"${{HOME}}{rest}"]
            spellings += [f'"${{HOME}}{rest}"', f"~{rest}", f'"$HOME"{rest}', f"$HOME'{rest}'"]
        return self.r.choice(spellings)

    def fish_word(self, value):
        """A spelling of fish."""
        spellings = [
            "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'",
            '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"',
        ]
        if _plain(value, "/._-,:=@%+"):
            spellings += [value, value]
        if value.startswith(H):
            rest = value[len(H) :]
            spellings += [f"$HOME{rest}", f'"$HOME{rest}"', f"~{rest}", f'"$HOME"{rest}']
        return self.r.choice(spellings)

    def home_word(self, path):
        """A path, maybe spelt through HOME."""
        if not path.startswith(H):
            return path
        rest = path[len(H) :]
        spellings = [f'"$HOME{rest}"', f"~{rest}", f"$HOME{rest}"]
        if self.shell != "fish":
            spellings.append(f'"${{HOME}}{rest}"')
        return self.r.choice(spellings)

    def aux(self, hint="env", text=None, ext="sh"):
        """Make a file to source; give its path."""
        self._helpers += 1
        number = self._helpers
        path = self.r.choice(
            [
                f"{H}/.{hint}{number}",
                f"{H}/.config/shell/{hint}{number}.{ext}",
                f"{H}/.{hint}{number}.{ext}",
            ]
        )
        if text is None:
            text = self._some_exports(number)
        self.files[path] = text
        return path

    def _some_exports(self, number):
        var = self.var()
        fish = self.shell == "fish"
        if fish:
            text = f"set -gx {var} {self.fish_word(self.val(var))}\n"
        else:
            text = f"export {var}={self.sh_word(self.val(var))}\n"
        if self.r.random() < 0.4:
            folder = f"{H}/aux{number}/bin"
            text += f"set -gx PATH {folder} $PATH\n" if fish else f'PATH="{folder}:$PATH"\n'
        return text

    def mkdir(self, path):
        """Make a folder."""
        self.files[path.rstrip("/") + "/"] = {"dir": True}

    def tool(self, name):
        """Put a program of this name on the usual PATH."""
        text = FAKE_GO if name == "go" else FAKE_TOOLS[name]
        self.files[f"/usr/local/bin/{name}"] = {"text": text, "mode": 0o755}
