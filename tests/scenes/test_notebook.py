"""``%%manim`` in a notebook shows a scene of ours, and one derived from it, in the cell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import av
import nbformat

OPTIONS = "-v ERROR --progress_bar None -r 160,90 --fps 10"
CELLS = [
    "from manim import *\nfrom scenes.batch_noise import BatchNoise",
    f"%manim {OPTIONS} -n 0,0 BatchNoise",
    f"%%manim {OPTIONS} -s Mine\nclass Mine(BatchNoise):\n    def construct(self):\n"
    "        self.add(Dot(color=self.theme.valley))",
    f"%%manim {OPTIONS} Plain\nclass Plain(Scene):\n    def construct(self):\n"
    "        self.play(FadeIn(Dot()))",
]


def test_films_and_pictures_stand_in_the_cells(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    nbformat.write(notebook, tmp_path / "own.ipynb")
    program = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "own.ipynb"]
    environment = os.environ | {"HOME": str(tmp_path), "BNVIZ_VOICE": "0"}
    done = subprocess.run(
        program, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "own.html").read_text(encoding="utf-8")
    films = re.findall(r'<video[^>]*src="([^"]+)"', page)
    assert [film.split("@")[0] for film in films] == ["media/jupyter/BatchNoise", "media/jupyter/Plain"]
    for film in films:
        with av.open(tmp_path / film) as opened:
            assert sum(1 for _ in opened.decode(video=0)) > 1
    assert len(re.findall(r'<img[^>]*src="data:image/png', page)) == 1
