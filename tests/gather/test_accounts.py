from __future__ import annotations

from engine.gather.accounts import accounts_in, likeliest

PASSWD = b"""\
root:x:0:0:root:/root:/bin/bash
daemon:x:1:1::/usr/sbin:/usr/sbin/nologin
dana:x:1000:1000:Dana,,,:/home/dana:/usr/bin/zsh
# eve:x:1001:1001::/home/eve:/bin/sh
broken line
bad:x:many:0::/:/bin/sh
dana:x:2000:2000::/other:/bin/sh
odd:x:1002:1002::/home/\xff:
service:x:1003:1003::/srv:/bin/false
nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin
"""


def test_accounts_are_read_as_the_system_reads_them():
    found = accounts_in(PASSWD, b"dev:x:50:dana,eve\nwheel:x:10:\nbroken\n")
    assert set(found) == {"root", "daemon", "dana", "odd", "service", "nobody"}
    assert (found["dana"].uid, found["dana"].home) == (1000, "/home/dana")
    assert found["dana"].groups == {1000, 50}
    assert found["odd"].home == "/home/\udcff"
    # An empty shell means this one.
    assert found["odd"].shell == "/bin/sh"


def test_the_likeliest_accounts_are_those_that_people_have():
    assert [each.name for each in likeliest(accounts_in(PASSWD))] == ["dana", "odd"]
    assert [each.name for each in likeliest(accounts_in(PASSWD.partition(b"dana")[0]))] == ["root"]
    assert likeliest({}) == []
