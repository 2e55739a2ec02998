"""The set-up script, on a pretended machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bnviz.setup.machine import PYTHON, Machine, pretend


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return pretend(tmp_path)


INSTALLED = [
    "venv",
    "pip -c constraints.txt --dry-run --retries 1 --timeout 10 --upgrade pip",
    "pip -c constraints.txt pip",
    "pip -c constraints.txt --editable .[voice]",
]


def test_the_first_run_installs_and_the_second_does_nothing(machine: Machine) -> None:
    assert machine.set_up().returncode == 0
    assert machine.log == INSTALLED
    again = machine.set_up()
    assert (again.returncode, again.stdout, machine.log) == (0, "", [])


def test_again_looks_at_what_is_installed(machine: Machine) -> None:
    machine.set_up()
    assert machine.set_up("again", "voice").returncode == 0
    assert machine.log == INSTALLED[1:]


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
        "apt-get update",
        "apt-get install -y --no-install-recommends chromium chromium-driver",
        *INSTALLED[:3],
        "pip -c constraints.txt --editable .[voice,test]",
    ]
    for program in ("chromium", "chromedriver"):
        machine.set_up("voice", "browser")
        assert machine.log[:1] == ["apt-get update"], f"it stays wanted: there is no {program}"
        machine.program(program, "#!/bin/sh\n")
    machine.set_up("voice", "browser")
    assert machine.log == []


def test_the_office_is_a_system_package_and_no_extra(machine: Machine) -> None:
    assert machine.set_up("voice", "office").returncode == 0
    assert machine.log[:2] == [
        "apt-get update",
        "apt-get install -y --no-install-recommends libreoffice-impress",
    ]
    machine.program("soffice", "#!/bin/sh\n")
    machine.set_up("voice", "office")
    assert machine.log == []


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_file_installs_again_into_the_same_environment(machine: Machine, name: str) -> None:
    machine.set_up()
    with (machine.checkout / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert machine.set_up().returncode == 0
    assert machine.log == INSTALLED[1:]
    machine.set_up()
    assert machine.log == []


def test_an_interrupted_set_up_starts_over(machine: Machine) -> None:
    machine.lacks("pip-fails")
    assert machine.set_up().returncode != 0
    machine.has_again("pip-fails")
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
    (machine.checkout / ".venv" / "bin" / "activate").write_text(
        "VIRTUAL_ENV=/somewhere/else/.venv\n", encoding="utf-8"
    )
    with (machine.checkout / "constraints.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    machine.set_up()
    assert machine.log == INSTALLED


def test_root_gets_only_what_is_missing(machine: Machine) -> None:
    machine.lacks("no-pangocairo", "no-venv")
    assert machine.set_up().returncode == 0
    assert machine.log[:2] == [
        "apt-get update",
        "apt-get install -y --no-install-recommends python3.11-venv libpango1.0-dev",
    ]
    assert machine.log[2:] == INSTALLED


def test_a_bare_machine_gets_everything(machine: Machine) -> None:
    machine.lacks("no-venv", "no-headers")
    machine.without("pkg-config")
    machine.without("cc")
    assert machine.set_up().returncode == 0
    packages = "python3.11-venv python3.11-dev gcc libc6-dev pkg-config libcairo2-dev libpango1.0-dev"
    assert machine.log[1] == f"apt-get install -y --no-install-recommends {packages}"


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


def test_without_sudo_the_command_named_has_none(machine: Machine) -> None:
    machine.lacks("no-cairo", "not-root")
    done = machine.set_up()
    assert done.returncode != 0
    install = "apt-get update && apt-get install -y --no-install-recommends libcairo2-dev"
    assert f"    su - -c '{install}'\n" in done.stderr
    assert "sudo" not in done.stderr
    assert machine.log == []


def test_sudo_without_a_password_is_used(machine: Machine) -> None:
    machine.lacks("no-cairo", "not-root")
    machine.program("sudo", '#!/bin/sh\n[ "$1" = -n ] || exit 1\nshift\n[ "$1" = true ] || exec "$@"\n')
    assert machine.set_up().returncode == 0
    assert machine.log[1] == "apt-get install -y --no-install-recommends libcairo2-dev"


def test_what_apt_get_said_is_shown_when_it_fails(machine: Machine) -> None:
    machine.lacks("no-cairo", "apt-fails")
    machine.says("apt-get", "broken")
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
