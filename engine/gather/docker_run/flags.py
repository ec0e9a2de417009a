"""The flags of docker and podman: which take a value, and which letters stand for which.

Docker's are those of `cli/command/container/{opts,run,create,exec}.go` of docker/cli, with what
20.10 to 28 have besides; podman's those of `cmd/podman/common` and what 4.3 prints as its help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping


@record
class Flags:
    """What a command knows: flags with a value, switches without, and letters for either."""

    valued: frozenset[str]
    switches: frozenset[str]
    letters: Mapping[str, str]

    def knows(self, name: str) -> bool:
        """Say whether there is such a flag."""
        return name in self.valued or name in self.switches


def _flags(valued: str, switches: str, letters: str) -> Flags:
    return Flags(
        frozenset(valued.split()),
        frozenset(switches.split()),
        {pair[0]: pair[2:] for pair in letters.split()},
    )


_RUN = """
    add-host annotation attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent
    cgroupns cidfile cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime
    cpu-shares cpus cpuset-cpus cpuset-mems detach-keys device device-cgroup-rule device-read-bps
    device-read-iops device-write-bps device-write-iops dns dns-opt dns-option dns-search domainname
    entrypoint env env-file expose gpus group-add health-cmd health-interval health-retries
    health-start-interval health-start-period health-timeout hostname io-maxbandwidth io-maxiops ip
    ip6 ipc isolation kernel-memory label label-file link link-local-ip log-driver log-opt
    mac-address memory memory-reservation memory-swap memory-swappiness mount name net net-alias
    network network-alias oom-score-adj pid pids-limit platform publish pull restart runtime
    security-opt shm-size stop-signal stop-timeout storage-opt sysctl tmpfs ulimit user userns uts
    volume volume-driver volumes-from workdir
"""
_RUN_SWITCHES = """
    disable-content-trust help init interactive no-healthcheck oom-kill-disable privileged
    publish-all read-only rm tty use-api-socket detach quiet sig-proxy
"""
_RUN_LETTERS = """
    a=attach c=cpu-shares d=detach e=env h=hostname i=interactive l=label m=memory p=publish
    P=publish-all q=quiet t=tty u=user v=volume w=workdir
"""
_EXEC_LETTERS = "d=detach e=env i=interactive t=tty u=user w=workdir"

DOCKER = _flags(
    "config context host log-level tlscacert tlscert tlskey",
    "debug help tls tlsverify version",
    "c=context D=debug H=host h=help l=log-level v=version",
)
DOCKER_RUN = _flags(_RUN, _RUN_SWITCHES, _RUN_LETTERS)
DOCKER_EXEC = _flags(
    "detach-keys env env-file user workdir",
    "detach help interactive privileged tty",
    _EXEC_LETTERS + " h=help",
)

PODMAN = _flags(
    """
    cgroup-manager config conmon connection events-backend hooks-dir identity log-level namespace
    network-cmd-path network-config-dir out root runroot runtime runtime-flag ssh storage-driver
    storage-opt tmpdir url volumepath
    """,
    "help noout remote syslog version",
    "c=connection h=help r=remote v=version",
)
PODMAN_RUN = _flags(
    """
    add-host annotation arch attach authfile blkio-weight blkio-weight-device cap-add cap-drop
    cert-dir cgroup-conf cgroup-parent cgroupns cgroups chrootdirs cidfile conmon-pidfile cpu-period
    cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems creds
    decryption-key detach-keys device device-cgroup-rule device-read-bps device-read-iops
    device-write-bps device-write-iops dns dns-option dns-search entrypoint env env-file env-merge
    expose gidmap gpus group-add group-entry health-cmd health-interval health-log-destination
    health-max-log-count health-max-log-size health-on-failure health-retries health-start-period
    health-startup-cmd health-startup-interval health-startup-retries health-startup-success
    health-startup-timeout health-timeout hostname hostuser image-volume init-path ip ip6 ipc
    kernel-memory label label-file log-driver log-opt mac-address memory memory-reservation
    memory-swap memory-swappiness mount name network network-alias oom-score-adj os passwd-entry
    personality pid pidfile pids-limit platform pod pod-id-file preserve-fd preserve-fds publish
    pull rdt-class requires restart retry retry-delay sdnotify seccomp-policy secret security-opt
    shm-size shm-size-systemd signature-policy stop-signal stop-timeout subgidname subuidname sysctl
    systemd timeout tmpfs tz uidmap ulimit umask unsetenv user userns uts variant volume
    volumes-from workdir
    """,
    """
    detach disable-content-trust env-host help http-proxy init interactive no-healthcheck
    no-hostname no-hosts oom-kill-disable passwd privileged publish-all quiet read-only
    read-only-tmpfs replace rm rmi rootfs sig-proxy tls-verify tty unsetenv-all
    """,
    _RUN_LETTERS,
)
PODMAN_EXEC = _flags(
    "detach-keys env env-file preserve-fd preserve-fds user workdir",
    "detach help interactive latest privileged tty",
    _EXEC_LETTERS + " l=latest",
)
