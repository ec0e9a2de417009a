from __future__ import annotations

import pytest

from engine.gather.host import HostError
from engine.gather.login_config import permits_user_environment, runs_pam_env
from engine.model.facts import Absent
from tests.gather.fake_host import FakeHost


def answer(ask, files, *more):
    found = ask(FakeHost(files), *more)
    return found if isinstance(found, Absent) else found.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("session required pam_limits.so\n", False),
        ("session required pam_env.so readenv=1\n", True),
        ("-session optional pam_env.so\n", True),
        ("session [success=1 default=ignore] pam_env.so\n", True),
        ("session required pam_env.so envfile=/etc/default/locale\n", False),
        ("session required pam_env.so readenv=0\n", False),
        ("# session required pam_env.so\naccount required pam_env.so\n", False),
        ("@include common\n", True),
        ("session include common\n", True),
    ],
)
def test_whether_pam_hands_on_the_environment_file(text, expected):
    files = {"/etc/pam.d/sudo": text, "/etc/pam.d/common": "session required pam_env.so\n"}
    assert answer(runs_pam_env, files, "sudo") is expected


def test_a_service_that_is_not_there_is_missing():
    with pytest.raises(HostError, match="missing"):
        answer(runs_pam_env, {}, "sudo")
    with pytest.raises(HostError, match="unsupported"):
        answer(runs_pam_env, {"/etc/pam.d/sudo": "@include sudo\n"}, "sudo")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("#PermitUserEnvironment yes\n", False),
        ("PermitUserEnvironment yes\nPermitUserEnvironment no\n", True),
        ("permituserenvironment=no\n", False),
        ("Include /etc/ssh/sshd_config.d/*.conf\n", True),
        ("Match User dana\nPermitUserEnvironment yes\n", None),
        ("PermitUserEnvironment LANG,LC_*\n", None),
    ],
)
def test_whether_sshd_reads_the_users_environment(text, expected):
    files = {
        "/etc/ssh/sshd_config": text,
        "/etc/ssh/sshd_config.d/10.conf": "PermitUserEnvironment yes\n",
        "/etc/ssh/sshd_config.d/10.conf.old": "PermitUserEnvironment no\n",
    }
    found = answer(permits_user_environment, files)
    assert found.cause == "opaque" if expected is None else found is expected
