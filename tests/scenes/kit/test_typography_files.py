"""Letters are compiled into files that no two processes write at once."""

import multiprocessing
from pathlib import Path

from manim import tempconfig

from scenes.kit.typography import Text

TEXTS = [f"row {number}" for number in range(12)]


def set_the_texts(folder: str) -> int:
    """Set the same texts again and again in one media folder; how many were set."""
    with tempconfig({"media_dir": folder, "verbosity": "ERROR"}):
        return sum(len(Text(text, size)) > 0 for size in (30, 31, 32) for text in TEXTS)


def test_processes_that_share_a_media_folder_do_not_take_files_from_each_other(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        counts = pool.map(set_the_texts, [str(tmp_path)] * 3, chunksize=1)
    assert counts == [3 * len(TEXTS)] * 3


def test_what_is_compiled_lies_in_the_folder_whole(tmp_path: Path) -> None:
    with tempconfig({"media_dir": str(tmp_path), "verbosity": "ERROR"}):
        Text("whole")
    assert not list(tmp_path.rglob("*.tmp"))
    assert all(file.read_text().rstrip().endswith("</svg>") for file in tmp_path.rglob("*.svg"))
