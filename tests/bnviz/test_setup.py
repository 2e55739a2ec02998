"""The set-up script, on a pretended machine: its PATH holds a few ordinary programs and stand-ins."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ORDINARY = ("sh", "cat", "cksum", "cp", "dirname", "env", "grep", "mkdir", "mktemp", "rm", "tr")

PYTHON = """#!/bin/sh
[ -e "$MACHINE/no-python" ] && exit 1
case "$*" in
    *"sys.version_info < "*) [ ! -e "$MACHINE/old-python" ] ;;
    *"python%d.%d"*) echo python3.11 ;;
    *ensurepip*) [ ! -e "$MACHINE/no-venv" ] ;;
    *Python.h*) [ ! -e "$MACHINE/no-headers" ] ;;
    --version) echo Python 3.11.0 ;;
    "-m venv .venv")
        mkdir -p .venv/bin && cp "$0" .venv/bin/python
        echo "VIRTUAL_ENV=$PWD/.venv" >.venv/bin/activate
        echo "venv" >>"$MACHINE/log" ;;
    *"pip --version"*) ;;
    *pip*) echo "pip ${*##*--quiet }" >>"$MACHINE/log"; [ ! -e "$MACHINE/no-network" ] ;;
esac
"""
STAND_INS = {
    "python3": PYTHON,
    "id": '#!/bin/sh\n[ -e "$MACHINE/not-root" ] && echo 1000 || echo 0\n',
    "cc": "#!/bin/sh\n",
    "pkg-config": '#!/bin/sh\ncase "$2" in cairo | pangocairo) [ ! -e "$MACHINE/no-$2" ] ;; esac\n',
    "apt-get": """#!/bin/sh
echo "apt-get $*" >>"$MACHINE/log"
[ ! -e "$MACHINE/apt-fails" ] || { echo broken; exit 1; }
""",
}


@dataclass(frozen=True)
class Machine:
    """A folder with programs, marks of what is missing, a log of what was run, and a checkout."""

    folder: Path

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    def lacks(self, *marks: str) -> None:
        for mark in marks:
            (self.folder / mark).touch()

    def has_again(self, mark: str) -> None:
        (self.folder / mark).unlink()

    def without(self, program: str) -> None:
        (self.folder / "bin" / program).unlink()

    def program(self, name: str, text: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(text)
        path.chmod(0o755)

    def set_up(self, *extras: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "log").write_text("")
        command = ["sh", str(self.checkout / "bnviz" / "setup.sh"), *(extras or ("voice",))]
        environment = {
            "PATH": str(self.folder / "bin"),
            "MACHINE": str(self.folder),
            "HOME": str(self.folder),
        }
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    @property
    def log(self) -> list[str]:
        return (self.folder / "log").read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with everything."""
    made = Machine(tmp_path)
    (made.checkout / "bnviz").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    for name in ("pyproject.toml", "constraints.txt", "bnviz/setup.sh"):
        shutil.copy(ROOT / name, made.checkout / name)
    for name in ORDINARY:
        os.symlink(shutil.which(name) or name, tmp_path / "bin" / name)
    for name, text in STAND_INS.items():
        made.program(name, text)
    return made


INSTALLED = ["venv", "pip -c constraints.txt pip", "pip -c constraints.txt --editable .[voice]"]


def test_the_first_run_installs_and_the_second_does_nothing(machine: Machine) -> None:
    assert machine.set_up().returncode == 0
    assert machine.log == INSTALLED
    again = machine.set_up()
    assert (again.returncode, again.stdout, machine.log) == (0, "", [])


def test_the_tests_extra_brings_the_film_s_along(machine: Machine) -> None:
    machine.set_up("voice", "test")
    assert machine.log[-1] == "pip -c constraints.txt --editable .[voice,test]"
    machine.set_up("voice")
    assert machine.log == []


def test_the_film_s_extra_does_not_bring_the_tests_(machine: Machine) -> None:
    machine.set_up("voice")
    machine.set_up("voice", "test")
    assert machine.log[-1] == "pip -c constraints.txt --editable .[voice,test]"


def test_the_browser_is_a_system_package_and_no_extra(machine: Machine) -> None:
    assert machine.set_up("voice", "test", "browser").returncode == 0
    assert machine.log == [
        "apt-get -qq update",
        "apt-get -qq install -y --no-install-recommends chromium chromium-driver",
        *INSTALLED[:2],
        "pip -c constraints.txt --editable .[voice,test]",
    ]
    for program in ("chromium", "chromedriver"):
        machine.set_up("voice", "browser")
        assert machine.log[:1] == ["apt-get -qq update"], f"it stays wanted: there is no {program}"
        machine.program(program, "#!/bin/sh\n")
    machine.set_up("voice", "browser")
    assert machine.log == []


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_file_installs_again_into_the_same_environment(machine: Machine, name: str) -> None:
    machine.set_up()
    with (machine.checkout / name).open("a") as file:
        file.write("# changed\n")
    assert machine.set_up().returncode == 0
    assert machine.log == INSTALLED[1:]
    machine.set_up()
    assert machine.log == []


def test_an_interrupted_set_up_starts_over(machine: Machine) -> None:
    machine.lacks("no-network")
    assert machine.set_up().returncode != 0
    machine.has_again("no-network")
    assert machine.set_up().returncode == 0
    assert machine.log == INSTALLED
    machine.set_up()
    assert machine.log == []


def test_a_moved_checkout_gets_a_new_environment(machine: Machine) -> None:
    machine.set_up()
    machine.checkout.rename(machine.folder / "elsewhere")
    (machine.folder / "elsewhere").rename(machine.folder / "checkout")
    machine.set_up()
    assert machine.log == []  # back where it was
    (machine.checkout / ".venv" / "bin" / "activate").write_text("VIRTUAL_ENV=/somewhere/else/.venv\n")
    with (machine.checkout / "constraints.txt").open("a") as file:
        file.write("# changed\n")
    machine.set_up()
    assert machine.log == INSTALLED


def test_root_gets_only_what_is_missing(machine: Machine) -> None:
    machine.lacks("no-pangocairo", "no-venv")
    assert machine.set_up().returncode == 0
    assert machine.log[:2] == [
        "apt-get -qq update",
        "apt-get -qq install -y --no-install-recommends python3.11-venv libpango1.0-dev",
    ]
    assert machine.log[2:] == INSTALLED


def test_a_bare_machine_gets_everything(machine: Machine) -> None:
    machine.lacks("no-venv", "no-headers")
    machine.without("pkg-config")
    machine.without("cc")
    assert machine.set_up().returncode == 0
    packages = "python3.11-venv python3.11-dev gcc libc6-dev pkg-config libcairo2-dev libpango1.0-dev"
    assert machine.log[1] == f"apt-get -qq install -y --no-install-recommends {packages}"


def test_without_apt_get_the_command_is_named_and_nothing_is_made(machine: Machine) -> None:
    machine.lacks("no-cairo")
    machine.without("apt-get")
    done = machine.set_up()
    assert done.returncode != 0
    assert "apt-get update && apt-get install -y --no-install-recommends libcairo2-dev\n" in done.stderr
    assert machine.log == []
    assert not (machine.checkout / ".venv").exists()


def test_without_root_the_command_is_named(machine: Machine) -> None:
    machine.lacks("no-cairo", "not-root")
    machine.program("sudo", "#!/bin/sh\nexit 1\n")
    done = machine.set_up()
    assert done.returncode != 0
    assert (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libcairo2-dev\n"
        in done.stderr
    )
    assert machine.log == []


def test_sudo_without_a_password_is_used(machine: Machine) -> None:
    machine.lacks("no-cairo", "not-root")
    machine.program("sudo", '#!/bin/sh\n[ "$1" = -n ] || exit 1\nshift\n[ "$1" = true ] || exec "$@"\n')
    assert machine.set_up().returncode == 0
    assert machine.log[1] == "apt-get -qq install -y --no-install-recommends libcairo2-dev"


def test_what_apt_get_said_is_shown_when_it_fails(machine: Machine) -> None:
    machine.lacks("no-cairo", "apt-fails")
    done = machine.set_up()
    assert done.returncode != 0
    assert "broken" in done.stderr
    assert "apt-get install -y --no-install-recommends libcairo2-dev" in done.stderr


def test_another_python_is_found_when_the_first_is_too_old(machine: Machine) -> None:
    machine.program("python3", "#!/bin/sh\nexit 1\n")
    machine.program("python3.12", PYTHON)
    assert machine.set_up().returncode == 0
    assert machine.log == INSTALLED


def test_without_a_new_enough_python_it_says_what_is_needed(machine: Machine) -> None:
    machine.lacks("old-python")
    done = machine.set_up()
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr
    assert machine.log == []
