"""What pycairo and ManimPango are compiled against, and the command that installs it on this system.

Windows needs nothing of it: every package has a wheel there.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Sequence

from bnviz import system

COMPILER, PYTHON, HEADERS, PKG_CONFIG, CAIRO, PANGO = NEEDS = (
    "a C compiler",
    "Python 3.11 or newer",
    "Python's headers",
    "pkg-config",
    "cairo's headers",
    "pango's headers",
)

_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
_PACKAGES = {
    "apt-get": {
        COMPILER: "gcc libc6-dev",
        PYTHON: "python3",
        HEADERS: f"python{_VERSION}-dev",
        PKG_CONFIG: "pkg-config",
        CAIRO: "libcairo2-dev",
        PANGO: "libpango1.0-dev",
    },
    "dnf": {
        COMPILER: "gcc",
        PYTHON: "python3",
        HEADERS: "python3-devel",
        PKG_CONFIG: "pkgconf-pkg-config",
        CAIRO: "cairo-devel",
        PANGO: "pango-devel",
    },
    # The next two bring a library's headers along with it.
    "pacman": {
        COMPILER: "gcc",
        PYTHON: "python",
        HEADERS: "python",
        PKG_CONFIG: "pkgconf",
        CAIRO: "cairo",
        PANGO: "pango",
    },
    "brew": {PYTHON: "python", HEADERS: "python", PKG_CONFIG: "pkgconf", CAIRO: "cairo", PANGO: "pango"},
}
_INSTALL = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --needed --noconfirm",
    "brew": "brew install",
}
_WINDOWS_PYTHON = "winget install Python.Python.3.12"
_APPLES_COMPILER = "xcode-select --install"


def are_needed() -> bool:
    """Whether anything is compiled on this system."""
    return sys.platform != "win32"


def remedy(*needs: str) -> str:
    """The command that installs ``needs``, some of NEEDS, for whoever runs this process on this system.

    Where no package manager is known it is a comment that says what to look for.
    """
    if not are_needed():
        return _WINDOWS_PYTHON
    if needs == (COMPILER,) and sys.platform == "darwin":
        return _APPLES_COMPILER
    manager = _manager()
    if manager is None:
        return f"# install {' and '.join(needs)} with this system's package manager"
    names = _PACKAGES[manager]
    return _as_root(
        manager, f"{_INSTALL[manager]} {' '.join(names[need] for need in needs if need in names)}"
    )


def _manager() -> str | None:
    """The package manager of this system; on macOS Homebrew, whether it is there yet or not."""
    if sys.platform == "darwin":
        return "brew"
    return next((name for name in _PACKAGES if shutil.which(name)), None)


def _as_root(manager: str, command: str) -> str:
    if manager == "brew" or system.user() == 0:  # Homebrew refuses to be root
        return command
    return f"sudo {command}" if shutil.which("sudo") else f"su - -c {shlex.quote(command)}"


def quoted(words: Sequence[str]) -> str:
    """A command's words for sh, cmd and PowerShell alike, which have double quotes in common."""
    return " ".join(f'"{word}"' if set(word) & set(" []'&()<>=;") else word for word in words)
