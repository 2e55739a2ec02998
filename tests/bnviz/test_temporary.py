"""Temporary folders: a killed process's are cleared by the next one, and nobody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bnviz import temporary
from bnviz.files import replacing, replacing_folder
from bnviz.temporary import Owner, clear_left_over, temporary_folder

HELD = """
import os, signal, sys, tempfile
from pathlib import Path
from bnviz.files import replacing
from bnviz.temporary import temporary_folder
tempfile.tempdir = sys.argv[1]
with replacing(Path("film.mp4")) as new, temporary_folder() as folder:
    new.write_text("half")
    (folder / "video.mp4").write_text("half")
    print("ready", flush=True)
    signal.pause()
"""


@pytest.fixture
def held(tmp_path: Path) -> subprocess.Popen[str]:
    """A process that is writing film.mp4, and something into the temporary folder ``tmp``."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "film.mp4").write_text("old", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", HELD, str(tmp_path / "tmp")],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def ended(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def run_again(folder: Path) -> list[str]:
    """What lies in ``folder`` and its ``tmp`` after a neighbor has been written."""
    with replacing(folder / "other.mp4") as new:
        new.write_text("other", encoding="utf-8")
    clear_left_over(folder / "tmp")
    found = [*folder.glob("*"), *(folder / "tmp").glob("*")]
    return sorted(path.name.split("-")[0] for path in found)


def test_what_a_killed_process_has_left_is_cleared_by_the_next(
    held: subprocess.Popen[str], tmp_path: Path
) -> None:
    there = [".bnviz", "bnviz", "film.mp4", "other.mp4", "tmp"]
    assert run_again(tmp_path) == there  # it still runs
    ended(held)
    assert run_again(tmp_path) == ["film.mp4", "other.mp4", "tmp"]
    assert (tmp_path / "film.mp4").read_text(encoding="utf-8") == "old"


def test_a_process_that_nobody_has_buried_yet_is_gone(held: subprocess.Popen[str], tmp_path: Path) -> None:
    held.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, held.pid, os.WEXITED | os.WNOWAIT)
    assert run_again(tmp_path) == ["film.mp4", "other.mp4", "tmp"]
    held.communicate()


def test_who_runs_is_told_from_who_had_the_same_number() -> None:
    here = temporary._this_process(os.getpid())
    assert not here.is_gone
    assert replace(here, started=here.started + 1).is_gone
    assert replace(here, boot="0" * 8).is_gone  # the machine was started anew since
    assert not replace(here, machine="0" * 8, started=here.started + 1).is_gone  # who knows


def test_the_folders_of_others_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = temporary._this_process(os.getpid())
    gone = replace(here, started=here.started + 1)
    names = {
        "another machine's": f".bnviz-{replace(gone, machine='0' * 8)}-abc",
        "the user's own": ".bnviz-mine",
        "of this process": f".bnviz-{here}-abc",
    }
    for name in names.values():
        (tmp_path / name).mkdir()
    (tmp_path / f".bnviz-{gone}-file").touch()
    (tmp_path / f".bnviz-{gone}-link").symlink_to(tmp_path)
    clear_left_over(tmp_path)
    assert len(list(tmp_path.iterdir())) == len(names) + 2
    (tmp_path / f".bnviz-{gone}-abc").mkdir()
    monkeypatch.setattr(temporary.system, "user", lambda: os.geteuid() + 1)
    clear_left_over(tmp_path)
    assert len(list(tmp_path.iterdir())) == len(names) + 3
    monkeypatch.undo()
    clear_left_over(tmp_path)
    assert len(list(tmp_path.iterdir())) == len(names) + 2


def test_a_folder_that_a_killed_process_had_moved_away_comes_back(tmp_path: Path) -> None:
    page = tmp_path / "page"
    with replacing_folder(page) as new:
        (new / "index.html").write_text("old", encoding="utf-8")
    here = temporary._this_process(os.getpid())
    place = tmp_path / f".bnviz-{replace(here, started=here.started + 1)}-abc"
    (place / "before").mkdir(parents=True)
    page.rename(place / "before" / "page")  # killed before the new page was there
    with replacing(tmp_path / "film.mp4") as new:
        new.touch()
    assert (page / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.mp4", "page"]


def test_a_folder_may_be_a_thousand_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    deep = Path(*["d"] * 1200)
    with temporary_folder(deep) as folder:
        assert folder.is_dir()
    assert deep.is_dir()
    os.removedirs(deep)  # pytest's own clearing up ends at a thousand


def test_an_owner_is_found_again_in_the_name() -> None:
    owner = Owner("0a" * 4, "1b" * 4, 12, 345)
    found = temporary._NAME.fullmatch(f"bnviz-{owner}-x_y")
    assert found is not None and found.groups() == ("0a" * 4, "1b" * 4, "12", "345")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
def test_a_fork_that_leaves_the_block_takes_nothing_away(tmp_path: Path) -> None:
    program = """
import os, sys
from contextlib import ExitStack
from pathlib import Path
from bnviz.temporary import temporary_folder
stack = ExitStack()
folder = stack.enter_context(temporary_folder(Path(sys.argv[1])))
if (child := os.fork()) == 0:
    stack.close()
    os._exit(0)
os.waitpid(child, 0)
print(folder.is_dir())
stack.close()
print(folder.is_dir())
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.split() == ["True", "False"]
