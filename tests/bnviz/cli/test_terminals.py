"""What is printed reaches every terminal and pipe: letters it does not know are no failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TERMINALS = ["cp1252", "ascii", "utf-8"]
DATA = "Größe,Höhe,Preis\n" + "".join(f"{n},{n * n % 7},{3 * n + n % 3}\n" for n in range(1, 9))
COMMANDS = {
    "help": (["film", "--help"], 0, "Make the film"),
    "list": (["list", "--cut", "short", "--silent"], 0, "cut short"),
    "lesson": (["check", "Maße.csv", "--silent"], 0, "condition number"),
    "as JSON": (["check", "Maße.csv", "--silent", "--json"], 0, '"story"'),
    "new": (["new", "Maße.csv"], 0, "try it: bnviz check Ma"),
    "doctor": (["doctor"], None, "the font Lato"),
    "error": (["scene", "Größe"], 1, "error: there is no scene"),
    "wrong option": (["film", "--theme", "grün"], 2, "is not one of"),
}


@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_raised(command: str, terminal: str, tmp_path: Path) -> None:
    arguments, code, said = COMMANDS[command]
    (tmp_path / "Maße.csv").write_text(DATA, encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": terminal, "COLUMNS": "100", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "bnviz", *arguments], cwd=tmp_path, env=environment, capture_output=True
    )
    output = (done.stdout + done.stderr).decode(terminal)  # nothing but what the terminal knows
    assert said in output and "Traceback" not in output, output
    assert code in (None, done.returncode), output


def test_a_letter_that_is_known_is_shown_and_another_is_spelled(tmp_path: Path) -> None:
    name = "Größe-尺"
    shown = {"utf-8": name, "cp1252": r"Größe-\u5c3a", "ascii": r"Gr\xf6\xdfe-\u5c3a"}
    for terminal, expected in shown.items():
        done = subprocess.run(
            [sys.executable, "-m", "bnviz", "cache", "--cache", name],
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": terminal},
            capture_output=True,
        )
        assert done.stdout.decode(terminal).startswith(f"{expected}  0 scenes"), done.stderr
