"""What is printed reaches every terminal and pipe: letters it does not know are no failure."""

from __future__ import annotations

import multiprocessing
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


FILM = """
import sys
from pathlib import Path
from bnviz.cli import start
from bnviz.run import discover
from bnviz.workers import start as processes
if __name__ == '__main__':
    processes.METHOD = sys.argv.pop(1)
    find = discover.find
    discover.find = lambda name, folder=None: find(name, Path({examples!r}))
    start.main()
"""


def test_blanks_and_umlauts_in_paths_and_each_way_to_start_processes_give_the_same_film(
    tmp_path: Path, examples: Path
) -> None:
    here = tmp_path / "Größe & Höhe"
    (here / "tmp ü").mkdir(parents=True)
    (here / "Maße.csv").write_text(DATA, encoding="utf-8")
    (here / "run.py").write_text(FILM.format(examples=str(examples)), encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "TMPDIR": str(here / "tmp ü")}
    environment["PYTHONPATH"] = str(Path(__file__).parents[3])
    films = []
    for method in multiprocessing.get_all_start_methods():
        if method == "fork":
            continue
        film = here / "Filme" / f"Mein Film {method}.mp4"
        options = ["--lesson", "Maße.csv", "--quality", "low", "--silent", "--cache", f"kept {method}"]
        done = subprocess.run(
            [sys.executable, "run.py", method, "film", "--scenes", "Other", *options, "--output", str(film)],
            cwd=here,
            env=environment,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr
        assert r"Gr\xf6\xdfe & H\xf6he" in done.stdout.decode("ascii").replace("\n", "")
        films.append(film.read_bytes())
    assert films and set(films) == {films[0]}
