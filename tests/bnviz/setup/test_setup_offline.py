"""The set-up script without a network: it says so, whatever apt-get and pip make of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pip
import pytest

from tests.bnviz.setup.machine import Machine, pretend

NO_NETWORK = (
    "set-up stopped: there is no network: {} reached none of the machines that it gets packages from."
)
APT_WORDS = {
    "no name server": [
        "Err:1 http://mirror.example/debian bookworm InRelease",
        "  Temporary failure resolving 'mirror.example'",
    ],
    "no route": [
        "Err:1 http://mirror.example/debian bookworm Release",
        "  Cannot initiate the connection to mirror.example:80 (192.0.2.7). - connect (101: unreachable)",
    ],
    "a closed proxy": [
        "Err:1 http://mirror.example/debian bookworm InRelease",
        "  Could not connect to 127.0.0.1:9 (127.0.0.1). - connect (111: Connection refused)",
    ],
    "a silent proxy": [
        "Err:1 http://mirror.example/debian bookworm InRelease",
        "  Connection failed [IP: 127.0.0.1 8999]",
    ],
    "no answer": [
        "Err:1 http://mirror.example/debian bookworm InRelease",
        "  Could not connect to mirror.example:80 (192.0.2.7), connection timed out",
    ],
}
CONFLICT = "ERROR: Cannot install manim because these package versions have conflicting dependencies."
BROKEN = "WARNING: Retrying (Retry(total={}, connect=None)) after connection broken by '{}': /simple/pip/"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return pretend(tmp_path)


@pytest.mark.parametrize("case", APT_WORDS)
def test_it_is_told_at_the_first_stage_before_anything_is_installed(machine: Machine, case: str) -> None:
    machine.lacks("no-cairo")
    machine.says("apt-get", *APT_WORDS[case])
    done = machine.set_up()
    assert done.returncode != 0
    assert done.stderr.startswith(NO_NETWORK.format("apt-get")), done.stderr
    assert APT_WORDS[case][1].strip() in done.stderr
    assert machine.log == ["apt-get update"]


def test_one_source_out_of_reach_is_not_the_network(machine: Machine) -> None:
    machine.lacks("no-cairo")
    machine.says("apt-get", "Hit:1 http://other.example/debian bookworm InRelease", *APT_WORDS["no route"])
    assert machine.set_up().returncode == 0


def test_what_a_server_refuses_is_not_the_network(machine: Machine) -> None:
    machine.lacks("no-cairo", "apt-fails")
    machine.says("apt-get", "E: Failed to fetch http://mirror.example/debian/x.deb  404  Not Found")
    done = machine.set_up()
    assert "404  Not Found" in done.stderr and "apt-get could not install them" in done.stderr
    assert "network" not in done.stderr


def test_pip_s_conflicting_dependencies_are_told_as_the_network(machine: Machine) -> None:
    machine.lacks("pip-fails")
    machine.says("pip", BROKEN.format(0, "NewConnectionError(Connection refused)"), CONFLICT)
    done = machine.set_up()
    assert done.stderr.startswith(NO_NETWORK.format("pip")), done.stderr
    assert "conflicting" not in done.stderr


@pytest.mark.parametrize(
    "said", [[CONFLICT], [BROKEN.format(4, "NewConnectionError(once)"), CONFLICT]], ids=["at once", "at last"]
)
def test_true_conflicts_are_told_as_pip_tells_them(machine: Machine, said: list[str]) -> None:
    machine.lacks("pip-fails")
    machine.says("pip", *said)
    done = machine.set_up()
    assert done.stderr.startswith("\n".join(said)), done.stderr
    assert "network" not in done.stderr


def test_a_slow_network_is_given_its_time(machine: Machine) -> None:
    """What asks first is ended before it could say anything; what installs is not."""
    machine.program("timeout", "#!/bin/sh\nexit 124\n")
    done = machine.set_up()
    assert done.returncode == 0, done.stderr
    assert machine.log[-1] == "pip -c constraints.txt --editable .[voice]"


def test_packets_that_vanish_are_no_network(machine: Machine) -> None:
    said = BROKEN.format(0, "ConnectTimeoutError(timed out)")
    machine.program("timeout", f'#!/bin/sh\necho "{said}"\nexit 124\n')
    done = machine.set_up()
    assert done.stderr.startswith(NO_NETWORK.format("pip")), done.stderr
    assert machine.log == ["venv"]


def test_a_certificate_that_is_not_trusted_is_told(machine: Machine) -> None:
    machine.lacks("pip-fails")
    machine.says("pip", BROKEN.format(0, "SSLError(CERTIFICATE_VERIFY_FAILED)"), CONFLICT)
    done = machine.set_up()
    assert "set-up stopped: the package index's certificate is not trusted here" in done.stderr
    assert "no network" not in done.stderr


def test_the_real_pip_without_an_index(machine: Machine) -> None:
    bare = 'case "$*" in "-m venv "*) set -- "$@" --without-pip ;; esac'
    machine.program("python3", f'#!/bin/sh\n{bare}\nexec {sys.executable} "$@"\n')
    (machine.folder / "pip").symlink_to(
        Path(pip.__file__).parent
    )  # at once there, where ensurepip takes seconds
    closed = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    done = machine.set_up(PYTHONPATH=str(machine.folder), **closed)
    assert done.returncode != 0
    assert done.stderr.startswith(NO_NETWORK.format("pip")), done.stderr
    assert "Connection refused" in done.stderr and "conflicting" not in done.stderr
    assert (machine.checkout / ".venv" / "unfinished").exists(), "the next run starts over"
