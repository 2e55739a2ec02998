"""Manim's own flags and ways of running do with our scenes what they do with any."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from click.testing import CliRunner
from manim import tempconfig
from manim.__main__ import main
from numpy.typing import NDArray
from PIL import Image

from bnviz.run import discover
from bnviz.run.stills import beat_stills
from scenes.kit import settings
from scenes.kit.cairo_only import REFUSAL
from scenes.kit.settings import Settings

EXAMPLES = Path(__file__).parents[1] / "bnviz" / "examples"
SILENT = Settings(voice=False)
CHEAP = ["-v", "ERROR", "--progress_bar", "none", "--silent", "-r", "320,180", "--fps", "10"]
Render = Callable[..., list[Path]]


@pytest.fixture
def rendered(tmp_path: Path) -> Render:
    """Run ``manim render`` with more flags; the films and pictures it made, but for the parts of films."""

    def render(*flags: str, file: Path = EXAMPLES / "small.py") -> list[Path]:
        settings.use(SILENT)
        with tempconfig({}):
            done = CliRunner().invoke(
                main, ["render", *CHEAP, "--media_dir", str(tmp_path), *flags, str(file)]
            )
        assert done.exit_code == 0, done.output
        kinds = (".mp4", ".mov", ".webm", ".gif", ".png")
        made = [path for path in sorted(tmp_path.rglob("*.*")) if path.suffix in kinds]
        return [path for path in made if "partial_movie_files" not in path.parts]

    return render


def frames_of(path: Path) -> list[NDArray[np.uint8]]:
    """Each (height, width, 4), with the opacity."""
    with av.open(path) as film:
        stream = film.streams.video[0]
        decoder = stream.codec_context
        if path.suffix == ".webm":  # FFmpeg's own decoder leaves the opacity out
            decoder = av.CodecContext.create("libvpx-vp9", "r")
        packets = [packet for packet in film.demux(stream) if packet.dts is not None]
        found = [frame for packet in [*packets, None] for frame in decoder.decode(packet)]
        return [frame.to_ndarray(format="rgba") for frame in found]


def last_still() -> NDArray[np.uint8]:
    """What the example ends on."""
    return beat_stills(discover.find("Small", EXAMPLES), SILENT, 320, 180)["move"].picture


def test_the_last_picture_alone_is_the_last_still(rendered: Render) -> None:
    (path,) = rendered("-s")
    assert np.array_equal(np.asarray(Image.open(path))[..., :3], last_still())


@pytest.mark.parametrize("numbers", ["0,1", "1,2", "2,4"])
def test_a_range_of_animations_ends_where_it_ends(rendered: Render, numbers: str) -> None:
    (path,) = rendered("-n", numbers)
    last = frames_of(path)[-1]
    assert np.ptp(last.reshape(-1, 4), axis=0).max() > 100  # not under a curtain


@pytest.mark.parametrize("flags", [["-t"], ["-t", "--format", "webm"]], ids=" ".join)
def test_a_film_without_background_has_no_curtain(rendered: Render, flags: list[str]) -> None:
    (path,) = rendered(*flags)
    last = frames_of(path)[-1]
    assert last[0, 0, 3] == 0
    seen = last[..., 3] > 250
    assert np.median(np.abs(last[seen][:, :3].astype(int) - last_still()[seen])) < 5
    assert 0.02 < seen.mean() < 0.2  # the square


def test_the_picture_without_background_has_no_color_where_nothing_is(rendered: Render) -> None:
    (path,) = rendered("-s", "-t")
    picture = np.asarray(Image.open(path))
    assert (picture[picture[..., 3] == 0] == 0).all()
    assert (picture[..., :3] <= picture[..., 3:]).all()  # as cairo has it: nothing brighter than it is opaque


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm", "gif"])
def test_every_kind_of_film_is_whole(rendered: Render, kind: str) -> None:
    (path,) = rendered("--format", kind)
    frames = frames_of(path)
    assert path.suffix == f".{kind}" and len(frames) > 30
    contrasts = [
        np.abs(item[80:100, 150:170].mean((0, 1)) - item[:20, :20].mean((0, 1))).max() for item in frames
    ]
    assert contrasts[0] < 5 and contrasts[len(frames) // 2] > 100  # the square, and the curtain over it
    assert contrasts[-1] < 40


def test_sections_are_beats(rendered: Render, tmp_path: Path) -> None:
    names = [path.name for path in rendered("--save_sections")]
    assert names == ["Small.mp4", "Small_0000_appear.mp4", "Small_0001_move.mp4"]
    (index,) = tmp_path.rglob("Small.json")
    assert [section["name"] for section in json.loads(index.read_text(encoding="utf-8"))] == [
        "appear",
        "move",
    ]


def test_a_dry_run_leaves_no_film(rendered: Render) -> None:
    assert rendered("--dry_run") == []


def test_a_picture_may_be_higher_than_wide(rendered: Render) -> None:
    (path,) = rendered("-r", "144,256", "-s")
    picture = np.asarray(Image.open(path))[..., :3]
    assert picture.shape == (256, 144, 3)
    colored = np.argwhere(np.abs(picture.astype(int) - picture[0, 0]).max(axis=-1) > 100)
    assert np.allclose(np.ptp(colored, axis=0) + 1, 2 / (128 / 9) * 144, atol=2)  # the square is one still


def test_a_scene_derived_from_ours_and_its_neighbor_render(rendered: Render, tmp_path: Path) -> None:
    """Words, of which the derived class has none of its own, are its base's."""
    file = tmp_path / "own.py"
    file.write_text(
        "from manim import Dot, FadeIn, Scene, Typst\n"
        "from scenes.batch_noise import BatchNoise\n"
        "class Mine(BatchNoise):\n    pass\n"
        "class Plain(Scene):\n    def construct(self):\n        self.play(FadeIn(Dot(), Typst('text')))\n",
        encoding="utf-8",
    )
    assert [path.name for path in rendered("-a", "-n", "0,0", file=file)] == ["Mine.mp4", "Plain.mp4"]


def test_opengl_is_refused_in_a_sentence_also_where_the_user_s_file_asks_for_it(tmp_path: Path) -> None:
    """As any Manim scene, ours follow the ``manim.cfg`` of the working directory."""
    (tmp_path / "manim.cfg").write_text("[CLI]\nrenderer = opengl\n", encoding="utf-8")
    program = [sys.executable, "-m", "manim", "render", *CHEAP, discover.find("Valley").path, "Valley"]
    done = subprocess.run(
        program, cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == REFUSAL
    assert "Traceback" not in done.stdout + done.stderr
