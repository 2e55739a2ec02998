"""A pretended machine for the set-up script: its PATH holds a few ordinary programs and stand-ins."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
ORDINARY = ("sh", "cat", "cksum", "cp", "dirname", "env", "grep", "mkdir", "mktemp", "rm", "tr", "sed")

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
    *pip*)
        echo "pip ${*##*--quiet }" >>"$MACHINE/log"
        cat "$MACHINE/pip-says" 2>/dev/null
        [ ! -e "$MACHINE/pip-fails" ] ;;
esac
"""
STAND_INS = {
    "python3": PYTHON,
    "id": '#!/bin/sh\n[ -e "$MACHINE/not-root" ] && echo 1000 || echo 0\n',
    "cc": "#!/bin/sh\n",
    "pkg-config": '#!/bin/sh\ncase "$2" in cairo | pangocairo) [ ! -e "$MACHINE/no-$2" ] ;; esac\n',
    "apt-get": """#!/bin/sh
echo "$*" | sed 's/-q //; s/-o [^ ]* //g; s/^/apt-get /' >>"$MACHINE/log"
cat "$MACHINE/apt-says" 2>/dev/null
[ ! -e "$MACHINE/apt-fails" ]
""",
}


@dataclass(frozen=True)
class Machine:
    """A folder with programs, marks of what is missing, a log of what was run, and a checkout."""

    folder: Path

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    def says(self, program: str, *lines: str) -> None:
        (self.folder / f"{program.removesuffix('-get')}-says").write_text(
            "".join(f"{line}\n" for line in lines), encoding="utf-8"
        )

    def lacks(self, *marks: str) -> None:
        for mark in marks:
            (self.folder / mark).touch()

    def has_again(self, mark: str) -> None:
        (self.folder / mark).unlink()

    def without(self, program: str) -> None:
        (self.folder / "bin" / program).unlink()

    def program(self, name: str, text: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def set_up(self, *extras: str, **variables: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "log").write_text("", encoding="utf-8")
        command = ["sh", str(self.checkout / "bnviz" / "setup.sh"), *(extras or ("voice",))]
        environment = {
            "PATH": str(self.folder / "bin"),
            "MACHINE": str(self.folder),
            "HOME": str(self.folder),
            **variables,
        }
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
        )

    @property
    def log(self) -> list[str]:
        return (self.folder / "log").read_text(encoding="utf-8").splitlines()


def pretend(folder: Path) -> Machine:
    """A machine with everything, in an empty folder."""
    made = Machine(folder)
    (made.checkout / "bnviz").mkdir(parents=True)
    (folder / "bin").mkdir()
    for name in ("pyproject.toml", "constraints.txt", "bnviz/setup.sh"):
        shutil.copy(ROOT / name, made.checkout / name)
    for name in ORDINARY:
        os.symlink(shutil.which(name) or name, folder / "bin" / name)
    for name, text in STAND_INS.items():
        made.program(name, text)
    return made
