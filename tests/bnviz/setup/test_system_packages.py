"""The doctor names the remedy of the system that it runs on: here it pretends to be each."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bnviz import doctor, system, system_packages
from bnviz.system_packages import CAIRO, COMPILER, HEADERS, NEEDS, PANGO, PKG_CONFIG, PYTHON, quoted, remedy

PYTHON_DEV = f"python{sys.version_info.major}.{sys.version_info.minor}-dev"
APT, DNF = "apt-get install -y --no-install-recommends", "dnf install -y"
PACMAN = "pacman -S --needed --noconfirm"
REMEDIES = {
    "apt-get": {
        COMPILER: f"{APT} gcc libc6-dev",
        HEADERS: f"{APT} {PYTHON_DEV}",
        PKG_CONFIG: f"{APT} pkg-config",
        CAIRO: f"{APT} libcairo2-dev",
        PANGO: f"{APT} libpango1.0-dev",
    },
    "dnf": {CAIRO: f"{DNF} cairo-devel", PANGO: f"{DNF} pango-devel", HEADERS: f"{DNF} python3-devel"},
    "pacman": {CAIRO: f"{PACMAN} cairo", PKG_CONFIG: f"{PACMAN} pkgconf", COMPILER: f"{PACMAN} gcc"},
    "brew": {
        CAIRO: "brew install cairo",
        PKG_CONFIG: "brew install pkgconf",
        COMPILER: "xcode-select --install",
    },
}


class Machine:
    """A pretended system: its platform, the programs it has, and who runs them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._patch, self._folder = monkeypatch, folder

    def become(self, platform: str, *programs: str, user: int = 0) -> None:
        self._patch.setattr(sys, "platform", platform)
        self._patch.setattr(system, "user", lambda: user)
        self._patch.setenv("PATH", str(self._folder))
        for name in programs:
            (self._folder / name).touch(0o755)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(doctor, "_has_library", lambda name: False)
    monkeypatch.setattr(doctor.sysconfig, "get_path", lambda name: str(tmp_path))
    found = doctor.importlib.util.find_spec
    gone = ("cairo", "manimpango")
    monkeypatch.setattr(
        doctor.importlib.util, "find_spec", lambda name: None if name in gone else found(name)
    )
    return Machine(monkeypatch, tmp_path / "bin")


@pytest.mark.parametrize("manager", REMEDIES)
def test_each_package_manager_s_own_names_are_told(manager: str, machine: Machine, tmp_path: Path) -> None:
    machine.become("darwin" if manager == "brew" else "linux", manager)
    told = {row.what: row.fix for row in doctor.examine(tmp_path) if not row.fine}
    assert told.items() >= REMEDIES[manager].items()


def test_windows_needs_nothing_of_the_system(machine: Machine, tmp_path: Path) -> None:
    machine.become("win32")
    rows = {row.what: row for row in doctor.examine(tmp_path)}
    assert rows["the system's libraries"].fine
    assert not rows.keys() & {COMPILER, HEADERS, PKG_CONFIG, CAIRO, PANGO}
    assert remedy(PYTHON).startswith("winget install")


def test_where_no_manager_is_known_it_says_what_to_look_for(machine: Machine) -> None:
    machine.become("linux")
    assert remedy(CAIRO, PANGO) == (
        "# install cairo's headers and pango's headers with this system's package manager"
    )


@pytest.mark.parametrize(
    ("platform", "user", "programs", "command"),
    [
        ("linux", 0, ("apt-get", "sudo"), f"{APT} libcairo2-dev"),
        ("linux", 1000, ("apt-get", "sudo"), f"sudo {APT} libcairo2-dev"),
        ("linux", 1000, ("apt-get",), f"su - -c '{APT} libcairo2-dev'"),
        ("linux", 1000, ("dnf", "sudo"), f"sudo {DNF} cairo-devel"),
        ("darwin", 501, ("sudo",), "brew install cairo"),  # Homebrew refuses to be root
    ],
)
def test_system_packages_are_for_root_to_install(
    machine: Machine, platform: str, user: int, programs: tuple[str, ...], command: str
) -> None:
    machine.become(platform, *programs, user=user)
    assert remedy(CAIRO) == command


def test_every_manager_has_everything_that_is_compiled_against() -> None:
    for manager, names in system_packages._PACKAGES.items():
        assert set(NEEDS) - set(names) <= ({COMPILER} if manager == "brew" else set())


def test_words_are_quoted_for_every_shell() -> None:
    assert quoted(["pip", "install", "a[b]", r"C:\My files\c"]) == r'pip install "a[b]" "C:\My files\c"'
