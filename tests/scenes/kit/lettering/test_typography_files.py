"""Letters are compiled into files that no two processes write at once."""

import multiprocessing
from pathlib import Path

from manim import tempconfig

from scenes.kit.lettering import typography
from scenes.kit.lettering.typography import Text


def file_of(folder: str) -> str:
    """The file that this process would hand to Manim for a text."""
    with tempconfig({"media_dir": folder, "verbosity": "ERROR"}):
        return str(typography.svg_file("shared by two"))


def test_processes_that_share_a_media_folder_read_files_of_their_own(tmp_path: Path) -> None:
    """Manim writes beside the file it reads and takes that away again, under other readers' hands."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        theirs = pool.apply(file_of, [str(tmp_path)])
    assert Path(file_of(str(tmp_path))).parent == Path(theirs).parent
    assert file_of(str(tmp_path)) == file_of(str(tmp_path)) != theirs


def test_what_is_compiled_lies_in_the_folder_whole(tmp_path: Path) -> None:
    with tempconfig({"media_dir": str(tmp_path), "verbosity": "ERROR"}):
        Text("whole")
    assert not list(tmp_path.rglob("*.tmp"))
    assert all(
        file.read_text(encoding="utf-8").rstrip().endswith("</svg>") for file in tmp_path.rglob("*.svg")
    )
