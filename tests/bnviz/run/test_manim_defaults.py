"""A user's manim.cfg, in the working directory or at home, changes no picture and names no folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bnviz.run.manim_defaults import default_config
from bnviz.run.quiet import import_manim
from bnviz.run.run_scene import manim_configured
from scenes.kit.settings import Settings

HOME = """
[CLI]
frame_width = 4
frame_height = 9
background_color = RED
zero_pad = 9
log_to_file = True
log_dir = {left}/logs
tex_dir = {left}/tex
images_dir = {left}/images
partial_movie_dir = {left}/{{scene_name}}
"""
HERE = """
[CLI]
pixel_width = 200
frame_rate = 7
media_dir = {left}/media
background_opacity = 0.3
from_animation_number = 2
max_files_cached = 1
save_sections = True
renderer = opengl
seed = none
[video_encoder]
codec = libvpx
[video_encoder.options]
crf = 51
"""
PROGRAM = """
import hashlib, sys
from pathlib import Path
from bnviz.posters.overview import all_stills
from bnviz.run import discover
from bnviz.run.quality import Quality
from bnviz.run.render import render_scene
from scenes.kit.settings import Settings

EXAMPLES = Path(sys.argv[1])

def digest(data):
    return hashlib.sha256(data).hexdigest()

if __name__ == "__main__":
    source, settings = discover.find("Small", EXAMPLES), Settings(voice=False)
    for name, still in all_stills([source], settings, 1)["Small"].items():
        print(name, digest(still.picture.tobytes()))  # taken in a worker
    film = render_scene(source, settings, Quality("tiny", 160, 90, 10, 23), Path(sys.argv[2]))
    print(film.frames, digest(film.video.read_bytes()))
    from manim import Axes
    print(Axes().x_axis.length)  # a default that Manim takes from its settings when it is imported
"""


def test_stills_films_and_defaults_are_the_same_with_such_files_as_without(
    tmp_path: Path, examples: Path
) -> None:
    left = tmp_path / "left"

    def run(name: str, here: str, home: str) -> str:
        folder = tmp_path / name
        (folder / ".config" / "manim").mkdir(parents=True)
        (folder / "program.py").write_text(PROGRAM, encoding="utf-8")
        (folder / "manim.cfg").write_text(here.format(left=left), encoding="utf-8")
        (folder / ".config" / "manim" / "manim.cfg").write_text(home.format(left=left), encoding="utf-8")
        before = set(folder.rglob("*"))
        done = subprocess.run(
            [sys.executable, "program.py", examples, tmp_path / f"media-{name}"],
            cwd=folder,
            env=os.environ | {"HOME": str(folder)},
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        assert set(folder.rglob("*")) == before  # nothing is left beside them either
        return done.stdout

    assert run("hostile", HERE, HOME) == run("clean", "", "")
    assert not left.exists()


@pytest.mark.parametrize(
    "options", [{"frame_width": 4.0}, {"media_dir": "left", "log_to_file": True}, {"zero_pad": 9, "seed": 7}]
)
def test_a_manim_that_was_imported_with_them_is_set_right(options: dict[str, object]) -> None:
    import_manim()
    from manim import config, tempconfig

    with tempconfig(options):
        with manim_configured(Settings(voice=False), format="png"):
            ours = dict(config)
        assert {name: config[name] for name in options} == options
    chosen = {"progress_bar", "verbosity", "disable_caching", "output_file", "format"}
    defaults = dict(default_config())
    assert {name for name in defaults if ours[name] != defaults[name]} <= chosen
