"""Options for x264 are passed on, and what it does not know is refused at once."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.errors import UserError
from bnviz.run import discover
from bnviz.run.quality import LEFT_OUT, LOW, Quality, with_options
from bnviz.run.render import render_scene
from scenes.kit.settings import Settings


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["preset"], "must be name=value"),
        (["=fast"], "must be name=value"),
        (["crf=20", "crf=21"], "more than once"),
        (["presett=fast"], "x264 has no such option"),
        (["preset=bogus"], "x264 refuses this value"),
    ],
)
def test_an_option_that_cannot_be_used_is_named(options: list[str], message: str) -> None:
    with pytest.raises(UserError, match=message):
        with_options(LOW, options)


def test_an_option_takes_the_place_of_our_own() -> None:
    chosen = with_options(LOW, ["crf=40", "preset=slow"]).encoder_options
    # another preset is that preset, with nothing of it left out
    own = {name: value for name, value in LOW.encoder_options.items() if name not in LEFT_OUT}
    assert chosen == own | {"crf": "40", "preset": "slow"}
    assert with_options(LOW, ["crf=40"]).encoder_options == LOW.encoder_options | {"crf": "40"}
    assert chosen != LOW.encoder_options


def test_options_reach_the_encoder(tmp_path: Path, examples: Path, tiny: Quality) -> None:
    quality = with_options(tiny, ["preset=ultrafast", "crf=35"])
    scene = render_scene(discover.find("Small", examples), Settings(voice=False), quality, tmp_path)
    with av.open(scene.video) as container:
        settings = (container.streams.video[0].codec_context.extradata or b"").decode("latin1")
        settings += "".join(bytes(p).decode("latin1") for p in list(container.demux(video=0))[:1])
    assert "crf=35.0" in settings and "threads=1" in settings
    assert "cabac=0" in settings  # what the preset means


@pytest.mark.skipif(sys.platform != "linux", reason="glibc fills memory with what it is told")
@pytest.mark.parametrize("width", [426, 512, 854])
def test_a_film_does_not_depend_on_what_the_memory_held_before(width: int) -> None:
    assert len({encoded_where_memory_holds(value, width) for value in (1, 90, 165)}) == 1


def encoded_where_memory_holds(value: int, width: int) -> str:
    """What a film of moving waves is, written in a process whose memory is full of one value."""
    done = subprocess.run(
        [sys.executable, __file__, str(width)],
        env=os.environ | {"MALLOC_PERTURB_": str(value)},
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def write_waves(path: Path, width: int, height: int = 240, frames: int = 40) -> None:
    quality, across = Quality("waves", width, height, 15, 23), np.arange(width)
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=15, options=quality.encoder_options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(frames):
            noise = np.random.default_rng(number).integers(0, 4, (height, width))
            wave = 100 + 60 * np.sin((across + 3 * number) / 37)[None] + noise
            pixels = np.repeat(wave.astype(np.uint8)[..., None], 3, axis=2)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "waves.mp4"
        write_waves(film, int(sys.argv[1]))
        print(hashlib.sha256(film.read_bytes()).hexdigest())
